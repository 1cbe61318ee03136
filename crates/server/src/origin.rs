//! What an address says of where it leads.

use axum::http::Uri;
use std::net::IpAddr;

/// Whether a host, in lower case, is the machine that asks.
pub(crate) fn is_this_machine(host: &str) -> bool {
    let ip: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    host == "localhost" || ip.is_some_and(|ip| ip.is_loopback())
}

/// The origin that `text` is, as browsers write it in `Origin`: in lower case, without the port
/// that goes without saying.
pub(crate) fn origin(text: &str) -> Option<String> {
    let uri: Uri = text.to_ascii_lowercase().parse().ok()?;
    let scheme = uri.scheme_str()?;
    let authority = uri.authority()?;
    let host = authority.host();
    let default_port = match scheme {
        "https" => 443,
        "http" if is_this_machine(host) => 80,
        _ => return None,
    };
    let bare = uri.path() == "/" && uri.query().is_none() && !authority.as_str().contains('@');
    if !bare || text.contains('#') {
        return None;
    }
    let port = authority.port_u16().filter(|port| *port != default_port);
    Some(match port {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    })
}
