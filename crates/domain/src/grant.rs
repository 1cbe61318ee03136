//! The health of what TikTok granted for a link: whether TikTok still takes it (RFC 6749, section 6).
//!
//! The link itself stays whatever becomes of its grant (Invariant 1): its owner authorizes again.

use crate::time::{Timestamp, minutes};
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// How long after TikTok granted or renewed it is asked again: whoever took the access away is told a
/// day later, and whoever says nothing is asked once a day.
const ASKED_AFTER: Duration = minutes(24 * 60);
/// How long before its end a refresh token is used at the latest.
const BEFORE_ITS_END: Duration = minutes(60);
/// How long after TikTok had no answer it is asked again.
const ASKED_AGAIN_AFTER: Duration = minutes(60);

/// Why TikTok doesn't take a grant any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GrantFault {
    /// TikTok knows it no more (`invalid_grant`): its user took the access away, or the account has gone.
    Revoked,
    /// Its refresh token has ended.
    Expired,
    /// It was renewed without a scope that is needed.
    ScopeMissing,
}

impl GrantFault {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Revoked, Self::Expired, Self::ScopeMissing];

    /// How it is spelled where it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::ScopeMissing => "scope_missing",
        }
    }

    /// The one that is spelled so. A later release may know more of them: what it found is a grant that
    /// isn't taken.
    pub fn of_word(word: &str) -> Self {
        let is_it = |it: &Self| it.word() == word;
        Self::ALL.into_iter().find(is_it).unwrap_or(Self::Revoked)
    }
}

/// Whether TikTok takes a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantHealth {
    /// It did when it was asked last, and is asked again from `due` on.
    Good {
        /// When it is renewed next.
        due: Timestamp,
    },
    /// It doesn't, and isn't asked any more until there is another one.
    Lost(GrantFault),
}

impl GrantHealth {
    /// That of one which TikTok has just granted or renewed.
    pub fn granted(now: Timestamp, refresh_expires: Timestamp) -> Self {
        let due = now.plus(ASKED_AFTER);
        Self::Good {
            due: due.min(refresh_expires.minus(BEFORE_ITS_END)).max(now),
        }
    }

    /// That of one about which TikTok had no answer.
    pub fn unanswered(now: Timestamp) -> Self {
        Self::Good {
            due: now.plus(ASKED_AGAIN_AFTER),
        }
    }

    /// Whether TikTok is to be asked.
    pub fn is_due(self, now: Timestamp) -> bool {
        match self {
            Self::Good { due } => due <= now,
            Self::Lost(_) => false,
        }
    }

    /// Why its owner has to authorize again, where they have to.
    pub const fn fault(self) -> Option<GrantFault> {
        match self {
            Self::Good { .. } => None,
            Self::Lost(fault) => Some(fault),
        }
    }
}

/// Why a grant was refused that TikTok doesn't know any more.
pub fn refused(now: Timestamp, refresh_expires: Timestamp) -> GrantFault {
    if refresh_expires <= now {
        GrantFault::Expired
    } else {
        GrantFault::Revoked
    }
}
