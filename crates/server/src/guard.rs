//! What stands before every handler: security headers, and the refusal of other sites.

use axum::http::header::{HOST, HeaderName, HeaderValue, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest as _, Sha256};
use std::net::IpAddr;

/// What a page may load and do, where nothing stands in the page itself. The wasm needs its own word.
/// Trusted Types can't be asked for: the app's framework clones templates. Pictures of TikTok accounts
/// come from the hosts where TikTok keeps them, which its documentation shows but doesn't list: from any
/// other none comes, and a letter stands in its place.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      connect-src 'self'; img-src 'self' data: https://*.tiktokcdn.com \
                      https://*.tiktokcdn-us.com https://*.tiktokcdn-eu.com; font-src 'self'; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The policy of a page in which these scripts and styles stand: each by its hash.
pub(crate) fn policy(scripts: &[&str], styles: &[&str]) -> HeaderValue {
    let mut policy = POLICY.to_owned();
    for (directive, texts) in [
        ("'wasm-unsafe-eval'", scripts),
        ("style-src 'self'", styles),
    ] {
        let sources: String = texts
            .iter()
            .map(|text| [" ", &source_of(text)].concat())
            .collect();
        policy = policy.replace(directive, &[directive, &sources].concat());
    }
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static(POLICY))
}

/// How a policy names a text that stands in the page (CSP level 3, 2.3.1).
pub(crate) fn source_of(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(text)))
}

/// Two years, as the preload lists ask for.
const HTTPS_ONLY: &str = "max-age=63072000; includeSubDomains";

/// Goes into every answer that doesn't say otherwise itself: the emulator's pages have a policy of
/// their own.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    // TikTok's log-out opens in a window of its own, which we close.
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin-allow-popups",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Never a path or a query: a callback's has a code in it. (`no-referrer` would turn the
    // `Origin` of forms into `null`.)
    (header::REFERRER_POLICY, "strict-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Adds the security headers that aren't there. What doesn't say how long it may be kept isn't:
/// caches keep errors and redirects by themselves (RFC 9110, 15.1).
pub(crate) fn secure(headers: &mut HeaderMap, public_url: &str) {
    for (name, value) in ALWAYS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if public_url.starts_with("https://") {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static(HTTPS_ONLY),
        );
    }
}

/// Whether a request that changes something comes from our own pages, or from no page at all.
pub(crate) fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let all = |name| headers.get_all(name).iter().collect::<Vec<_>>();
    let sites = all(HeaderName::from_static("sec-fetch-site"));
    let origins = all(ORIGIN);
    match (sites.as_slice(), origins.as_slice()) {
        // The browser itself says so, and no page can make it lie.
        ([site], [] | [_]) => *site == "same-origin",
        ([], [origin]) => *origin == public_url,
        // Not a browser: it has nobody's cookies but its own.
        ([], []) => true,
        // No browser says it twice.
        ([_, _, ..], _) | (_, [_, _, ..]) => false,
    }
}

/// Whether a request was sent to a name that leads here by nobody else's will: the portal's own, an
/// address, or `localhost`. Any other may be another site's that gave it this machine's address (DNS
/// rebinding), and its pages would read what stands here.
pub(crate) fn is_for_us(headers: &HeaderMap, public_url: &str) -> bool {
    let hosts: Vec<_> = headers.get_all(HOST).iter().collect();
    let [host] = hosts.as_slice() else {
        return false;
    };
    let Some(authority) = host.to_str().ok().and_then(|host| host.parse().ok()) else {
        return false;
    };
    let authority: Authority = authority;
    let name = authority.host();
    let is_address = name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    let ours = public_url.split_once("://").map(|(_, host)| host);
    is_address
        || name.eq_ignore_ascii_case("localhost")
        || ours.is_some_and(|ours| ours.eq_ignore_ascii_case(authority.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        is_ours(&headers, "https://portal.example")
    }

    #[test]
    fn only_our_own_pages_and_no_page_at_all_may_change_something() {
        for (headers, expected) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "none")], false),
            (
                &[
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "https://portal.example"),
                ],
                false,
            ),
            (&[("origin", "https://portal.example")], true),
            (&[("origin", "https://portal.example.evil")], false),
            (&[("origin", "http://portal.example")], false),
            (&[("origin", "null")], false),
            (
                &[
                    ("sec-fetch-site", "same-origin"),
                    ("sec-fetch-site", "cross-site"),
                ],
                false,
            ),
            (
                &[
                    ("sec-fetch-site", "same-origin"),
                    ("sec-fetch-site", "same-origin"),
                ],
                false,
            ),
            (
                &[
                    ("origin", "https://portal.example"),
                    ("origin", "https://evil.example"),
                ],
                false,
            ),
            (&[], true),
        ] {
            assert_eq!(asked(headers), expected, "{headers:?}");
        }
    }

    #[test]
    fn a_name_that_another_gave_this_machine_is_not_ours() {
        let is_ours = |hosts: &[&'static str]| {
            let headers = hosts
                .iter()
                .map(|host| (HOST, HeaderValue::from_static(host)))
                .collect();
            is_for_us(&headers, "https://portal.example:8443")
        };
        for host in [
            "portal.example:8443",
            "Portal.Example:8443",
            "localhost",
            "localhost:3000",
            "127.0.0.1:3000",
            "192.168.0.9",
            "[::1]:3000",
        ] {
            assert!(is_ours(&[host]), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:3000",
            "portal.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "portal.example:8443@evil.example",
            "",
            "a b",
        ] {
            assert!(!is_ours(&[host]), "{host}");
        }
        assert!(!is_ours(&[]));
        assert!(!is_ours(&["localhost", "evil.example"]));
    }
}
