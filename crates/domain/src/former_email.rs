//! An address that logged in to an account until another took its place.
//!
//! Whoever changed it may have been somebody else. So for a while it takes the account back: its owner
//! sets another password by a code, as with one that is forgotten, and the address is the account's
//! again. Until then it is kept for the account, and nobody else's.

use crate::email::Email;
use crate::id::AccountId;
use crate::link::REPLACEMENT_HOURS;
use crate::time::Timestamp;
use core::time::Duration;

/// How long it takes the account back.
pub const UNDO_HOURS: u64 = 72;
/// How long it is known, so that a letter can say that it is too late.
pub const KNOWN: Duration = Duration::from_hours(30 * 24);

/// An address that an account had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerEmail {
    /// The address. It is former of one account at most.
    pub email: Email,
    /// The account that had it.
    pub account: AccountId,
    /// When another took its place.
    pub replaced: Timestamp,
}

impl FormerEmail {
    /// Whether it takes the account back.
    pub fn takes_back(&self, now: Timestamp) -> bool {
        !self.undo_left(now).is_zero()
    }

    /// For how long it does.
    pub fn undo_left(&self, now: Timestamp) -> Duration {
        Duration::from_hours(UNDO_HOURS).saturating_sub(now.since(self.replaced))
    }

    /// From when on what logs in to the account may be somebody else's: a way that was added shortly before the
    /// address was replaced is trusted no more than that.
    pub fn suspect_since(&self) -> Timestamp {
        self.replaced.minus(Duration::from_hours(REPLACEMENT_HOURS))
    }
}
