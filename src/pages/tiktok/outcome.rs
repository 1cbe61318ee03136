//! How an authorization ended: what it means, and the way forward. What it was for is asked of the
//! host, so that the page can be reloaded.

use crate::client::Failure;
use crate::features::account_badge::AccountBadge;
use crate::features::authorization::TryAgain;
use crate::form::FailureBanner;
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::{self, live, say};
use crate::ui::{Button, ButtonKind, ButtonLink, Glyph, ProblemPanel, Skeleton, dynamic};
use contract::account::GetProfile;
use contract::authorization::{GetAuthorization, LastAuthorization, Purpose};
use domain::authorization::Outcome as Ending;
use leptos::prelude::*;

#[component]
pub fn Outcome(outcome: Ending) -> impl IntoView {
    let last = Resource::of(GetAuthorization {});
    let retry = Callback::new(move |()| last.again());
    view! {
        <ProblemPanel
            glyph=glyph(outcome)
            title=live(move || text::outcome(outcome).0)
            text=live(move || text::outcome(outcome).1)
        >
            {matches!(outcome, Ending::ConfirmedByAnother).then(|| view! { <Expected/> })}
            {move || match last.get() {
                None => view! { <Skeleton label=live(say::loading) lines=1/> }.into_any(),
                Some(Ok(last)) => ways(outcome, &last),
                Some(Err(failure)) => view! { <Unread failure=failure on_retry=retry/> }.into_any(),
            }}
        </ProblemPanel>
    }
}

/// Which TikTok account was asked for, where somebody is logged in who may know.
#[component]
fn Expected() -> impl IntoView {
    if untrack(|| use_session().member()).is_none() {
        return ().into_any();
    }
    let read = Resource::of(GetProfile {});
    dynamic(move || {
        let linked = read.get().and_then(Result::ok).and_then(|read| read.tiktok);
        linked
            .map(|profile| view! { <div class="outcome-account"><AccountBadge profile/></div> })
            .into_any()
    })
}

/// The way forward couldn't be read.
#[component]
fn Unread(failure: Failure, on_retry: Callback<()>) -> impl IntoView {
    view! {
        <FailureBanner failure=Signal::stored(Some(failure))/>
        <Button kind=ButtonKind::Primary on_click=on_retry>{say::retry}</Button>
    }
}

const fn glyph(outcome: Ending) -> Glyph {
    match outcome {
        Ending::SignedUp
        | Ending::LoggedIn
        | Ending::Linked
        | Ending::AlreadyYours
        | Ending::Confirmed => Glyph::Success,
        Ending::ChooseAccount | Ending::AlreadyLinked | Ending::AccountHasLink => Glyph::Link,
        Ending::ConfirmNeeded | Ending::ScopeDenied => Glyph::Lock,
        Ending::ConfirmedByAnother => Glyph::User,
        Ending::SessionEnded | Ending::Expired => Glyph::Clock,
        Ending::Cancelled | Ending::NotAvailable => Glyph::Info,
        Ending::TikTokFailed => Glyph::Problem,
        Ending::OtherBrowser => Glyph::Globe,
        Ending::Unknown => Glyph::Search,
    }
}

/// What can be done now; the first is what most want.
fn ways(outcome: Ending, LastAuthorization { purpose, to, .. }: &LastAuthorization) -> AnyView {
    let origin = || purpose.map_or(Route::Home, Purpose::origin);
    match outcome {
        Ending::Cancelled
        | Ending::ScopeDenied
        | Ending::TikTokFailed
        | Ending::Expired
        | Ending::ConfirmedByAnother => match *purpose {
            Some(purpose) => view! { <TryAgain purpose=purpose/> }.into_any(),
            None => on(&Route::Home, say::go_home),
        },
        Ending::AlreadyLinked => match *purpose {
            // Its dialog can end TikTok's session.
            Some(Purpose::Link { .. }) => on(to, say::outcome_another),
            Some(purpose @ (Purpose::SignUp { .. } | Purpose::LogIn | Purpose::Confirm)) => {
                view! { <TryAgain purpose=purpose label=say::outcome_another/> }.into_any()
            }
            None => on(&Route::Home, say::go_home),
        },
        Ending::AccountHasLink => on(&Route::Profile { dialog: None }, say::go_profile),
        Ending::NotAvailable => match purpose {
            Some(Purpose::SignUp { .. } | Purpose::LogIn) => view! {
                <ButtonLink href=Route::SignUp.address() kind=ButtonKind::Primary>
                    {say::outcome_by_email}
                </ButtonLink>
                <ButtonLink href=Route::LogIn { then: None }.address()>{say::log_in}</ButtonLink>
            }
            .into_any(),
            Some(Purpose::Link { .. } | Purpose::Confirm) | None => {
                on(&origin(), say::outcome_go_on)
            }
        },
        Ending::OtherBrowser | Ending::Unknown => on(&Route::Home, say::go_home),
        Ending::SignedUp | Ending::LoggedIn => on(&Route::Home, say::outcome_go_on),
        Ending::ChooseAccount => on(&Route::ChooseAccount, say::outcome_go_on),
        Ending::ConfirmNeeded | Ending::SessionEnded => on(&Route::FinishLink, say::outcome_go_on),
        Ending::Linked | Ending::AlreadyYours | Ending::Confirmed => {
            on(&origin(), say::outcome_go_on)
        }
    }
}

fn on(route: &Route, words: fn() -> String) -> AnyView {
    view! { <ButtonLink href=route.address() kind=ButtonKind::Primary>{words}</ButtonLink> }
        .into_any()
}
