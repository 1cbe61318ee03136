//! Reads the languages: every one has every word, before the app runs and after, and no sentence
//! stands outside `locales/`. That every file has the keys and arguments of the reference, and no
//! others, is checked where the app is built, by its build.rs.

#![expect(
    clippy::unwrap_used,
    reason = "a repository that cannot be read is a failed test"
)]

mod repository;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use repository::{files_below, none, root, sources};

#[test]
fn the_boot_script_knows_every_language() {
    let script = fs::read_to_string(root().join("public/boot.js")).unwrap();
    let list = script
        .split_once("const locales = {")
        .unwrap()
        .1
        .split_once('}')
        .unwrap()
        .0;
    let known = list.lines().filter_map(|line| {
        let (tag, file) = line.trim().trim_end_matches(',').split_once(": ")?;
        let tag = tag.trim_matches('"');
        assert_eq!(file, format!("\"/locales/{tag}.json\""));
        Some(tag.to_owned())
    });
    let files = files_below(&root().join("locales"), "json");
    let files = files
        .iter()
        .map(|file| file.file_stem().unwrap().to_string_lossy().into_owned());
    assert_eq!(
        known.collect::<BTreeSet<_>>(),
        files.collect::<BTreeSet<_>>()
    );
}

#[test]
fn every_language_has_words_before_the_app_runs() {
    let page = fs::read_to_string(root().join("index.html")).unwrap();
    let style = fs::read_to_string(root().join("style/boot.css")).unwrap();
    for file in files_below(&root().join("locales/mail"), "json") {
        let tag = file.file_stem().unwrap().to_string_lossy();
        let written = page.matches(&format!("lang=\"{tag}\">")).count();
        // Of the page itself, English.
        let own = usize::from(tag == "en");
        assert_eq!(
            written,
            4 + own,
            "no script, loading, slow and broken in {tag}"
        );
        assert!(style.contains(&format!("html[lang=\"{tag}\"]")), "{tag}");
    }
}

#[test]
fn every_sentence_is_said() {
    let code: String = sources("src")
        .into_iter()
        .map(|(file, _)| fs::read_to_string(root().join("src").join(file)).unwrap())
        .collect();
    let said: BTreeSet<&str> = code
        .split("say::")
        .skip(1)
        .filter_map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
        })
        .collect();
    let unsaid: Vec<_> = sentences(&root().join("locales/en.json"))
        .into_keys()
        .filter(|key| !said.contains(key.as_str()))
        .collect();
    none(&unsaid);
}

