//! Names, numbers and moments as people write them, by the browser's own `Intl`: no table of ours
//! travels for it.

use crate::json;
use domain::currency::Currency;
use domain::region::{Country, Language, TimeZone};
use domain::time::Timestamp;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = json::member(object, name);
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// `new Intl[class]([locale], options)`.
fn create(class: &str, locale: &str, options: &[(&str, JsValue)]) -> Option<JsValue> {
    let intl = property(&js_sys::global(), "Intl")?;
    let class: Function = property(&intl, class)?.dyn_into().ok()?;
    let bag = Object::new();
    for (name, value) in options {
        Reflect::set(&bag, &JsValue::from_str(name), value).ok()?;
    }
    let arguments = Array::of2(&JsValue::from_str(locale), &bag);
    Reflect::construct(&class, &arguments).ok()
}

fn call(object: &JsValue, method: &str, argument: &JsValue) -> Option<String> {
    let method: Function = property(object, method)?.dyn_into().ok()?;
    method.call1(object, argument).ok()?.as_string()
}

fn call2(object: &JsValue, method: &str, first: &JsValue, second: &JsValue) -> Option<String> {
    let method: Function = property(object, method)?.dyn_into().ok()?;
    method.call2(object, first, second).ok()?.as_string()
}

/// The language in which names and numbers are written now. Reactive.
fn locale() -> &'static str {
    crate::text::language().tag()
}

/// How countries and regions are called in this language; by their codes, where the browser
/// doesn't say.
pub fn country_names() -> impl Fn(Country) -> String {
    country_names_in(crate::text::language())
}

/// As [`country_names`], in a certain language.
pub fn country_names_in(language: Language) -> impl Fn(Country) -> String {
    let kind = [("type", JsValue::from_str("region"))];
    let names = create("DisplayNames", language.tag(), &kind);
    move |country| {
        let code = country.as_str();
        let name = names
            .as_ref()
            .and_then(|names| call(names, "of", &JsValue::from_str(code)));
        name.unwrap_or_else(|| code.to_owned())
    }
}

/// The name of a country or region.
pub fn country(country: Country) -> String {
    country_names()(country)
}

/// How names are put in order in this language.
pub fn collator() -> impl Fn(&str, &str) -> core::cmp::Ordering {
    collate(&[])
}

/// The same for names that are counted: the second before the tenth.
pub fn counting_collator() -> impl Fn(&str, &str) -> core::cmp::Ordering {
    collate(&[("numeric", JsValue::TRUE)])
}

fn collate(options: &[(&str, JsValue)]) -> impl Fn(&str, &str) -> core::cmp::Ordering + use<> {
    let collator = create("Collator", locale(), options);
    let compare = collator
        .as_ref()
        .and_then(|collator| property(collator, "compare"))
        .and_then(|compare| compare.dyn_into::<Function>().ok());
    move |one, other| {
        compare
            .as_ref()
            .and_then(|compare| {
                let (one, other) = (JsValue::from_str(one), JsValue::from_str(other));
                compare.call2(&JsValue::UNDEFINED, &one, &other).ok()
            })
            .and_then(|order| order.as_f64())
            .and_then(|order| order.partial_cmp(&0.0))
            .unwrap_or_else(|| one.cmp(other))
    }
}

/// The time zones that this browser knows, by their IANA names.
pub fn time_zones() -> Vec<String> {
    let listed = property(&js_sys::global(), "Intl")
        .and_then(|intl| {
            let list: Function = property(&intl, "supportedValuesOf")?.dyn_into().ok()?;
            list.call1(&intl, &JsValue::from_str("timeZone")).ok()
        })
        .and_then(|list| list.dyn_into::<Array>().ok());
    let mut zones: Vec<String> = listed
        .map(|list| list.iter().filter_map(|zone| zone.as_string()).collect())
        .unwrap_or_default();
    if zones.is_empty() {
        zones.push("UTC".to_owned());
    }
    zones
}

/// The time zone of this browser, by its IANA name.
pub fn own_time_zone() -> Option<String> {
    let format = create("DateTimeFormat", locale(), &[])?;
    let resolve: Function = property(&format, "resolvedOptions")?.dyn_into().ok()?;
    let options = resolve.call0(&format).ok()?;
    property(&options, "timeZone")?.as_string()
}

