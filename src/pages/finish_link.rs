//! Finish a link that waits: the TikTok account is proven, and whoever began it went away for so
//! long that the session ended or grew stale. It starts with the proof, asks for a log-in or the
//! password, and ends at the page of the link's outcome.

use crate::client::{Client, Failure, use_client};
use crate::document::follow_heading;
use crate::features::account_bond::{AccountBond, my_end, tiktok_end};
use crate::features::confirm::{ConfirmByPassword, ConfirmWithoutPassword};
use crate::layout::{LoadFailed, Loaded};
use crate::navigate::{History, Navigator};
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::session::{CurrentSession, use_session};
use crate::text::{live, say};
use crate::ui::{
    BondState, ButtonKind, ButtonLink, Glyph, PageHeading, ProblemPanel, ProgressBar, dynamic,
};
use contract::account::{GetProfile, Profile};
use contract::authorization::{AuthorizationStatus, Completed, GetAuthorization, LinkTikTok};
use contract::problem::Code;
use domain::authorization::TikTokProfile;
use domain::id::AuthorizationId;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    Sending,
    LogInFirst,
    ConfirmFirst,
    /// No proof of this account's waits.
    Gone,
    /// The host couldn't say.
    Failed(Failure),
}

#[component]
pub fn FinishLink() -> impl IntoView {
    let finish = Finish::new();
    finish.link();
    dynamic(move || match finish.stage.get() {
        Stage::Sending => view! {
            <PageHeading text=live(say::finish_link_title)/>
            <ProgressBar label=live(say::finish_link_working)/>
        }
        .into_any(),
        Stage::LogInFirst => view! { <LogInFirst/> }.into_any(),
        Stage::ConfirmFirst => view! { <ConfirmFirst finish=finish/> }.into_any(),
        Stage::Gone => view! { <Gone/> }.into_any(),
        Stage::Failed(failure) => {
            let retry = Callback::new(move |()| finish.link());
            view! { <LoadFailed failure=failure on_retry=retry/> }.into_any()
        }
    })
}

/// What was proven at TikTok, and by which authorization.
#[derive(Clone)]
struct Proof {
    authorization: AuthorizationId,
    /// Nothing once its time is over.
    profile: Option<TikTokProfile>,
}

/// The link that is being finished.
#[derive(Clone, Copy)]
struct Finish {
    stage: RwSignal<Stage>,
    /// Which authorization it was when the page was opened, and whose: another tab may begin a later
    /// one.
    proof: StoredValue<Option<Proof>>,
    client: StoredValue<Client, LocalStorage>,
    go: StoredValue<Navigator, LocalStorage>,
    session: CurrentSession,
}

impl Finish {
    /// To be made where a component begins.
    fn new() -> Self {
        Self {
            stage: RwSignal::new(Stage::Sending),
            proof: StoredValue::new(None),
            client: StoredValue::new_local(use_client()),
            go: StoredValue::new_local(Navigator::new()),
            session: use_session(),
        }
    }

    /// Tries it: the host knows best what is missing.
    fn link(self) {
        self.stage.set(Stage::Sending);
        let (client, go) = (self.client.get_value(), self.go.get_value());
        let known = self.proof.get_value();
        spawn_local(async move {
            match finish(&client, known).await {
                Ok(completed) => go.follow(&completed.to, History::Replace).await,
                Err((known, failure)) => {
                    self.proof.try_set_value(known);
                    let stage = stage(failure);
                    if stage == Stage::LogInFirst {
                        // The log-in page turns those away whom it believes to be logged in.
                        self.session.renew().await;
                    }
                    self.stage.try_set(stage);
                    follow_heading();
                }
            }
        });
    }
}

