//! Business Center.

use leptos::prelude::*;

/// The page.
#[component]
pub fn BusinessCenter() -> impl IntoView {
    view! { <p></p> }
}
