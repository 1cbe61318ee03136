//! Addresses on the web.

use domain::address::{ADDRESS_MAX, web_address};
use domain::input::Fault;

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
        "https://shop.example/\0",
        "https://shop.example/\nx",
        "https://shop\u{202e}.example",
        "https://shop.example/\u{2066}x",
        "https://[::1]/",
    ] {
        assert_eq!(web_address(typed), Err(Fault::Malformed), "{typed:?}");
    }
    let long = format!("https://shop.example/{}", "a".repeat(ADDRESS_MAX as usize));
    assert_eq!(web_address(&long), Err(Fault::TooLong { max: ADDRESS_MAX }));
    assert_eq!(web_address("  "), Err(Fault::Missing));
}
