//! Proving an e-mail address by a code.
//!
//! It starts with an address, a password and (at sign-up) the terms, and waits for the digits that
//! were sent. It ends when they are typed (`Verified`), or by age.
//! The same machine serves an address for which nothing can come of it, because it has an account
//! already, or none whose password could be another: it runs without a code, so that every try is
//! as wrong as a stranger's (Invariant 7).

use crate::email::Email;
use crate::id::AccountId;
use crate::input::{Fault, fold_digits};
use crate::region::{Country, Language};
use crate::time::{Timestamp, minutes};
use core::time::Duration;

/// How long a code can be typed.
pub const CODE_LIFE_MINUTES: u64 = 10;
/// How often a code can be tried.
pub const CODE_TRIES: u32 = 5;
/// How long until another code can be asked for.
pub const RESEND_WAIT: Duration = Duration::from_mins(1);
/// Digits of a code.
pub const CODE_DIGITS: usize = 6;
/// Digits of a code that opens an account which is there: the limits let through so many guesses that
/// with six, somebody who tries thousands of accounts would open one.
pub const RESET_CODE_DIGITS: usize = 8;

/// The digits of a code, as typed: of any script.
///
/// Errors: `Missing`, `Malformed`.
pub fn code(text: &str) -> Result<String, Fault> {
    let digits: String = fold_digits(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    if digits.is_empty() {
        return Err(Fault::Missing);
    }
    if [CODE_DIGITS, RESET_CODE_DIGITS].contains(&digits.len())
        && digits.chars().all(|c| c.is_ascii_digit())
    {
        Ok(digits)
    } else {
        Err(Fault::Malformed)
    }
}

/// What happens once an address is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new business account.
    SignUp {
        /// The country or region that was chosen.
        region: Country,
        /// The language of the account's e-mails.
        language: Language,
    },
    /// A second way to log in for an account that has only TikTok.
    AddEmail {
        /// The account that gets the address.
        account: AccountId,
    },
    /// Another address for an account that has one.
    ChangeEmail {
        /// The account that gets the address.
        account: AccountId,
    },
    /// Another password for the account of the address, whose owner has forgotten theirs.
    ResetPassword {
        /// The language of the page, in which a letter is to an address that has no account.
        language: Language,
    },
}

impl Purpose {
    /// How many digits its code has.
    pub const fn code_digits(&self) -> usize {
        match self {
            Self::SignUp { .. } | Self::AddEmail { .. } | Self::ChangeEmail { .. } => CODE_DIGITS,
            Self::ResetPassword { .. } => RESET_CODE_DIGITS,
        }
    }

    /// The account that gets the address, where the one who asked is logged in to it: it is nothing
    /// to anybody else.
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::AddEmail { account } | Self::ChangeEmail { account } => Some(*account),
            Self::SignUp { .. } | Self::ResetPassword { .. } => None,
        }
    }
}

/// An address that waits to be proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignUp {
    /// The address to be proven.
    pub email: Email,
    /// The hash of the password that was chosen with it, where one is set.
    pub password_hash: Option<String>,
    /// What happens once it is proven.
    pub purpose: Purpose,
    /// Whether the code was typed.
    pub state: State,
    /// SHA-256 of the secret that its browser keeps, in hex: nobody else goes on with it.
    pub secret_hash: String,
}

/// Whether an address is proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// A code was sent.
    AwaitingCode {
        /// The code, as the host keeps it: a hash whose key the browser has. None where the purpose
        /// can't come true, so that nothing fits.
        code: Option<String>,
        /// When it was sent.
        sent: Timestamp,
        /// How often it was tried in vain.
        tries: u32,
        /// The codes that were sent before and are dead.
        older: Vec<String>,
    },
    /// The code was typed. The end.
    Verified,
}

/// Why a code is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRefusal {
    /// It isn't the one that was sent.
    Wrong {
        /// How often another code can be tried.
        left: u32,
    },
    /// It is one that was sent before: it costs no try, since it was right once.
    Superseded,
    /// It is too old, or was tried too often.
    Spent,
    /// The address is proven already.
    AlreadyVerified,
}

/// Why no other code is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResendRefusal {
    /// One was sent a moment ago.
    TooSoon {
        /// How long to wait.
        wait: Duration,
    },
    /// The address is proven already.
    AlreadyVerified,
}

impl State {
    /// A code goes out now. It is kept as it is given here.
    pub fn send(code: Option<String>, now: Timestamp) -> Self {
        Self::AwaitingCode {
            code,
            sent: now,
            tries: 0,
            older: Vec::new(),
        }
    }

    /// Tries a code, hashed as the one that was sent. A wrong one is counted in `self`, which the
    /// caller keeps either way.
    pub fn verify(&mut self, typed: &str, now: Timestamp) -> Result<(), CodeRefusal> {
        match self {
            Self::AwaitingCode {
                code,
                sent,
                tries,
                older,
            } => {
                if *tries >= CODE_TRIES || now >= sent.plus(minutes(CODE_LIFE_MINUTES)) {
                    return Err(CodeRefusal::Spent);
                }
                if code.as_deref().is_some_and(|code| same(code, typed)) {
                    *self = Self::Verified;
                    return Ok(());
                }
                if older.iter().any(|older| same(older, typed)) {
                    return Err(CodeRefusal::Superseded);
                }
                *tries += 1;
                Err(CodeRefusal::Wrong {
                    left: CODE_TRIES - *tries,
                })
            }
            Self::Verified => Err(CodeRefusal::AlreadyVerified),
        }
    }

    /// Ends the code: another browser asked for one to the same address. Only a new one helps.
    pub fn end_code(&mut self) {
        match self {
            Self::AwaitingCode { tries, .. } => *tries = CODE_TRIES,
            Self::Verified => {}
        }
    }

    /// Sends another code, which replaces the one before. It is none where the purpose can't come
    /// true by now.
    pub fn resend(&mut self, new: Option<String>, now: Timestamp) -> Result<(), ResendRefusal> {
        match self {
            Self::AwaitingCode {
                code, sent, older, ..
            } => {
                let wait = sent.plus(RESEND_WAIT).since(now);
                if !wait.is_zero() {
                    return Err(ResendRefusal::TooSoon { wait });
                }
                let mut older = core::mem::take(older);
                older.extend(code.take());
                *self = Self::AwaitingCode {
                    code: new,
                    sent: now,
                    tries: 0,
                    older,
                };
                Ok(())
            }
            Self::Verified => Err(ResendRefusal::AlreadyVerified),
        }
    }

    /// How long until another code may be asked for.
    pub fn resend_wait(&self, now: Timestamp) -> Duration {
        match self {
            Self::AwaitingCode { sent, .. } => sent.plus(RESEND_WAIT).since(now),
            Self::Verified => Duration::ZERO,
        }
    }
}

/// Compares without telling by the time taken how much of it fits.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one
            .bytes()
            .zip(other.bytes())
            .fold(0, |differ, (a, b)| differ | (a ^ b))
            == 0
}
