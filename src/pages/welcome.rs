//! Welcome to TikTok Ads Manager.

use leptos::prelude::*;

/// The page.
#[component]
pub fn Welcome() -> impl IntoView {
    view! { <p></p> }
}
