//! PKCE as TikTok reads it: the challenge is hex, where RFC 7636 has base64url.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// How a challenge is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pkce {
    /// `hex(SHA-256(verifier))`, as TikTok documents it.
    #[default]
    Hex,
    /// `base64url(SHA-256(verifier))` without padding, as RFC 7636 has it.
    Base64Url,
    /// Nothing is asked for.
    Off,
}

impl Pkce {
    /// The challenge of a verifier; nothing where PKCE is off.
    pub(crate) fn challenge(self, verifier: &str) -> Option<String> {
        let digest = Sha256::digest(verifier.as_bytes());
        match self {
            Self::Hex => Some(hex::encode(digest)),
            Self::Base64Url => Some(URL_SAFE_NO_PAD.encode(digest)),
            Self::Off => None,
        }
    }

    /// Whether a challenge has the shape of one.
    pub(crate) fn is_challenge(self, text: &str) -> bool {
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        match self {
            Self::Hex => text.len() == 64 && text.bytes().all(is_hex),
            Self::Base64Url => URL_SAFE_NO_PAD.decode(text).is_ok_and(|it| it.len() == 32),
            Self::Off => true,
        }
    }
}

/// Whether a verifier has 43 to 128 unreserved characters.
pub(crate) fn is_verifier(text: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}
