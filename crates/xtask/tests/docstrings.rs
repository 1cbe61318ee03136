//! Reads the docstrings: one that says no more than the name below it isn't there.

#![expect(
    clippy::unwrap_used,
    reason = "a repository that cannot be read is a failed test"
)]

#[expect(
    dead_code,
    reason = "what parses a file drops its comments, and they are what is read here"
)]
mod repository;

use std::fs;

use repository::{files_below, none, root};

/// Where names that say all need no docstring. The other crates document every public item
/// (CONTRIBUTING.md).
const FOLDERS: &[&str] = &[
    "src",
    "crates/service",
    "crates/server",
    "crates/mock",
    "crates/scenarios",
    "crates/locales",
    "crates/preview",
    "crates/fuzz",
    "crates/xtask",
];

/// "The page.", "What for.": three words or fewer, without a number, code or a quotation.
fn says_nothing(docstring: &str) -> bool {
    let is_precise = docstring.contains(|c: char| c.is_ascii_digit() || "`\"[".contains(c));
    !is_precise && docstring.split_whitespace().count() <= 3
}

#[test]
fn no_docstring_only_repeats_its_name() {
    let mut problems = Vec::new();
    for folder in FOLDERS {
        let files = files_below(&root().join(folder), "rs");
        assert!(!files.is_empty(), "{folder} holds no Rust");
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            let mut docs = Vec::new();
            for (number, line) in (1..).zip(text.lines()) {
                if let Some(doc) = line.trim_start().strip_prefix("///") {
                    docs.push(doc.trim());
                    continue;
                }
                if let [only] = docs[..]
                    && says_nothing(only)
                {
                    let name = file.strip_prefix(root()).unwrap().display();
                    problems.push(format!("{name}:{}: {only}", number - 1));
                }
                docs.clear();
            }
        }
    }
    none(&problems);
}

#[test]
fn a_docstring_of_few_words_may_name_a_value() {
    assert!(says_nothing("The page."));
    assert!(says_nothing("What for."));
    assert!(!says_nothing("`state`, unchanged."));
    assert!(!says_nothing("KiB: 64."));
    assert!(!says_nothing("Minutes until it expires."));
}
