//! A campaign that is being made, step by step.

use crate::route::CampaignScreen;
use domain::id::DraftId;
use leptos::prelude::*;

/// The page.
#[component]
pub fn Campaign(
    /// Its draft.
    draft: DraftId,
    /// Which of its screens.
    screen: Memo<CampaignScreen>,
) -> impl IntoView {
    let _ = (draft, screen);
    view! { <p></p> }
}
