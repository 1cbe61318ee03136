//! Who asks, as far as the network and the cookies tell.

use crate::cookie::Cookies;
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use contract::repeat::KEY_HEADER;
use contract::session::ACCOUNT_HEADER;
use domain::device::Device;
use domain::region::Country;
use service::env::Caller;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Which headers of the proxy in front are believed.
#[derive(Clone, Debug)]
pub(crate) struct TrustedHeaders {
    pub(crate) country: Option<HeaderName>,
    pub(crate) address: Option<HeaderName>,
}

impl TrustedHeaders {
    pub(crate) fn caller(&self, headers: &HeaderMap, peer: Option<SocketAddr>) -> Caller {
        let Cookies {
            browser,
            session,
            proof,
            sign_up,
        } = Cookies::read(headers);
        let told = self
            .address
            .as_ref()
            .and_then(|name| last(headers, name))
            .and_then(address);
        let address = told.or(peer.map(|peer| peer.ip()));
        Caller {
            browser,
            session,
            proof,
            sign_up,
            page: headers.get(ACCOUNT_HEADER).map(text),
            key: headers.get(KEY_HEADER).map(text),
            // Those whose address isn't known count as one.
            networks: address.map_or_else(|| vec![String::new()], networks),
            region: self
                .country
                .as_ref()
                .and_then(|name| last(headers, name))
                .and_then(|text| Country::parse(text).ok()),
            device: headers
                .get(USER_AGENT)
                .map(|value| Device::of_user_agent(&text(value))),
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

/// How much of an IPv6 address names a household, a customer with several, and a customer of a
/// hoster (RFC 6177, RIPE-690).
const PREFIXES: [u32; 3] = [64, 56, 48];

/// By what tries are counted, the narrowest first: an IPv4 address, or the networks of an IPv6 one.
fn networks(address: IpAddr) -> Vec<String> {
    match address.to_canonical() {
        IpAddr::V4(address) => vec![address.to_string()],
        IpAddr::V6(address) => match tunnelled(address) {
            Some(address) => vec![address.to_string()],
            None => PREFIXES
                .map(|length| {
                    let prefix = address.to_bits() & (u128::MAX << (u128::BITS - length));
                    format!("{}/{length}", Ipv6Addr::from_bits(prefix))
                })
                .to_vec(),
        },
    }
}

/// The IPv4 address behind a tunnel that gives whole networks to each: 6to4 (RFC 3056) and Teredo
/// (RFC 4380, which writes it inverted).
fn tunnelled(address: Ipv6Addr) -> Option<Ipv4Addr> {
    match address.octets() {
        [0x20, 0x02, a, b, c, d, ..] => Some(Ipv4Addr::new(a, b, c, d)),
        [0x20, 0x01, 0, 0, .., a, b, c, d] => Some(Ipv4Addr::new(!a, !b, !c, !d)),
        _ => None,
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
        assert_eq!(caller.networks, ["2.2.2.2"]);
        assert_eq!(caller.region, Some(Country::VN));
    }

    #[test]
    fn a_proxy_may_tell_the_port_too() {
        for (told, network) in [
            ("2.2.2.2:4711", "2.2.2.2"),
            ("[2001:db8::1]:4711", "2001:db8::/64"),
        ] {
            let sent = headers(&[("x-forwarded-for", told)]);
            let caller = trusting().caller(&sent, Some(([9, 9, 9, 9], 1).into()));
            assert_eq!(caller.networks[0], network);
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
        assert_eq!(caller.networks, ["9.9.9.9"]);
        assert_eq!(caller.region, None);
    }

    #[test]
    fn nonsense_from_a_proxy_counts_as_nothing() {
        let sent = headers(&[("x-forwarded-for", "unknown"), ("x-country", "XX")]);
        let caller = trusting().caller(&sent, Some(([9, 9, 9, 9], 1).into()));
        assert_eq!(caller.networks, ["9.9.9.9"]);
        assert_eq!(caller.region, None);
    }

    fn of(text: &str) -> Vec<String> {
        networks(text.parse().unwrap())
    }

    #[test]
    fn ipv6_counts_by_household_customer_and_site() {
        assert_eq!(
            of("2001:db8:1:2345:6:7:8:9"),
            [
                "2001:db8:1:2345::/64",
                "2001:db8:1:2300::/56",
                "2001:db8:1::/48"
            ]
        );
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::9"));
        // Another household of the same customer, and another customer of the same site.
        assert_eq!(of("2001:db8:1:2346::")[1..], of("2001:db8:1:2345::")[1..]);
        assert_eq!(of("2001:db8:1:4::")[2..], of("2001:db8:1:2345::")[2..]);
        assert_eq!(of("::ffff:10.0.0.1"), ["10.0.0.1"]);
    }

    #[test]
    fn all_that_a_tunnel_gives_to_an_ipv4_address_counts_as_that_address() {
        for (address, behind) in [
            ("2002:c000:0221::1", "192.0.2.33"),
            ("2002:c000:0221:ffff:1:2:3:4", "192.0.2.33"),
            ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "192.0.2.45"),
        ] {
            assert_eq!(of(address), [behind]);
        }
    }
}
