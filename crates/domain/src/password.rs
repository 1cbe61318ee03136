//! Passwords, before they are hashed.

use crate::email::Email;
use crate::input::Fault;

/// Characters at least (NIST SP 800-63B-4 asks 15 of a password that stands alone and 8 beside
/// another factor; 10 is ours: the code by e-mail stands beside it at sign-up).
pub const PASSWORD_MIN: u32 = 10;
/// Characters at most: enough for any manager, little enough to hash.
pub const PASSWORD_MAX: u32 = 128;

/// A password that may be set. It is never shown, stored or serialised as it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// A new password; composition rules and forced changes are left out on purpose (they make
    /// passwords worse), length and the e-mail address are what counts.
    ///
    /// Errors: `Missing`, `TooShort`, `TooLong`, `LikeEmail`.
    pub fn parse(text: &str, email: Option<&Email>) -> Result<Self, Fault> {
        if text.is_empty() {
            return Err(Fault::Missing);
        }
        let length = text.chars().count();
        if length < PASSWORD_MIN as usize {
            return Err(Fault::TooShort { min: PASSWORD_MIN });
        }
        if length > PASSWORD_MAX as usize {
            return Err(Fault::TooLong { max: PASSWORD_MAX });
        }
        let low = crate::input::lower(text);
        if email.is_some_and(|email| low == email.as_str() || low == email.local()) {
            return Err(Fault::LikeEmail);
        }
        Ok(Self(text.to_owned()))
    }

    /// A password that is tried against a stored one: any that isn't empty or absurdly long.
    ///
    /// Errors: `Missing`, `TooLong`.
    pub fn tried(text: &str) -> Result<Self, Fault> {
        if text.is_empty() {
            return Err(Fault::Missing);
        }
        if text.chars().count() > PASSWORD_MAX as usize {
            return Err(Fault::TooLong { max: PASSWORD_MAX });
        }
        Ok(Self(text.to_owned()))
    }

    /// The bytes to hash or to verify.
    pub fn expose(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl core::fmt::Debug for Password {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Password(…)")
    }
}
