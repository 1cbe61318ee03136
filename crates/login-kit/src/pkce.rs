//! PKCE (RFC 7636), with the challenge as TikTok reads it.

use crate::config::PkceEncoding;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// Characters at least of a verifier.
const VERIFIER_MIN: usize = 43;
/// RFC 7636, 4.1: 43 to 128 characters.
const VERIFIER_MAX: usize = 128;

/// A verifier: 43 to 128 unreserved characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier(String);

/// Too short, too long, or with a character that isn't unreserved (RFC 7636, 4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a PKCE verifier has 43 to 128 unreserved characters")]
pub struct BadVerifier;

impl Verifier {
    /// A verifier of 256 random bits.
    pub fn from_random(bytes: [u8; 32]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// One that was kept. Errors: its length, or a character that is reserved.
    pub fn parse(text: &str) -> Result<Self, BadVerifier> {
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if (VERIFIER_MIN..=VERIFIER_MAX).contains(&text.len()) && text.bytes().all(unreserved) {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadVerifier)
        }
    }

    /// To keep it until TikTok comes back.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is sent ahead; nothing where PKCE is off.
    pub fn challenge(&self, encoding: PkceEncoding) -> Option<String> {
        let digest = Sha256::digest(self.0.as_bytes());
        match encoding {
            PkceEncoding::Hex => Some(hex::encode(digest)),
            PkceEncoding::Base64Url => Some(URL_SAFE_NO_PAD.encode(digest)),
            PkceEncoding::Off => None,
        }
    }
}

impl core::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Verifier(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RFC_7636: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    #[test]
    fn a_challenge_is_written_in_hex_as_tiktok_documents_it() {
        let verifier = Verifier::parse(RFC_7636).unwrap();
        assert_eq!(
            verifier.challenge(PkceEncoding::Hex).as_deref(),
            Some("13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3")
        );
    }

    #[test]
    fn a_challenge_can_be_written_as_rfc_7636_wants_it_or_be_left_out() {
        let verifier = Verifier::parse(RFC_7636).unwrap();
        assert_eq!(
            verifier.challenge(PkceEncoding::Base64Url).as_deref(),
            Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        );
        assert_eq!(verifier.challenge(PkceEncoding::Off), None);
    }

    #[test]
    fn a_drawn_verifier_can_be_kept_and_read_again() {
        let verifier = Verifier::from_random([0xff; 32]);
        assert_eq!(Verifier::parse(verifier.as_str()), Ok(verifier));
    }

    #[test]
    fn a_verifier_that_is_short_long_or_reserved_is_refused() {
        for text in [
            "",
            &"a".repeat(42),
            &"a".repeat(129),
            &"é".repeat(50),
            &"a b".repeat(20),
        ] {
            assert_eq!(Verifier::parse(text), Err(BadVerifier), "{text}");
        }
    }

    #[test]
    fn a_verifier_does_not_show_itself() {
        let verifier = Verifier::parse(RFC_7636).unwrap();
        assert!(!format!("{verifier:?}").contains(RFC_7636));
    }
}
