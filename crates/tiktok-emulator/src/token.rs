//! The token endpoint and the revocation: flat answers, forms alone.

use crate::account::open_id;
use crate::answer::{json, response};
use crate::call::Call;
use crate::config::{App, Revocation};
use crate::form::{Form, NotAForm};
use crate::pkce;
use crate::rehearsal::Rehearsal;
use crate::scope::{self, Scope};
use crate::world::{Grant, Token};
use bytes::Bytes;
use http::header::CACHE_CONTROL;
use http::{Request, Response, StatusCode};
use serde_json::json;

/// Why there is no token.
struct Refusal {
    status: StatusCode,
    word: &'static str,
    why: &'static str,
}

impl Refusal {
    const fn request(why: &'static str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            word: "invalid_request",
            why,
        }
    }

    /// TikTok has sent errors with status 200: a client that looks at the status alone is found out
    /// here.
    const fn grant(why: &'static str) -> Self {
        Self {
            status: StatusCode::OK,
            word: "invalid_grant",
            why,
        }
    }
}

const UNKNOWN_REFRESH_TOKEN: Refusal = Refusal::grant("Refresh token is invalid or expired.");

/// `POST /v2/oauth/token/`.
pub(crate) fn token(call: &mut Call<'_>, request: &Request<Bytes>) -> Response<Bytes> {
    answer(call, request, |call, app, form| {
        let id = match form.get("grant_type") {
            Some("authorization_code") => exchange(call, app, form)?,
            Some("refresh_token") => refresh(call, app, form)?,
            Some(_) => {
                return Err(Refusal {
                    status: StatusCode::BAD_REQUEST,
                    word: "unsupported_grant_type",
                    why: "Grant type is not supported.",
                });
            }
            None => return Err(Refusal::request("Grant type is missing.")),
        };
        issue(call, &id)
    })
}

/// `POST /v2/oauth/revoke/`.
pub(crate) fn revoke(call: &mut Call<'_>, request: &Request<Bytes>) -> Response<Bytes> {
    answer(call, request, |call, app, form| {
        let token = form
            .get("token")
            .ok_or(Refusal::request("Token is missing."))?;
        let grant = call
            .world
            .access_tokens
            .get(token)
            .or_else(|| call.world.refresh_tokens.get(token))
            .map(|token| token.grant.clone())
            .filter(|id| is_of(call, id, app))
            .ok_or(Refusal::request("Token is invalid or has ended."))?;
        match call.config.revocation {
            Revocation::Grant => call.world.end_grant(&grant),
            Revocation::AllGrants => call.world.end_grants_beside(&grant),
        }
        Ok(response(
            StatusCode::OK,
            &[(CACHE_CONTROL, "no-store")],
            Bytes::new(),
        ))
    })
}

