//! How far what is typed is saved, in words, and what to do where it isn't.

use super::editor::{DraftEditor, SAVE_STATUS};
use crate::autosave::SaveStatus;
use crate::form::RouteLink;
use crate::intl;
use crate::route::{CampaignScreen, Route};
use crate::text::{self, live, say};
use crate::ui::{Banner, BannerKind, Button};
use contract::drafts::DraftView;
use domain::draft::Stage;
use leptos::prelude::*;

/// "Saved at 10:42", in the corner.
#[component]
pub fn SaveStatusLine(editor: DraftEditor) -> impl IntoView {
    let words = move || match editor.save_status() {
        SaveStatus::Saved { at: None } => say::campaign_saved(),
        SaveStatus::Saved { at: Some(at) } => say::campaign_saved_at(&intl::time(at)),
        SaveStatus::Saving => say::campaign_saving(),
        SaveStatus::Failed(_) | SaveStatus::ChangedElsewhere(_) | SaveStatus::Deleted => {
            say::campaign_unsaved()
        }
    };
    let is_unsaved = move || {
        matches!(
            editor.save_status(),
            SaveStatus::Failed(_) | SaveStatus::ChangedElsewhere(_) | SaveStatus::Deleted
        )
    };
    view! { <p class="save-status" class=("save-status-unsaved", is_unsaved)>{words}</p> }
}

/// What to know and to do where it can't be saved.
#[component]
pub fn SaveStatusBanner(editor: DraftEditor) -> impl IntoView {
    view! {
        <div class="save-status-banner" id=SAVE_STATUS tabindex="-1">
            {move || match editor.save_status() {
                SaveStatus::Saved { .. } | SaveStatus::Saving => ().into_any(),
                SaveStatus::Failed(failure) => {
                    let go = failure.problem().and_then(|problem| problem.go.clone());
                    view! {
                        <Banner
                            kind=BannerKind::Warning
                            title=live(move || text::failure(&failure))
                            actions=move || view! {
                                <Button on_click=Callback::new(move |()| editor.retry())>
                                    {say::retry}
                                </Button>
                                {go.clone().map(|route| view! { <RouteLink route/> })}
                            }
                        >
                            {say::campaign_unsaved_text}
                        </Banner>
                    }
                    .into_any()
                }
                SaveStatus::ChangedElsewhere(newer) => view! { <Newer editor newer=*newer/> }.into_any(),
                SaveStatus::Deleted => view! {
                    <Banner
                        kind=BannerKind::Warning
                        title=live(say::campaign_deleted_title)
                        actions=move || view! {
                            <Button on_click=Callback::new(move |()| editor.create_anew())>
                                {say::campaign_create_anew}
                            </Button>
                            <RouteLink route=Route::Campaigns/>
                        }
                    >
                        {say::campaign_deleted_text}
                    </Banner>
                }
                .into_any(),
            }}
        </div>
    }
}

/// It was changed elsewhere: which of both shall it be?
#[component]
fn Newer(editor: DraftEditor, newer: DraftView) -> impl IntoView {
    let is_finished = newer.draft.stage == Stage::Finished;
    let newer = StoredValue::new(newer);
    let take = move |()| {
        editor.take(newer.get_value());
        if is_finished {
            editor.open_instead(CampaignScreen::Review);
        }
    };
    let overwrite = move |()| editor.overwrite(newer.get_value());
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
                    <Button on_click=Callback::new(overwrite)>
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
