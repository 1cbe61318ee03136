//! What TikTok's redirect brings back.

use crate::scope::{Scope, parse_scopes};
use std::collections::BTreeSet;

/// A redirect from TikTok, its query decoded.
#[derive(Clone, PartialEq, Eq)]
pub enum Callback {
    /// The user granted at least one scope.
    Authorized {
        /// Single use; it lives about five minutes.
        code: String,
        /// The granted scopes.
        scopes: BTreeSet<Scope>,
        /// The `state` of the authorize address.
        state: Option<String>,
    },
    /// They didn't, or TikTok doesn't.
    Refused {
        /// The error code of OAuth (RFC 6749, 4.1.2.1).
        error: OAuthError,
        /// For people who read logs.
        description: Option<String>,
        /// The `state` of the authorize address.
        state: Option<String>,
    },
}

impl core::fmt::Debug for Callback {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Authorized { scopes, .. } => f
                .debug_struct("Authorized")
                .field("scopes", scopes)
                .finish_non_exhaustive(),
            Self::Refused { error, .. } => f
                .debug_struct("Refused")
                .field("error", error)
                .finish_non_exhaustive(),
        }
    }
}

/// The error words that TikTok documents for the callback and the token endpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OAuthError {
    /// The user pressed Cancel.
    #[error("access_denied")]
    AccessDenied,
    /// Key or secret are wrong.
    #[error("invalid_client")]
    InvalidClient,
    /// Code or refresh token are wrong, used or too old.
    #[error("invalid_grant")]
    InvalidGrant,
    /// A parameter is missing or wrong.
    #[error("invalid_request")]
    InvalidRequest,
    /// A scope that the app may not ask for.
    #[error("invalid_scope")]
    InvalidScope,
    /// The app may not do this.
    #[error("unauthorized_client")]
    UnauthorizedClient,
    /// Not a grant type of TikTok's.
    #[error("unsupported_grant_type")]
    UnsupportedGrantType,
    /// Not a response type of TikTok's.
    #[error("unsupported_response_type")]
    UnsupportedResponseType,
    /// `server_error`.
    #[error("server_error")]
    ServerError,
    /// `temporarily_unavailable`.
    #[error("temporarily_unavailable")]
    TemporarilyUnavailable,
    /// A word that isn't documented.
    #[error("an undocumented error")]
    Other(String),
}

impl OAuthError {
    /// The error of this code; `Other` for one that isn't listed here.
    pub fn parse(word: &str) -> Self {
        match word {
            "access_denied" => Self::AccessDenied,
            "invalid_client" => Self::InvalidClient,
            "invalid_grant" => Self::InvalidGrant,
            "invalid_request" => Self::InvalidRequest,
            "invalid_scope" => Self::InvalidScope,
            "unauthorized_client" => Self::UnauthorizedClient,
            "unsupported_grant_type" => Self::UnsupportedGrantType,
            "unsupported_response_type" => Self::UnsupportedResponseType,
            "server_error" => Self::ServerError,
            "temporarily_unavailable" => Self::TemporarilyUnavailable,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl Callback {
    /// From the decoded members of the query. An error outweighs a code; without both, TikTok spoke
    /// nonsense, which counts as `invalid_request`.
    pub fn from_parts(
        code: Option<String>,
        scopes: Option<&str>,
        state: Option<String>,
        error: Option<&str>,
        error_description: Option<String>,
    ) -> Self {
        match (error, code.filter(|code| !code.is_empty())) {
            (None, Some(code)) => Self::Authorized {
                code,
                scopes: parse_scopes(scopes.unwrap_or_default()),
                state,
            },
            (Some(word), _) => Self::Refused {
                error: OAuthError::parse(word),
                description: error_description,
                state,
            },
            (None, None) => Self::Refused {
                error: OAuthError::InvalidRequest,
                description: error_description,
                state,
            },
        }
    }

    /// From the query of the redirect, without its `?`. Codes hold `*` and `!`, percent-encoded.
    pub fn parse(query: &str) -> Self {
        let (mut code, mut scopes, mut state) = (None, None, None);
        let (mut error, mut description) = (None, None);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let slot = match &*name {
                "code" => &mut code,
                "scopes" => &mut scopes,
                "state" => &mut state,
                "error" => &mut error,
                "error_description" => &mut description,
                _ => continue,
            };
            *slot = Some(value.into_owned());
        }
        Self::from_parts(
            code,
            scopes.as_deref(),
            state,
            error.as_deref(),
            description,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_decoded() {
        assert_eq!(
            Callback::parse("code=a%2Ab%21c&scopes=user.info.basic&state=s"),
            Callback::Authorized {
                code: "a*b!c".to_owned(),
                scopes: BTreeSet::from([Scope::UserInfoBasic]),
                state: Some("s".to_owned()),
            }
        );
    }

    #[test]
    fn an_error_outweighs_a_code_and_nothing_at_all_is_an_error() {
        for (query, expected) in [
            ("error=access_denied&code=x", OAuthError::AccessDenied),
            ("error=strange", OAuthError::Other("strange".to_owned())),
            ("state=s", OAuthError::InvalidRequest),
            ("code=", OAuthError::InvalidRequest),
            ("", OAuthError::InvalidRequest),
        ] {
            assert!(
                matches!(Callback::parse(query), Callback::Refused { error, .. } if error == expected),
                "{query}"
            );
        }
    }

    #[test]
    fn a_callback_does_not_show_its_code() {
        let callback = Callback::parse("code=secret-code&state=s");
        assert!(!format!("{callback:?}").contains("secret-code"));
    }
}
