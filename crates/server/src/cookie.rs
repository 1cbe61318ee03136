//! The two cookies: which browser it is, and which session.

use axum::http::header::{COOKIE, HeaderValue};
use axum::http::{HeaderMap, header};
use service::env::Cookie;

/// The browser's secret, for a year. The prefix binds it to this host alone (RFC 6265bis).
const BROWSER: &str = "__Host-portal-browser";
/// The session's token, until the browser closes.
const SESSION: &str = "__Host-portal-session";
/// Seconds of a year.
const YEAR_S: u32 = 365 * 24 * 60 * 60;
/// Longer than any of ours.
const VALUE_MAX: usize = 128;

/// What the cookies of a request say.
pub(crate) struct Cookies {
    pub(crate) browser: Option<String>,
    pub(crate) session: Option<String>,
}

impl Cookies {
    /// Reads them. What can't be ours counts as none.
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        Self {
            browser: find(headers, BROWSER),
            session: find(headers, SESSION),
        }
    }
}

fn find(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(found, value)| {
            let is_ours = value.bytes().all(|byte| byte.is_ascii_alphanumeric());
            *found == name && is_ours && (1..=VALUE_MAX).contains(&value.len())
        })
        .map(|(_, value)| value.to_owned())
}

/// Sets what an answer sets.
pub(crate) fn set(headers: &mut HeaderMap, cookies: &[Cookie]) {
    for cookie in cookies {
        // Lax, because Strict would lose the session on the way back from TikTok.
        let text = match cookie {
            Cookie::SetBrowser(value) => {
                format!(
                    "{BROWSER}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={YEAR_S}"
                )
            }
            Cookie::SetSession(value) => {
                format!("{SESSION}={value}; Path=/; Secure; HttpOnly; SameSite=Lax")
            }
            Cookie::ClearSession => {
                format!("{SESSION}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
            }
        };
        if let Ok(mut value) = HeaderValue::try_from(text) {
            value.set_sensitive(true);
            headers.append(header::SET_COOKIE, value);
        }
    }
}