#[test]
fn every_sentence_of_the_previews_tools_is_said() {
    let code: String = sources("crates/preview/src")
        .into_iter()
        .map(|(file, _)| fs::read_to_string(root().join("crates/preview/src").join(file)).unwrap())
        .collect();
    let unsaid: Vec<_> = sentences(&root().join("crates/preview/locales/en.json"))
        .into_keys()
        .filter(|key| {
            !code
                .split(&format!("tool::{key}"))
                .skip(1)
                .any(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
        })
        .collect();
    none(&unsaid);
}

/// Names, and words that are the same in another language.
const AS_IN_ENGLISH: [&str; 8] = [
    "app_name",
    "business-center",
    "business_center",
    "campaigns_stage",
    "milliseconds",
    "pixels",
    "tiktok",
    "tiktok_ads_manager",
];

#[test]
fn no_sentence_is_left_in_english() {
    let mut left = Vec::new();
    let folders = ["locales", "crates/preview/locales"].into_iter();
    for file in folders.flat_map(|folder| files_below(&root().join(folder), "json")) {
        // That of the app's, of the letters', or of the preview's.
        let reference = file.with_file_name("en.json");
        if file == reference {
            continue;
        }
        let english = sentences(&reference);
        for (key, sentence) in sentences(&file) {
            let is_left = english.get(&key) == Some(&sentence) && has_words(&sentence);
            if is_left && !AS_IN_ENGLISH.contains(&key.as_str()) {
                left.push(format!("{}: {key}", file.display()));
            }
        }
    }
    none(&left);
}

/// Whether a sentence is more than its arguments and what stands between them.
fn has_words(sentence: &str) -> bool {
    let parts = sentence.split('{').map(|part| match part.split_once('}') {
        Some((_, after)) => after,
        None => part,
    });
    parts
        .into_iter()
        .any(|part| part.chars().any(char::is_alphabetic))
}

/// The sentences of a file by their keys, as they stand there: a line each.
fn sentences(file: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(file).unwrap();
    let lines = text.lines().filter_map(|line| line.split_once("\": \""));
    lines
        .map(|(key, sentence)| (key.trim().trim_matches('"').to_owned(), sentence.to_owned()))
        .collect()
}

/// What looks like a sentence and is none: keys of a keyboard, classes of `Intl`, a header, a
/// directive, and what languages call themselves.
const NO_SENTENCES: [&str; 31] = [
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "Bahasa Indonesia",
    "Bahasa Melayu",
    "Collator",
    "Content-Type",
    "DateTimeFormat",
    "DisplayNames",
    "End",
    "English",
    "Enter",
    "Escape",
    "Home",
    "Intl",
    "InvalidStateError",
    "Locale",
    "NotSupportedError",
    "NumberFormat",
    "PublicKeyCredential",
    "RelativeTimeFormat",
    "SecurityError",
    "Tab",
    "Tiếng Việt",
    "use strict",
    "ภาษาไทย",
    "日本語",
    "简体中文",
    "繁體中文",
    "한국어",
];

#[test]
fn no_sentence_stands_outside_the_locales() {
    let classes = classes();
    let mut problems = Vec::new();
    let of = |folder: &'static str| {
        let files = sources(folder).into_iter();
        files.map(move |(file, source)| (format!("{folder}/{file}"), source))
    };
    for (file, source) in ["src", "crates/preview/src"].into_iter().flat_map(of) {
        if file.ends_with("tests.rs") {
            continue;
        }
        // Reasons of lints are for those who read the code.
        let reasons: BTreeSet<usize> = source
            .code()
            .filter(|(_, text)| text.contains("reason ="))
            .map(|(line, _)| line)
            .collect();
        for (line, text) in source.literals() {
            let is_known = NO_SENTENCES.contains(&text) || reasons.contains(&line);
            if !is_known && is_sentence(text, &classes) {
                problems.push(format!("{file}:{line}: \"{text}\" belongs into locales/"));
            }
        }
        for (line, code) in source.code() {
            for text in bare_words(code) {
                problems.push(format!("{file}:{line}: `{text}` belongs into locales/"));
            }
            let literals: Vec<&str> = source
                .literals()
                .filter_map(|(at, text)| (at == line).then_some(text))
                .collect();
            for text in said_attributes(code, &literals) {
                problems.push(format!(
                    "{file}:{line}: \"{text}\" of an attribute belongs into locales/"
                ));
            }
        }
    }
    let scripts = ["public", "crates/preview/page"].into_iter();
    for file in scripts.flat_map(|folder| files_below(&root().join(folder), "js")) {
        for (index, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            let line = line.split("//").next().unwrap_or_default();
            let literals = line.split(['"', '\'', '`']).skip(1).step_by(2);
            let literals = literals.filter(|text| !NO_SENTENCES.contains(text));
            for text in literals.filter(|text| is_sentence(text, &classes)) {
                problems.push(format!(
                    "{}:{}: \"{text}\" belongs into locales/",
                    file.display(),
                    index + 1
                ));
            }
        }
    }
    none(&problems);
}

/// What is read aloud or shown although it stands within a tag.
const SAID: [&str; 8] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "placeholder",
    "title",
];

