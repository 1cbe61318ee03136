//! Countries, time zones and languages.

use domain::input::Fault;
use domain::region::{Country, Language, TimeZone};
use std::collections::BTreeSet;

#[test]
fn all_249_countries_are_there_once_and_in_order() {
    let codes: Vec<_> = Country::all()
        .map(|country| country.as_str().to_owned())
        .collect();
    let unique: BTreeSet<_> = codes.iter().cloned().collect();
    assert_eq!(codes.len(), 249);
    assert!(unique.into_iter().eq(codes));
}

#[test]
fn a_country_is_one_of_the_list_in_capitals() {
    for country in Country::all() {
        assert_eq!(Country::parse(country.as_str()), Ok(country));
    }
    assert_eq!(Country::parse(" VN "), Ok(Country::VN));
    for (text, fault) in [
        ("", Fault::Missing),
        ("  ", Fault::Missing),
        ("vn", Fault::NotAChoice),
        ("XX", Fault::NotAChoice),
        ("VNM", Fault::NotAChoice),
        ("V", Fault::NotAChoice),
        ("V\0", Fault::NotAChoice),
        ("ＶＮ", Fault::NotAChoice),
        ("🇻🇳", Fault::NotAChoice),
        // Two neighbours in the list are none together.
        ("DA", Fault::NotAChoice),
    ] {
        assert_eq!(Country::parse(text), Err(fault), "{text:?}");
    }
}

#[test]
fn a_country_that_is_none_cannot_be_read_from_json() {
    let read = |text: &str| serde_json::from_str::<Country>(text).ok();
    assert_eq!(read("\"VN\""), Some(Country::VN));
    for text in ["\"XX\"", "\"\"", "\"vn\"", "7", "null", "[86,78]"] {
        assert_eq!(read(text), None, "{text}");
    }
    assert_eq!(serde_json::to_string(&Country::VN).unwrap(), "\"VN\"");
}

#[test]
fn a_time_zone_has_its_present_name() {
    for (text, name) in [
        ("Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh"),
        ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Asia/Rangoon", "Asia/Yangon"),
        (
            "America/Argentina/Buenos_Aires",
            "America/Argentina/Buenos_Aires",
        ),
        ("America/Port-au-Prince", "America/Port-au-Prince"),
        ("Etc/GMT+7", "Etc/GMT+7"),
        ("UTC", "UTC"),
        ("GMT", "UTC"),
        (" Asia/Tokyo ", "Asia/Tokyo"),
    ] {
        let zone = TimeZone::parse(text);
        assert_eq!(zone.as_ref().map(TimeZone::as_str), Ok(name), "{text:?}");
    }
    let long = format!("Asia/{}", "A".repeat(60));
    for (text, fault) in [
        ("", Fault::Missing),
        ("Tokyo", Fault::NotAChoice),
        ("asia/tokyo", Fault::NotAChoice),
        ("Asia/", Fault::NotAChoice),
        ("/Tokyo", Fault::NotAChoice),
        ("Asia//Tokyo", Fault::NotAChoice),
        ("A/B/C/D", Fault::NotAChoice),
        ("Asia/../../etc", Fault::NotAChoice),
        ("Asia/Tokyo\0", Fault::NotAChoice),
        ("Asia/To kyo", Fault::NotAChoice),
        ("Asia/Tōkyō", Fault::NotAChoice),
        (long.as_str(), Fault::NotAChoice),
    ] {
        assert_eq!(TimeZone::parse(text), Err(fault), "{text:?}");
    }
}

#[test]
fn a_language_is_known_by_its_tag() {
    for (tag, language) in [
        ("en", Some(Language::English)),
        ("VI", Some(Language::Vietnamese)),
        ("zh-Hant", Some(Language::TraditionalChinese)),
        ("zh-hans", Some(Language::SimplifiedChinese)),
        ("zh", None),
        ("vi-VN", None),
        ("vie", None),
        ("fr", None),
        ("", None),
    ] {
        assert_eq!(Language::of_tag(tag), language, "{tag:?}");
    }
    for language in Language::ALL {
        assert_eq!(Language::of_tag(language.tag()), Some(language));
        let json = serde_json::to_string(&language).unwrap();
        assert_eq!(
            json,
            format!("{:?}", language.tag()),
            "its tag is its name in JSON"
        );
    }
}

#[test]
fn every_language_that_has_sentences_is_one_of_all() {
    let locales = concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales");
    let mut with_sentences: Vec<String> = std::fs::read_dir(locales)
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            name.strip_suffix(".json").map(str::to_owned)
        })
        .collect();
    let mut all: Vec<String> = Language::ALL
        .into_iter()
        .map(|language| language.tag().to_owned())
        .collect();
    with_sentences.sort();
    all.sort();
    assert_eq!(all, with_sentences);
}
