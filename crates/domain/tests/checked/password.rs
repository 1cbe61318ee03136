//! Passwords.

use domain::email::Email;
use domain::input::Fault;
use domain::password::Password;

fn kept(text: &str) -> Result<Vec<u8>, Fault> {
    let email = Email::parse("mai.lan.coffee@x.test").unwrap();
    Password::parse(text, Some(&email)).map(|password| password.expose().to_vec())
}

#[test]
fn any_ten_characters_are_a_password_and_what_is_composed_is_not_changed() {
    for text in [
        "0123456798",
        "         x",
        " leading and trailing ",
        "mật khẩu của tôi",
        "😀😀😀😀😀😀😀😀😀😎",
        "with\0a NUL inside",
        "\u{202e}desrever ti si",
        "mai.lan.coffee@x.test!",
        &"ếa".repeat(64),
    ] {
        assert_eq!(kept(text), Ok(text.as_bytes().to_vec()), "{text:?}");
    }
}

#[test]
fn too_short_too_long_and_the_own_address_are_refused() {
    for (text, fault) in [
        ("", Fault::Missing),
        ("123456789", Fault::TooShort { min: 10 }),
        ("😀😀😀😀😀😀😀😀😀", Fault::TooShort { min: 10 }),
        (&"ab".repeat(65), Fault::TooLong { max: 128 }),
        ("mai.lan.coffee@x.test", Fault::LikeEmail),
        ("MAI.LAN.Coffee@X.test", Fault::LikeEmail),
        ("Mai.Lan.Coffee", Fault::LikeEmail),
    ] {
        assert_eq!(kept(text), Err(fault), "{text:?}");
    }
}

#[test]
fn what_is_guessed_first_is_refused() {
    for text in [
        "1234567890",
        "password12",
        "PassWord12",
        "qwertyuiop",
        "aaaaaaaaaa",
        "          ",
        "\u{3000}\u{a0}        ",
        "😀😀😀😀😀😀😀😀😀😀",
        &"ế".repeat(128),
        &"e\u{302}\u{301}".repeat(10),
    ] {
        assert_eq!(kept(text), Err(Fault::Common), "{text:?}");
    }
    for text in ["Portal-demo-2026", "password12 ", "qwertyuiop-and-more"] {
        assert!(kept(text).is_ok(), "{text:?}");
    }
    // Who has such a password since before must get in.
    assert!(Password::tried("1234567890").is_ok());
}

#[test]
fn the_list_of_common_passwords_is_as_passwords_are_compared() {
    let list = include_str!("../../src/common_passwords.txt");
    assert!(list.lines().count() > 1_000);
    for common in list.lines() {
        assert_eq!(
            Password::parse(common, None),
            Err(Fault::Common),
            "{common}"
        );
        let upper = common.to_uppercase();
        assert_eq!(Password::parse(&upper, None), Err(Fault::Common), "{upper}");
    }
}

#[test]
fn a_password_is_one_from_every_keyboard() {
    let apart = "ma\u{323}\u{302}t kha\u{302}\u{309}u cu\u{309}a to\u{302}i";
    for (one, other) in [
        ("mật khẩu của tôi", apart),
        ("mật khẩu của tôi", "mật\u{a0}khẩu\u{3000}của\u{202f}tôi"),
        (
            "한국어비밀번호입니다",
            "\u{1112}\u{1161}\u{11ab}국어비밀번호입니다",
        ),
        ("Ångström-2026", "A\u{30a}ngstro\u{308}m-2026"),
        ("\u{212b}ngström-2026", "Ångström-2026"),
    ] {
        assert_eq!(kept(one), kept(other), "{other:?}");
    }
    // No width, no case and no compatibility is taken away (RFC 8265, 4.2.2).
    for (one, other) in [
        ("password-１２３", "password-123"),
        ("Password-123", "password-123"),
        ("ﬁnancial-2026", "financial-2026"),
    ] {
        assert_ne!(kept(one), kept(other), "{other:?}");
    }
}

#[test]
fn a_password_is_counted_as_it_is_hashed() {
    assert_eq!(
        kept(&"e\u{302}\u{301}".repeat(9)),
        Err(Fault::TooShort { min: 10 })
    );
    assert!(kept(&"e\u{302}\u{301}a".repeat(64)).is_ok());
    let email = Email::parse("mai.lê.coffee@x.test").unwrap();
    assert_eq!(
        Password::parse("Mai.Le\u{302}.Coffee", Some(&email)).unwrap_err(),
        Fault::LikeEmail
    );
    // Nor is a domain's.
    let email = Email::parse("lan@cà-phê.test").unwrap();
    for text in [
        "lan@cà-phê.test",
        "LAN@CÀ-PHÊ.test",
        "lan@xn--c-ph-0na7d.test",
    ] {
        let refused = Password::parse(text, Some(&email)).unwrap_err();
        assert_eq!(refused, Fault::LikeEmail, "{text}");
    }
}

#[test]
fn a_password_is_tried_in_every_form_in_which_it_may_have_been_hashed() {
    let forms = |typed: &str| -> Vec<String> {
        let forms = Password::tried(typed).unwrap().forms();
        let texts = forms.into_iter().map(String::from_utf8);
        texts.collect::<Result<_, _>>().unwrap()
    };
    assert_eq!(forms("plain ASCII"), ["plain ASCII"]);
    assert_eq!(forms("é"), ["é", "e\u{301}"]);
    assert_eq!(forms("e\u{301}"), ["é", "e\u{301}"]);
    // Windows' Vietnamese keyboard gives the tone alone: neither form.
    assert_eq!(forms("ê\u{301}"), ["ế", "ê\u{301}", "e\u{302}\u{301}"]);
    assert_eq!(forms("é\u{a0}x"), ["é x", "é\u{a0}x", "e\u{301}\u{a0}x"]);
}

#[test]
fn without_an_address_nothing_is_like_it() {
    assert!(Password::parse("mai.lan.coffee", None).is_ok());
}

#[test]
fn a_password_that_is_tried_may_be_short() {
    assert!(Password::tried("a").is_ok());
    assert_eq!(Password::tried("").unwrap_err(), Fault::Missing);
    let long = "a".repeat(129);
    assert_eq!(
        Password::tried(&long).unwrap_err(),
        Fault::TooLong { max: 128 }
    );
}

#[test]
fn a_password_is_never_printed() {
    let password = Password::tried("a secret of mine").unwrap();
    assert!(!format!("{password:?}").contains("secret"));
}
