//! A campaign that is being made: campaign → ad group → ad → review, saved as it is typed (journey J5).
//!
//! All its screens are one page, so that what is typed stays while one goes about in it.

mod aside;
mod done;
mod editor;
mod preview;
mod review;
mod save_status;
mod step;
mod summary;
mod typed;

pub use self::done::*;
pub use self::preview::*;
pub use self::review::*;
pub use self::save_status::*;
pub use self::step::*;
pub use self::summary::*;

use self::aside::aside;
use self::editor::DraftEditor;
use crate::autosave::Autosave;
use crate::client::use_client;
use crate::layout::{AdsManagerShell, LoadFailed, WizardShell};
use crate::resource::Resource;
use crate::route::{CampaignScreen, Page as _, Route};
use crate::session::use_session;
use crate::text::{self, live, say};
use crate::ui::{
    Button, ButtonKind, ButtonLink, Dialog, Glyph, ProblemPanel, Progress, Show, Skeleton,
    StepperStep, dynamic, effect,
};
use contract::drafts::{DraftView, GetDraft};
use contract::problem::Code;
use domain::draft::Step;
use domain::id::DraftId;
use domain::input::shortened;
use leptos::prelude::*;

#[component]
pub fn Campaign(draft: DraftId, screen: Memo<CampaignScreen>) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let autosave = StoredValue::new_local(Autosave::of(draft, client.clone(), session));
    let data = Resource::new(move || {
        let client = client.clone();
        let autosave = autosave.get_value();
        async move {
            // What was typed before the page was left is on its way.
            autosave.settle().await;
            client.call(&GetDraft { id: draft }).await
        }
    });
    let within = |view: AnyView| view! { <AdsManagerShell>{view}</AdsManagerShell> }.into_any();
    dynamic(move || match data.get() {
        None => loading(),
        Some(Ok(view)) => {
            view! { <CampaignEditor autosave=autosave.get_value() view=view screen=screen/> }
                .into_any()
        }
        Some(Err(failure))
            if failure.problem().map(|problem| problem.code) == Some(Code::NotFound) =>
        {
            within(view! { <Gone/> }.into_any())
        }
        Some(Err(failure)) => {
            session.on_failure(&failure);
            let retry = Callback::new(move |()| data.again());
            within(view! { <LoadFailed failure=failure on_retry=retry/> }.into_any())
        }
    })
}

/// Characters of a campaign's name that the bar over its steps has room for.
const NAME_IN_BAR: usize = 40;

/// The frame, most of which is still to come.
fn loading() -> AnyView {
    view! {
        <WizardShell
            name=String::new()
            status=|| ()
            steps=Vec::new()
            current=String::new()
            on_open=Callback::new(|_| ())
            aside=|| ()
        >
            <Skeleton label=live(say::loading)/>
        </WizardShell>
    }
    .into_any()
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <ProblemPanel
            glyph=Glyph::Search
            title=live(say::campaign_gone_title)
            text=live(say::campaign_gone_text)
        >
            <ButtonLink href=Route::Campaigns.address() kind=ButtonKind::Primary>
                {say::done_back}
            </ButtonLink>
        </ProblemPanel>
    }
}

#[component]
fn CampaignEditor(
    autosave: Autosave,
    view: DraftView,
    screen: Memo<CampaignScreen>,
) -> impl IntoView {
    let editor = DraftEditor::new(autosave, view, screen);
    let is_finished = Memo::new(move |_| editor.is_finished());
    // A finished draft has one address.
    effect(move || {
        if is_finished.get() && screen.get() != CampaignScreen::Review {
            request_animation_frame(move || editor.open_instead(CampaignScreen::Review));
        }
    });
    // The network is back, or the tab is left: nothing waits.
    let online = window_event_listener_untyped("online", move |_| editor.retry());
    let hidden = window_event_listener_untyped("pagehide", move |_| editor.retry());
    on_cleanup(move || {
        online.remove();
        hidden.remove();
        editor.retry();
    });
    dynamic(move || {
        if is_finished.get() {
            view! { <AdsManagerShell><Finished editor/></AdsManagerShell> }.into_any()
        } else {
            view! { <Wizard editor screen/> }.into_any()
        }
    })
}

/// The steps, and the review after them.
#[component]
fn Wizard(editor: DraftEditor, screen: Memo<CampaignScreen>) -> impl IntoView {
    // "Unable to link" opens over a step, which stays.
    let step = Memo::new(move |_| editor::step(screen.get()));
    let steps = Signal::derive(move || {
        let open = step.get();
        let entry = |one: Step| {
            let progress = if Some(one) == open {
                Progress::Current
            } else {
                editor.progress(one)
            };
            StepperStep {
                name: text::step(one),
                href: editor.route(one.into()).address(),
                told: match progress {
                    Progress::Complete => Some(say::step_complete()),
                    Progress::Begun => Some(say::step_begun()),
                    Progress::Faulty => Some(say::step_faulty()),
                    Progress::Current | Progress::Ahead => None,
                },
                progress,
            }
        };
        let review = StepperStep {
            name: say::step_review(),
            href: editor.route(CampaignScreen::Review).address(),
            told: None,
            progress: if open.is_none() {
                Progress::Current
            } else {
                Progress::Ahead
            },
        };
        Step::ALL.into_iter().map(entry).chain([review]).collect()
    });
    let current = Signal::derive(move || {
        steps.with(|steps: &Vec<StepperStep>| {
            let open = |one: &StepperStep| one.progress == Progress::Current;
            let place = steps.iter().position(open).unwrap_or_default();
            let name = steps.get(place).map(|one| one.name.clone());
            let [place, all] = [place + 1, steps.len()].map(|it| it.to_string());
            say::wizard_step(&all, &name.unwrap_or_default(), &place)
        })
    });
    // The link leads there, and the list from now on.
    let on_open = Callback::new(move |place: usize| {
        editor.save_as_open(Step::ALL.get(place).copied().unwrap_or(Step::Ad));
    });
    let unable_to_link = Signal::derive(move || screen.get() == CampaignScreen::UnableToLink);
    let close_preview = Callback::new(move |()| {
        editor.previewing.try_set(false);
    });
    view! {
        <WizardShell
            name=Signal::derive(move || shortened(&editor.name().get(), NAME_IN_BAR))
            status=move || view! { <SaveStatusLine editor/> }
            steps
            current
            on_open
            aside=move || aside(editor, step.into())
        >
            <SaveStatusBanner editor/>
            {move || match step.get() {
                Some(Step::Campaign) => view! { <CampaignStep editor/> }.into_any(),
                Some(Step::AdGroup) => view! { <AdGroupStep editor/> }.into_any(),
                Some(Step::Ad) => view! { <AdStep editor unable_to_link/> }.into_any(),
                None => view! { <Review editor/> }.into_any(),
            }}
        </WizardShell>
        <Show when=move || editor.previewing.get()>
            <Dialog title=live(say::preview_title) close_label=live(say::close) on_close=close_preview>
                <div class="wizard-sheet">{aside(editor, step.into())}</div>
            </Dialog>
        </Show>
    }
}

/// Opens what stands beside a step where there is room for it.
fn preview_button(editor: DraftEditor) -> AnyView {
    let open = Callback::new(move |()| editor.previewing.set(true));
    view! {
        <span class="wizard-narrow"><Button on_click=open>{say::preview_title}</Button></span>
    }
    .into_any()
}
