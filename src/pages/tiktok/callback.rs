//! Where TikTok's redirect arrives.

use leptos::prelude::*;

/// The page.
#[component]
pub fn Callback(
    /// What it brings, without the `?`.
    query: String,
) -> impl IntoView {
    let _ = query;
    view! { <p></p> }
}
