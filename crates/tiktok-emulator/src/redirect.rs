//! The rules for redirect URIs, and the URL that a browser is sent back to.

use core::fmt;

/// Redirect URIs at most of one app.
pub(crate) const MOST: usize = 10;
/// A redirect URI is shorter than this.
const LENGTH_LIMIT: usize = 512;

/// What kind of app is registered: it decides which schemes its redirect URIs may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// On the web: https only.
    #[default]
    Web,
    /// On a desktop: http or https to `localhost` or `127.0.0.1`, with a port; `*` is any.
    Desktop,
}

/// Why TikTok doesn't register a redirect URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadRedirectUri {
    /// More than ten.
    TooMany,
    /// 512 characters or more.
    TooLong(String),
    /// Of a web app: not absolute https.
    NotSecure(String),
    /// Of a desktop app: not `http` or `https` to `localhost` or `127.0.0.1`.
    NotThisMachine(String),
    /// Of a desktop app: it has no port.
    NoPort(String),
    /// It has a query.
    Query(String),
    /// It has a fragment.
    Fragment(String),
    /// A character that no URL holds.
    Malformed(String),
}

impl fmt::Display for BadRedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany => write!(f, "an app has at most {MOST} redirect URIs"),
            Self::TooLong(uri) => {
                write!(f, "{uri}: must be shorter than {LENGTH_LIMIT} characters")
            }
            Self::NotSecure(uri) => write!(f, "{uri}: must be https for a web app"),
            Self::NotThisMachine(uri) => write!(
                f,
                "{uri}: must be http or https to localhost or 127.0.0.1 for a desktop app"
            ),
            Self::NoPort(uri) => write!(
                f,
                "{uri}: must have a port for a desktop app, or * for any port"
            ),
            Self::Query(uri) => write!(f, "{uri}: must have no query"),
            Self::Fragment(uri) => write!(f, "{uri}: must have no fragment"),
            Self::Malformed(uri) => write!(f, "{uri}: holds a character that no URL holds"),
        }
    }
}

impl core::error::Error for BadRedirectUri {}

/// Checks a list as TikTok does when it is registered.
pub(crate) fn check_all(uris: &[String], kind: Kind) -> Result<(), BadRedirectUri> {
    if uris.len() > MOST {
        return Err(BadRedirectUri::TooMany);
    }
    uris.iter().try_for_each(|uri| check(uri, kind))
}

pub(crate) fn check(uri: &str, kind: Kind) -> Result<(), BadRedirectUri> {
    let bad = |why: fn(String) -> BadRedirectUri| Err(why(uri.to_owned()));
    if uri.chars().count() >= LENGTH_LIMIT {
        return bad(BadRedirectUri::TooLong);
    }
    // What isn't printable ASCII could break out of a header or a policy; so could these.
    if !uri.bytes().all(|byte| byte.is_ascii_graphic()) || uri.contains(['"', '\\', ';', ',', '\''])
    {
        return bad(BadRedirectUri::Malformed);
    }
    if uri.contains('#') {
        return bad(BadRedirectUri::Fragment);
    }
    if uri.contains('?') {
        return bad(BadRedirectUri::Query);
    }
    match kind {
        Kind::Web => {
            let is_https = uri
                .strip_prefix("https://")
                .is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'));
            // A port is a number: `*` is for desktop apps.
            if is_https && !authority(uri).contains('*') {
                Ok(())
            } else {
                bad(BadRedirectUri::NotSecure)
            }
        }
        Kind::Desktop => {
            let (host, port) = host_and_port(authority(uri));
            if !["localhost", "127.0.0.1"].contains(&host) {
                return bad(BadRedirectUri::NotThisMachine);
            }
            match port {
                None | Some("") => bad(BadRedirectUri::NoPort),
                Some(port) if port == ANY_PORT || is_port(port) => Ok(()),
                Some(_) => bad(BadRedirectUri::Malformed),
            }
        }
    }
}

/// Whether `uri` is what was registered: byte for byte, or of a desktop app with a port in the place
/// of `*`.
pub(crate) fn matches(registered: &str, uri: &str, kind: Kind) -> bool {
    if registered == uri {
        // `*` itself is no port to come back to.
        return kind == Kind::Web || host_and_port(authority(uri)).1 != Some(ANY_PORT);
    }
    let any_port = match kind {
        Kind::Web => None,
        Kind::Desktop => registered.split_once(":*"),
    };
    any_port
        .and_then(|(before, after)| {
            uri.strip_prefix(before)?
                .strip_prefix(':')?
                .strip_suffix(after)
        })
        .is_some_and(is_port)
}

/// In the place of a port: any.
const ANY_PORT: &str = "*";

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|it| it > 0)
}

/// What stands between the scheme of http or https and the path; nothing for another scheme.
fn authority(uri: &str) -> &str {
    uri.strip_prefix("https://")
        .or_else(|| uri.strip_prefix("http://"))
        .and_then(|rest| rest.split('/').next())
        .unwrap_or_default()
}

fn host_and_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    }
}

/// Scheme and authority of a URI: what a policy names.
pub(crate) fn origin(uri: &str) -> Option<&str> {
    let (scheme, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    uri.get(..scheme.len() + 3 + authority.len())
}

/// `uri` with these members in its query. Everything but unreserved characters is encoded, so a
/// code's `*` and `!` arrive as `%2A` and `%21`, and a client that doesn't decode is found out.
pub(crate) fn with_query(uri: &str, members: &[(&str, &str)]) -> String {
    let mut url = uri.to_owned();
    let mut separator = if uri.contains('?') { '&' } else { '?' };
    for (name, value) in members {
        url.push(separator);
        separator = '&';
        url.push_str(name);
        url.push('=');
        encode(value, &mut url);
    }
    url
}

/// The redirect that refuses an authorization: an error of OAuth's (RFC 6749, 4.1.2.1) and why.
pub(crate) fn refusal(redirect_uri: &str, state: Option<&str>, error: &str, why: &str) -> String {
    let mut members = vec![("error", error), ("error_description", why)];
    members.extend(state.map(|state| ("state", state)));
    with_query(redirect_uri, &members)
}

fn encode(value: &str, into: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            into.push(char::from(byte));
        } else {
            into.push('%');
            for half in [byte >> 4, byte & 0xf] {
                let digit = char::from_digit(u32::from(half), 16).unwrap_or('0');
                into.push(digit.to_ascii_uppercase());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_and_authority() {
        assert_eq!(
            origin("http://127.0.0.1:3000/tiktok/callback"),
            Some("http://127.0.0.1:3000")
        );
        assert_eq!(
            origin("https://portal.example"),
            Some("https://portal.example")
        );
        assert_eq!(origin("/callback"), None);
    }

    #[test]
    fn everything_reserved_is_encoded() {
        assert_eq!(
            with_query(
                "https://a.example/b",
                &[("code", "a*b!c d"), ("state", "é&=")]
            ),
            "https://a.example/b?code=a%2Ab%21c%20d&state=%C3%A9%26%3D"
        );
    }
}
