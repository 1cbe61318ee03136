//! The use cases of the portal: check → load → rule → save → reply.
//!
//! A host (the server, the mock) gives it an [`env::Env`] and hands each request to
//! [`Portal::answer`] by the name that the contract's table gives it.

pub mod delivery;
pub mod env;
pub mod letter;
pub mod memory;
pub mod row;
pub mod sentinel;
pub mod store;

#[cfg(feature = "personas")]
pub mod personas;

mod call;
mod claim;
mod count;
mod deletions;
mod grants;
mod hash;
mod note;
mod refusal;
mod repeat;
mod secret;
mod tiktok;
mod transfers;
mod use_cases;

use call::Call;
use claim::Claim;
use contract::problem::{Code, Problem};
use contract::repeat::KEPT_MINUTES;
use contract::session::GetSession;
use contract::table::UseCase as _;
use domain::passkey::CEREMONY_LIFE_MINUTES;
use domain::session::SESSION_IDLE;
use domain::time::minutes;
use domain::{activity, former_email};
use env::{Caller, Cookie, Env};
pub use grants::GrantError;
use refusal::{Refusal, Reply};
use repeat::Begun;
use serde_json::Value;
use store::{Mode, Sweep};

/// How long authorizations and sign-ups are kept after they began: all have ended by then.
const SWEEP_AFTER_MINUTES: u64 = 24 * 60;
/// How long authorizations are kept from which nobody came back: anyone can begin them by the
/// thousand, and they ended after ten minutes.
const SWEEP_PENDING_AFTER_MINUTES: u64 = 60;

/// How long a sweep has all to itself, less than the time between two: whoever began it may have died.
const SWEEP_MINUTES: u64 = 9;

#[derive(Clone)]
pub struct Portal {
    env: Env,
}

/// An answer, and what it does to the cookies.
#[derive(Debug)]
pub struct Answer {
    /// The reply as JSON, or a problem.
    pub reply: Result<Vec<u8>, Problem>,
    /// To be set in this order.
    pub cookies: Vec<Cookie>,
    /// What went wrong, for the log alone.
    pub cause: Option<String>,
}

impl Portal {
    /// The service over what it is given.
    pub fn new(env: Env) -> Self {
        Self { env }
    }

    pub fn env(&self) -> &Env {
        &self.env
    }

    /// Answers one use case by its name in the table.
    pub async fn answer(&self, name: &str, body: &[u8], caller: &Caller) -> Answer {
        let mut call = Call::new(&self.env, caller);
        match self.reply(&mut call, name, body).await {
            Ok(reply) => Answer {
                reply: Ok(reply),
                cookies: call.cookies,
                cause: call.cause,
            },
            Err(Refusal { problem, cause, .. }) => {
                // A log-in that failed half-way is none.
                call.cookies.retain(|cookie| match cookie {
                    Cookie::SetBrowser(_) | Cookie::ClearSession => true,
                    Cookie::SetSession(_) | Cookie::SetProof(_) | Cookie::SetSignUp(_) => false,
                });
                Answer {
                    reply: Err(*problem),
                    cookies: call.cookies,
                    cause,
                }
            }
        }
    }

    async fn reply(&self, call: &mut Call<'_>, name: &str, body: &[u8]) -> Reply<Vec<u8>> {
        let request: Value =
            serde_json::from_slice(body).map_err(|_| Refusal::from(Code::MalformedRequest))?;
        // serde would read the members of a request from an array as well, by their places.
        if !request.is_object() {
            return Err(Code::MalformedRequest.into());
        }
        if self.env.demonstration
            && let Some(problem) = sentinel::provoked(&request)
        {
            return Err(problem.into());
        }
        call.keeps_cookies(name)?;
        // A session check finds out by the one read that it is for.
        if name != GetSession::NAME {
            call.touch().await?;
        }
        match repeat::begin(call, name, body).await? {
            Begun::Unkeyed => dispatch(call, name, request).await,
            Begun::Answered(reply) => reply,
            Begun::New => {
                let reply = dispatch(call, name, request).await;
                if let Err(refusal) = repeat::end(call, &reply).await {
                    // It is done and answered all the same.
                    call.cause = refusal.cause;
                }
                reply
            }
        }
    }

    /// Deletes expired sessions, keyed requests, authorizations, sign-ups, ceremonies, counts, former addresses and
    /// letters that can't be sent, and accounts whose owners asked for it and whose time has come; has TikTok
    /// revoke the grants that nobody needs, and renews those of links. A host calls it every ten minutes. Where
    /// another one is at it, there is nothing to do.
    pub async fn sweep(&self) -> Result<(), GrantError> {
        self.sweep_while(&|| true).await
    }

    /// The same, which ends early once `goes_on` says no: no grant is left half renewed.
    pub async fn sweep_while(&self, goes_on: &(dyn Fn() -> bool + Sync)) -> Result<(), GrantError> {
        let now = self.env.clock.now();
        let mut tx = self.env.store.begin(Mode::Write).await?;
        let all = Claim::make(&mut *tx, "sweep".to_owned(), now, minutes(SWEEP_MINUTES));
        let Some(claim) = all.await? else {
            return Ok(());
        };
        // Before their authorizations go.
        grants::let_go_of_expired(&mut *tx, now).await?;
        tx.sweep(&Sweep {
            sessions: now.minus(SESSION_IDLE),
            pending: now.minus(minutes(SWEEP_PENDING_AFTER_MINUTES)),
            others: now.minus(minutes(SWEEP_AFTER_MINUTES)),
            counts: now,
            keyed: now.minus(minutes(KEPT_MINUTES)),
            dead_letters: now.minus(delivery::DEAD_KEPT),
            former_emails: now.minus(former_email::KNOWN),
            activity: now.minus(activity::KEPT),
            ceremonies: now.minus(minutes(CEREMONY_LIFE_MINUTES)),
        })
        .await?;
        tx.commit().await?;
        // What takes longer than its claim, another would do at the same time.
        let until = now.plus(minutes(SWEEP_MINUTES - 1));
        let goes_on = || goes_on() && self.env.clock.now() < until;
        // First, since the others wait for TikTok.
        let deleted = deletions::carry_out(&self.env, &goes_on).await;
        let moved = transfers::carry_out(&self.env, &goes_on).await;
        let revoked = grants::sweep(&self.env, &goes_on).await;
        let renewed = grants::renew_due(&self.env, &goes_on).await;
        let ended = claim.end(&*self.env.store).await;
        revoked.and(renewed).and(Ok(deleted.and(moved).and(ended)?))
    }
}

macro_rules! dispatch {
    ($($name:ident: $request:ty => $reply:ty;)+) => {
        async fn dispatch(call: &mut Call<'_>, name: &str, request: Value) -> Reply<Vec<u8>> {
            match name {
                $(stringify!($name) => {
                    let request: $request = serde_json::from_value(request)
                        .map_err(|_| Refusal::from(Code::MalformedRequest))?;
                    let reply: $reply = use_cases::$name(call, request).await?;
                    serde_json::to_vec(&reply).map_err(|_| Code::Internal.into())
                })+
                _ => Err(Code::NotFound.into()),
            }
        }
    };
}

contract::use_cases!(dispatch);