/// The literals with letters that a line of code, whose quotes are empty, gives to an attribute
/// that is said: there a single word is a sentence.
fn said_attributes<'a>(code: &str, literals: &[&'a str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for name in SAID {
        for (at, _) in code.match_indices(&format!(" {name}=\"\"")) {
            let before = code[..at].matches("\"\"").count();
            let text = literals.get(before).copied().unwrap_or_default();
            if text.chars().any(char::is_alphabetic) {
                found.push(text);
            }
        }
    }
    found
}

/// Words between tags without quotes, which a view takes as text: between two tags in a line, or
/// as a line of their own, which in code only lists and the heads of conditions are.
fn bare_words(code: &str) -> Vec<&str> {
    let is_text = |text: &str| {
        text.chars().any(char::is_alphabetic)
            && text
                .chars()
                .all(|letter| letter.is_alphabetic() || " .,!?’'…".contains(letter))
    };
    let between = code
        .split('>')
        .skip(1)
        .filter_map(|rest| rest.split_once("</").map(|(text, _)| text.trim()));
    let mut found: Vec<&str> = between.filter(|text| is_text(text)).collect();
    let line = code.trim();
    let words: Vec<&str> = line.split(' ').collect();
    let is_list = words
        .iter()
        .all(|word| word.ends_with(',') || *word == "..");
    let is_code = ["if", "else", "match", "impl", "for", "where"].contains(&words[0]);
    if words.len() > 1 && is_text(line) && !is_list && !is_code {
        found.push(line);
    }
    found
}

fn is_sentence(text: &str, classes: &str) -> bool {
    begins_like_a_sentence(text) || is_prose(text, classes) || is_of_another_script(text)
}

/// Letters that English hasn't: nothing but words is written in them.
fn is_of_another_script(text: &str) -> bool {
    text.chars()
        .any(|letter| letter.is_alphabetic() && !letter.is_ascii())
}

