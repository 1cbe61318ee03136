//! Passkeys, which log in without a password, and the ceremonies by which a browser makes or uses one (Web
//! Authentication).
//!
//! A ceremony starts with a challenge that is drawn for a browser, and ends when an authenticator has signed it,
//! or by age. Each is of use once, and of a browser the newest alone.

use crate::id::AccountId;
use crate::input::{Fault, line};
use crate::time::{Timestamp, minutes};

/// Passkeys of one account at most.
pub const PASSKEYS_MAX: usize = 20;
/// Characters at most of the name by which its owner knows one.
pub const NAME_MAX: u32 = 60;
/// How long a challenge can be answered: somebody may have to look for their phone.
pub const CEREMONY_LIFE_MINUTES: u64 = 5;

/// The name of a passkey, as typed.
///
/// Errors: `Missing`, `TooLong`, and others of a line.
pub fn name(text: &str) -> Result<String, Fault> {
    line(text, NAME_MAX)
}

/// Whether a passkey counts as a way to log in for what takes another one away (Invariant 3), by when it was last used:
/// nothing that an authenticator says when it makes one proves that it can sign.
pub fn has_worked(used: Option<Timestamp>) -> bool {
    used.is_some()
}

/// What a ceremony is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The account gets another way to log in.
    Add {
        /// Which.
        account: AccountId,
    },
    /// Somebody logs in, nobody knows to what.
    LogIn,
    /// Whoever is logged in to the account proves again who they are.
    Confirm {
        /// Which.
        account: AccountId,
    },
}

impl Purpose {
    /// The account of whoever is logged in.
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Add { account } | Self::Confirm { account } => Some(*account),
            Self::LogIn => None,
        }
    }
}

/// A ceremony that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceremony {
    /// What for.
    pub purpose: Purpose,
    /// What is to be signed: 32 random bytes, in base64url.
    pub challenge: String,
    /// When it was drawn.
    pub begun: Timestamp,
}

/// Why an answer isn't looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CeremonyRefusal {
    /// It was begun for something else.
    OtherPurpose {
        /// What for.
        begun: Purpose,
    },
    /// It took too long.
    Expired,
}

impl Ceremony {
    /// Gives the challenge whose signature is to be verified, and is over: whatever comes of it, another needs
    /// another challenge.
    pub fn answer(self, purpose: Purpose, now: Timestamp) -> Result<String, CeremonyRefusal> {
        if self.purpose != purpose {
            return Err(CeremonyRefusal::OtherPurpose {
                begun: self.purpose,
            });
        }
        if now.since(self.begun) >= minutes(CEREMONY_LIFE_MINUTES) {
            return Err(CeremonyRefusal::Expired);
        }
        Ok(self.challenge)
    }
}
