//! Addresses on the web.

use crate::input::{self, Fault};

/// The longest address, in characters.
pub const ADDRESS_MAX: u32 = 2048;

/// What parts labels, as IDNA (UTS 46) reads it: an input method writes the second.
pub(crate) const FULL_STOPS: [char; 4] = ['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'];

/// An absolute http(s) address with a host that has a dot, no spaces and no credentials. A bare
/// `shop.example` is read as `https://shop.example`.
///
/// Errors: `Missing`, `TooLong`, `Malformed`.
pub fn web_address(text: &str) -> Result<String, Fault> {
    let text = input::without_marks(&input::line(text, ADDRESS_MAX)?);
    let lower = text.to_ascii_lowercase();
    let full = if lower.starts_with("https://") || lower.starts_with("http://") {
        text
    } else if text.contains("://") || text.starts_with('/') {
        return Err(Fault::Malformed);
    } else {
        format!("https://{text}")
    };
    let rest = full.split_once("://").map_or("", |(_, rest)| rest);
    let host_and_port = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match host_and_port.split_once(':') {
        Some((host, port))
            if port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok() =>
        {
            host
        }
        Some(_) => return Err(Fault::Malformed),
        None => host_and_port,
    };
    let host_fits = host.contains(FULL_STOPS)
        && host.split(FULL_STOPS).all(|label| {
            !label.is_empty()
                && label
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c) || !c.is_ascii())
        });
    let rest_fits = !full
        .chars()
        .any(|c| c.is_whitespace() || c == '\\' || c == '"' || c == '<');
    if host_fits && rest_fits && opens(&full) {
        Ok(full)
    } else {
        Err(Fault::Malformed)
    }
}

/// Whether a browser would open it (WHATWG URL): of a host that ends in a number it makes an IPv4
/// address or nothing, and letters abroad may be no domain.
#[cfg(feature = "data")]
fn opens(address: &str) -> bool {
    use url::{Host, Url};
    let url = Url::parse(address).ok();
    match url.as_ref().and_then(Url::host) {
        Some(Host::Domain(domain)) => domain.contains('.'),
        Some(Host::Ipv4(_)) => true,
        Some(Host::Ipv6(_)) | None => false,
    }
}

/// A page leaves it to its host.
#[cfg(not(feature = "data"))]
const fn opens(_: &str) -> bool {
    true
}
