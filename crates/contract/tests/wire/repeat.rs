//! Requests that are sent again.

use contract::repeat::{KEY_MAX, key_of, takes_key};
use contract::table::NAMES;

#[test]
fn what_changes_something_takes_a_key() {
    let none = [
        "get_session",
        "log_out",
        "get_sign_up",
        "begin_authorization",
        "get_authorization",
        "get_profile",
        "get_my_data",
        "read_phone",
        "get_ads_account",
        "list_drafts",
        "list_activity",
        "list_sessions",
        "list_passkeys",
        "begin_passkey",
        "ask_for_passkey",
        "get_draft",
    ];
    for name in NAMES {
        assert_ne!(takes_key(name), none.contains(name), "{name}");
    }
}

#[test]
fn a_key_is_a_short_word_in_quotes_or_without() {
    let longest = "k".repeat(KEY_MAX);
    for (header, key) in [
        (
            "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"",
            Some("8e03978e-40d5-43dd-bc93-6894a57f9324"),
        ),
        (
            "8e03978e-40d5-43dd-bc93-6894a57f9324",
            Some("8e03978e-40d5-43dd-bc93-6894a57f9324"),
        ),
        (&*longest, Some(&*longest)),
        (&*format!("{longest}k"), None),
        ("", None),
        ("\"\"", None),
        ("\"", None),
        ("\"open", None),
        ("two words", None),
        ("a\\b", None),
        ("khóa", None),
    ] {
        assert_eq!(key_of(header), key, "{header:?}");
    }
}
