//! Set an e-mail address and a password.

use leptos::prelude::*;

/// The page.
#[component]
pub fn AddEmail() -> impl IntoView {
    view! { <p></p> }
}
