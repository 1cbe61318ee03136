//! The fork after TikTok.

use leptos::prelude::*;

/// The page.
#[component]
pub fn ChooseAccount() -> impl IntoView {
    view! { <p></p> }
}
