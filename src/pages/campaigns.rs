//! The campaigns.

use leptos::prelude::*;

/// The page.
#[component]
pub fn Campaigns() -> impl IntoView {
    view! { <p></p> }
}
