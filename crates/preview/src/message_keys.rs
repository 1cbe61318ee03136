//! Keys ↔ words: which sentence of `locales/` stands there, in whatever language is spoken.

use super::marks;
use leptos::prelude::*;
use portal::text;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node};

/// The keys in the order of the files.
mod listed {
    include!(env!("PREVIEW_KEYS"));
}

pub use listed::KEYS;

/// The sentence of a key, with its arguments' places.
pub fn sentence(key: &str) -> Option<String> {
    let place = KEYS.iter().position(|known| *known == key)?;
    Some(sentence_at(u32::try_from(place).ok()?))
}

/// The sentence at a place in the files; it isn't said by that.
fn sentence_at(place: u32) -> String {
    untrack(|| text::undecorated(place))
}

/// Whether words are a sentence, with anything in its arguments' places.
pub fn is_said(sentence: &str, words: &str) -> bool {
    let words = &marks::without(words);
    let mut parts = sentence.split('{').map(|part| match part.split_once('}') {
        Some((_, after)) => after,
        None => part,
    });
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = words.strip_prefix(first) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

/// The keys that words may be of: those that they are marked with, else the sentences that are
/// exactly these, else those that have them with arguments.
pub fn of(words: &str) -> Vec<&'static str> {
    let marked = marks::places(words);
    if !marked.is_empty() {
        let keys = marked
            .into_iter()
            .filter_map(|place| KEYS.get(place).copied());
        return keys.collect();
    }
    let words = words.trim();
    if !words.chars().any(char::is_alphabetic) {
        return Vec::new();
    }
    let sentences = (0..).take(KEYS.len()).map(sentence_at).collect::<Vec<_>>();
    let listed = || KEYS.iter().copied().zip(&sentences);
    let exact = listed().filter(|(_, sentence)| sentence.as_str() == words);
    let exact: Vec<_> = exact.map(|(key, _)| key).collect();
    if !exact.is_empty() {
        return exact;
    }
    let filled = listed().filter(|(_, sentence)| {
        let letters = sentence.chars().filter(|it| it.is_alphabetic()).count();
        sentence.contains('{') && letters > 8 && is_said(sentence, words)
    });
    filled.map(|(key, _)| key).collect()
}

/// The words of an element: what it is called aloud, or what stands in it.
pub fn words_of(element: &Element) -> String {
    let called = element.get_attribute("aria-label");
    called.unwrap_or_else(|| heard(element)).trim().to_owned()
}

/// The text of an element, without what isn't read aloud.
fn heard(element: &Element) -> String {
    if element.get_attribute("aria-hidden").as_deref() == Some("true") {
        return String::new();
    }
    let nodes = element.child_nodes();
    let parts = (0..nodes.length()).filter_map(|place| {
        let node = nodes.get(place)?;
        match node.dyn_ref::<Element>() {
            Some(child) => Some(heard(child)),
            None if node.node_type() == Node::TEXT_NODE => node.text_content(),
            None => None,
        }
    });
    parts.collect()
}

/// Every element that can be seen and has words of its own, with them.
pub fn worded() -> Vec<(Element, String)> {
    let Ok(all) = document().query_selector_all("#app *, dialog[open] *, #announcer") else {
        return Vec::new();
    };
    let elements = (0..all.length()).filter_map(|place| all.get(place)?.dyn_into::<Element>().ok());
    elements
        .filter(is_seen)
        .filter_map(|element| {
            let own = own_words(&element);
            let words = own.or_else(|| element.get_attribute("aria-label"))?;
            Some((element, words))
        })
        .collect()
}

/// The keys of all that can be seen.
pub fn seen() -> Vec<&'static str> {
    let mut keys: Vec<_> = worded().iter().flat_map(|(_, words)| of(words)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Whether it takes room on the page.
pub fn is_seen(element: &Element) -> bool {
    let bounds = element.get_bounding_client_rect();
    bounds.width() > 0.0 && bounds.height() > 0.0
}

/// The texts that stand in an element itself, as one.
fn own_words(element: &Element) -> Option<String> {
    let nodes = element.child_nodes();
    let texts = (0..nodes.length()).filter_map(|place| {
        let node = nodes.get(place)?;
        (node.node_type() == Node::TEXT_NODE).then(|| node.text_content())?
    });
    let words: String = texts.collect();
    let words = words.trim();
    (!words.is_empty()).then(|| words.to_owned())
}
