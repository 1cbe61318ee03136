//! How an authorization ended.

use domain::authorization::Outcome as Ending;
use leptos::prelude::*;

/// The page.
#[component]
pub fn Outcome(
    /// How.
    outcome: Ending,
) -> impl IntoView {
    let _ = outcome;
    view! { <p></p> }
}
