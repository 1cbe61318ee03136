//! The language of a page, before the app is there to choose: as `public/boot.js` does, by what a host
//! is told.

use crate::cookie;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use domain::region::Language;
use icu_locale::{Locale, LocaleCanonicalizer, LocaleExpander};

/// Set where this browser, or its user, knows better than `Accept-Language` says.
const COOKIE: &str = "portal-language";

/// What the address asks for, what the browser has kept, or the first of its languages that is ours.
pub(crate) fn wanted(query: &str, headers: &HeaderMap) -> Language {
    let asked = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang");
    let kept = cookie::find(headers, COOKIE);
    let spoken = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|header| header.to_str().ok())
        .map(accept_language::parse)
        .unwrap_or_default();
    asked
        .and_then(|(_, tag)| known(&tag))
        .or_else(|| known(&kept?))
        .or_else(|| spoken.iter().find_map(|tag| known(tag)))
        .unwrap_or_default()
}

/// The one of ours that a tag means: zh-TW is written like zh-Hant, and any Malay is ms.
fn known(tag: &str) -> Option<Language> {
    let mut locale: Locale = tag.parse().ok()?;
    LocaleCanonicalizer::new_common().canonicalize(&mut locale);
    LocaleExpander::new_common().maximize(&mut locale.id);
    let written = locale
        .id
        .script
        .map(|script| format!("{}-{script}", locale.id.language));
    Language::of_tag(tag)
        .or_else(|| Language::of_tag(&written?))
        .or_else(|| Language::of_tag(locale.id.language.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::COOKIE as SENT;

    fn spoken(accepted: &str) -> &'static str {
        let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, accepted.parse().unwrap())]);
        wanted("", &headers).tag()
    }

    #[test]
    fn a_language_is_found_as_the_browser_finds_it() {
        for (accepted, ours) in [
            ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
            ("fr,ja;q=0.5", "ja"),
            ("en;q=0.1,ko;q=0.9", "ko"),
            ("zh-TW", "zh-Hant"),
            ("zh-HK", "zh-Hant"),
            ("zh-SG", "zh-Hans"),
            ("zh", "zh-Hans"),
            ("ms-Arab", "ms"),
            // What Indonesian was called once.
            ("in", "id"),
            ("fr", "en"),
            ("*", "en"),
            ("", "en"),
            (", ;;q=x, vi", "vi"),
            // No text.
            ("\u{ff}, vi", "en"),
        ] {
            assert_eq!(spoken(accepted), ours, "{accepted}");
        }
    }

    #[test]
    fn what_was_asked_for_comes_before_what_was_kept_and_that_before_what_is_spoken() {
        let headers = HeaderMap::from_iter([
            (ACCEPT_LANGUAGE, "ja".parse().unwrap()),
            (SENT, "portal-language=zh-Hant".parse().unwrap()),
        ]);
        assert_eq!(wanted("lang=th", &headers).tag(), "th");
        assert_eq!(wanted("lang=xx", &headers).tag(), "zh-Hant");
        assert_eq!(wanted("", &headers).tag(), "zh-Hant");
        assert_eq!(wanted("", &HeaderMap::new()).tag(), "en");
    }
}
