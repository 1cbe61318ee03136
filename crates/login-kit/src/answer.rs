//! The one reader of TikTok's answers. Its endpoints answer flat or in an envelope, its gateway in an
//! envelope for each of them and with HTML at times, a revocation with nothing; and refusals came
//! with status 200. So all of it is read alike, and what doesn't say that it is a success is none.

use crate::callback::OAuthError;
use crate::error::Error;
use bytes::Bytes;
use http::{HeaderMap, Response};
use serde_json::{Map, Value};

/// The member in which an answer says why it is none: a word, or an object with a `code`.
const ERROR: &str = "error";
/// The number of the gateway's log, which it also gives where there is no body to read it from.
const LOG_ID_HEADER: &str = "x-tt-logid";

/// A success.
#[derive(Debug, PartialEq)]
pub(crate) enum Answer {
    /// Without a body.
    Empty,
    /// Members side by side.
    Flat(Map<String, Value>),
    /// The `data` of an envelope whose `error` has the code `ok`.
    Enveloped(Map<String, Value>),
}

/// Reads any answer.
pub(crate) fn read(response: &Response<Bytes>) -> Result<Answer, Error> {
    let is_success = response.status().is_success();
    let body = response.body().trim_ascii();
    if body.is_empty() {
        return if is_success {
            Ok(Answer::Empty)
        } else {
            Err(malformed(response, "a failure without a word"))
        };
    }
    let Ok(Value::Object(mut members)) = serde_json::from_slice(body) else {
        return Err(malformed(response, "not a JSON object"));
    };
    let status = status(&members).ok_or_else(|| malformed(response, "an error without a code"))?;
    match status {
        Status::Refused(code) => Err(refused(&code, log_id(&members, response.headers()))),
        Status::Unsaid | Status::Ok if !is_success => {
            Err(malformed(response, "a failure without a word"))
        }
        Status::Unsaid => Ok(Answer::Flat(members)),
        Status::Ok => match members.remove("data") {
            Some(Value::Object(data)) => Ok(Answer::Enveloped(data)),
            Some(Value::Null) | None => Ok(Answer::Enveloped(Map::new())),
            Some(Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
                Err(malformed(response, "an envelope around no object"))
            }
        },
    }
}

/// Whether an answer of any endpoint is a success: TikTok refuses with status 200, too.
pub fn check(response: &Response<Bytes>) -> Result<(), Error> {
    read(response).map(drop)
}

/// An answer that isn't what TikTok documents.
pub(crate) fn malformed(response: &Response<Bytes>, what: &'static str) -> Error {
    Error::Malformed {
        what,
        status: response.status().as_u16(),
    }
}

/// What an object says of itself.
enum Status {
    /// Nothing, as the flat successes.
    Unsaid,
    Ok,
    Refused(String),
}

