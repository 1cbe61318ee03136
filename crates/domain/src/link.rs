//! The link of one TikTok account with one business account.
//!
//! It starts when both sides are proven (Invariant 2), and ends when its owner unlinks it while
//! another way to log in remains (Invariant 3).

use crate::id::{AccountId, OpenId};
use crate::session::SessionStatus;
use crate::time::{Timestamp, minutes};
use core::time::Duration;
use serde::{Deserialize, Deserializer, Serialize};

/// What is linked already on either side, as one transaction sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingLinks {
    /// The business account of this TikTok account.
    pub owner: Option<AccountId>,
    /// The TikTok account of this business account.
    pub linked: Option<OpenId>,
}

/// What a request to link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkDecision {
    /// Make the link.
    Make,
    /// These two accounts are linked to each other already.
    Already,
}

/// Why no link is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkRefusal {
    /// The TikTok account is linked to another business account.
    AlreadyLinked,
    /// The business account is linked to another TikTok account.
    AccountHasLink,
}

/// Invariant 1. Where both sides are linked elsewhere, the refusal is the TikTok account's: the user
/// can take another one.
pub fn link(
    account: AccountId,
    open_id: &OpenId,
    existing: &ExistingLinks,
) -> Result<LinkDecision, LinkRefusal> {
    match (&existing.owner, &existing.linked) {
        (Some(owner), _) if *owner == account => Ok(LinkDecision::Already),
        (Some(_), _) => Err(LinkRefusal::AlreadyLinked),
        (None, Some(linked)) if linked == open_id => Ok(LinkDecision::Already),
        (None, Some(_)) => Err(LinkRefusal::AccountHasLink),
        (None, None) => Ok(LinkDecision::Make),
    }
}

/// Whether a session may change what logs in to its account (Invariant 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privilege {
    /// The session is fresh.
    Granted,
    /// First its owner proves again who they are.
    ConfirmFirst,
    /// The session has ended.
    LogInFirst,
}

/// The privilege that a session of this status has.
pub fn privilege(status: SessionStatus) -> Privilege {
    match status {
        SessionStatus::Fresh => Privilege::Granted,
        SessionStatus::Stale => Privilege::ConfirmFirst,
        SessionStatus::Ended => Privilege::LogInFirst,
    }
}

/// Hours for which a way to log in that was added can't take the place of the older one: whoever
/// holds a stolen session mustn't shut its owner out before they have noticed.
pub const REPLACEMENT_HOURS: u64 = 72;

/// How long until a way to log in that was `added` later may be the only one.
pub fn replacement_wait(added: Option<Timestamp>, now: Timestamp) -> Duration {
    added.map_or(Duration::ZERO, |added| {
        added.plus(minutes(REPLACEMENT_HOURS * 60)).since(now)
    })
}

/// The same of the first of several ways, by when each was added; nothing stands for one that was there from the
/// start. Without any there is nothing to wait for.
pub fn first_replacement_wait(
    added: impl IntoIterator<Item = Option<Timestamp>>,
    now: Timestamp,
) -> Duration {
    let waits = added.into_iter().map(|added| replacement_wait(added, now));
    waits.min().unwrap_or_default()
}

/// The ways to log in to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LogInMethods {
    /// A verified e-mail address with a password.
    pub email_and_password: bool,
    /// A linked TikTok account.
    pub tiktok: bool,
    /// How many passkeys there are.
    #[serde(default, deserialize_with = "count_or_none")]
    pub passkeys: u32,
}

/// A release before tells of none. The app's reader gives every field something, and what is absent as nothing.
fn count_or_none<'de, D: Deserializer<'de>>(count: D) -> Result<u32, D::Error> {
    Option::deserialize(count).map(Option::unwrap_or_default)
}

/// Why a link can't be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnlinkRefusal {
    /// The account has no link.
    NotLinked,
    /// It is the last way to log in (Invariant 3).
    LastLogInMethod,
}

/// Invariant 3: an account always keeps a way to log in.
pub fn unlink(methods: LogInMethods) -> Result<LogInMethods, UnlinkRefusal> {
    let others = methods.email_and_password || methods.passkeys > 0;
    match (methods.tiktok, others) {
        (false, _) => Err(UnlinkRefusal::NotLinked),
        (true, false) => Err(UnlinkRefusal::LastLogInMethod),
        (true, true) => Ok(LogInMethods {
            tiktok: false,
            ..methods
        }),
    }
}

/// Why a passkey can't be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemovalRefusal {
    /// The account has none.
    NoPasskey,
    /// It is the last way to log in (Invariant 3).
    LastLogInMethod,
}

/// The same, where one of its passkeys goes.
pub fn remove_passkey(methods: LogInMethods) -> Result<LogInMethods, RemovalRefusal> {
    let passkeys = methods
        .passkeys
        .checked_sub(1)
        .ok_or(RemovalRefusal::NoPasskey)?;
    if passkeys == 0 && !methods.email_and_password && !methods.tiktok {
        return Err(RemovalRefusal::LastLogInMethod);
    }
    Ok(LogInMethods {
        passkeys,
        ..methods
    })
}
