//! Who an access token belongs to. TikTok never tells an e-mail address.

use crate::answer::{self, Answer, malformed};
use crate::error::Error;
use bytes::Bytes;
use http::Response;
use serde::Deserialize;
use serde_json::Value;

/// A field of user info. One without its scope fails the whole call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserField {
    /// The id for this app; needs `user.info.basic`.
    OpenId,
    /// The id for this developer; needs `user.info.basic`.
    UnionId,
    /// Needs `user.info.basic`.
    AvatarUrl,
    /// Needs `user.info.basic`.
    DisplayName,
    /// Needs `user.info.profile`.
    Username,
}

impl UserField {
    /// Its name at TikTok.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::OpenId => "open_id",
            Self::UnionId => "union_id",
            Self::AvatarUrl => "avatar_url",
            Self::DisplayName => "display_name",
            Self::Username => "username",
        }
    }
}

/// A user; the fields that were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct User {
    /// TikTok's id of the account for this app.
    pub open_id: Option<String>,
    /// TikTok's id of the account for this developer.
    pub union_id: Option<String>,
    /// An address on TikTok's servers that expires.
    pub avatar_url: Option<String>,
    /// It may change, and may be anything.
    pub display_name: Option<String>,
    /// Without its `@`.
    pub username: Option<String>,
}

/// Reads the envelope `{data: {user}, error: {code, message, log_id}}`.
pub(crate) fn read_user(response: &Response<Bytes>) -> Result<User, Error> {
    let Answer::Enveloped(mut data) = answer::read(response)? else {
        return Err(malformed(response, "no envelope around the user"));
    };
    data.remove("user")
        .filter(Value::is_object)
        .and_then(|user| serde_json::from_value(user).ok())
        .ok_or_else(|| malformed(response, "no user in the answer"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &'static str) -> Response<Bytes> {
        Response::new(Bytes::from_static(body.as_bytes()))
    }

    #[test]
    fn a_user_comes_in_an_envelope() {
        let body = r#"{"data":{"user":{"open_id":"o","display_name":"Mai"}},
            "error":{"code":"ok","message":"","log_id":"L"}}"#;
        let user = read_user(&answer(body)).unwrap();
        assert_eq!(user.open_id.as_deref(), Some("o"));
        assert_eq!(user.display_name.as_deref(), Some("Mai"));
        assert_eq!(user.username, None);
    }

    #[test]
    fn a_code_other_than_ok_is_an_error_whatever_the_status() {
        let body =
            r#"{"data":{},"error":{"code":"scope_not_authorized","message":"no","log_id":"L"}}"#;
        assert!(matches!(
            read_user(&answer(body)),
            Err(Error::Api { code, log_id }) if code == "scope_not_authorized" && log_id == "L"
        ));
    }

    #[test]
    fn an_answer_without_a_user_is_malformed() {
        for body in [
            r#"{"error":{"code":"ok"}}"#,
            "{}",
            "",
            r#"{"data":{},"error":{"code":"ok"}}"#,
            r#"{"data":{"user":[]},"error":{"code":"ok"}}"#,
            r#"{"data":{"user":{"open_id":"o"}}}"#,
        ] {
            assert!(
                matches!(read_user(&answer(body)), Err(Error::Malformed { .. })),
                "{body}"
            );
        }
    }
}