/// `None`: there is an error, but no telling which.
fn status(members: &Map<String, Value>) -> Option<Status> {
    match members.get(ERROR) {
        None | Some(Value::Null) => Some(older_refusal(members).unwrap_or(Status::Unsaid)),
        Some(Value::String(word)) if word.is_empty() => Some(Status::Unsaid),
        Some(Value::String(word)) => Some(Status::Refused(word.clone())),
        Some(Value::Object(error)) => match error.get("code")? {
            Value::String(code) if code == "ok" => Some(Status::Ok),
            Value::String(code) if !code.is_empty() => Some(Status::Refused(code.clone())),
            Value::Number(code) if code.as_u64() == Some(0) => Some(Status::Ok),
            Value::Number(code) => Some(Status::Refused(code.to_string())),
            Value::Null
            | Value::Bool(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => None,
        },
        Some(Value::Bool(_) | Value::Number(_) | Value::Array(_)) => None,
    }
}

/// The first version's refusal: `{"data": {"error_code": 10007, …}, "message": "error"}`.
fn older_refusal(members: &Map<String, Value>) -> Option<Status> {
    let code = members.get("data")?.get("error_code")?.as_u64()?;
    (code != 0).then(|| Status::Refused(code.to_string()))
}

fn log_id(members: &Map<String, Value>, headers: &HeaderMap) -> String {
    let in_header = || headers.get(LOG_ID_HEADER)?.to_str().ok();
    members
        .get(ERROR)
        .and_then(|error| error.get("log_id"))
        .or_else(|| members.get("log_id"))
        .and_then(Value::as_str)
        .filter(|id| !id.is_empty())
        .or_else(in_header)
        .unwrap_or_default()
        .to_owned()
}

/// The word decides which error it is, and not the shape that it came in.
fn refused(code: &str, log_id: String) -> Error {
    match OAuthError::parse(code) {
        OAuthError::Other(code) => Error::Api { code, log_id },
        error @ (OAuthError::AccessDenied
        | OAuthError::InvalidClient
        | OAuthError::InvalidGrant
        | OAuthError::InvalidRequest
        | OAuthError::InvalidScope
        | OAuthError::UnauthorizedClient
        | OAuthError::UnsupportedGrantType
        | OAuthError::UnsupportedResponseType
        | OAuthError::ServerError
        | OAuthError::TemporarilyUnavailable) => Error::OAuth { error, log_id },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::{read_grant, read_revocation};
    use crate::user::read_user;

    fn answer(status: u16, body: &str) -> Response<Bytes> {
        let mut response = Response::new(Bytes::copy_from_slice(body.as_bytes()));
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        response
    }

    /// What each endpoint says of a response: of token, revocation and user info.
    fn all(response: &Response<Bytes>) -> [Result<(), Error>; 3] {
        [
            read_grant(response).map(drop),
            read_revocation(response),
            read_user(response).map(drop),
        ]
    }

    #[test]
    fn a_refusal_keeps_its_word_and_log_id_at_each_endpoint_in_each_shape_with_any_status() {
        for word in ["rate_limit_exceeded", "invalid_grant", "internal_error"] {
            for body in [
                format!(r#"{{"error":"{word}","error_description":"no","log_id":"L"}}"#),
                format!(r#"{{"error":{{"code":"{word}","message":"no","log_id":"L"}}}}"#),
                format!(r#"{{"data":{{}},"error":{{"code":"{word}","message":"","log_id":"L"}}}}"#),
                format!(r#"{{"error":{{"code":"{word}"}},"log_id":"L"}}"#),
                // A refusal outweighs what else is there.
                format!(
                    r#"{{"open_id":"o","scope":"","access_token":"a","expires_in":1,
                    "refresh_token":"r","refresh_expires_in":1,"data":{{"user":{{}}}},
                    "error":"{word}","log_id":"L"}}"#
                ),
            ] {
                for status in [200, 302, 400, 401, 429, 500] {
                    for result in all(&answer(status, &body)) {
                        let (found, log_id) = match result.unwrap_err() {
                            Error::OAuth { error, log_id } => (error.to_string(), log_id),
                            Error::Api { code, log_id } => (code, log_id),
                            other @ (Error::Transport(_) | Error::Malformed { .. }) => {
                                panic!("{other} of {body}")
                            }
                        };
                        assert_eq!((found.as_str(), log_id.as_str()), (word, "L"), "{body}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_word_of_oauth_is_one_in_an_envelope_too() {
        let body = r#"{"error":{"code":"invalid_grant","message":"","log_id":"L"}}"#;
        assert!(matches!(
            read(&answer(200, body)),
            Err(Error::OAuth {
                error: OAuthError::InvalidGrant,
                ..
            })
        ));
    }

    #[test]
    fn the_first_versions_refusal_keeps_its_number() {
        let body = r#"{"data":{"captcha":"","desc_url":"","description":"expired",
            "error_code":10007},"message":"error"}"#;
        for result in all(&answer(200, body)) {
            assert!(matches!(result, Err(Error::Api { code, .. }) if code == "10007"));
        }
    }

    #[test]
    fn a_log_id_is_read_from_the_header_where_the_body_has_none() {
        let mut response = answer(429, r#"{"error":{"code":"rate_limit_exceeded"}}"#);
        let id = http::HeaderValue::from_static("20261128");
        response.headers_mut().insert(LOG_ID_HEADER, id);
        assert!(matches!(
            read(&response),
            Err(Error::Api { log_id, .. }) if log_id == "20261128"
        ));
    }

    #[test]
    fn what_no_endpoint_documents_is_no_success_at_any() {
        for body in [
            "<!DOCTYPE html><html><body>Access Denied</body></html>",
            "Unsupported path(Janus)",
            "null",
            "true",
            "[]",
            r#""ok""#,
            r#"{"error":"#,
            r#"{"error":{}}"#,
            r#"{"error":{"code":""}}"#,
            r#"{"error":{"code":null}}"#,
            r#"{"error":true}"#,
            r#"{"error":["server_error"]}"#,
            r#"{"error":{"code":"ok"},"data":"<html>"}"#,
            r#"{"message":"success"}"#,
        ] {
            for result in all(&answer(200, body)) {
                assert!(
                    matches!(result, Err(Error::Malformed { status: 200, .. })),
                    "{body}"
                );
            }
        }
    }

    #[test]
    fn a_status_that_is_no_success_is_none_whatever_the_body_says() {
        for status in [302, 403, 404, 500, 502] {
            for body in [
                "",
                "{}",
                "<html>",
                r#"{"error":{"code":"ok"}}"#,
                r#"{"open_id":"o","scope":"","access_token":"a","expires_in":1,
                    "refresh_token":"r","refresh_expires_in":1}"#,
                r#"{"data":{"user":{"open_id":"o"}},"error":{"code":"ok"}}"#,
            ] {
                for result in all(&answer(status, body)) {
                    assert!(
                        matches!(result, Err(Error::Malformed { status: found, .. }) if found == status),
                        "{status} {body}"
                    );
                }
            }
        }
    }
}
