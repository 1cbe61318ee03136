//! Why TikTok's answer isn't the one that was asked for.

use crate::callback::OAuthError;
use crate::transport::TransportError;

/// What went wrong. None of it holds a token or a secret.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No response of TikTok's.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// TikTok refused with a word of OAuth's, whichever endpoint and shape it came in.
    #[error("TikTok refused: {error} (log_id {log_id})")]
    OAuth {
        /// The error code of OAuth.
        error: OAuthError,
        /// TikTok's id of the request, for its support.
        log_id: String,
    },
    /// TikTok refused with another word, whichever endpoint and shape it came in.
    #[error("TikTok refused: {code} (log_id {log_id})")]
    Api {
        /// TikTok's word, such as `access_token_invalid`; of its older answers the number.
        code: String,
        /// TikTok's id of the request, for its support.
        log_id: String,
    },
    /// The answer isn't what TikTok documents.
    #[error("TikTok's answer can't be read: {what} (HTTP {status})")]
    Malformed {
        /// What is wrong with it.
        what: &'static str,
        /// The HTTP status.
        status: u16,
    },
}
