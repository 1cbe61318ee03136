//! The cookies: which browser it is, which session, and the secrets of what waits in it.

use axum::http::header::{COOKIE, HeaderValue};
use axum::http::{HeaderMap, header};
use service::env::Cookie;

/// The browser's secret, for a year. The prefix binds it to this host alone (RFC 6265bis).
const BROWSER: &str = "__Host-portal-browser";
/// The session's token, until the browser closes.
const SESSION: &str = "__Host-portal-session";
/// The secret of a proof that waits, until the browser closes.
const PROOF: &str = "__Host-portal-proof";
/// The secret of an address that waits for its code, until the browser closes.
const SIGN_UP: &str = "__Host-portal-sign-up";
/// Seconds of a year.
const YEAR_S: u32 = 365 * 24 * 60 * 60;
/// Longer than any of ours.
const VALUE_MAX: usize = 128;

/// What the cookies of a request say.
pub(crate) struct Cookies {
    pub(crate) browser: Option<String>,
    pub(crate) session: Option<String>,
    pub(crate) proof: Option<String>,
    pub(crate) sign_up: Option<String>,
}

impl Cookies {
    /// Reads them. What can't be ours counts as none.
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        Self {
            browser: find(headers, BROWSER),
            session: find(headers, SESSION),
            proof: find(headers, PROOF),
            sign_up: find(headers, SIGN_UP),
        }
    }
}

/// The value of a cookie of letters, digits and hyphens.
pub(crate) fn find(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        // As bytes (RFC 6265, 5.4): a neighbouring site may set cookies for us that are no text.
        .flat_map(|cookies| cookies.as_bytes().split(|byte| *byte == b';'))
        .filter_map(|cookie| {
            // Of white space a header can hold but spaces and tabs.
            let mut parts = cookie.trim_ascii().splitn(2, |byte| *byte == b'=');
            let is_ours = parts.next() == Some(name.as_bytes());
            parts.next().filter(|_| is_ours)
        })
        .find(|value| {
            let fits = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
            value.iter().all(fits) && (1..=VALUE_MAX).contains(&value.len())
        })
        .and_then(|value| String::from_utf8(value.to_owned()).ok())
}

/// A cookie that a browser forgets when it is closed.
fn until_closed(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax")
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
            Cookie::SetSession(value) => until_closed(SESSION, value),
            Cookie::SetProof(value) => until_closed(PROOF, value),
            Cookie::SetSignUp(value) => until_closed(SIGN_UP, value),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn session(header: &[u8]) -> Option<String> {
        let value = HeaderValue::from_bytes(header).unwrap();
        Cookies::read(&HeaderMap::from_iter([(COOKIE, value)])).session
    }

    #[test]
    fn a_cookie_beside_what_is_no_text_counts() {
        for header in [
            &b"__Host-portal-session=a1"[..],
            b"__Host-portal-session=a1; name=Jos\xc3\xa9",
            b"name=Jos\xe9; __Host-portal-session=a1",
            b"\xff; =;;\t__Host-portal-session=a1 ;\x80=\x80",
            b"__Host-portal-session=\xe9; __Host-portal-session=a1",
        ] {
            assert_eq!(session(header).as_deref(), Some("a1"), "{header:?}");
        }
    }

    #[test]
    fn a_name_that_is_not_ours_to_the_byte_does_not() {
        for header in [
            &b"__host-portal-session=a1"[..],
            b"x__Host-portal-session=a1",
            b"__Host-portal-session =a1",
            b"\xc2\xa0__Host-portal-session=a1",
            b"__Host-portal-session\xe2\x80\x8b=a1",
            b"__Host-portal-session",
            b"__Host-portal-session=",
            b"__Host-portal-session==a1",
        ] {
            assert_eq!(session(header), None, "{header:?}");
        }
    }
}
