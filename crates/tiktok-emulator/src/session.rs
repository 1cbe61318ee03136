//! Sessions: which browser it is, who is logged in there, and the token that its forms carry.

use crate::answer::response;
use crate::call::Call;
use crate::config::Config;
use crate::form::Form;
use crate::words::{self, Language, Words};
use crate::world::Session;
use bytes::Bytes;
use http::header::{ACCEPT_LANGUAGE, COOKIE, HeaderValue, SET_COOKIE};
use http::{HeaderMap, Response, StatusCode};
use sha2::{Digest as _, Sha256};

/// The cookie that holds a session.
pub const SESSION_COOKIE: &str = "tiktok_emulator_session";

/// A browser that asks for a page.
pub(crate) struct Browser {
    /// The value of its cookie.
    id: String,
    /// Whether the cookie must be sent.
    is_new: bool,
    pub(crate) words: &'static Words,
}

impl Browser {
    /// Recognises a browser by its cookie. An unknown value is not taken over: nobody can plant one.
    /// `lang` in the query chooses a language for the session; without it the browser's own list
    /// decides.
    pub(crate) fn enter(call: &mut Call<'_>, headers: &HeaderMap, query: &Form) -> Self {
        let known = cookie(headers)
            .filter(|id| call.world.sessions.contains_key(*id))
            .map(str::to_owned);
        let is_new = known.is_none();
        let id = known.unwrap_or_else(|| call.secret());
        let expires_ms = call.until(call.config.lifetimes.session_s);
        let session = call
            .world
            .sessions
            .entry(id.clone())
            .or_insert_with(|| Session {
                expires_ms,
                ..Session::default()
            });
        if let Some(language) = Language::parse(query.text("lang")) {
            session.language = Some(language);
        }
        let language = session.language.unwrap_or_else(|| language(headers));
        let words = language.words();
        Self { id, is_new, words }
    }

    /// The token that every form of this browser carries. Another site can make the browser send a
    /// form, but can't know it.
    pub(crate) fn csrf(&self) -> String {
        hex::encode(Sha256::digest(format!("csrf\0{}", self.id)))
    }

    /// Whether a form came from a page of this browser's.
    pub(crate) fn sent(&self, form: &Form) -> bool {
        form.text("csrf") == self.csrf()
    }

    pub(crate) fn username(&self, call: &Call<'_>) -> Option<String> {
        let username = call.world.sessions.get(&self.id)?.username.as_deref()?;
        Some(call.profile(username)?.username)
    }

    /// Logs `username` in, under a new cookie.
    pub(crate) fn log_in(&mut self, call: &mut Call<'_>, username: &str) {
        self.replace(call, Some(username));
    }

    /// Logs out, under a new cookie; the language stays.
    pub(crate) fn log_out(&mut self, call: &mut Call<'_>) {
        self.replace(call, None);
    }

    fn replace(&mut self, call: &mut Call<'_>, username: Option<&str>) {
        let language = call
            .world
            .sessions
            .remove(&self.id)
            .and_then(|session| session.language);
        self.id = call.secret();
        self.is_new = true;
        let session = Session {
            username: username.map(str::to_owned),
            language,
            expires_ms: call.until(call.config.lifetimes.session_s),
        };
        call.world.sessions.insert(self.id.clone(), session);
    }

    /// Adds the cookie to a response, where the browser doesn't have it yet.
    pub(crate) fn keep(&self, config: &Config, mut response: Response<Bytes>) -> Response<Bytes> {
        if self.is_new {
            let life = config.lifetimes.session_s;
            set_cookie(&mut response, config, &self.id, life);
        }
        response
    }

    /// Ends the session for good, cookie and all.
    pub(crate) fn end(&self, call: &mut Call<'_>, mut page: Response<Bytes>) -> Response<Bytes> {
        call.world.sessions.remove(&self.id);
        set_cookie(&mut page, call.config, "", 0);
        page
    }
}

/// The language that a browser prefers.
pub(crate) fn language(headers: &HeaderMap) -> Language {
    headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map(words::preferred)
        .unwrap_or_default()
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == SESSION_COOKIE && !value.is_empty())
        .map(|(_, value)| value)
}

fn set_cookie(response: &mut Response<Bytes>, config: &Config, value: &str, life_s: u32) {
    let path = match config.mount() {
        "" => "/",
        mount => mount,
    };
    let secure = if config.is_secure() { "; Secure" } else { "" };
    let text = format!(
        "{SESSION_COOKIE}={value}; Path={path}; Max-Age={life_s}; HttpOnly; SameSite=Lax{secure}"
    );
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// The answer to a form that is no form.
pub(crate) fn unreadable(words: &Words) -> Response<Bytes> {
    response(
        StatusCode::BAD_REQUEST,
        &[(http::header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        Bytes::from_static(words.unreadable.as_bytes()),
    )
}
