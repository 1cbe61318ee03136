//! An authorization: the user is sent to TikTok and comes back with an answer.
//!
//! It starts when a button with TikTok's name is pressed, in one browser, for one intent. It ends
//! with one [`Outcome`], after ten minutes at the latest. Between the two stands the exchange of
//! the code, which talks to TikTok and therefore happens outside any transaction: `receive` claims
//! the callback before it, so that a second callback finds it claimed (Invariants 4 and 5), and
//! `conclude` records the end.

use crate::id::{AccountId, BrowserId, DraftId, OpenId};
use crate::input::shown_name;
use crate::time::{Timestamp, minutes};
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// How long TikTok has to come back (Invariant 4).
pub const AUTHORIZATION_LIFE_MINUTES: u64 = 10;
/// How long a proof can be used after it came back.
pub const PROOF_LIFE_MINUTES: u64 = 10;
/// How long an exchange may take before it counts as lost with the process that began it.
pub const EXCHANGE_LIFE: Duration = Duration::from_secs(30);

/// The page to which the user returns after a link: a name, never an address (Invariant 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ReturnTo {
    /// The profile in User Settings (journey J4).
    Profile,
    /// The ad of a draft (journey J5).
    Ad {
        /// The draft whose ad asked for the link.
        draft: DraftId,
    },
}

/// What an authorization is for. It stays on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Journey J1; the terms are agreed to.
    SignUp,
    /// Journeys J2 and J3.
    LogIn,
    /// Journeys J4 and J5.
    Link {
        /// The account that began it and alone can end it.
        account: AccountId,
        /// The page that asked for the link.
        return_to: ReturnTo,
    },
    /// Someone who logs in by TikTok alone proves again who they are.
    Confirm {
        /// The account that began it and alone can end it.
        account: AccountId,
    },
}

/// The public profile of a TikTok account: TikTok's user info.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TikTokProfile {
    /// `display_name` of TikTok's user info.
    pub display_name: String,
    /// `username`, where `user.info.profile` was granted.
    pub username: Option<String>,
    /// `avatar_url`: by https, or an image within the address itself.
    pub avatar_url: Option<String>,
}

impl TikTokProfile {
    /// Characters at most of the address of a picture.
    const AVATAR_URL_MAX: usize = 2_048;

    /// What TikTok says of an account, as it is kept: names as they can be shown beside other text,
    /// the username for a display name of which nothing can be seen, and no picture that comes
    /// neither by https nor within its address, as an emulator's does.
    pub fn of(display_name: &str, username: Option<&str>, avatar_url: Option<String>) -> Self {
        let username = username.map(shown_name).filter(|name| !name.is_empty());
        let display_name = shown_name(display_name);
        Self {
            display_name: if display_name.is_empty() {
                username.clone().unwrap_or_default()
            } else {
                display_name
            },
            username,
            avatar_url: avatar_url.filter(|url| {
                let is_picture = url.starts_with("https://") || url.starts_with("data:image/");
                is_picture && url.len() <= Self::AVATAR_URL_MAX
            }),
        }
    }
}

/// What a completed authorization leaves: this browser controls that TikTok account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// TikTok's id of the account in this app.
    pub open_id: OpenId,
    /// TikTok's id of the account for this developer.
    pub union_id: Option<String>,
    /// Its profile at that moment.
    pub profile: TikTokProfile,
    /// When TikTok came back.
    pub proven: Timestamp,
}

/// What TikTok sent back, by its documented words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorizationResponse {
    /// An authorization code, to be exchanged.
    Authorized {
        /// As TikTok sent it.
        code: String,
    },
    /// `access_denied`: the user pressed Cancel.
    Cancelled,
    /// Any other error of OAuth, or a callback that makes no sense.
    Failed,
}

