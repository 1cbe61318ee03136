//! Nothing came back yet.

use leptos::prelude::*;

/// The page.
#[component]
pub fn Waiting() -> impl IntoView {
    view! { <p></p> }
}
