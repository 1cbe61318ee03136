//! Tokens, as the token endpoint gives them.

use crate::answer::{self, Answer, malformed};
use crate::error::Error;
use crate::scope::{Scope, parse_scopes};
use bytes::Bytes;
use http::Response;
use serde::Deserialize;
use serde_json::Value;
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

/// The members of a grant.
#[derive(Deserialize)]
struct Body {
    open_id: String,
    #[serde(default)]
    scope: String,
    access_token: String,
    expires_in: u64,
    refresh_token: String,
    refresh_expires_in: u64,
}

/// Reads a grant. TikTok documents it flat; in an envelope it would be the same.
pub(crate) fn read_grant(response: &Response<Bytes>) -> Result<Grant, Error> {
    let members = match answer::read(response)? {
        Answer::Flat(members) | Answer::Enveloped(members) => members,
        Answer::Empty => return Err(malformed(response, "a grant without a body")),
    };
    let body: Body = serde_json::from_value(Value::Object(members))
        .map_err(|_| malformed(response, "a member of the grant is missing"))?;
    let needed = [&body.open_id, &body.access_token, &body.refresh_token];
    if needed.iter().any(|member| member.is_empty()) {
        return Err(malformed(response, "a member of the grant is empty"));
    }
    Ok(Grant {
        open_id: body.open_id,
        scopes: parse_scopes(&body.scope),
        access_token: AccessToken(body.access_token),
        expires_in_s: body.expires_in,
        refresh_token: RefreshToken(body.refresh_token),
        refresh_expires_in_s: body.refresh_expires_in,
    })
}

/// Reads the answer to a revocation: nothing is success, and so is an envelope that says `ok`.
pub(crate) fn read_revocation(response: &Response<Bytes>) -> Result<(), Error> {
    match answer::read(response)? {
        Answer::Empty | Answer::Enveloped(_) => Ok(()),
        Answer::Flat(members) if members.values().all(is_nothing) => Ok(()),
        Answer::Flat(_) => Err(malformed(response, "not the answer to a revocation")),
    }
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::OAuthError;

    fn answer(status: u16, body: &str) -> Response<Bytes> {
        let mut response = Response::new(Bytes::copy_from_slice(body.as_bytes()));
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
        for body in [
            r#"{"open_id":"o"}"#,
            "<html>",
            "",
            "[]",
            &GRANT.replace("\"r\"", "\"\""),
            &GRANT.replace("\"a\"", "null"),
        ] {
            assert!(
                matches!(read_grant(&answer(200, body)), Err(Error::Malformed { .. })),
                "{body}"
            );
        }
    }

    #[test]
    fn a_revocation_succeeds_with_nothing_or_with_an_envelope_that_says_ok() {
        for body in [
            "",
            "\n",
            "{}",
            r#"{"error":"","error_description":""}"#,
            r#"{"data":{},"error":{"code":"ok","message":"","log_id":"L"}}"#,
        ] {
            assert!(read_revocation(&answer(200, body)).is_ok(), "{body}");
        }
        assert!(read_revocation(&answer(500, "")).is_err());
        assert!(matches!(
            read_revocation(&answer(200, r#"{"error":"invalid_request","log_id":"L"}"#)),
            Err(Error::OAuth { .. })
        ));
    }
}
