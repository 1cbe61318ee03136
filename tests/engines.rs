//! Of all that the app asks of a browser, what this engine can't do is what docs/engines.md says.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use leptos::prelude::GetUntracked as _;
use std::collections::{BTreeMap, BTreeSet};

use domain::currency::Currency;
use domain::moment::{Shown, moment};
use domain::money::amount;
use domain::region::{Language, TimeZone};
use domain::time::Timestamp;
use portal::fetch::fetch;
use portal::intl;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::RequestInit;

wasm_bindgen_test_configure!(run_in_browser);

const LIST: &str = include_str!("../docs/engines.md");

/// What the app does without where it is missing, and how a browser is asked for it.
const ABILITIES: [(&str, &str); 6] = [
    (
        "`<input type=\"datetime-local\">`",
        "Object.assign(document.createElement('input'), { type: 'datetime-local', value: 'none' })
            .value === ''",
    ),
    (
        "`Intl.supportedValuesOf(\"timeZone\")`",
        "Intl.supportedValuesOf('timeZone').length > 0",
    ),
    (
        "`Intl.Locale`’s time zones",
        "(({ getTimeZones, timeZones }) => (getTimeZones ?? timeZones) !== undefined)(
            new Intl.Locale('und-VN'))",
    ),
    (
        "`timeZoneName: \"shortOffset\"`",
        "new Intl.DateTimeFormat('en', { timeZone: 'Asia/Bangkok', timeZoneName: 'shortOffset' })
            .format(0).includes('GMT+7')",
    ),
    (
        "`<link rel=\"modulepreload\">`",
        "document.createElement('link').relList.supports('modulepreload')",
    ),
    ("`PublicKeyCredential`", "'PublicKeyCredential' in window"),
];

fn engine() -> &'static str {
    let agent = web_sys::window().unwrap().navigator().user_agent().unwrap();
    if agent.contains("Firefox/") {
        "Firefox"
    // It also calls itself by the other's name.
    } else if agent.contains("Chrome/") {
        "Chromium"
    } else {
        "WebKit"
    }
}

/// What the list says that this engine can't do.
fn listed() -> BTreeSet<String> {
    let rows = LIST
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    rows.filter_map(|row| {
        let mut cells = row.split(" | ");
        let (what, engines) = (cells.next()?, cells.next()?);
        let is_ours = engines.split(", ").any(|name| name == engine());
        is_ours.then(|| what.to_owned())
    })
    .collect()
}

fn can(question: &str) -> bool {
    js_sys::eval(question).is_ok_and(|answer| answer.is_truthy())
}

/// The stylesheets as they stand in the repository, from which the tests' runner serves.
async fn stylesheets() -> String {
    let main = stylesheet("main.css").await;
    let mut all = String::new();
    for import in main.lines().filter_map(|it| it.strip_prefix("@import \"")) {
        all += &stylesheet(import.trim_end_matches("\";")).await;
    }
    all
}

/// One of them, without comments.
async fn stylesheet(name: &str) -> String {
    let address = format!("/style/{name}");
    let answer = fetch(&address, &RequestInit::new()).await.unwrap();
    assert!(answer.is_ok(), "{address}: {}", answer.status);
    let mut parts = answer.text.split("/*");
    let before = parts.next().unwrap().to_owned();
    parts.fold(before, |kept, part| kept + part.split_once("*/").unwrap().1)
}

/// What stylesheets ask an engine for.
#[derive(Default)]
struct Asked {
    selectors: BTreeSet<String>,
    declarations: BTreeSet<(String, String)>,
    /// What each name stands for where it is first given, which is `:root` for most.
    tokens: BTreeMap<String, String>,
}

impl Asked {
    fn read(sheets: &str) -> Self {
        let mut asked = Self::default();
        let mut around: Vec<&str> = Vec::new();
        for piece in sheets.split_inclusive(['{', '}', ';']) {
            let text = piece.trim_end_matches(['{', '}', ';']).trim();
            let inside = |rule| around.last().is_some_and(|it| it.starts_with(rule));
            if piece.ends_with('{') {
                if !text.starts_with('@') && !inside("@keyframes") {
                    asked.selectors.insert(one_line(text));
                }
                around.push(text);
                continue;
            }
            // A font is described by what can't be asked for.
            if let Some((name, value)) = text.split_once(':')
                && !inside("@font-face")
            {
                let (name, value) = (name.to_owned(), one_line(value));
                if name.starts_with("--") {
                    asked.tokens.entry(name).or_insert(value);
                } else {
                    asked.declarations.insert((name, value));
                }
            }
            if piece.ends_with('}') {
                around.pop();
            }
        }
        assert!(around.is_empty(), "every brace is closed");
        assert!(asked.declarations.len() > 100 && asked.selectors.len() > 100);
        asked
    }

