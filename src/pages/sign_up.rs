//! Sign up.

use leptos::prelude::*;

/// The page.
#[component]
pub fn SignUp() -> impl IntoView {
    view! { <p></p> }
}
