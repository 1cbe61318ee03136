//! User info: an envelope with the fields that were asked for. There is no e-mail address in it,
//! ever.

use crate::account::{Profile, avatar_url, open_id, union_id};
use crate::answer::json;
use crate::call::Call;
use crate::form::Form;
use crate::rehearsal::Rehearsal;
use crate::scope::Scope;
use crate::world::Grant;
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{Request, Response, StatusCode};
use serde_json::{Map, Value, json};

/// Why there is no user.
enum Refusal {
    AccessTokenInvalid,
    /// The user denied the scope.
    ScopeNotAuthorized,
    /// The app never asked for the scope.
    ScopePermissionMissed,
    InvalidParams(&'static str),
    RateLimitExceeded,
    InternalError,
}

impl Refusal {
    fn parts(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::AccessTokenInvalid => (
                StatusCode::UNAUTHORIZED,
                "access_token_invalid",
                "The access token is invalid or not found in the request.",
            ),
            Self::ScopeNotAuthorized => (
                StatusCode::UNAUTHORIZED,
                "scope_not_authorized",
                "The user did not authorize the scope required for completing this request.",
            ),
            Self::ScopePermissionMissed => (
                StatusCode::BAD_REQUEST,
                "scope_permission_missed",
                "Additional scope permission is required to get the requested fields.",
            ),
            Self::InvalidParams(why) => (StatusCode::BAD_REQUEST, "invalid_params", why),
            Self::RateLimitExceeded => (
                StatusCode::TOO_MANY_REQUESTS,
                "rate_limit_exceeded",
                "The API rate limit was exceeded. Please try again later.",
            ),
            Self::InternalError => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal_error",
                "Something is wrong. Please try again later.",
            ),
        }
    }
}

/// `GET /v2/user/info/`.
pub(crate) fn info(call: &mut Call<'_>, request: &Request<Bytes>) -> Response<Bytes> {
    let answer = read(call, request);
    let log_id = call.log_id();
    let (status, data, code, message) = match answer {
        Ok(user) => (StatusCode::OK, json!({ "user": user }), "ok", ""),
        Err(refusal) => {
            let (status, code, message) = refusal.parts();
            (status, json!({}), code, message)
        }
    };
    let body = json!({
        "data": data,
        "error": { "code": code, "message": message, "log_id": log_id },
    });
    json(status, &body)
}

fn read(call: &Call<'_>, request: &Request<Bytes>) -> Result<Map<String, Value>, Refusal> {
    let grant = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(bearer)
        .and_then(|token| call.world.access_tokens.get(token))
        .and_then(|token| call.world.grants.get(&token.grant))
        .ok_or(Refusal::AccessTokenInvalid)?;
    match grant.rehearsal {
        Some(Rehearsal::TokenInvalid) => return Err(Refusal::AccessTokenInvalid),
        Some(Rehearsal::UserInfoLimited) => return Err(Refusal::RateLimitExceeded),
        Some(Rehearsal::UserInfoFails) => return Err(Refusal::InternalError),
        Some(_) | None => {}
    }
    // An account can be gone: a host may open an old world with other accounts.
    let profile = call
        .profile(&grant.username)
        .ok_or(Refusal::AccessTokenInvalid)?;
    let query = Form::of_query(request);
    let fields = query
        .get("fields")
        .ok_or(Refusal::InvalidParams("Fields is required."))?;
    let mut user = Map::new();
    for field in fields.split(',').map(str::trim) {
        user.insert(field.to_owned(), value(field, grant, &profile)?);
    }
    Ok(user)
}

/// The token of a header. The scheme's name is read in any case (RFC 9110, 11.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim_matches(' '))
}

fn value(field: &str, grant: &Grant, profile: &Profile) -> Result<Value, Refusal> {
    let id = || open_id(&grant.client_key, &profile.username);
    let (scope, value) = match field {
        "open_id" => (Scope::UserInfoBasic, json!(id())),
        "union_id" => (Scope::UserInfoBasic, json!(union_id(&profile.username))),
        // A drawing has every size.
        "avatar_url" | "avatar_url_100" | "avatar_large_url" => {
            (Scope::UserInfoBasic, json!(avatar_url(&profile.username)))
        }
        "display_name" => (Scope::UserInfoBasic, json!(profile.display_name)),
        "username" => (Scope::UserInfoProfile, json!(profile.username)),
        "bio_description" => (Scope::UserInfoProfile, json!(profile.bio_description)),
        "profile_deep_link" => (
            Scope::UserInfoProfile,
            json!(format!("https://vm.tiktok.example/@{}", profile.username)),
        ),
        "is_verified" => (Scope::UserInfoProfile, json!(profile.is_verified)),
        // Nobody follows anybody here.
        "follower_count" | "following_count" | "likes_count" | "video_count" => {
            (Scope::UserInfoStats, json!(0))
        }
        _ => return Err(Refusal::InvalidParams("A field is unknown.")),
    };
    if grant.granted.contains(&scope) {
        Ok(value)
    } else if grant.asked.contains(&scope) {
        Err(Refusal::ScopeNotAuthorized)
    } else {
        Err(Refusal::ScopePermissionMissed)
    }
}
