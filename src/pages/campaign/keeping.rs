//! How far what is typed is saved, in words, and what to do where it isn't.

use super::sheet::{KEEPING, Sheet};
use crate::form::PlaceLink;
use crate::intl;
use crate::keeper::Keeping;
use crate::route::CampaignScreen;
use crate::text::{self, live, say};
use crate::ui::{Banner, BannerKind, Button, ButtonKind};
use contract::drafts::DraftView;
use domain::draft::Stage;
use leptos::prelude::*;

/// "Saved at 10:42", in the corner.
#[component]
pub fn KeepingLine(
    /// The draft.
    sheet: Sheet,
) -> impl IntoView {
    let words = move || match sheet.keeping() {
        Keeping::Kept { at: None } => say::campaign_saved(),
        Keeping::Kept { at: Some(at) } => say::campaign_saved_at(&intl::time(at)),
        Keeping::UnderWay => say::campaign_saving(),
        Keeping::Failed(_) | Keeping::Changed(_) => say::campaign_unsaved(),
    };
    let is_unsaved = move || matches!(sheet.keeping(), Keeping::Failed(_) | Keeping::Changed(_));
    view! { <p class="keeping" class=("keeping-unsaved", is_unsaved)>{words}</p> }
}

/// What to know and to do where it can't be saved.
#[component]
pub fn KeepingBanner(
    /// The draft.
    sheet: Sheet,
) -> impl IntoView {
    view! {
        <div class="keeping-banner" id=KEEPING tabindex="-1">
            {move || match sheet.keeping() {
                Keeping::Kept { .. } | Keeping::UnderWay => ().into_any(),
                Keeping::Failed(failure) => {
                    let go = failure.problem().and_then(|problem| problem.go);
                    view! {
                        <Banner
                            kind=BannerKind::Warning
                            title=live(move || text::failure(&failure))
                            actions=move || view! {
                                <Button on_click=Callback::new(move |()| sheet.retry())>
                                    {say::retry}
                                </Button>
                                {go.map(|place| view! { <PlaceLink place/> })}
                            }
                        >
                            {say::campaign_unsaved_text}
                        </Banner>
                    }
                    .into_any()
                }
                Keeping::Changed(newer) => view! { <Newer sheet newer=*newer/> }.into_any(),
            }}
        </div>
    }
}

/// It was changed elsewhere: which of both shall it be?
#[component]
fn Newer(sheet: Sheet, newer: DraftView) -> impl IntoView {
    let is_finished = newer.draft.stage == Stage::Finished;
    let newer = StoredValue::new(newer);
    let take = move |()| {
        sheet.take(newer.get_value());
        if is_finished {
            sheet.open_instead(CampaignScreen::Done);
        }
    };
    let overwrite = move |()| sheet.overwrite(newer.get_value());
    if is_finished {
        view! {
            <Banner
                kind=BannerKind::Warning
                title=live(say::problem_draft_finished)
                actions=move || view! {
                    <Button on_click=Callback::new(take)>{say::campaign_show_finished}</Button>
                }
            >
                {say::campaign_finished_text}
            </Banner>
        }
    } else {
        view! {
            <Banner
                kind=BannerKind::Warning
                title=live(say::problem_draft_changed)
                actions=move || view! {
                    <Button on_click=Callback::new(take)>{say::campaign_load_newer}</Button>
                    <Button kind=ButtonKind::Quiet on_click=Callback::new(overwrite)>
                        {say::campaign_keep_mine}
                    </Button>
                }
            >
                {say::campaign_changed_text}
            </Banner>
        }
    }
    .into_any()
}
