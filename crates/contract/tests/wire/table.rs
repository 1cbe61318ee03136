//! The table of use cases.

use contract::table::{NAMES, UseCase, path};
use std::collections::BTreeSet;

macro_rules! rows {
    ($($name:ident: $request:ty => $reply:ty;)+) => {
        /// The name of each row and of its request, and what its request says to these bodies.
        fn rows(bodies: &[&str]) -> Vec<(&'static str, &'static str, Vec<Option<String>>)> {
            vec![$({
                let errors = bodies.iter().map(|body| {
                    serde_json::from_str::<$request>(body).err().map(|error| error.to_string())
                });
                (stringify!($name), <$request as UseCase>::NAME, errors.collect())
            }),+]
        }
    };
}

contract::use_cases!(rows);

#[test]
fn every_name_is_verb_and_object_and_stands_once() {
    let unique: BTreeSet<_> = NAMES.iter().collect();
    assert_eq!(unique.len(), NAMES.len());
    for name in NAMES {
        assert!(name.contains('_'), "{name}");
        let fits = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        assert!(fits, "{name}");
    }
}

#[test]
fn every_request_knows_its_name() {
    let rows = rows(&[]);
    for (row, name, _) in &rows {
        assert_eq!(row, name);
    }
    assert!(rows.iter().map(|(row, ..)| row).eq(NAMES));
}

#[test]
fn every_request_refuses_a_member_that_it_does_not_know() {
    for (row, _, errors) in rows(&["{\"no_such_member\": 1}"]) {
        for error in errors {
            let error = error.unwrap_or_default();
            assert!(
                error.contains("unknown field `no_such_member`"),
                "{row}: {error:?}"
            );
        }
    }
}

#[test]
fn no_request_is_made_of_nothing_but_a_word_or_a_number() {
    for (row, _, errors) in rows(&["7", "\"word\"", "null", "true", "[[]]"]) {
        assert!(errors.iter().all(Option::is_some), "{row}: {errors:?}");
    }
}

#[test]
fn a_path_has_dashes() {
    assert_eq!(path("link_existing"), "/api/link-existing");
    let paths: BTreeSet<_> = NAMES.iter().map(|name| path(name)).collect();
    assert_eq!(paths.len(), NAMES.len());
}
