//! The authorize page: reads what an app asks for, sends a known user straight back, and shows
//! everyone else the next page. An authorization starts here and ends in [`crate::consent`].

use crate::answer::see_other;
use crate::call::Call;
use crate::config::App;
use crate::consent;
use crate::form::Form;
use crate::pages::problem::Problem;
use crate::pages::{self, Scene};
use crate::pkce::Pkce;
use crate::redirect::refusal;
use crate::resume::resume;
use crate::scope;
use crate::session::Browser;
use crate::world::Pending;
use bytes::Bytes;
use http::{Request, Response};

/// Why an authorization doesn't begin.
enum Refusal {
    /// TikTok shows its own page, which names the parameter, and never comes back: where to is not
    /// certain, or the challenge is wrong.
    Page(&'static str),
    /// The browser goes back with an error.
    Back(String),
}

/// `GET /v2/auth/authorize/`.
pub(crate) fn authorize(call: &mut Call<'_>, request: &Request<Bytes>) -> Response<Bytes> {
    let query = Form::of_query(request);
    let browser = Browser::enter(call, request.headers(), &query);
    let response = match read(call, &query) {
        Ok(pending) => begin(call, &browser, pending, &query),
        Err(Refusal::Page(parameter)) => {
            let scene = Scene {
                config: call.config,
                words: browser.words,
                csrf: "",
                authorization: None,
            };
            pages::problem::page(&scene, &Problem::Parameter(parameter))
        }
        Err(Refusal::Back(location)) => see_other(&location),
    };
    browser.keep(call.config, response)
}

fn begin(
    call: &mut Call<'_>,
    browser: &Browser,
    pending: Pending,
    query: &Form,
) -> Response<Bytes> {
    if query.get("disable_auto_auth") != Some("1")
        && let Some(username) = known_user(call, browser, &pending)
    {
        let answer = consent::accept(call, &pending, &username, &pending.scopes, None);
        return see_other(&answer.location);
    }
    let id = call.secret();
    call.world.pending.insert(id.clone(), pending);
    resume(call, browser, Some(&id), None)
}

/// Who is logged in and has agreed to all of this before.
fn known_user(call: &Call<'_>, browser: &Browser, pending: &Pending) -> Option<String> {
    let username = browser.username(call)?;
    let approved = call.world.approved(&pending.client_key, &username);
    let is_approved = pending.scopes.iter().all(|scope| approved.contains(scope));
    let is_admitted = call.config.app(&pending.client_key)?.admits(&username);
    (is_approved && is_admitted).then_some(username)
}

/// Reads what an app asks for. First what decides whether and where the browser may go back.
fn read(call: &Call<'_>, query: &Form) -> Result<Pending, Refusal> {
    let app = query
        .get("client_key")
        .and_then(|key| call.config.app(key))
        .ok_or(Refusal::Page("client_key"))?;
    let redirect_uri = query
        .get("redirect_uri")
        .filter(|uri| app.accepts(uri))
        .ok_or(Refusal::Page("redirect_uri"))?;
    let challenge = read_challenge(call.config.pkce, query)?;
    let state = query.get("state");
    let refuse = |word, why| Refusal::Back(refusal(redirect_uri, state, word, why));
    match query.get("response_type") {
        Some("code") => {}
        Some(_) => {
            return Err(refuse(
                "unsupported_response_type",
                "The response type must be code.",
            ));
        }
        None => return Err(refuse("invalid_request", "The response type is missing.")),
    }
    let scopes = query
        .get("scope")
        .and_then(scope::parse_list)
        .ok_or_else(|| refuse("invalid_scope", "A scope is missing, unknown or malformed."))?;
    Ok(new(call, app, redirect_uri, scopes, state, challenge))
}

fn new(
    call: &Call<'_>,
    app: &App,
    redirect_uri: &str,
    scopes: Vec<scope::Scope>,
    state: Option<&str>,
    challenge: Option<String>,
) -> Pending {
    Pending {
        client_key: app.client_key.clone(),
        redirect_uri: redirect_uri.to_owned(),
        scopes,
        state: state.map(str::to_owned),
        challenge,
        expires_ms: call.until(call.config.lifetimes.consent_s),
        answer: None,
    }
}

fn read_challenge(pkce: Pkce, query: &Form) -> Result<Option<String>, Refusal> {
    if pkce == Pkce::Off {
        return Ok(None);
    }
    let is_sha256 = query.get("code_challenge_method") == Some("S256");
    query
        .get("code_challenge")
        .filter(|challenge| is_sha256 && pkce.is_challenge(challenge))
        .map(|challenge| Some(challenge.to_owned()))
        .ok_or(Refusal::Page("code_challenge"))
}
