//! Create a TikTok Ads Manager account.

use leptos::prelude::*;

/// The page.
#[component]
pub fn CreateAdsAccount() -> impl IntoView {
    view! { <p></p> }
}
