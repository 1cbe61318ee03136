//! Finish a link that waits.

use leptos::prelude::*;

/// The page.
#[component]
pub fn FinishLink() -> impl IntoView {
    view! { <p></p> }
}
