//! A campaign that is being made: campaign → ad group → ad, saved as it is typed (journey J5).
//!
//! All its screens are one page, so that what is typed stays while one goes about in it.

mod done;
mod editor;
mod preview;
mod save_status;
mod step;
mod typed;

pub use self::done::*;
pub use self::preview::*;
pub use self::save_status::*;
pub use self::step::*;

use self::editor::DraftEditor;
use crate::autosave::Autosave;
use crate::client::use_client;
use crate::layout::{LoadFailed, WizardShell};
use crate::resource::Resource;
use crate::route::{CampaignScreen, Page as _, Route};
use crate::session::use_session;
use crate::text::{self, live, say};
use crate::ui::{
    ButtonKind, ButtonLink, Glyph, Link, ProblemPanel, Progress, Skeleton, StepperStep, dynamic,
    effect,
};
use contract::drafts::{DraftView, GetDraft};
use contract::problem::Code;
use domain::draft::Step;
use domain::id::DraftId;
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
    dynamic(move || match data.get() {
        None => view! { <Skeleton label=live(say::loading)/> }.into_any(),
        Some(Ok(view)) => {
            view! { <CampaignEditor autosave=autosave.get_value() view=view screen=screen/> }
                .into_any()
        }
        Some(Err(failure))
            if failure.problem().map(|problem| problem.code) == Some(Code::NotFound) =>
        {
            view! { <Gone/> }.into_any()
        }
        Some(Err(failure)) => {
            session.on_failure(&failure);
            let retry = Callback::new(move |()| data.again());
            view! { <LoadFailed failure=failure on_retry=retry/> }.into_any()
        }
    })
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

/// What is shown of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Steps,
    /// What is still missing.
    Unfinished,
    /// What it says, to be read.
    Finished,
}

#[component]
fn CampaignEditor(
    autosave: Autosave,
    view: DraftView,
    screen: Memo<CampaignScreen>,
) -> impl IntoView {
    let editor = DraftEditor::new(autosave, view, screen);
    let shown = Memo::new(
        move |_| match (editor.is_finished(), editor::step(screen.get())) {
            (true, _) => Shown::Finished,
            (false, Some(_)) => Shown::Steps,
            (false, None) => Shown::Unfinished,
        },
    );
    // A finished draft has one address.
    effect(move || {
        if shown.get() == Shown::Finished && screen.get() != CampaignScreen::Done {
            request_animation_frame(move || editor.open_instead(CampaignScreen::Done));
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
    dynamic(move || match shown.get() {
        Shown::Steps => view! { <Steps editor screen/> }.into_any(),
        Shown::Unfinished => view! { <Unfinished editor/> }.into_any(),
        Shown::Finished => view! { <Finished editor/> }.into_any(),
    })
}

#[component]
fn Steps(editor: DraftEditor, screen: Memo<CampaignScreen>) -> impl IntoView {
    let step = Memo::new(move |before| {
        editor::step(screen.get())
            .or(before.copied())
            .unwrap_or_default()
    });
    let steps = Signal::derive(move || {
        let open = step.get();
        let standing = |one: Step| {
            let progress = if one == open {
                Progress::Current
            } else if editor.faults(one).is_empty() {
                Progress::Complete
            } else if editor.is_begun(one) {
                Progress::Begun
            } else {
                Progress::Ahead
            };
            StepperStep {
                name: text::step(one),
                href: editor.route(one.into()).address(),
                told: match progress {
                    Progress::Complete => Some(say::step_complete()),
                    Progress::Begun => Some(say::step_begun()),
                    Progress::Current | Progress::Ahead => None,
                },
                progress,
            }
        };
        Step::ALL.map(standing).to_vec()
    });
    // The link leads there, and the list from now on.
    let on_open = Callback::new(move |place: usize| {
        if let Some(step) = Step::ALL.get(place) {
            editor.save_as_open(*step);
        }
    });
    let unable_to_link = Signal::derive(move || screen.get() == CampaignScreen::UnableToLink);
    let name = move || {
        let name = editor.typed().campaign_name.get();
        if name.trim().is_empty() {
            say::campaigns_untitled()
        } else {
            name
        }
    };
    view! {
        <div class="campaign-bar">
            <nav class="campaign-path" aria-label=say::campaign_path>
                <Link href=Route::Campaigns.address()>{say::campaigns_title}</Link>
                <span aria-hidden="true">"/"</span>
                <span class="campaign-path-name">{name}</span>
            </nav>
            <SaveStatusLine editor/>
        </div>
        <WizardShell steps on_open aside=move || view! { <Preview editor/> }>
            <SaveStatusBanner editor/>
            {move || match step.get() {
                Step::Campaign => view! { <CampaignStep editor/> }.into_any(),
                Step::AdGroup => view! { <AdGroupStep editor/> }.into_any(),
                Step::Ad => view! { <AdStep editor unable_to_link/> }.into_any(),
            }}
        </WizardShell>
    }
}