/// How an authorization ended. Each has a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A business account was made, linked and logged in.
    SignedUp,
    /// The TikTok account's business account was logged in.
    LoggedIn,
    /// The TikTok account is new here: create a business account, or link one.
    ChooseAccount,
    /// The TikTok account is linked now.
    Linked,
    /// It was linked to this very account before.
    AlreadyYours,
    /// It is linked to another business account (journey J4x).
    AlreadyLinked,
    /// The business account has another TikTok account.
    AccountHasLink,
    /// The session went stale at TikTok: the password is asked for before the link is made.
    ConfirmNeeded,
    /// The session ended at TikTok: log in, and the link is made.
    SessionEnded,
    /// The owner proved who they are: the session is fresh.
    Confirmed,
    /// Another TikTok account came back than the one that logs in here.
    ConfirmedByAnother,
    /// The user pressed Cancel at TikTok.
    Cancelled,
    /// The user denied a scope without which nothing works.
    ScopeDenied,
    /// TikTok refused, couldn't be understood, or didn't answer.
    #[serde(rename = "tiktok_failed")]
    TikTokFailed,
    /// The feature isn't there for this user.
    NotAvailable,
    /// It came back too late.
    Expired,
    /// It came back in another browser than the one that began it.
    OtherBrowser,
    /// No authorization has this `state`.
    Unknown,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 18] = [
        Self::SignedUp,
        Self::LoggedIn,
        Self::ChooseAccount,
        Self::Linked,
        Self::AlreadyYours,
        Self::AlreadyLinked,
        Self::AccountHasLink,
        Self::ConfirmNeeded,
        Self::SessionEnded,
        Self::Confirmed,
        Self::ConfirmedByAnother,
        Self::Cancelled,
        Self::ScopeDenied,
        Self::TikTokFailed,
        Self::NotAvailable,
        Self::Expired,
        Self::OtherBrowser,
        Self::Unknown,
    ];

    /// Its name in JSON and, with dashes, in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignedUp => "signed_up",
            Self::LoggedIn => "logged_in",
            Self::ChooseAccount => "choose_account",
            Self::Linked => "linked",
            Self::AlreadyYours => "already_yours",
            Self::AlreadyLinked => "already_linked",
            Self::AccountHasLink => "account_has_link",
            Self::ConfirmNeeded => "confirm_needed",
            Self::SessionEnded => "session_ended",
            Self::Confirmed => "confirmed",
            Self::ConfirmedByAnother => "confirmed_by_another",
            Self::Cancelled => "cancelled",
            Self::ScopeDenied => "scope_denied",
            Self::TikTokFailed => "tiktok_failed",
            Self::NotAvailable => "not_available",
            Self::Expired => "expired",
            Self::OtherBrowser => "other_browser",
            Self::Unknown => "unknown",
        }
    }
}

/// How far an authorization has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The user is at TikTok.
    Pending,
    /// The code is being exchanged.
    Exchanging {
        /// When the callback was claimed.
        since: Timestamp,
    },
    /// It ended, and its proof still waits to be used.
    Proved {
        /// What TikTok said of the account.
        proof: Proof,
        /// The page to show.
        outcome: Outcome,
    },
    /// It ended, and no proof waits.
    Ended {
        /// The page to show.
        outcome: Outcome,
    },
}

/// One authorization at TikTok.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// What its proof may be used for.
    pub intent: Intent,
    /// The browser that began it and alone can end it.
    pub browser: BrowserId,
    /// When the authorize address was made.
    pub begun: Timestamp,
    /// How far it has come.
    pub phase: Phase,
}

/// What to do with a callback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// Exchange the code; nobody else will.
    Exchange {
        /// The authorization code.
        code: String,
    },
    /// Show this: it ended, now or before.
    Show(Outcome),
    /// Another callback is being worked on: ask again in a moment.
    Wait,
}

/// Why a proof can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofRefusal {
    /// There is none: it was used, or never came.
    Missing,
    /// It is too old.
    Expired,
    /// It was made in another browser.
    OtherBrowser,
    /// It was made for something else, or for another account.
    OtherIntent,
}

impl Authorization {
    /// Starts an authorization request.
    pub fn begin(intent: Intent, browser: BrowserId, now: Timestamp) -> Self {
        Self {
            intent,
            browser,
            begun: now,
            phase: Phase::Pending,
        }
    }

