//! Passwords, before they are hashed.

use crate::email::Email;
use crate::input::Fault;
use crate::unicode::{nfc, nfd};

/// Characters at least (NIST SP 800-63B-4 asks 15 of a password that stands alone and 8 beside
/// another factor; 10 is ours: the code by e-mail stands beside it at sign-up).
pub const PASSWORD_MIN: u32 = 10;
/// Characters at most: enough for any manager, little enough to hash.
pub const PASSWORD_MAX: u32 = 128;

/// A password that may be set. It is never shown, stored or serialised as it is.
///
/// It is prepared by the profile `OpaqueString` (RFC 8265, 4.2), so that it fits from every
/// keyboard: spaces of all kinds become U+0020, and the whole is in Normalization Form C. What the
/// profile would refuse (controls, emoji that are joined, what a version of Unicode doesn't know yet,
/// by one reading Korean that comes apart) is let in: nobody is safer without it, and who has such a
/// password must get in.
#[derive(Clone, PartialEq, Eq)]
pub struct Password {
    prepared: String,
    typed: String,
}

impl Password {
    /// A new password; composition rules and forced changes are left out on purpose (they make
    /// passwords worse): what counts is length, and that it isn't among the first to be guessed.
    ///
    /// Errors: `Missing`, `TooShort`, `TooLong`, `LikeEmail`, `Common`.
    pub fn parse(text: &str, email: Option<&Email>) -> Result<Self, Fault> {
        if text.is_empty() {
            return Err(Fault::Missing);
        }
        let password = Self::prepare(text);
        let length = password.length();
        if length < PASSWORD_MIN as usize {
            return Err(Fault::TooShort { min: PASSWORD_MIN });
        }
        if length > PASSWORD_MAX as usize {
            return Err(Fault::TooLong { max: PASSWORD_MAX });
        }
        let low = crate::input::lower(&password.prepared);
        // In any spelling: the letters of a domain, too.
        let is = |email: &Email| low == email.local() || Email::parse(&low).as_ref() == Ok(email);
        if email.is_some_and(is) {
            return Err(Fault::LikeEmail);
        }
        if is_common(&low) {
            return Err(Fault::Common);
        }
        Ok(password)
    }

    /// A password that is tried against a stored one: any that isn't empty or absurdly long.
    ///
    /// Errors: `Missing`, `TooLong`.
    pub fn tried(text: &str) -> Result<Self, Fault> {
        if text.is_empty() {
            return Err(Fault::Missing);
        }
        let password = Self::prepare(text);
        if password.length() > PASSWORD_MAX as usize {
            return Err(Fault::TooLong { max: PASSWORD_MAX });
        }
        Ok(password)
    }

    fn prepare(text: &str) -> Self {
        let spaced: String = text
            .chars()
            .map(|c| if is_other_space(c) { ' ' } else { c })
            .collect();
        Self {
            prepared: nfc(&spaced),
            typed: text.to_owned(),
        }
    }

    fn length(&self) -> usize {
        self.prepared.chars().count()
    }

    /// The bytes to hash.
    pub fn expose(&self) -> &[u8] {
        self.prepared.as_bytes()
    }

    /// The bytes to verify, one after the other until some fit: as they are hashed now, then as
    /// they were hashed while a password was taken as its keyboard gave it. How many there are
    /// depends on the password alone, so that the time tells nothing of an account.
    pub fn forms(&self) -> Vec<Vec<u8>> {
        let mut forms = vec![self.prepared.clone()];
        for form in [self.typed.clone(), nfd(&self.typed)] {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        forms.into_iter().map(String::into_bytes).collect()
    }
}

impl core::fmt::Debug for Password {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Whether a password in lower case is among the most common ones, which are tried first (NIST SP
/// 800-63B-4, 3.1.1.2), or one character over and over. Without the feature `data` only the latter:
/// the host has the list.
fn is_common(low: &str) -> bool {
    let is_one_character = low
        .chars()
        .zip(low.chars().skip(1))
        .all(|(one, next)| one == next);
    #[cfg(feature = "data")]
    {
        let low = nfc(low);
        is_one_character || COMMON.lines().any(|common| common == low)
    }
    #[cfg(not(feature = "data"))]
    {
        is_one_character
    }
}

/// One a line, of [`PASSWORD_MIN`] characters and more. `tests/data/common_passwords.py` writes it.
#[cfg(feature = "data")]
const COMMON: &str = include_str!("common_passwords.txt");

/// `General_Category=Space_Separator` beyond ASCII.
const fn is_other_space(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}
