//! E-mail addresses.

use domain::email::Email;
use domain::input::Fault;

#[test]
fn an_address_is_kept_in_lower_case_without_the_space_around_it() {
    let local = "a".repeat(64);
    let label = "b".repeat(63);
    let longest = format!("{local}@{label}.{label}.{}", "c".repeat(61));
    assert_eq!(longest.len(), 254);
    for (typed, kept) in [
        ("mai@coffee.test", "mai@coffee.test"),
        ("  Mai@Coffee.TEST\t", "mai@coffee.test"),
        ("m@c.vn", "m@c.vn"),
        ("\u{200b}mai@coffee.test\u{feff} ", "mai@coffee.test"),
        (
            "mai.lan+ads_1@mail.coffee.test",
            "mai.lan+ads_1@mail.coffee.test",
        ),
        (
            "o'brien!#$%&*/=?^`{|}~-@x.test",
            "o'brien!#$%&*/=?^`{|}~-@x.test",
        ),
        ("mai@xn--caf-dma.test", "mai@xn--caf-dma.test"),
        ("mai@cà-phê.test", "mai@cà-phê.test"),
        ("Đặng@coffee.test", "đặng@coffee.test"),
        ("用户@例子.test", "用户@例子.test"),
        ("mai@1.2.3.4", "mai@1.2.3.4"),
        (longest.as_str(), longest.as_str()),
        // What can't be seen makes no other address of it; nor do two forms of one letter.
        ("mai\u{200b}@coffee\u{feff}.test", "mai@coffee.test"),
        ("\u{200e}mai\u{ad}@coffee.test\u{200f}", "mai@coffee.test"),
        ("mai\0@coffee.test", "mai@coffee.test"),
        ("a\u{300}@cafe\u{301}.test", "à@café.test"),
        ("A\u{300}@CAFE\u{301}.test", "à@café.test"),
        ("ｍａｉ＠ｃｏｆｆｅｅ．ｔｅｓｔ", "mai@coffee.test"),
        // The Kelvin sign is a k in lower case: the letter goes to the address with the k, whose
        // reader alone can prove it.
        ("\u{212a}ate@x.test", "kate@x.test"),
    ] {
        let email = Email::parse(typed).map(|email| email.to_string());
        assert_eq!(email, Ok(kept.to_owned()), "{typed:?}");
    }
}

#[test]
fn what_is_no_address_is_refused() {
    let malformed = |typed: &str| (typed.to_owned(), Fault::Malformed);
    let mut rows: Vec<_> = [
        "mai",
        "mai@",
        "@coffee.test",
        "mai@coffee",
        "mai@@coffee.test",
        "mai@lan@coffee.test",
        "mai@.test",
        "mai@coffee.",
        "mai@coffee..test",
        "mai@-coffee.test",
        "mai@coffee-.test",
        "mai@coffee_shop.test",
        "mai@coffee.test/x",
        ".mai@coffee.test",
        "mai.@coffee.test",
        "mai..lan@coffee.test",
        "mai lan@coffee.test",
        "mai\u{a0}lan@coffee.test",
        "mai\u{3000}lan@coffee.test",
        "mai@cof fee.test",
        "mai@coffee\u{2003}shop.test",
        "\"mai\"@coffee.test",
        "Mai <mai@coffee.test>",
        "mai,lan@coffee.test",
        "mai;lan@coffee.test",
        "mai@coffee.test\nBcc: x@y.test",
        "mai\r@coffee.test",
        "mai\u{2028}@coffee.test",
    ]
    .map(malformed)
    .to_vec();
    rows.extend([
        malformed(&format!("{}@x.test", "a".repeat(65))),
        malformed(&format!("mai@{}.test", "a".repeat(64))),
        (
            format!("mai@{}.test", "a.".repeat(124)),
            Fault::TooLong { max: 254 },
        ),
        // What turns the text around makes one address look like another.
        (
            "mai@tset.\u{202e}eeffoc.test".to_owned(),
            Fault::Forbidden {
                character: '\u{202e}',
            },
        ),
        (String::new(), Fault::Missing),
        (" \t\n".to_owned(), Fault::Missing),
    ]);
    for (typed, fault) in rows {
        assert_eq!(Email::parse(&typed), Err(fault), "{typed:?}");
    }
}

#[test]
fn an_address_tells_its_local_part() {
    let email = Email::parse("Mai.Lan@coffee.test").unwrap();
    assert_eq!(email.local(), "mai.lan");
    assert_eq!(email.as_str(), "mai.lan@coffee.test");
}

#[test]
fn a_mailbox_is_one_however_its_address_is_spelled() {
    for (address, mailbox) in [
        ("mai@coffee.test", "mai@coffee.test"),
        ("Mai@Coffee.test", "mai@coffee.test"),
        ("mai+ads@coffee.test", "mai@coffee.test"),
        ("mai+a+b@coffee.test", "mai@coffee.test"),
        ("ma\u{323}\u{302}i+x@coffee.test", "mậi@coffee.test"),
        ("m.ai@coffee.test", "m.ai@coffee.test"),
        ("m.a.i+ads@gmail.com", "mai@gmail.com"),
        ("Mai@GoogleMail.com", "mai@gmail.com"),
        // Nothing before it: no tag, or not ours to read.
        ("+ads@coffee.test", "+ads@coffee.test"),
    ] {
        let email = Email::parse(address).unwrap();
        assert_eq!(email.mailbox(), mailbox, "{address}");
    }
}
