//! The redirect from TikTok's authorization page.

/// The answer to an authorization request, read from the query of the redirect.
#[derive(Clone, PartialEq, Eq)]
pub enum Callback {
    /// The user granted at least one scope.
    Authorized {
        /// The authorization code. It is exchanged once, within about five minutes.
        code: String,
        /// The `state` of the authorize address.
        state: Option<String>,
    },
    /// The user or TikTok refused.
    Refused {
        /// The error code of OAuth (RFC 6749, 4.1.2.1).
        error: OAuthError,
        /// `error_description`, in TikTok's own words: for logs, not for users.
        description: Option<String>,
        /// The `state` of the authorize address.
        state: Option<String>,
    },
}

/// Without the code: whoever holds it and the PKCE verifier is the user.
impl core::fmt::Debug for Callback {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Authorized { .. } => f.debug_struct("Authorized").finish_non_exhaustive(),
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
    /// Reads the query of the redirect, without its `?`. `error` outweighs `code`. A query with
    /// neither counts as `invalid_request`, and so does one that repeats a parameter, which OAuth
    /// forbids; a parameter without a value counts as left out (RFC 6749, 3.1).
    pub fn parse(query: &str) -> Self {
        let (mut code, mut state, mut error, mut description) = (None, None, None, None);
        let mut repeats = false;
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let slot = match &*name {
                "code" => &mut code,
                "state" => &mut state,
                "error" => &mut error,
                "error_description" => &mut description,
                _ => continue,
            };
            if value.is_empty() {
                continue;
            }
            repeats |= slot.replace(value.into_owned()).is_some();
        }
        match (error, code) {
            (None, Some(code)) if !repeats => Self::Authorized { code, state },
            (Some(word), _) if !repeats => Self::Refused {
                error: OAuthError::parse(&word),
                description,
                state,
            },
            (Some(_) | None, Some(_) | None) => Self::Refused {
                error: OAuthError::InvalidRequest,
                description,
                state,
            },
        }
    }

    /// The `state` of the authorization request, as TikTok gave it back.
    pub fn state(&self) -> Option<&str> {
        match self {
            Self::Authorized { state, .. } | Self::Refused { state, .. } => state.as_deref(),
        }
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
                state: Some("s".to_owned()),
            }
        );
    }

    /// RFC 6749, 3.1: "Parameters sent without a value MUST be treated as if they were omitted".
    #[test]
    fn a_parameter_without_a_value_counts_as_left_out() {
        for query in [
            "error=&code=c&state=s",
            "code=c&state=s&error=&error_description=",
            "error&code=c&state=s",
            "code=&code=c&state=s",
            "code=c&state=s&error=&error=",
        ] {
            let authorized = Callback::Authorized {
                code: "c".to_owned(),
                state: Some("s".to_owned()),
            };
            assert_eq!(Callback::parse(query), authorized, "{query}");
        }
        assert_eq!(Callback::parse("code=c&state=").state(), None);
        for query in ["error=", "error=&state=s", "error=&code="] {
            assert!(
                matches!(
                    Callback::parse(query),
                    Callback::Refused {
                        error: OAuthError::InvalidRequest,
                        ..
                    }
                ),
                "{query}"
            );
        }
    }

    #[test]
    fn an_error_outweighs_a_code_and_nothing_at_all_is_an_error() {
        for (query, expected) in [
            ("error=access_denied&code=x", OAuthError::AccessDenied),
            ("error=strange", OAuthError::Other("strange".to_owned())),
            ("state=s", OAuthError::InvalidRequest),
            ("code=", OAuthError::InvalidRequest),
            ("", OAuthError::InvalidRequest),
            ("code=a&code=b", OAuthError::InvalidRequest),
            ("code=a&state=s&state=t", OAuthError::InvalidRequest),
            (
                "error=access_denied&error=server_error",
                OAuthError::InvalidRequest,
            ),
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