/// The time zones of a country or region, by their IANA names; none where the browser doesn't say.
pub fn time_zones_of(country: Country) -> Vec<String> {
    let Some(locale) = create("Locale", &format!("und-{}", country.as_str()), &[]) else {
        return Vec::new();
    };
    // A method by the standard, a property before there was one.
    let listed = match property(&locale, "getTimeZones") {
        Some(method) => method
            .dyn_into::<Function>()
            .ok()
            .and_then(|method| method.call0(&locale).ok()),
        None => property(&locale, "timeZones"),
    };
    listed
        .and_then(|list| list.dyn_into::<Array>().ok())
        .map(|list| list.iter().filter_map(|zone| zone.as_string()).collect())
        .unwrap_or_default()
}

/// How far the clocks of a time zone are from Greenwich now, such as `GMT+7`.
pub fn offset(zone: &str) -> Option<String> {
    offset_words(zone, now(), "shortOffset")
}

/// How far they are at a moment, in milliseconds: `domain::moment::Offset` by this browser.
pub fn offset_at(zone: &TimeZone, at: Timestamp) -> Option<i64> {
    // `GMT`, `GMT+05:45`
    let words = offset_words(zone.as_str(), at, "longOffset")?;
    let ahead = words.strip_prefix("GMT")?;
    if ahead.is_empty() {
        return Some(0);
    }
    let (hours, minutes) = ahead.get(1..)?.split_once(':')?;
    let minutes = hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?;
    let minutes = i64::from(minutes);
    let ahead = if ahead.starts_with('+') {
        minutes
    } else {
        -minutes
    };
    Some(ahead * 60_000)
}

fn offset_words(zone: &str, at: Timestamp, style: &str) -> Option<String> {
    let options = [
        ("timeZone", JsValue::from_str(zone)),
        ("timeZoneName", JsValue::from_str(style)),
    ];
    let format = create("DateTimeFormat", "en", &options)?;
    let parts: Function = property(&format, "formatToParts")?.dyn_into().ok()?;
    let parts: Array = parts
        .call1(&format, &milliseconds(at))
        .ok()?
        .dyn_into()
        .ok()?;
    let name = |part: &JsValue| property(part, "type")?.as_string();
    let part = parts
        .iter()
        .find(|part| name(part).as_deref() == Some("timeZoneName"))?;
    property(&part, "value")?.as_string()
}

/// The name of a currency, such as "Vietnamese Dong".
pub fn currency_name(currency: Currency) -> String {
    currency_name_in(crate::text::language(), currency)
}

/// As [`currency_name`], in a certain language.
pub fn currency_name_in(language: Language, currency: Currency) -> String {
    let kind = [("type", JsValue::from_str("currency"))];
    let code = currency.as_str();
    create("DisplayNames", language.tag(), &kind)
        .and_then(|names| call(&names, "of", &JsValue::from_str(code)))
        .unwrap_or_else(|| code.to_owned())
}

/// An amount in minor units as money: `₫1,250,000`.
pub fn money(minor: i64, currency: Currency) -> String {
    let decimals = currency.decimals();
    #[expect(
        clippy::cast_precision_loss,
        reason = "amounts lie far below 2^53 minor units"
    )]
    let amount = minor as f64 / f64::from(10_u32.pow(decimals));
    let options = [
        ("style", JsValue::from_str("currency")),
        ("currency", JsValue::from_str(currency.as_str())),
        // CLDR, whose decimals an engine takes else, says which are in use, not which there are.
        ("minimumFractionDigits", JsValue::from(decimals)),
        ("maximumFractionDigits", JsValue::from(decimals)),
    ];
    create("NumberFormat", locale(), &options)
        .and_then(|format| call(&format, "format", &JsValue::from_f64(amount)))
        .unwrap_or_else(|| currency.as_str().to_owned())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds since 1970 lie far below 2^53"
)]
fn milliseconds(at: Timestamp) -> JsValue {
    JsValue::from_f64(at.0 as f64)
}

fn moment(at: Timestamp, options: &[(&str, JsValue)]) -> String {
    create("DateTimeFormat", locale(), options)
        .and_then(|format| call(&format, "format", &milliseconds(at)))
        .unwrap_or_default()
}

/// Day and time, in the browser's time zone.
pub fn date_time(at: Timestamp) -> String {
    moment(
        at,
        &[
            ("dateStyle", JsValue::from_str("medium")),
            ("timeStyle", JsValue::from_str("short")),
        ],
    )
}

/// The day, in the browser's time zone.
pub fn date(at: Timestamp) -> String {
    moment(
        at,
        &[("dateStyle", JsValue::from_str("medium")), gregorian()],
    )
}

