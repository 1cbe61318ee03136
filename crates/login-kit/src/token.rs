//! Tokens, as the token endpoint gives them.

use crate::callback::OAuthError;
use crate::error::Error;
use crate::scope::{Scope, parse_scopes};
use bytes::Bytes;
use http::Response;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A bearer token (RFC 6750). Its `Debug` doesn't show it.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken(String);

/// A token that is exchanged for a new grant; TikTok rotates it, and the old one dies.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken(String);

impl AccessToken {
    /// A token that was stored.
    pub fn new(token: String) -> Self {
        Self(token)
    }

    /// The token itself, to be stored.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl RefreshToken {
    /// A token that was stored.
    pub fn new(token: String) -> Self {
        Self(token)
    }

    /// The token itself, to be stored.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("AccessToken(…)")
    }
}

impl core::fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("RefreshToken(…)")
    }
}

/// The tokens of an exchange or a refresh.
#[derive(Clone, Debug)]
pub struct Grant {
    /// TikTok's id of the account in this app.
    pub open_id: String,
    /// The granted scopes.
    pub scopes: BTreeSet<Scope>,
    /// Authorizes calls of the API.
    pub access_token: AccessToken,
    /// Seconds for which the access token is valid.
    pub expires_in_s: u64,
    /// Good for one refresh, which gives another.
    pub refresh_token: RefreshToken,
    /// Seconds for which the refresh token is valid.
    pub refresh_expires_in_s: u64,
}

/// The endpoint's flat body: the members of a success and of a failure side by side.
#[derive(Deserialize)]
struct Body {
    open_id: Option<String>,
    scope: Option<String>,
    access_token: Option<String>,
    expires_in: Option<u64>,
    refresh_token: Option<String>,
    refresh_expires_in: Option<u64>,
    error: Option<String>,
    log_id: Option<String>,
}

/// Reads a grant. The status alone decides nothing: TikTok has sent errors with 200.
pub(crate) fn read_grant(response: &Response<Bytes>) -> Result<Grant, Error> {
    let malformed = |what| Error::Malformed {
        what,
        status: response.status().as_u16(),
    };
    let body: Body = serde_json::from_slice(response.body())
        .map_err(|_| malformed("not the JSON of a token answer"))?;
    refused(body.error, body.log_id)?;
    match (
        body.open_id,
        body.access_token,
        body.expires_in,
        body.refresh_token,
        body.refresh_expires_in,
    ) {
        (
            Some(open_id),
            Some(access_token),
            Some(expires_in_s),
            Some(refresh_token),
            Some(refresh_expires_in_s),
        ) if !open_id.is_empty() && !access_token.is_empty() => Ok(Grant {
            open_id,
            scopes: parse_scopes(&body.scope.unwrap_or_default()),
            access_token: AccessToken(access_token),
            expires_in_s,
            refresh_token: RefreshToken(refresh_token),
            refresh_expires_in_s,
        }),
        (_, _, _, _, _) => Err(malformed("a member of the grant is missing")),
    }
}

/// Reads the answer to a revocation: an empty body is success.
pub(crate) fn read_revocation(response: &Response<Bytes>) -> Result<(), Error> {
    if let Ok(body) = serde_json::from_slice::<Body>(response.body()) {
        refused(body.error, body.log_id)?;
    }
    if response.status().is_success() {
        Ok(())
    } else {
        Err(Error::Malformed {
            what: "a revocation that failed without a word",
            status: response.status().as_u16(),
        })
    }
}

fn refused(error: Option<String>, log_id: Option<String>) -> Result<(), Error> {
    match error {
        Some(word) if !word.is_empty() => Err(Error::OAuth {
            error: OAuthError::parse(&word),
            log_id: log_id.unwrap_or_default(),
        }),
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &'static str) -> Response<Bytes> {
        let mut response = Response::new(Bytes::from_static(body.as_bytes()));
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        response
    }

    const GRANT: &str = r#"{"open_id":"o","scope":"user.info.basic","access_token":"a",
        "expires_in":7200,"refresh_token":"r","refresh_expires_in":15552000,"token_type":"Bearer"}"#;

    #[test]
    fn a_grant_has_the_lives_that_tiktok_names() {
        let grant = read_grant(&answer(200, GRANT)).unwrap();
        assert_eq!(
            (grant.expires_in_s, grant.refresh_expires_in_s),
            (7_200, 15_552_000)
        );
        assert_eq!(grant.scopes, BTreeSet::from([Scope::UserInfoBasic]));
        let shown = format!("{grant:?}");
        assert!(
            shown.contains("AccessToken(…)") && shown.contains("RefreshToken(…)"),
            "{shown}"
        );
    }

    #[test]
    fn an_error_is_an_error_even_with_status_200() {
        let body = r#"{"error":"invalid_grant","error_description":"used","log_id":"L"}"#;
        for status in [200, 400] {
            assert!(matches!(
                read_grant(&answer(status, body)),
                Err(Error::OAuth { error: OAuthError::InvalidGrant, log_id }) if log_id == "L"
            ));
        }
    }

    #[test]
    fn a_grant_without_a_token_or_in_no_json_is_malformed() {
        for body in [r#"{"open_id":"o"}"#, "<html>", "", "[]"] {
            assert!(
                matches!(read_grant(&answer(200, body)), Err(Error::Malformed { .. })),
                "{body}"
            );
        }
    }

    #[test]
    fn a_revocation_succeeds_with_an_empty_body_alone() {
        assert!(read_revocation(&answer(200, "")).is_ok());
        assert!(read_revocation(&answer(500, "")).is_err());
        assert!(matches!(
            read_revocation(&answer(200, r#"{"error":"invalid_request","log_id":"L"}"#)),
            Err(Error::OAuth { .. })
        ));
    }
}
