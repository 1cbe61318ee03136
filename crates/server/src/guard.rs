//! What stands before every handler: security headers, and the refusal of other sites.

use axum::http::header::{HeaderName, HeaderValue, ORIGIN};
use axum::http::{HeaderMap, header};

/// What a page may load and do. The wasm needs its own word; images come from us and from TikTok's
/// avatars. Trusted Types can't be asked for: the app's framework clones templates.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      connect-src 'self'; img-src 'self' data: https://*.tiktokcdn.com \
                      https://*.tiktokcdn-us.com; font-src 'self'; base-uri 'none'; form-action \
                      'self'; frame-ancestors 'none'";

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

/// Adds the security headers that aren't there.
pub(crate) fn secure(headers: &mut HeaderMap, public_url: &str) {
    for (name, value) in ALWAYS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if public_url.starts_with("https://") {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static(HTTPS_ONLY),
        );
    }
}

/// Whether a request that changes something comes from our own pages, or from no page at all.
pub(crate) fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let site = headers.get("sec-fetch-site");
    match (site, headers.get(ORIGIN)) {
        // The browser itself says so, and no page can make it lie.
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == public_url,
        // Not a browser: it has nobody's cookies but its own.
        (None, None) => true,
    }
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
            (&[], true),
        ] {
            assert_eq!(asked(headers), expected, "{headers:?}");
        }
    }
}