/// The time of day, in the browser's time zone.
pub fn time(at: Timestamp) -> String {
    moment(at, &[("timeStyle", JsValue::from_str("short"))])
}

/// A day and a time of some clock on a wall, as a `datetime-local` field has it; as it stands where
/// it is none. The years are those of the field, also where a language counts others.
pub fn wall_clock(text: &str) -> String {
    let options = [
        ("dateStyle", JsValue::from_str("medium")),
        ("timeStyle", JsValue::from_str("short")),
        ("timeZone", JsValue::from_str("UTC")),
        gregorian(),
    ];
    on_wall(text)
        .zip(create("DateTimeFormat", locale(), &options))
        .and_then(|(at, format)| call(&format, "format", &at))
        .unwrap_or_else(|| text.to_owned())
}

/// The day of such a time, or the days from it to another: `Jan 4 – 10, 2027`.
pub fn wall_days(start: &str, end: Option<&str>) -> String {
    let options = [
        ("dateStyle", JsValue::from_str("medium")),
        ("timeZone", JsValue::from_str("UTC")),
        gregorian(),
    ];
    on_wall(start)
        .zip(create("DateTimeFormat", locale(), &options))
        .and_then(|(start, format)| match end.and_then(on_wall) {
            Some(end) => call2(&format, "formatRange", &start, &end),
            None => call(&format, "format", &start),
        })
        .unwrap_or_else(|| start.to_owned())
}

/// A time of some clock on a wall as if that clock stood in Greenwich, in milliseconds.
fn on_wall(text: &str) -> Option<JsValue> {
    let at = js_sys::Date::parse(&format!("{}Z", text.trim()));
    (!at.is_nan()).then(|| JsValue::from_f64(at))
}

/// The years that all of the portal counts, also where a language counts others.
fn gregorian() -> (&'static str, JsValue) {
    ("calendar", JsValue::from_str("gregory"))
}

/// The moment in so many seconds, by the browser's clock: for what a host says is left, whose own
/// clock may go otherwise.
pub fn in_seconds(seconds: u32) -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 are whole and far below 2^63"
    )]
    let now = js_sys::Date::now() as i64;
    Timestamp(now.saturating_add(i64::from(seconds) * 1000))
}

/// This moment, by the browser's clock.
pub fn now() -> Timestamp {
    in_seconds(0)
}

/// This moment for machines: RFC 3339, to the millisecond.
pub fn timestamp() -> String {
    String::from(js_sys::Date::new_0().to_iso_string())
}

/// How long a wait is, as people say it: `in 5 minutes`. Rounded up, so that nobody comes too early.
pub fn in_time(seconds: u32) -> String {
    let (count, unit) = wait(seconds);
    create("RelativeTimeFormat", locale(), &[])
        .and_then(|format| {
            let (count, unit) = (JsValue::from_f64(f64::from(count)), JsValue::from_str(unit));
            call2(&format, "format", &count, &unit)
        })
        .unwrap_or_else(|| seconds.to_string())
}

/// How long ago it was: `now`, `5 minutes ago`, `yesterday`; after a week its day.
pub fn ago(at: Timestamp) -> String {
    // Another clock may be ahead of this one.
    let seconds = u32::try_from(now().0.saturating_sub(at.0) / 1000).unwrap_or_default();
    let (count, unit) = match seconds {
        0..60 => (0, "second"),
        60..3_600 => (seconds / 60, "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        86_400..604_800 => (seconds / 86_400, "day"),
        _ => return date(at),
    };
    create(
        "RelativeTimeFormat",
        locale(),
        &[("numeric", JsValue::from_str("auto"))],
    )
    .and_then(|format| {
        let (count, unit) = (
            JsValue::from_f64(-f64::from(count)),
            JsValue::from_str(unit),
        );
        call2(&format, "format", &count, &unit)
    })
    .unwrap_or_else(|| date_time(at))
}

/// A wait in the largest unit that says enough: more than fifty minutes are an hour.
const fn wait(seconds: u32) -> (u32, &'static str) {
    match seconds {
        0..60 => (seconds, "second"),
        60..=3_000 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3_600), "hour"),
    }
}

/// A whole number with the language's separators.
pub fn number(number: u32) -> String {
    create("NumberFormat", locale(), &[])
        .and_then(|format| call(&format, "format", &JsValue::from_f64(f64::from(number))))
        .unwrap_or_else(|| number.to_string())
}
