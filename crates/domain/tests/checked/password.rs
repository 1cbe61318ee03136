//! Passwords.

use domain::email::Email;
use domain::input::Fault;
use domain::password::Password;

fn kept(text: &str) -> Result<Vec<u8>, Fault> {
    let email = Email::parse("mai.lan.coffee@x.test").unwrap();
    Password::parse(text, Some(&email)).map(|password| password.expose().to_vec())
}

#[test]
fn any_ten_characters_are_a_password_and_none_is_changed() {
    for text in [
        "0123456789",
        "          ",
        " leading and trailing ",
        "mật khẩu của tôi",
        "😀😀😀😀😀😀😀😀😀😀",
        "with\0a NUL inside",
        "\u{202e}desrever ti si",
        "mai.lan.coffee@x.test!",
        &"ế".repeat(128),
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
        (&"a".repeat(129), Fault::TooLong { max: 128 }),
        ("mai.lan.coffee@x.test", Fault::LikeEmail),
        ("MAI.LAN.Coffee@X.test", Fault::LikeEmail),
        ("Mai.Lan.Coffee", Fault::LikeEmail),
    ] {
        assert_eq!(kept(text), Err(fault), "{text:?}");
    }
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
