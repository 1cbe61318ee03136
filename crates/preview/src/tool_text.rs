//! The words of the tools, in the two languages of those who use them, `locales/`.

use leptos::prelude::*;
use portal::storage;

/// One entry for each sentence.
pub mod tool {
    include!(env!("PREVIEW_TOOL_WORDS"));
}

const KEY: &str = "preview.language";

/// Whether the tools speak Vietnamese: what was chosen, else the browser's language.
pub fn is_vietnamese() -> bool {
    let chosen = storage::read(KEY);
    let language = chosen.or_else(|| window().navigator().language());
    language.is_some_and(|tag| tag.starts_with("vi"))
}

/// Speaks the other language from the next load on.
pub fn choose_other() {
    storage::write(KEY, if is_vietnamese() { "en" } else { "vi" });
}

fn pick(english: &'static str, vietnamese: &'static str) -> &'static str {
    if is_vietnamese() { vietnamese } else { english }
}

/// For parts that take a signal.
pub fn fixed(sentence: fn() -> String) -> Signal<String> {
    Signal::derive(sentence)
}

mod names {
    include!(env!("PREVIEW_SCENE_NAMES"));
}

/// What a scene is called.
pub fn scene(name: &str) -> String {
    if let Some(words) = names::called(name) {
        return words.to_owned();
    }
    match name.strip_prefix("problem-") {
        Some(code) => tool::problem().replace("{}", &code.replace('-', " ")),
        None => spoken(name),
    }
}

/// What a journey is called.
pub fn journey(name: &str) -> String {
    names::called(&format!("journey:{name}")).map_or_else(|| spoken(name), str::to_owned)
}

/// A name as words: `email-only` is "Email only".
pub fn spoken(name: &str) -> String {
    let words = name
        .replace(['-', '_'], " ")
        .replace("tiktok", &tool::tiktok());
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
