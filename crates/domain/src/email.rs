//! E-mail addresses.

use crate::input::{self, Fault};
use crate::unicode::nfc;
use serde::{Deserialize, Serialize};

/// Characters at most (RFC 5321, 4.5.3.1.3, less the brackets).
pub const EMAIL_MAX: u32 = 254;

/// An e-mail address in lower case and Normalization Form C, of the shape `local@domain.tld`.
///
/// Whether someone reads it is proven by a code alone, never by its shape: the check only catches
/// slips.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// Errors: `Missing`, `TooLong`, `Malformed`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = input::without_marks(&input::fold_width(&input::line(text, EMAIL_MAX)?));
        let text = nfc(&input::lower(&text));
        let (local, domain) = text.rsplit_once('@').ok_or(Fault::Malformed)?;
        let local_fits = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| {
                c.is_ascii_alphanumeric()
                    || "!#$%&'*+-/=?^_`{|}~.".contains(c)
                    || is_letter_abroad(c)
            });
        let domain_fits = domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && label.len() <= 63
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || c == '-' || is_letter_abroad(c))
            });
        if local_fits && domain_fits {
            Ok(Self(text))
        } else {
            Err(Fault::Malformed)
        }
    }

    /// A stored address as it is spelled now, where an earlier release spelled it otherwise.
    pub fn respelled(stored: &str) -> Option<Self> {
        Self::parse(stored)
            .ok()
            .filter(|now| now.as_str() != stored)
    }

    /// The address in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The mailbox to which mail for this address goes, for counting: without what follows a `+`, and
    /// without the dots that Gmail ignores. Where a server reads addresses otherwise, two of its
    /// mailboxes are counted as one.
    pub fn mailbox(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        let local = match local.split_once('+') {
            Some((name, _)) if !name.is_empty() => name,
            Some(_) | None => local,
        };
        match domain {
            "gmail.com" | "googlemail.com" => format!("{}@gmail.com", local.replace('.', "")),
            _ => format!("{local}@{domain}"),
        }
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }
}

impl core::fmt::Display for Email {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

/// RFC 6531 lets in what isn't ASCII; white space it lets in nowhere.
fn is_letter_abroad(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace()
}
