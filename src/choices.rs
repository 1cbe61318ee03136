//! The lists that fields choose from, in the words of the language that is spoken.

use crate::intl;
use crate::text;
use crate::ui::{Choice, RadioCard};
use core::cmp::Ordering;
use domain::business::Industry;
use domain::currency::Currency;
use domain::region::{Country, Language, TimeZone};
use leptos::prelude::*;

/// A list that follows the language. It is a pointer's, so that what follows is compiled once.
pub fn choices(list: fn() -> Vec<Choice>) -> Signal<Vec<Choice>> {
    Memo::new(move |_| list()).into()
}

/// Cards that follow the language.
pub fn cards(list: fn() -> Vec<RadioCard>) -> Signal<Vec<RadioCard>> {
    Signal::derive(list)
}

/// Every country or region, in the order of the names.
pub fn countries() -> Signal<Vec<Choice>> {
    choices(|| {
        let name = intl::country_names();
        // Browsers fill in names in a language of their own, and people know them.
        let english = intl::country_names_in(Language::English);
        let all = Country::all().map(|country| {
            Choice::new(country.as_str(), name(country)).also_called(vec![english(country)])
        });
        let order = intl::collator();
        sorted(all.collect(), &|one, other| order(&one.label, &other.label))
    })
}

/// The browser's time zones by their present names, each once.
pub fn time_zones() -> Signal<Vec<Choice>> {
    choices(|| {
        let own = intl::own_time_zone();
        let known = intl::time_zones();
        // Not every browser lists it.
        let utc = "UTC".to_owned();
        let present = known.iter().chain(&own).chain([&utc]);
        let present = present.filter_map(|zone| TimeZone::parse(zone).ok());
        let zones = present.map(|zone| Choice::new(zone.as_str(), time_zone_words(zone.as_str())));
        let mut zones = sorted(zones.collect(), &|one, other| one.value.cmp(&other.value));
        zones.dedup();
        zones
    })
}

/// Every currency that is money now, in the order of the codes.
pub fn currencies() -> Signal<Vec<Choice>> {
    choices(|| {
        Currency::offered(intl::now())
            .map(|currency| {
                let name = intl::currency_name(currency);
                let english = intl::currency_name_in(Language::English, currency);
                Choice::new(currency.as_str(), currency_words(currency))
                    .also_called(vec![name, english])
            })
            .collect()
    })
}

pub fn industries() -> Signal<Vec<Choice>> {
    choices(|| {
        Industry::ALL
            .into_iter()
            .map(|industry| Choice::new(crate::json::word(industry), text::industry(industry)))
            .collect()
    })
}

/// A time zone to be read: `Asia/Ho Chi Minh`.
pub fn time_zone_words(zone: &str) -> String {
    zone.replace('_', " ")
}

/// A time zone to be read, with how far its clocks are from Greenwich.
pub fn time_zone_with_offset(zone: &str) -> String {
    let words = time_zone_words(zone);
    match intl::offset(zone) {
        Some(offset) => format!("{words} ({offset})"),
        None => words,
    }
}

/// A currency to be read: its code, and its name.
pub fn currency_words(currency: Currency) -> String {
    format!("{} – {}", currency.as_str(), intl::currency_name(currency))
}

/// By insertion: the library's sorting weighs a kilobyte more, for lists that are no longer than
/// these.
fn sorted(list: Vec<Choice>, order: &dyn Fn(&Choice, &Choice) -> Ordering) -> Vec<Choice> {
    let mut sorted = Vec::with_capacity(list.len());
    for choice in list {
        let place = sorted.partition_point(|other| order(other, &choice).is_le());
        sorted.insert(place, choice);
    }
    sorted
}
