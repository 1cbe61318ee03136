//! Everything that is kept of what the parsers were given holds still.

#![expect(
    clippy::unwrap_used,
    reason = "a file that cannot be read is a failed test"
)]

#[path = "../../xtask/src/fuzz/corpus.rs"]
mod corpus;

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use fuzz::{TARGETS, Target};

/// Seeds are written by people, the corpus by libFuzzer.
const FOLDERS: [&str; 2] = ["seeds", "corpora"];

fn folder(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(kind)
}

fn text(kind: &str, target: &str) -> String {
    fs::read_to_string(folder(kind).join(format!("{target}.txt"))).unwrap()
}

fn replay(name: &str, target: Target) {
    let mut failed = Vec::new();
    for kind in FOLDERS {
        for input in corpus::inputs(&text(kind, name)).unwrap() {
            if catch_unwind(|| target(&input)).is_err() {
                failed.push(format!("{kind}/{name}.txt: {}", corpus::line(&input)));
            }
        }
    }
    assert!(failed.is_empty(), "\n{}\n", failed.join("\n"));
}

macro_rules! replay {
    ($($test:ident: $target:ident;)+) => {
        $(#[test]
        fn $test() {
            replay(stringify!($target), fuzz::$target);
        })+

        #[test]
        fn every_target_is_replayed_and_has_its_files() {
            let replayed = BTreeSet::from([$(stringify!($target)),+]);
            assert_eq!(replayed, TARGETS.map(|(name, _)| name).into());
            for kind in FOLDERS {
                let files = fs::read_dir(folder(kind)).unwrap();
                let files = files.map(|file| file.unwrap().path().file_stem().unwrap().to_owned());
                let files: BTreeSet<_> = files.map(|stem| stem.into_string().unwrap()).collect();
                assert!(files.iter().eq(replayed.iter()), "{kind}: {files:?}");
            }
        }
    };
}

replay! {
    a_callback_is_read_as_it_says: callback;
    a_cookie_is_read_as_it_was_set: cookies;
    an_amount_is_read_as_no_other: amounts;
    an_address_is_read_as_itself: emails;
    a_number_is_read_as_itself: phones;
    a_draft_is_read_as_it_was_written: drafts;
}

#[test]
fn each_input_stands_in_one_line_once_and_as_it_would_be_written() {
    for (name, _) in TARGETS {
        let seeds = text("seeds", name);
        let found = text("corpora", name);
        let all: Vec<_> = seeds.lines().chain(found.lines()).collect();
        let unique: BTreeSet<_> = all.iter().collect();
        assert_eq!(unique.len(), all.len(), "{name}");
        for line in all {
            let inputs = corpus::inputs(&format!("{line}\n")).unwrap();
            let written: Vec<_> = inputs.iter().map(|input| corpus::line(input)).collect();
            assert_eq!(written, [line], "{name}");
        }
    }
}