/// A capital and then a small letter; not a time zone's name.
fn begins_like_a_sentence(text: &str) -> bool {
    // Nor is a path of code one.
    if (text.contains('/') || text.contains("::")) && !text.contains(' ') {
        return false;
    }
    let mut letters = text.trim_start().chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// Two words in a row that are no classes of the stylesheets.
fn is_prose(text: &str, classes: &str) -> bool {
    let is_word = |word: &&str| {
        word.chars().any(char::is_lowercase)
            && word
                .chars()
                .all(|letter| letter.is_lowercase() || "’'".contains(letter))
            && !classes.contains(&format!(".{word}"))
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| {
        pair.iter()
            .all(|word| is_word(&word.trim_end_matches(['.', ',', ':', '?', '!'])))
    })
}

/// The stylesheets, in which every class is named.
fn classes() -> String {
    let folders = ["style", "crates/preview/page"].into_iter();
    folders
        .flat_map(|folder| files_below(&root().join(folder), "css"))
        .map(|file| fs::read_to_string(file).unwrap())
        .collect()
}

#[test]
fn a_sentence_is_known_in_quotes_in_an_attribute_and_bare() {
    let classes = ".card { } .wide { }";
    for text in [
        "Log in",
        "something went wrong",
        "you don’t know",
        "Đăng nhập",
        "日本語",
    ] {
        assert!(is_sentence(text, classes), "{text}");
    }
    for text in ["card wide", "Europe/London", "M4 7h16", "content-type"] {
        assert!(!is_sentence(text, classes), "{text}");
    }
    let code = "<a class=\"\" aria-label=\"\">";
    assert_eq!(said_attributes(code, &["card", "close"]), ["close"]);
    assert!(said_attributes("<a class=\"\">", &["card"]).is_empty());
    assert_eq!(bare_words("<b>Log in</b>"), ["Log in"]);
    assert_eq!(bare_words("    Two words, bare."), ["Two words, bare."]);
    for code in [
        "Vec<Option<u8>>",
        "<b>{say::log_in}</b>",
        "let a = b;",
        "Button, Card,",
        "if self",
    ] {
        assert!(bare_words(code).is_empty(), "{code}");
    }
}

/// Sentences in which a name stands that was chosen at TikTok. Isolated (UAX 9), it turns nothing of
/// the sentence around it.
const WITH_A_STRANGERS_NAME: [&str; 5] = [
    "session_switched",
    "transfer_arrives",
    "transfer_leaves",
    "unlink_last_text",
    "unlink_text",
];

#[test]
fn a_name_from_tiktok_stands_isolated_in_a_sentence() {
    for file in files_below(&root().join("locales"), "json") {
        let text = fs::read_to_string(&file).unwrap();
        let sentences: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
        for key in WITH_A_STRANGERS_NAME {
            let Some(sentence) = sentences.get(key) else {
                continue;
            };
            let sentence = sentence.as_str().unwrap();
            let isolated = sentence.matches("\u{2068}{name}\u{2069}").count();
            assert_eq!(isolated, 1, "{key} of {}", file.display());
            assert_eq!(sentence.matches("{name}").count(), 1, "{key}");
        }
    }
}

/// What a name in the table of attacks begins with, and where that is.
const PLACES: [(&str, &str); 5] = [
    ("portal/", "crates/service/tests/portal/"),
    ("suite/", "crates/server/tests/suite/"),
    ("domain/", "crates/domain/tests/"),
    ("xtask/", "crates/xtask/tests/"),
    ("journeys/", "tests/journeys/"),
];

#[test]
fn every_test_that_closes_an_attack_is_there() {
    let text = fs::read_to_string(root().join("docs/security.md")).unwrap();
    let named: Vec<_> = text
        .split('`')
        .filter_map(|quoted| quoted.split_once("::"))
        .collect();
    assert!(named.len() > 15, "the table names {} tests", named.len());
    let missing = named.iter().filter_map(|(file, test)| {
        let place = PLACES.iter().find(|(short, _)| file.starts_with(short));
        let file = match place {
            Some((short, long)) => file.replacen(short, long, 1),
            None => (*file).to_owned(),
        };
        // A scenario stands in a crate of its own, which a host walks.
        let file = if file.ends_with("portal/scenarios.rs") {
            "crates/scenarios/src/lib.rs".to_owned()
        } else {
            file
        };
        let code = fs::read_to_string(root().join(&file)).unwrap_or_default();
        let is_there = code.contains(&format!("fn {test}("))
            || code.contains(&format!("\"{test}"))
            || code.contains(&format!("`{test}"))
            || code.contains(&format!("::{test};"));
        (!is_there).then(|| format!("{file}: {test}"))
    });
    none(&missing.collect::<Vec<_>>());
}

/// How each language says "password".
const PASSWORD: [(&str, &str); 9] = [
    ("en", "password"),
    ("vi", "mật khẩu"),
    ("id", "kata sandi"),
    ("ms", "kata laluan"),
    ("th", "รหัสผ่าน"),
    ("ja", "パスワード"),
    ("ko", "비밀번호"),
    ("zh-Hans", "密码"),
    ("zh-Hant", "密碼"),
];

/// A letter that says "change your password" sends people to a page that isn't there, as long as no
/// use case changes one. The letter that says it was set may name it.
#[test]
fn no_letter_names_what_no_use_case_does() {
    let table = fs::read_to_string(root().join("crates/contract/src/table.rs")).unwrap();
    for (tag, password) in PASSWORD {
        let letters = sentences(&root().join(format!("locales/mail/{tag}.json")));
        let says = |key: &str| letters[key].to_lowercase().contains(password);
        assert!(says("email_added.text"), "{tag}: {password} is its word");
        let named: Vec<_> = letters.keys().filter(|key| says(key)).collect();
        for name in ["change_password", "reset_password"] {
            let is_there = table.contains(&format!("{name}:"));
            assert!(is_there, "{tag}: {named:?} name what {name} would do");
        }
    }
}
