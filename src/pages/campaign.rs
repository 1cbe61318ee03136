//! A campaign that is being made: campaign → ad group → ad, saved as it is typed (journey J5).
//!
//! All its screens are one page, so that what is typed stays while one goes about in it.

mod done;
mod keeping;
mod preview;
mod sheet;
mod step;
mod typed;

pub use self::done::*;
pub use self::keeping::*;
pub use self::preview::*;
pub use self::step::*;

use self::sheet::Sheet;
use crate::client::use_client;
use crate::keeper::Keeper;
use crate::layout::{LoadFailed, WizardShell};
use crate::reading::Reading;
use crate::route::{CampaignScreen, Route};
use crate::session::use_session;
use crate::text::{live, say};
use crate::ui::{ButtonKind, ButtonLink, Glyph, Link, ProblemPanel, Skeleton, dynamic, effect};
use contract::drafts::{DraftView, GetDraft};
use contract::problem::Code;
use domain::draft::Step;
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
    let client = use_client();
    let session = use_session();
    let keeper = StoredValue::new_local(Keeper::of(draft, client.clone(), session));
    let data = Reading::new(move || {
        let client = client.clone();
        let keeper = keeper.get_value();
        async move {
            // What was typed before the page was left is on its way.
            keeper.settle().await;
            client.call(&GetDraft { id: draft }).await
        }
    });
    dynamic(move || match data.get() {
        None => view! { <Skeleton label=live(say::loading)/> }.into_any(),
        Some(Ok(view)) => {
            view! { <Desk keeper=keeper.get_value() view=view screen=screen/> }.into_any()
        }
        Some(Err(failure))
            if failure.problem().map(|problem| problem.code) == Some(Code::NotFound) =>
        {
            view! { <Gone/> }.into_any()
        }
        Some(Err(failure)) => {
            session.heed(&failure);
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
    /// Its steps.
    Steps,
    /// What is still missing.
    Unfinished,
    /// What it says, to be read.
    Finished,
}

#[component]
fn Desk(keeper: Keeper, view: DraftView, screen: Memo<CampaignScreen>) -> impl IntoView {
    let sheet = Sheet::new(keeper, view, screen);
    let shown = Memo::new(
        move |_| match (sheet.is_finished(), sheet::step(screen.get())) {
            (true, _) => Shown::Finished,
            (false, Some(_)) => Shown::Steps,
            (false, None) => Shown::Unfinished,
        },
    );
    // A finished draft has one address.
    effect(move || {
        if shown.get() == Shown::Finished && screen.get() != CampaignScreen::Done {
            request_animation_frame(move || sheet.open_instead(CampaignScreen::Done));
        }
    });
    // The network is back, or the tab is left: nothing waits.
    let online = window_event_listener_untyped("online", move |_| sheet.retry());
    let hidden = window_event_listener_untyped("pagehide", move |_| sheet.retry());
    on_cleanup(move || {
        online.remove();
        hidden.remove();
        sheet.retry();
    });
    dynamic(move || match shown.get() {
        Shown::Steps => view! { <Steps sheet screen/> }.into_any(),
        Shown::Unfinished => view! { <Unfinished sheet/> }.into_any(),
        Shown::Finished => view! { <Finished sheet/> }.into_any(),
    })
}

#[component]
fn Steps(sheet: Sheet, screen: Memo<CampaignScreen>) -> impl IntoView {
    let step = Memo::new(move |before| {
        sheet::step(screen.get())
            .or(before.copied())
            .unwrap_or_default()
    });
    let unable_to_link = Signal::derive(move || screen.get() == CampaignScreen::UnableToLink);
    let name = move || {
        let name = sheet.typed().campaign_name.get();
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
            <KeepingLine sheet/>
        </div>
        <WizardShell step=step aside=move || view! { <Preview sheet/> }>
            <KeepingBanner sheet/>
            {move || match step.get() {
                Step::Campaign => view! { <CampaignStep sheet/> }.into_any(),
                Step::AdGroup => view! { <AdGroupStep sheet/> }.into_any(),
                Step::Ad => view! { <AdStep sheet unable_to_link/> }.into_any(),
            }}
        </WizardShell>
    }
}