/// Links by the proof that is known, or by the last one. Errors: which one it was, and why it isn't
/// linked.
async fn finish(
    client: &Client,
    known: Option<Proof>,
) -> Result<Completed, (Option<Proof>, Failure)> {
    let proof = if known.is_some() {
        known
    } else {
        let last = client.call(&GetAuthorization {}).await;
        let last = last.map_err(|failure| (None, failure))?;
        let profile = match last.status {
            AuthorizationStatus::Proved { profile, .. } => Some(profile),
            AuthorizationStatus::None
            | AuthorizationStatus::Pending { .. }
            | AuthorizationStatus::Ended { .. } => None,
        };
        last.id.map(|authorization| Proof {
            authorization,
            profile,
        })
    };
    let authorization = proof.as_ref().map(|proof| proof.authorization);
    let linked = client.call(&LinkTikTok { authorization }).await;
    linked.map_err(|failure| (proof, failure))
}

fn stage(failure: Failure) -> Stage {
    match failure.problem().map(|problem| problem.code) {
        Some(Code::NotLoggedIn) => Stage::LogInFirst,
        Some(Code::ConfirmFirst) => Stage::ConfirmFirst,
        Some(Code::ProofMissing) => Stage::Gone,
        Some(
            Code::InvalidInput
            | Code::MalformedRequest
            | Code::TooLarge
            | Code::UnsupportedMediaType
            | Code::NotFound
            | Code::MethodNotAllowed
            | Code::CrossSite
            | Code::CookiesRefused
            | Code::OtherAccount
            | Code::WrongCredentials
            | Code::TooManyRequests
            | Code::NotAvailable
            | Code::AlreadyLinked
            | Code::AccountHasLink
            | Code::NotLinked
            | Code::TransferWaits
            | Code::LastLogInMethod
            | Code::NewLogInMethod
            | Code::InProgress
            | Code::PasskeyUnknown
            | Code::PasskeyRefused
            | Code::PasskeyExists
            | Code::NoCodePending
            | Code::EmailExists
            | Code::EmailMissing
            | Code::AdsAccountExists
            | Code::AdsAccountMissing
            | Code::DraftChanged
            | Code::DraftFinished
            | Code::TikTokUnavailable
            | Code::Unavailable
            | Code::Internal,
        )
        | None => Stage::Failed(failure),
    }
}

#[component]
fn LogInFirst() -> impl IntoView {
    let log_in = Route::LogIn {
        then: Some(Box::new(Route::FinishLink)),
    };
    view! {
        <ProblemPanel
            glyph=Glyph::Clock
            title=live(say::outcome_session_ended_title)
            text=live(say::outcome_session_ended_text)
        >
            <ButtonLink href=log_in.address() kind=ButtonKind::Primary>{say::log_in}</ButtonLink>
        </ProblemPanel>
    }
}

/// The owner of a link that waits has a password or a passkey: one who logs in by TikTok alone has a link
/// already, and could not have begun another.
#[component]
fn ConfirmFirst(finish: Finish) -> impl IntoView {
    let leave = move |()| {
        finish
            .go
            .with_value(|go| go.replace(&Route::Profile { dialog: None }));
    };
    let read = Resource::of(GetProfile {});
    let show = move |profile: Profile| {
        let methods = profile.methods;
        let on_confirmed = Callback::new(move |()| finish.link());
        let by_password = methods.email_and_password.then(|| {
            view! { <ConfirmByPassword on_confirmed on_close=Callback::new(leave)/> }
        });
        let proven = finish.proof.get_value().and_then(|proof| proof.profile);
        let bond = proven.map(|profile| {
            view! {
                <AccountBond
                    state=BondState::Waiting
                    tiktok=tiktok_end(profile)
                    business=my_end()
                />
            }
        });
        view! {
            {bond}
            {by_password}
            <ConfirmWithoutPassword methods on_confirmed/>
        }
        .into_any()
    };
    view! {
        <PageHeading
            text=live(say::outcome_confirm_needed_title)
            lead=live(say::outcome_confirm_needed_text)
        />
        <Loaded resource=read show=show/>
    }
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <ProblemPanel
            glyph=Glyph::Link
            title=live(say::finish_link_gone_title)
            text=live(say::finish_link_gone_text)
        >
            <ButtonLink href=Route::Profile { dialog: None }.address() kind=ButtonKind::Primary>
                {say::go_profile}
            </ButtonLink>
        </ProblemPanel>
    }
}
