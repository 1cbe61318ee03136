//! Reads the stylesheets: raw values stand in `tokens.css` alone, and every token has its use.
//!
//! A raw value is a colour, or a number with a unit of length or time. What is measured by what is
//! there already may stand anywhere: percentages, `fr`, degrees, numbers without a unit, and the
//! whole window.

#![expect(
    clippy::unwrap_used,
    reason = "a repository that cannot be read is a failed test"
)]

mod repository;

use std::collections::BTreeSet;
use std::fs;

use repository::{files_below, none, root, sources};

/// Where a layout changes. A condition can't name a token, so they are said here and there.
const BREAKPOINTS: [&str; 5] = ["22rem", "30rem", "48rem", "60rem", "75rem"];

/// The whole window, whatever its size: no value of ours.
const WINDOW: [&str; 4] = ["100vw", "100vh", "100dvh", "100vmax"];

const UNITS: [&str; 33] = [
    "px", "rem", "em", "ex", "cap", "ch", "ic", "lh", "rlh", "vw", "vh", "vi", "vb", "vmin",
    "vmax", "dvw", "dvh", "svw", "svh", "lvw", "lvh", "cqw", "cqh", "cqi", "cqb", "pt", "pc", "in",
    "cm", "mm", "q", "ms", "s",
];

const COLOURS: [&str; 10] = [
    "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "oklch(", "oklab(", "lab(", "lch(", "color(",
];

/// Those of the names of colours that one would reach for; `transparent`, `currentcolor` and the
/// system's own are no values of ours.
const NAMES: [&str; 14] = [
    "black", "blue", "gold", "gray", "green", "grey", "orange", "pink", "purple", "red", "silver",
    "teal", "white", "yellow",
];

/// The stylesheets by their paths, without comments.
fn sheets() -> Vec<(String, String)> {
    let folders = ["style", "crates/preview/page"].into_iter();
    folders
        .flat_map(|folder| files_below(&root().join(folder), "css"))
        .map(|file| {
            let name = file
                .strip_prefix(root())
                .unwrap()
                .to_string_lossy()
                .into_owned();
            (name, without_comments(&fs::read_to_string(&file).unwrap()))
        })
        .collect()
}

/// Each comment becomes the line ends in it, so that lines keep their numbers.
fn without_comments(text: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        let (comment, behind) = after.split_once("*/").unwrap();
        left.push_str(before);
        left.extend(comment.matches('\n'));
        rest = behind;
    }
    left + rest
}

/// The words of a line in which a value may hide: names of tokens and classes are one word each.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !(letter.is_alphanumeric() || "-_.#%".contains(letter)))
}

fn is_raw_length(word: &str) -> bool {
    let number = word.trim_start_matches('-');
    let unit = number.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    let unit = unit.to_ascii_lowercase();
    unit.len() < number.len() && UNITS.contains(&unit.as_str()) && !WINDOW.contains(&number)
}

fn is_raw_colour(word: &str) -> bool {
    if NAMES.contains(&word.to_ascii_lowercase().as_str()) {
        return true;
    }
    word.strip_prefix('#').is_some_and(|digits| {
        (3..=8).contains(&digits.len()) && digits.chars().all(|digit| digit.is_ascii_hexdigit())
    })
}

#[test]
fn raw_values_stand_among_the_tokens_alone() {
    let mut problems = Vec::new();
    for (name, text) in sheets() {
        // What a font measures is a fact about the font.
        if name.ends_with("/tokens.css") || name == "style/fonts.css" {
            continue;
        }
        for (index, line) in text.lines().enumerate() {
            let is_condition = line.trim_start().starts_with('@');
            let raw = words(line).find(|word| {
                let is_breakpoint = is_condition && BREAKPOINTS.contains(word);
                (is_raw_length(word) || is_raw_colour(word)) && !is_breakpoint
            });
            let raw = raw.or_else(|| COLOURS.into_iter().find(|colour| line.contains(colour)));
            if let Some(raw) = raw {
                problems.push(format!(
                    "{name}:{}: {raw} belongs among the tokens",
                    index + 1
                ));
            }
        }
    }
    none(&problems);
}

#[test]
fn every_token_is_used_and_every_use_has_its_token() {
    let sheets = sheets();
    let (mut named, mut used) = (BTreeSet::new(), BTreeSet::new());
    for (_, text) in &sheets {
        for line in text.lines() {
            if let Some((name, _)) = line.trim().split_once(':')
                && name.starts_with("--")
            {
                named.insert(name.to_owned());
            }
        }
        for rest in text.split("var(").skip(1) {
            used.insert(words(rest).next().unwrap_or_default().to_owned());
        }
    }
    // A preview says where the names over the app stand.
    let sources = sources("crates/preview/src").into_iter();
    for (_, source) in sources {
        named.extend(
            source
                .literals()
                .filter(|(_, text)| text.starts_with("--") && text.len() > 2)
                .map(|(_, text)| text.to_owned()),
        );
    }
    let useless = named
        .difference(&used)
        .map(|name| format!("{name} is used by nothing"));
    let nameless = used
        .difference(&named)
        .map(|name| format!("{name} is no token"));
    none(&useless.chain(nameless).collect::<Vec<_>>());
}

#[test]
fn a_raw_value_is_known_by_its_unit_or_its_hash() {
    assert!(is_raw_length("12px") && is_raw_length("-0.75em") && is_raw_length("1.5s"));
    assert!(!is_raw_length("0") && !is_raw_length("100%") && !is_raw_length("100dvh"));
    assert!(!is_raw_length("1fr") && !is_raw_length("--space-1") && !is_raw_length("h1"));
    assert!(is_raw_length("5VMIN") && !is_raw_length("45deg") && !is_raw_length("0.65"));
    assert!(is_raw_colour("#fff") && !is_raw_colour("#main"));
    assert!(is_raw_colour("white") && !is_raw_colour("white-space"));
}
