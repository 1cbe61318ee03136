//! The words: sentences in the language that was chosen, and for every code its sentence.
//!
//! [`say`] has one entry for each sentence of `locales/en.json`. A word in another language is
//! fetched with its file when the language is chosen.

mod codes;

pub use codes::*;

use crate::fetch::fetch;
use crate::json;
use crate::storage;
use core::cell::Cell;
use domain::region::Language;
use js_sys::{Array, Object};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, RequestInit};

/// One entry for each sentence, to be called with the sentence's arguments.
pub mod say {
    include!(env!("PORTAL_WORDS"));
}

/// Where the choice is kept; in the tab, what an address asked for.
pub const KEY: &str = "portal.language";
/// The cookie by which the host knows it.
const COOKIE: &str = "portal-language";
/// Where the language of the last account is kept, for the next load.
const OF_ACCOUNT: &str = "portal.account_language";

/// The sentences of one language, in the order of its file.
struct Words {
    language: Language,
    sentences: Array,
}

thread_local! {
    // One page speaks one language: event handlers and futures, which have no owner to ask for a
    // context, speak it too.
    static WORDS: ArcRwSignal<Words> = ArcRwSignal::new(Words {
        language: Language::default(),
        sentences: Array::new(),
    });

    static DECORATOR: Cell<Option<Decorator>> = const { Cell::new(None) };
}

fn words() -> ArcRwSignal<Words> {
    WORDS.with(Clone::clone)
}

/// The language that is spoken now. Reactive.
pub fn language() -> Language {
    words().with(|words| words.language)
}

/// A sentence that follows the language: for parts that take a signal.
pub fn live(sentence: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(sentence)
}

/// The sentence at a place in the files: every language has the same ones in the same order, so
/// their keys needn't travel. Reactive.
pub(crate) fn sentence(place: u32) -> String {
    let sentence = undecorated(place);
    match DECORATOR.get() {
        Some(decorate) => decorate(place, sentence),
        None => sentence,
    }
}

/// As [`sentence`], before anything is added to it, with its arguments' names. Reactive.
pub fn undecorated(place: u32) -> String {
    let sentence = words().with(|words| words.sentences.get(place));
    sentence.as_string().unwrap_or_default()
}

/// What is made of a sentence before it is said, from its place in the files.
pub type Decorator = fn(place: u32, sentence: String) -> String;

/// Decorates every sentence from now on.
pub fn decorate(decorator: Decorator) {
    DECORATOR.set(Some(decorator));
}

/// As [`sentence`], with its arguments in their places.
pub(crate) fn filled(place: u32, arguments: &[(&str, &str)]) -> String {
    let sentence = sentence(place);
    let mut rest = sentence.as_str();
    let mut text = String::with_capacity(sentence.len());
    // One pass, so that braces within an argument are only braces.
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            break;
        };
        let argument = arguments.iter().find(|(argument, _)| *argument == name);
        text.push_str(argument.map_or("", |(_, value)| value));
        rest = behind;
    }
    text + rest
}

/// Speaks the language of the page from now on, with sentences as JSON, by their keys or in their
/// order; whether it could be read.
pub fn speak(language: Language, text: &str) -> bool {
    let parsed = json::parse(text).map(JsCast::dyn_into::<Object>);
    let Ok(Ok(sentences)) = parsed else {
        return false;
    };
    words().set(Words {
        language,
        sentences: Object::values(&sentences),
    });
    if language_of_page() != language {
        keep_for_host(language);
    }
    if let Some(page) = document().document_element() {
        // It refuses only names that are none.
        let _ = page.set_attribute("lang", language.tag());
    }
    true
}

/// Has the host send its pages in this language from now on: boot.js has the other half.
fn keep_for_host(language: Language) {
    let cookie = format!(
        "{COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax",
        language.tag()
    );
    // A browser that refuses cookies refuses in silence, and has its pages in its own language.
    let _ = document()
        .unchecked_into::<HtmlDocument>()
        .set_cookie(&cookie);
}

/// The language that the page was opened in.
pub fn language_of_page() -> Language {
    let tag = document()
        .document_element()
        .and_then(|page| page.get_attribute("lang"));
    tag.as_deref()
        .and_then(Language::of_tag)
        .unwrap_or_default()
}

/// Speaks the language of the page, whose sentences travel beside the wasm.
pub async fn begin() -> bool {
    let language = language_of_page();
    match sentences_under_way().await {
        Some(json) if speak(language, &json) => true,
        Some(_) | None => fetch_sentences(language).await,
    }
}

/// Speaks another language, and keeps the choice. Whether its words could be had: where they
/// couldn't, nothing changes.
pub async fn choose(language: Language) -> bool {
    if !fetch_sentences(language).await {
        return false;
    }
    storage::write(KEY, language.tag());
    storage::remove_in_tab(KEY);
    true
}

/// Speaks the language of an account, unless an address or the user chose one for this browser:
/// `window.portalLanguageChosen` says so of the time before the app.
pub async fn follow(account: Language) {
    storage::write(OF_ACCOUNT, account.tag());
    let is_chosen = storage::read(KEY).is_some()
        || json::member(&js_sys::global(), "portalLanguageChosen").is_truthy();
    if !is_chosen && language_of_page() != account {
        // The page's own words come first, or they would come last and stay.
        sentences_under_way().await;
        fetch_sentences(account).await;
    }
}

/// `window.portalLocale`: a promise of the text, or of null where it could not be had.
async fn sentences_under_way() -> Option<String> {
    let promise = json::member(&js_sys::global(), "portalLocale");
    let promise: js_sys::Promise = promise.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()?.as_string()
}

/// `window.portalLocales`: the file of each language.
fn file(language: Language) -> Option<String> {
    let files = json::member(&js_sys::global(), "portalLocales");
    json::member(&files, language.tag()).as_string()
}

async fn fetch_sentences(language: Language) -> bool {
    let Some(path) = file(language) else {
        return false;
    };
    match fetch(&path, &RequestInit::new()).await {
        Ok(answer) => answer.is_ok() && speak(language, &answer.text),
        Err(_) => false,
    }
}