    /// Takes a callback. The one that gets `Exchange` has claimed it.
    pub fn receive(
        &mut self,
        response: AuthorizationResponse,
        browser: &BrowserId,
        now: Timestamp,
    ) -> Received {
        if *browser != self.browser {
            return Received::Show(Outcome::OtherBrowser);
        }
        match &self.phase {
            Phase::Pending => {
                let expiry = self.begun.plus(minutes(AUTHORIZATION_LIFE_MINUTES));
                let outcome = if now >= expiry {
                    Outcome::Expired
                } else {
                    match response {
                        AuthorizationResponse::Authorized { code } => {
                            self.phase = Phase::Exchanging { since: now };
                            return Received::Exchange { code };
                        }
                        AuthorizationResponse::Cancelled => Outcome::Cancelled,
                        AuthorizationResponse::Failed => Outcome::TikTokFailed,
                    }
                };
                self.phase = Phase::Ended { outcome };
                Received::Show(outcome)
            }
            Phase::Exchanging { since } if now >= since.plus(EXCHANGE_LIFE) => {
                self.phase = Phase::Ended {
                    outcome: Outcome::TikTokFailed,
                };
                Received::Show(Outcome::TikTokFailed)
            }
            Phase::Exchanging { .. } => Received::Wait,
            Phase::Proved { outcome, .. } | Phase::Ended { outcome } => Received::Show(*outcome),
        }
    }

    /// Records how the exchange ended. Only the callback that claimed it may.
    pub fn conclude(&mut self, outcome: Outcome, proof: Option<Proof>) -> Result<(), ProofRefusal> {
        match self.phase {
            Phase::Exchanging { .. } => {
                self.phase = match proof {
                    Some(proof) => Phase::Proved { proof, outcome },
                    None => Phase::Ended { outcome },
                };
                Ok(())
            }
            Phase::Pending | Phase::Proved { .. } | Phase::Ended { .. } => {
                Err(ProofRefusal::Missing)
            }
        }
    }

    /// The proof that waits, for `browser`, which must be the one that began it.
    pub fn proof(&self, browser: &BrowserId, now: Timestamp) -> Result<&Proof, ProofRefusal> {
        if *browser != self.browser {
            return Err(ProofRefusal::OtherBrowser);
        }
        match &self.phase {
            Phase::Proved { proof, .. } => {
                if now >= proof.proven.plus(minutes(PROOF_LIFE_MINUTES)) {
                    Err(ProofRefusal::Expired)
                } else {
                    Ok(proof)
                }
            }
            Phase::Pending | Phase::Exchanging { .. } | Phase::Ended { .. } => {
                Err(ProofRefusal::Missing)
            }
        }
    }

    /// Uses the proof up: an authorization is used once (Invariant 4). A callback that comes again
    /// shows `outcome`.
    pub fn spend(
        &mut self,
        browser: &BrowserId,
        now: Timestamp,
        outcome: Outcome,
    ) -> Result<Proof, ProofRefusal> {
        let proof = self.proof(browser, now)?.clone();
        self.phase = Phase::Ended { outcome };
        Ok(proof)
    }

    /// Ends a proof that waits at the fork for what it is to be used for: whoever sits at this
    /// browser next must not find it. Whether there was one. A proof that waits for its own
    /// account's log-in stays.
    pub fn leave_fork(&mut self) -> bool {
        match self.intent {
            Intent::LogIn => self.abandon(),
            Intent::SignUp | Intent::Link { .. } | Intent::Confirm { .. } => false,
        }
    }

    /// Ends a proof that waits, whatever it waits for: its time is over, or another authorization of
    /// its browser has taken its place. Whether there was one.
    pub fn abandon(&mut self) -> bool {
        match self.phase {
            Phase::Proved { .. } => {
                self.phase = Phase::Ended {
                    outcome: Outcome::Expired,
                };
                true
            }
            Phase::Pending | Phase::Exchanging { .. } | Phase::Ended { .. } => false,
        }
    }

    /// How long it can still come back.
    pub fn left(&self, now: Timestamp) -> Duration {
        self.begun
            .plus(minutes(AUTHORIZATION_LIFE_MINUTES))
            .since(now)
    }
}
