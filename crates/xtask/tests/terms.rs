//! Reads the languages as a reader would who minds terms: one for each thing, the same words for the
//! same sentence, and buttons that fit.

#![expect(
    clippy::unwrap_used,
    reason = "a repository that cannot be read is a failed test"
)]

mod repository;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use repository::{files_below, none, root, sources};

type Sentences = BTreeMap<String, String>;

fn sentences(file: &Path) -> Sentences {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// Those of the app, by their language.
fn of_the_app() -> BTreeMap<String, Sentences> {
    let files = fs::read_dir(root().join("locales")).unwrap();
    let files = files.map(|entry| entry.unwrap().path());
    files
        .filter(|file| file.extension().is_some_and(|it| it == "json"))
        .map(|file| {
            let tag = file.file_stem().unwrap().to_string_lossy().into_owned();
            (tag, sentences(&file))
        })
        .collect()
}

/// Where TikTok's own option stands, which is about a type of TikTok account.
const OF_TIKTOK: &str = "ad_delivery_title";

/// Its name holds words that alone mean something else.
const OURS: &str = "tiktok for business account";

/// What a language calls otherwise: its tag, what isn't said, and what is.
const NOT_SO: [(&str, &str, &str); 19] = [
    ("en", "e-mail", "email"),
    ("en", "log-in", "login"),
    ("en", "log-out", "logout"),
    ("en", "cancelled", "canceled"),
    ("en", "any more", "anymore"),
    ("en", "business account", "TikTok For Business account"),
    ("en", "this portal", "here"),
    (
        "vi",
        "tài khoản doanh nghiệp",
        "tài khoản TikTok For Business",
    ),
    ("id", "akun bisnis", "akun TikTok For Business"),
    ("ms", "akaun perniagaan", "akaun TikTok For Business"),
    // It would begin as "Cancel" does, which may be the button beside it.
    ("th", "ยกเลิกการเชื่อมต่อ", "เลิกเชื่อมต่อ"),
    ("th", "บัญชีธุรกิจ", "บัญชี TikTok For Business"),
    ("ja", "ビジネスアカウント", "TikTok For Businessアカウント"),
    ("ko", "비즈니스 계정", "TikTok For Business 계정"),
    ("zh-Hans", "商务账号", "TikTok For Business 账号"),
    ("zh-Hans", "企业号", "TikTok For Business 账号"),
    ("zh-Hans", "取消关联", "解除关联"),
    ("zh-Hant", "企業帳號", "TikTok For Business 帳號"),
    ("zh-Hant", "取消連結", "解除連結"),
];

#[test]
fn each_thing_has_one_term_in_a_language() {
    let mut wrong = Vec::new();
    for file in files_below(&root().join("locales"), "json") {
        let tag = file.file_stem().unwrap().to_string_lossy().into_owned();
        for (key, sentence) in sentences(&file) {
            let sentence = sentence.to_lowercase().replace(OURS, "");
            let not_so = NOT_SO
                .iter()
                .filter(|(of, not, _)| *of == tag && sentence.contains(not) && key != OF_TIKTOK);
            wrong.extend(
                not_so
                    .map(|(_, not, term)| format!("{}: {key}: {term}, not {not}", file.display())),
            );
        }
    }
    none(&wrong);
}

/// A button of an ad, in TikTok's words and not in ours.
const OF_ADS: &str = "call_to_action_";

#[test]
fn what_is_one_sentence_in_english_is_one_in_every_language() {
    let all = of_the_app();
    let mut by_sentence = BTreeMap::<&str, Vec<&str>>::new();
    for (key, sentence) in &all["en"] {
        if !key.starts_with(OF_ADS) {
            by_sentence.entry(sentence).or_default().push(key);
        }
    }
    let mut apart = Vec::new();
    for (tag, sentences) in &all {
        for (sentence, keys) in &by_sentence {
            let mut words: Vec<_> = keys.iter().map(|key| &sentences[*key]).collect();
            words.dedup();
            if words.len() > 1 {
                apart.push(format!("{tag}: \"{sentence}\": {words:?}"));
            }
        }
    }
    none(&apart);
}

/// Columns of a button's words at most: on a phone 360 pixels wide they stand in one line.
const BUTTON_COLUMNS: usize = 38;

/// Keys of the words that buttons and entries of menus have.
fn of_buttons() -> Vec<String> {
    let mut keys = Vec::new();
    for (file, _) in sources("src") {
        let code = fs::read_to_string(root().join("src").join(file)).unwrap();
        for tag in ["Button", "ButtonLink", "MenuButton", "MenuLink"] {
            for part in code.split(&format!("<{tag}")).skip(1) {
                let Some((inside, _)) = part.split_once(&format!("</{tag}>")) else {
                    continue;
                };
                let words = inside.rsplit('>').next().unwrap_or_default();
                let said = words.split("say::").skip(1).filter_map(|rest| {
                    rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                        .next()
                });
                keys.extend(said.map(str::to_owned));
            }
        }
    }
    keys.sort();
    keys.dedup();
    keys
}

/// As many columns as a monospaced terminal has for a text: two for a character of East Asia, none for
/// a mark above or below another.
fn columns(text: &str) -> usize {
    let thai_mark =
        |c: char| matches!(c, '\u{0e31}' | '\u{0e34}'..='\u{0e3a}' | '\u{0e47}'..='\u{0e4e}');
    let of_east_asia = |c: char| matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}');
    text.chars()
        .map(|c| match c {
            c if thai_mark(c) => 0,
            c if of_east_asia(c) => 2,
            _ => 1,
        })
        .sum()
}

#[test]
fn the_words_of_a_button_fit_a_line_of_a_phone() {
    let keys = of_buttons();
    assert!(keys.len() > 40, "{keys:?}");
    let mut long = Vec::new();
    for (tag, sentences) in of_the_app() {
        for key in &keys {
            let words = &sentences[key];
            if columns(words) > BUTTON_COLUMNS {
                long.push(format!("{tag}: {key}: {words}"));
            }
        }
    }
    none(&long);
}
