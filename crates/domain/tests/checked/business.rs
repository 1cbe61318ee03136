//! What an Ads Manager account says of the business.

use domain::business::{Industry, business_name, person_name};
use domain::input::Fault;
use std::collections::BTreeSet;

#[test]
fn a_business_name_is_a_line_of_a_hundred_characters_without_emoji() {
    let longest = "ế".repeat(100);
    for (typed, kept) in [
        (" Mai Coffee ", "Mai Coffee"),
        ("Phở & Co. #1 (Huế)", "Phở & Co. #1 (Huế)"),
        ("麦咖啡", "麦咖啡"),
        ("Mai\nCoffee", "Mai Coffee"),
        ("Cafe\u{301}", "Café"),
        ("カフェ☆スター ♪", "カフェ☆スター ♪"),
        ("ร้านกาแฟ", "ร้านกาแฟ"),
        // Sinhala joins letters by a zero-width joiner: it is spelling, no emoji.
        ("ශ්\u{200d}රී ලංකා", "ශ්\u{200d}රී ලංකා"),
        (longest.as_str(), longest.as_str()),
    ] {
        assert_eq!(business_name(typed), Ok(kept.to_owned()), "{typed:?}");
    }
    let too_long = "ế".repeat(101);
    for (typed, fault) in [
        ("", Fault::Missing),
        ("   ", Fault::Missing),
        (too_long.as_str(), Fault::TooLong { max: 100 }),
        ("\u{3164}", Fault::Missing),
        (
            "Mai ☕",
            Fault::Emoji {
                character: "☕".to_owned(),
            },
        ),
        (
            "Mai \u{202e}eeffoC",
            Fault::Forbidden {
                character: '\u{202e}',
            },
        ),
    ] {
        assert_eq!(business_name(typed), Err(fault), "{typed:?}");
    }
}

#[test]
fn a_person_may_have_no_name_and_one_with_emoji() {
    for (typed, kept) in [
        ("", None),
        ("  ", None),
        (" Mai ", Some("Mai")),
        ("Mai ☕", Some("Mai ☕")),
    ] {
        assert_eq!(person_name(typed), Ok(kept.map(str::to_owned)), "{typed:?}");
    }
    assert_eq!(
        person_name(&"a".repeat(81)),
        Err(Fault::TooLong { max: 80 })
    );
    assert_eq!(
        person_name("Mai\u{2066}Lan"),
        Err(Fault::Forbidden {
            character: '\u{2066}'
        })
    );
}

#[test]
fn every_industry_is_listed_once() {
    let names: BTreeSet<_> = Industry::ALL
        .iter()
        .map(|industry| serde_json::to_string(industry).unwrap())
        .collect();
    assert_eq!(names.len(), Industry::ALL.len());
    assert_eq!(Industry::ALL.last(), Some(&Industry::Other));
}
