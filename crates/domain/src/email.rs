//! E-mail addresses.

#[cfg(not(feature = "data"))]
use crate::address::FULL_STOPS;
use crate::input::{self, Fault};
use crate::unicode::nfc;
use serde::{Deserialize, Serialize};

/// Characters at most (RFC 5321, 4.5.3.1.3, less the brackets).
pub const EMAIL_MAX: u32 = 254;

/// An e-mail address in lower case and Normalization Form C, of the shape
/// `local@domain.tld`, the domain in A-labels (UTS 46): one form, whatever a browser makes of letters.
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
        let (local, domain) = text.rsplit_once('@').ok_or(Fault::Malformed)?;
        let local = nfc(&input::lower(local));
        // Atoms between dots (RFC 5321, section 4.1.2).
        let local_fits = local.split('.').all(|atom| !atom.is_empty())
            && local.len() <= 64
            && local.chars().all(|c| {
                c.is_ascii_alphanumeric()
                    || "!#$%&'*+-/=?^_`{|}~.".contains(c)
                    || is_letter_abroad(c)
            });
        if !local_fits {
            return Err(Fault::Malformed);
        }
        let email = format!("{local}@{}", a_labels(domain)?);
        if email.len() > EMAIL_MAX as usize {
            return Err(Fault::TooLong { max: EMAIL_MAX });
        }
        Ok(Self(email))
    }

    /// As [`Self::parse`], for an address that is to be proven. Letters before the `@` need every
    /// server on the way to have SMTPUTF8 (RFC 6531), which many lack: the code wouldn't come.
    ///
    /// Errors: those of `parse`; `Forbidden` (the first such letter).
    pub fn parse_new(text: &str) -> Result<Self, Fault> {
        let email = Self::parse(text)?;
        match email.local().chars().find(|c| !c.is_ascii()) {
            Some(character) => Err(Fault::Forbidden { character }),
            None => Ok(email),
        }
    }

    /// A stored address as it is spelled now, where an earlier release spelled it otherwise.
    pub fn respelled(stored: &str) -> Option<Self> {
        Self::parse(stored)
            .ok()
            .filter(|now| now.as_str() != stored)
    }

    /// The address as it is shown: a label of its domain in letters, where those can't be taken for
    /// others, else as an A-label. [`Self::parse`] reads both as this address.
    #[cfg(feature = "data")]
    pub fn shown(&self) -> String {
        use idna::uts46::{AsciiDenyList, Hyphens, Uts46};
        let Some((local, domain)) = self.0.rsplit_once('@') else {
            return self.0.clone();
        };
        let (shown, all_is_well) = Uts46::new().to_user_interface(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            |label, _, _| can_be_read(label),
        );
        match all_is_well {
            Ok(()) => format!("{local}@{shown}"),
            Err(_) => self.0.clone(),
        }
    }

    /// The address: in lower case, its domain in A-labels.
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

/// The domain in A-labels, of 63 octets each at most.
#[cfg(feature = "data")]
fn a_labels(domain: &str) -> Result<String, Fault> {
    use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
    let ascii = Uts46::new().to_ascii(
        domain.as_bytes(),
        AsciiDenyList::STD3,
        Hyphens::CheckFirstLast,
        DnsLength::Verify,
    );
    match ascii {
        // An A-label of what begins as one does is none (UTS 46, 4.1, V4).
        Ok(ascii) if ascii.contains('.') && !ascii.contains("xn--xn--") => Ok(ascii.into_owned()),
        Ok(_) | Err(_) => Err(Fault::Malformed),
    }
}

/// Thai letters that Latin ones are drawn like, as Chromium lists them for its address bar.
#[cfg(feature = "data")]
const THAI_LIKE_LATIN: &str = "ดทนบปพฟมรลหเแ๐";

/// Whether the letters of a label can't be taken for others: they are of one script, one in which a
/// language of the portal is written, and none is drawn like an ASCII letter. So Cyrillic and Greek
/// stay A-labels, and so does a script beside ASCII's letters, or a mark that no letter takes in.
#[cfg(feature = "data")]
fn can_be_read(label: &[char]) -> bool {
    use crate::unicode::nfd;
    use icu_properties::{CodePointMapData, props::Script};
    let is_of = |c: char, script| CodePointMapData::<Script>::new().get(c) == script;
    let is_latin = |c: char| {
        let base = nfd(c.encode_utf8(&mut [0; 4])).chars().next();
        "đßæøœ".contains(c) || base.is_some_and(|it| it.is_ascii_lowercase())
    };
    // Syllables alone: a lone circle is no letter of a word.
    let is_hangul = |c: char| matches!(c, '가'..='힣');
    let is_thai = |c: char| is_of(c, Script::Thai);
    // The sign for a long vowel has no script.
    let is_japanese_or_chinese = |c: char| {
        c == 'ー'
            || [Script::Han, Script::Hiragana, Script::Katakana]
                .into_iter()
                .any(|script| is_of(c, script))
    };
    let letters = || {
        label
            .iter()
            .copied()
            .filter(|c| !matches!(c, '0'..='9' | '-'))
    };
    letters().all(is_latin)
        || letters().all(is_hangul)
        || letters().all(is_japanese_or_chinese)
        || letters().all(is_thai) && letters().any(|c| !THAI_LIKE_LATIN.contains(c))
}

/// As typed: letters abroad have their tables on hosts, which judge them and their length.
#[cfg(not(feature = "data"))]
fn a_labels(domain: &str) -> Result<String, Fault> {
    let fits = domain.contains(FULL_STOPS)
        && domain.split(FULL_STOPS).all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && (!label.is_ascii() || label.len() <= 63)
                && label
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '-' || is_letter_abroad(c))
        });
    if fits {
        Ok(domain.to_owned())
    } else {
        Err(Fault::Malformed)
    }
}
