//! A business session: when it ends, and how long its authentication counts as fresh.

use crate::time::{Timestamp, minutes};
use core::time::Duration;

/// A session that nobody uses ends after this. A limit of more than twenty hours needs no warning
/// (WCAG 2.2, 2.2.1).
pub const SESSION_IDLE: Duration = minutes(24 * 60);
/// A session ends after this however much it is used.
pub const SESSION_LIFE: Duration = minutes(14 * 24 * 60);
/// How long after a log-in what changes log-in methods is allowed (Invariant 2).
pub const FRESH_MINUTES: u64 = 10;

/// Sessions of one account at most. Of more, those that weren't used for longest end.
pub const SESSIONS_MAX: u32 = 100;

/// The times of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionTimes {
    /// When its owner logged in.
    pub begun: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// When its owner last proved who they are.
    pub authenticated: Timestamp,
}

/// What a session still allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionStatus {
    /// Its owner proved who they are less than ten minutes ago.
    Fresh,
    /// It is alive, and what changes log-in methods asks for the password again.
    Stale,
    /// It is too old, or was not used for too long.
    Ended,
}

impl SessionTimes {
    /// A session that begins now.
    pub fn begin(now: Timestamp) -> Self {
        Self {
            begun: now,
            seen: now,
            authenticated: now,
        }
    }

    /// The status at `now`.
    pub fn status(&self, now: Timestamp) -> SessionStatus {
        if now.since(self.begun) >= SESSION_LIFE || now.since(self.seen) >= SESSION_IDLE {
            SessionStatus::Ended
        } else if now.since(self.authenticated) >= minutes(FRESH_MINUTES) {
            SessionStatus::Stale
        } else {
            SessionStatus::Fresh
        }
    }
}
