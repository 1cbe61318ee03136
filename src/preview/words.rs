//! The words of the tools, in the two languages of those who use them: `locales/preview/`.

use crate::storage;
use leptos::prelude::*;

/// One entry for each sentence.
pub mod tool {
    include!(env!("PORTAL_TOOL_WORDS"));
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

/// A name of an address as words: `log-in-refused` is "Log in refused".
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