/// Checks the form and the app, does the work, and words a refusal.
fn answer(
    call: &mut Call<'_>,
    request: &Request<Bytes>,
    work: impl FnOnce(&mut Call<'_>, &App, &Form) -> Result<Response<Bytes>, Refusal>,
) -> Response<Bytes> {
    let answer = read(call, request).and_then(|(app, form)| work(call, &app, &form));
    answer.unwrap_or_else(|refusal| {
        let body = json!({
            "error": refusal.word,
            "error_description": refusal.why,
            "log_id": call.log_id(),
        });
        json(refusal.status, &body)
    })
}

fn read(call: &Call<'_>, request: &Request<Bytes>) -> Result<(App, Form), Refusal> {
    let form = Form::of_body(request).map_err(|why| match why {
        NotAForm::WrongType => {
            Refusal::request("Only `application/x-www-form-urlencoded` is supported.")
        }
        NotAForm::TooLong => Refusal {
            status: StatusCode::PAYLOAD_TOO_LARGE,
            ..Refusal::request("The form is too long.")
        },
    })?;
    let invalid_client = Refusal {
        status: StatusCode::UNAUTHORIZED,
        word: "invalid_client",
        why: "Client key or secret is incorrect.",
    };
    let app = form
        .get("client_key")
        .and_then(|key| call.config.app(key))
        .filter(|app| form.get("client_secret") == Some(&app.client_secret))
        .ok_or(invalid_client)?;
    Ok((app.clone(), form))
}

/// A code for a grant, once.
fn exchange(call: &mut Call<'_>, app: &App, form: &Form) -> Result<String, Refusal> {
    let text = form
        .get("code")
        .ok_or(Refusal::request("Code is missing."))?;
    let code = call
        .world
        .codes
        .get(text)
        .filter(|code| code.client_key == app.client_key)
        .cloned()
        .ok_or(Refusal::grant("Authorization code is invalid."))?;
    if let Some(grant) = &code.grant {
        // Whoever comes second may be a thief, or the first one was: nobody keeps anything.
        call.world.end_grant(grant);
        return Err(Refusal::grant("Authorization code was used before."));
    }
    if code.expires_ms <= call.now_ms {
        return Err(Refusal::grant("Authorization code is expired."));
    }
    if form.get("redirect_uri") != Some(&code.redirect_uri) {
        return Err(Refusal::grant(
            "Redirect_uri is not matched with the uri when requesting code.",
        ));
    }
    if let Some(challenge) = &code.challenge {
        let is_matched = form
            .get("code_verifier")
            .filter(|verifier| pkce::is_verifier(verifier))
            .and_then(|verifier| call.config.pkce.challenge(verifier))
            .is_some_and(|computed| computed == *challenge);
        if !is_matched {
            return Err(Refusal::grant(
                "Code verifier or code challenge is invalid.",
            ));
        }
    }
    if code.rehearsal == Some(Rehearsal::TokenFails) {
        return Err(Refusal {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            word: "server_error",
            why: "Something is wrong. Please try again later.",
        });
    }
    let id = call.secret();
    let grant = Grant {
        client_key: code.client_key,
        username: code.username,
        asked: code.asked,
        granted: code.granted,
        rehearsal: code.rehearsal,
        expires_ms: call.until(call.config.lifetimes.refresh_s),
    };
    call.world.grants.insert(id.clone(), grant);
    if let Some(code) = call.world.codes.get_mut(text) {
        code.grant = Some(id.clone());
    }
    Ok(id)
}

/// A refresh token for new tokens; the old refresh token dies.
fn refresh(call: &mut Call<'_>, app: &App, form: &Form) -> Result<String, Refusal> {
    let text = form
        .get("refresh_token")
        .ok_or(Refusal::request("Refresh token is missing."))?;
    let id = call
        .world
        .refresh_tokens
        .get(text)
        .map(|token| token.grant.clone())
        .filter(|id| is_of(call, id, app))
        .ok_or(UNKNOWN_REFRESH_TOKEN)?;
    match call.world.grants.get(&id).and_then(|grant| grant.rehearsal) {
        Some(Rehearsal::RemovedLater) => {
            call.world.end_grant(&id);
            return Err(UNKNOWN_REFRESH_TOKEN);
        }
        Some(Rehearsal::ScopeRemovedLater) => {
            if let Some(grant) = call.world.grants.get_mut(&id) {
                grant.granted.retain(|it| *it != Scope::UserInfoProfile);
            }
        }
        Some(_) | None => {}
    }
    call.world.refresh_tokens.remove(text);
    Ok(id)
}

fn is_of(call: &Call<'_>, grant: &str, app: &App) -> bool {
    call.world
        .grants
        .get(grant)
        .is_some_and(|grant| grant.client_key == app.client_key)
}

/// New tokens of a grant.
fn issue(call: &mut Call<'_>, id: &str) -> Result<Response<Bytes>, Refusal> {
    let access_token = format!("act.{}!{}.va", call.secret(), call.tail());
    let refresh_token = format!("rft.{}!{}.va", call.secret(), call.tail());
    let grant = call
        .world
        .grants
        .get(id)
        .ok_or(Refusal::grant("The grant has ended."))?;
    let access = Token {
        grant: id.to_owned(),
        expires_ms: call.until(call.config.lifetimes.access_s),
    };
    let refresh = Token {
        grant: id.to_owned(),
        expires_ms: grant.expires_ms,
    };
    let body = json!({
        "open_id": open_id(&grant.client_key, &grant.username),
        "scope": scope::join(&grant.granted),
        "access_token": access_token,
        "expires_in": call.config.lifetimes.access_s,
        "refresh_token": refresh_token,
        "refresh_expires_in": (grant.expires_ms - call.now_ms) / 1000,
        "token_type": "Bearer",
    });
    call.world.access_tokens.insert(access_token, access);
    call.world.refresh_tokens.insert(refresh_token, refresh);
    Ok(json(StatusCode::OK, &body))
}