    /// A value with what its names stand for: as long as there are names, an engine takes anything.
    fn resolved(&self, value: &str) -> String {
        let Some((before, rest)) = value.split_once("var(") else {
            return value.to_owned();
        };
        let (name, after) = rest.split_once(')').unwrap();
        self.resolved(&format!("{before}{}{after}", self.tokens[name]))
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A prefix says itself whom it is for.
fn is_prefixed(text: &str) -> bool {
    text.contains("-webkit-") || text.contains("-moz-")
}

#[wasm_bindgen_test]
async fn what_this_engine_cannot_do_is_listed_and_nothing_else_is() {
    let asked = Asked::read(&stylesheets().await);
    let mut missing = BTreeSet::new();
    for (what, question) in ABILITIES {
        if !can(question) {
            missing.insert(what.to_owned());
        }
    }
    for selector in asked.selectors.iter().filter(|it| !is_prefixed(it)) {
        let rule = format!("{selector} {{}}");
        if !can(&format!("[new CSSStyleSheet().insertRule({rule:?})]")) {
            missing.insert(format!("`{selector}`"));
        }
    }
    for (name, value) in &asked.declarations {
        let resolved = asked.resolved(value.trim_end_matches("!important").trim());
        if !is_prefixed(name) && !can(&format!("CSS.supports({name:?}, {resolved:?})")) {
            missing.insert(format!("`{name}: {value}`"));
        }
    }
    assert_eq!(missing, listed(), "in {}", engine());
}

#[wasm_bindgen_test]
fn every_engine_writes_names_numbers_and_dates_in_every_language_of_ours() {
    for language in Language::ALL {
        for kind in ["DisplayNames", "NumberFormat", "DateTimeFormat", "Collator"] {
            let tag = language.tag();
            let question = format!("Intl.{kind}.supportedLocalesOf({tag:?}).length === 1");
            assert!(can(&question), "{kind} in {tag}");
        }
    }
}

#[wasm_bindgen_test]
fn what_this_engine_writes_in_each_language_and_currency_is_read_as_the_same_amount() {
    let format = js_sys::Function::new_with_args(
        "language, currency, display, digits, minor",
        "return new Intl.NumberFormat(language, {
            style: 'currency', currency, currencyDisplay: display,
            minimumFractionDigits: digits, maximumFractionDigits: digits,
        }).format(minor / 10 ** digits)",
    );
    let mut wrong = Vec::new();
    for language in Language::ALL {
        for currency in Currency::all() {
            for display in ["symbol", "narrowSymbol", "code"] {
                for minor in [0, 5, 100, 1_000, 50_000, 1_000_000, 123_456_789] {
                    let arguments = js_sys::Array::of5(
                        &language.tag().into(),
                        &currency.as_str().into(),
                        &display.into(),
                        &currency.decimals().into(),
                        &minor.into(),
                    );
                    let text = format.apply(&JsValue::NULL, &arguments).unwrap();
                    let text = text.as_string().unwrap();
                    let read = amount(&text, currency, Some(language));
                    if read != Ok(i64::from(minor)) {
                        wrong.push(format!("{} {text}: {read:?}", language.tag()));
                    }
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "in {}", engine());
}

#[wasm_bindgen_test]
fn this_engine_knows_when_the_clocks_of_a_zone_are_changed() {
    let shown = |zone: &str, at: &str| {
        let zone = TimeZone::parse(zone).unwrap();
        moment(at).unwrap().shown(&zone, intl::offset_at)
    };
    let once = |ms| Shown::At {
        first: Timestamp(ms),
        last: Timestamp(ms),
    };
    let new_york = "America/New_York";
    assert_eq!(shown(new_york, "2027-03-14T02:30"), Shown::Never);
    assert_eq!(shown(new_york, "2027-03-14T03:00"), once(1_805_007_600_000));
    let Shown::At { first, last } = shown(new_york, "2027-11-07T01:30") else {
        panic!("it is shown twice");
    };
    assert_eq!(last.0 - first.0, 3_600_000);
    assert_eq!(
        shown("Asia/Kathmandu", "2027-01-01T05:45"),
        once(1_798_761_600_000)
    );
    assert_eq!(shown("UTC", "2027-01-01T00:00"), once(1_798_761_600_000));
    assert_eq!(
        shown("Australia/Lord_Howe", "2026-10-04T02:15"),
        Shown::Never
    );
}

#[wasm_bindgen_test]
fn every_zone_that_is_offered_is_one_of_the_hosts_and_utc_is_among_them() {
    let known = include_str!("../crates/domain/src/zones.tsv");
    let offered = portal::choices::time_zones().get_untracked();
    for zone in &offered {
        let is_known = known.lines().any(|line| line == zone.value);
        assert!(is_known, "{} in {}", zone.value, engine());
        let clock = TimeZone::parse(&zone.value).unwrap();
        let now = intl::now();
        assert!(intl::offset_at(&clock, now).is_some(), "{}", zone.value);
    }
    assert!(offered.iter().any(|zone| zone.value == "UTC"));
}
