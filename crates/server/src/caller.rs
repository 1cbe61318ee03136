//! Who asks, as far as the network and the cookies tell.

use crate::cookie::Cookies;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use contract::repeat::KEY_HEADER;
use contract::session::ACCOUNT_HEADER;
use domain::region::Country;
use service::env::Caller;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Which headers of the proxy in front are believed.
#[derive(Clone, Debug)]
pub(crate) struct TrustedHeaders {
    pub(crate) country: Option<HeaderName>,
    pub(crate) address: Option<HeaderName>,
}

impl TrustedHeaders {
    pub(crate) fn caller(&self, headers: &HeaderMap, peer: Option<SocketAddr>) -> Caller {
        let Cookies { browser, session } = Cookies::read(headers);
        let told = self
            .address
            .as_ref()
            .and_then(|name| last(headers, name))
            .and_then(address);
        let address = told.or(peer.map(|peer| peer.ip()));
        Caller {
            browser,
            session,
            page: headers.get(ACCOUNT_HEADER).map(text),
            key: headers.get(KEY_HEADER).map(text),
            peer: address.map(network).unwrap_or_default(),
            region: self
                .country
                .as_ref()
                .and_then(|name| last(headers, name))
                .and_then(|text| Country::parse(text).ok()),
        }
    }
}

/// What isn't text is no account's id and no key, and stays so.
fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// The last entry of a header: the one that the nearest proxy added.
fn last<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let value = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    value.rsplit(',').next().map(str::trim)
}

/// An address, with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse().ok().map(|it: SocketAddr| it.ip());
    text.parse().ok().or_else(with_port)
}

/// By what tries are counted: an address, or the /64 of which one household has all of IPv6.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let prefix = address.to_bits() & !u128::from(u64::MAX);
            format!("{}/64", Ipv6Addr::from_bits(prefix))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect()
    }

    fn trusting() -> TrustedHeaders {
        TrustedHeaders {
            country: Some(HeaderName::from_static("x-country")),
            address: Some(HeaderName::from_static("x-forwarded-for")),
        }
    }

    #[test]
    fn the_last_entry_is_believed_where_a_proxy_is_trusted() {
        let sent = headers(&[("x-forwarded-for", "1.1.1.1, 2.2.2.2"), ("x-country", "VN")]);
        let caller = trusting().caller(&sent, Some(([9, 9, 9, 9], 1).into()));
        assert_eq!(caller.peer, "2.2.2.2");
        assert_eq!(caller.region, Some(Country::VN));
    }

    #[test]
    fn a_proxy_may_tell_the_port_too() {
        for (told, peer) in [
            ("2.2.2.2:4711", "2.2.2.2"),
            ("[2001:db8::1]:4711", "2001:db8::/64"),
        ] {
            let sent = headers(&[("x-forwarded-for", told)]);
            let caller = trusting().caller(&sent, Some(([9, 9, 9, 9], 1).into()));
            assert_eq!(caller.peer, peer);
        }
    }

    #[test]
    fn headers_are_not_believed_unless_told_to() {
        let trusted = TrustedHeaders {
            country: None,
            address: None,
        };
        let sent = headers(&[("x-forwarded-for", "1.1.1.1"), ("x-country", "VN")]);
        let caller = trusted.caller(&sent, Some(([9, 9, 9, 9], 1).into()));
        assert_eq!(caller.peer, "9.9.9.9");
        assert_eq!(caller.region, None);
    }

    #[test]
    fn nonsense_from_a_proxy_counts_as_nothing() {
        let sent = headers(&[("x-forwarded-for", "unknown"), ("x-country", "XX")]);
        let caller = trusting().caller(&sent, Some(([9, 9, 9, 9], 1).into()));
        assert_eq!(caller.peer, "9.9.9.9");
        assert_eq!(caller.region, None);
    }

    #[test]
    fn a_household_of_ipv6_is_one_network() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::9"));
        assert_ne!(of("2001:db8:1:2::9"), of("2001:db8:1:3::9"));
        assert_eq!(of("::ffff:10.0.0.1"), "10.0.0.1");
    }
}
