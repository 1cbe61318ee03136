//! Type the code that was sent.

use leptos::prelude::*;

/// The page.
#[component]
pub fn VerifyEmail() -> impl IntoView {
    view! { <p></p> }
}
