//! Addresses on the web.

use domain::address::{ADDRESS_MAX, web_address};
use domain::input::Fault;

/// Addresses of the Web Platform Tests, each with the host that a browser makes of it, or nothing:
/// `address/hosts.py` takes them from what the crate `url` is tested with.
const HOSTS: &str = include_str!("address/hosts.tsv");

#[test]
fn an_address_is_absolute_and_https_unless_it_says_otherwise() {
    for (typed, kept) in [
        ("shop.example", "https://shop.example"),
        (" shop.example/tết?a=b#c ", "https://shop.example/tết?a=b#c"),
        ("https://shop.example", "https://shop.example"),
        ("http://shop.example:8080/x", "http://shop.example:8080/x"),
        ("HTTPS://Shop.Example", "HTTPS://Shop.Example"),
        ("https://cà-phê.example/", "https://cà-phê.example/"),
        (
            "https://shop.example/?to=https://other.example",
            "https://shop.example/?to=https://other.example",
        ),
        ("https://192.0.2.1/", "https://192.0.2.1/"),
        ("https://my_shop.example", "https://my_shop.example"),
        ("https://-shop-.example", "https://-shop-.example"),
        ("https://quán。example/", "https://quán。example/"),
        ("https://123.shop", "https://123.shop"),
        ("https://shop.example/@mai", "https://shop.example/@mai"),
    ] {
        assert_eq!(web_address(typed), Ok(kept.to_owned()), "{typed:?}");
    }
}

#[test]
fn what_is_no_address_of_the_web_is_refused() {
    for typed in [
        "shop",
        "https://",
        "https://shop",
        "https://.example",
        "https://shop..example",
        "https://shop.example.",
        "javascript:alert(1)",
        "JAVASCRIPT://shop.example/%0aalert(1)",
        "data:text/html,x",
        "ftp://shop.example",
        "file:///etc/passwd",
        "//shop.example",
        "/shop.example",
        "\\\\shop.example",
        "https:\\\\shop.example",
        "https://shop.example\\x",
        "https://mai@shop.example",
        "https://mai:secret@shop.example",
        "https://shop.example:99999",
        "https://shop.example:",
        "https://shop.example:+80",
        "https://shop.example:80:80",
        "https://shop example",
        "https://shop.example/a b",
        "https://shop.example/\u{3000}x",
        "https://shop.example/\"onload=",
        "https://shop.example/<script>",
        "https://shop.example/\nx",
        "https://[::1]/",
        // A host that ends in a number is an IPv4 address or nothing.
        "http://256.1.1.1",
        "http://1.2.3.4.5",
        "http://1.2.3.08",
        "https://shop.123",
        "https://shop.0x1f",
        // No domain names.
        "https://xn--a.example",
        "https://shop\u{ad}.\u{ad}.example",
        "https://אa.example",
    ] {
        assert_eq!(web_address(typed), Err(Fault::Malformed), "{typed:?}");
    }
    for character in ['\u{202e}', '\u{2066}'] {
        let typed = format!("https://shop{character}.example/x");
        assert_eq!(web_address(&typed), Err(Fault::Forbidden { character }));
    }
    let long = format!("https://shop.example/{}", "a".repeat(ADDRESS_MAX as usize));
    assert_eq!(web_address(&long), Err(Fault::TooLong { max: ADDRESS_MAX }));
    assert_eq!(web_address("  "), Err(Fault::Missing));
}

#[test]
fn what_browsers_refuse_is_refused_and_what_they_open_is_taken() {
    let (mut refused, mut taken, mut opened) = (0, 0, 0);
    for line in HOSTS.lines().filter(|line| !line.starts_with('#')) {
        let (input, host) = line.split_once('\t').unwrap();
        let input: String = serde_json::from_str(input).unwrap();
        let read = web_address(&input);
        if host.is_empty() {
            assert!(read.is_err(), "{input:?}");
            refused += 1;
        } else {
            opened += 1;
            taken += u32::from(read.is_ok());
        }
    }
    // The others have credentials, IPv6, no dot or white space: browsers open more than a shop has.
    assert_eq!((refused, taken, opened), (145, 52, 99));
}
