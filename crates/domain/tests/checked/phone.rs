//! Phone numbers of all the world: libphonenumber's examples, and random ones by its patterns.

use domain::input::Fault;
use domain::phone::{Phone, phone};
use domain::region::Country;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::string::string_regex;
use proptest::test_runner::TestRunner;
use rlibphonenumber::{PhoneNumber, PhoneNumberFormat};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What the port to Python says of its examples: `phone/phones.py` writes it.
const EXAMPLES: &str = include_str!("phone/examples.tsv");
/// What it says of each region: its code, its trunk prefix, the patterns of its numbers.
const PATTERNS: &str = include_str!("phone/patterns.tsv");
/// Random numbers of each region.
const RANDOM: usize = 400;

fn of(code: &str) -> Option<Country> {
    Country::parse(code).ok()
}

fn number(text: &str, country: &str) -> Result<String, Fault> {
    phone(text, of(country)).map(|phone| phone.number)
}

/// A number as it is kept, with its national and international forms.
struct Written {
    country: Country,
    kept: String,
    national: String,
    international: String,
}

impl Written {
    /// What is typed, by the names of the forms.
    fn forms(&self) -> Vec<(&'static str, String)> {
        let Region { code, trunk, .. } = regions()[&self.country];
        let own = self.kept[1..].strip_prefix(code).unwrap();
        let mut forms = vec![
            ("E.164", self.kept.clone()),
            ("national", self.national.clone()),
            ("international", self.international.clone()),
            ("without plus", self.kept[1..].to_owned()),
            ("dashes", self.international.replace(' ', "\u{2011}")),
        ];
        let dialled: String = self.national.chars().filter(char::is_ascii_digit).collect();
        if !trunk.is_empty() && dialled == format!("{trunk}{own}") {
            forms.push(("brackets", format!("+{code} ({trunk}){own}")));
            forms.push(("trunk", format!("+{code} {trunk}{own}")));
            forms.push(("letterhead", format!("00{code} {trunk}{own}")));
        }
        forms
    }
}

/// Reads every form of each number: how many of each were read as the number, and which weren't.
fn read(numbers: impl Iterator<Item = Written>) -> (BTreeMap<&'static str, [u32; 2]>, Vec<String>) {
    let mut counts = BTreeMap::<_, [u32; 2]>::new();
    let mut others = Vec::new();
    for written in numbers {
        for (form, typed) in written.forms() {
            let [right, all] = counts.entry(form).or_default();
            *all += 1;
            match phone(&typed, Some(written.country)) {
                Ok(phone) if phone.is_known && phone.number == written.kept => *right += 1,
                read => others.push(format!(
                    "{form} {} {typed}: {read:?}",
                    written.country.as_str()
                )),
            }
        }
    }
    (counts, others)
}

/// The lines of a table, of the regions that have a code of ISO 3166-1: not Ascension, Kosovo and
/// Tristan da Cunha.
fn lines(table: &'static str) -> impl Iterator<Item = (Country, Vec<&'static str>)> {
    table.lines().filter_map(|line| {
        let (region, others) = line.split_once('\t')?;
        Some((of(region)?, others.split('\t').collect()))
    })
}

struct Region {
    code: &'static str,
    trunk: &'static str,
    patterns: Vec<&'static str>,
}

fn regions() -> &'static BTreeMap<Country, Region> {
    static REGIONS: LazyLock<BTreeMap<Country, Region>> = LazyLock::new(|| {
        let regions = lines(PATTERNS).map(|(country, columns)| {
            let region = Region {
                code: columns[0],
                trunk: columns[1],
                patterns: columns[2..].to_vec(),
            };
            (country, region)
        });
        regions.collect()
    });
    &REGIONS
}

fn examples() -> impl Iterator<Item = Written> {
    lines(EXAMPLES).map(|(country, columns)| Written {
        country,
        kept: columns[0].to_owned(),
        national: columns[1].to_owned(),
        international: columns[2].to_owned(),
    })
}

/// Valid numbers of all kinds of a region; the same each time.
fn random(country: Country) -> impl Iterator<Item = Written> {
    let Region { code, patterns, .. } = &regions()[&country];
    let mut runner = TestRunner::deterministic();
    // Digits of ASCII alone.
    let ascii = |pattern: &&str| string_regex(&pattern.replace("\\d", "[0-9]")).unwrap();
    let patterns: Vec<_> = patterns.iter().map(ascii).collect();
    let mut numbers = BTreeSet::new();
    for pattern in patterns.iter().cycle().take(RANDOM * 4) {
        let own = pattern.new_tree(&mut runner).unwrap().current();
        let kept = format!("+{code}{own}");
        let number: PhoneNumber = kept.parse().unwrap();
        if number.is_valid() && number.to_string() == kept {
            numbers.insert(kept);
        }
        if numbers.len() == RANDOM {
            break;
        }
    }
    numbers.into_iter().map(move |kept| {
        let number: PhoneNumber = kept.parse().unwrap();
        let form = |form| number.format_as(form).into_owned();
        Written {
            country,
            national: form(PhoneNumberFormat::National),
            international: form(PhoneNumberFormat::International),
            kept,
        }
    })
}

#[test]
fn every_regions_examples_are_read_in_every_form() {
    let (counts, others) = read(examples());
    assert_eq!(counts["E.164"], [1_114, 1_114]);
    assert_eq!(counts["brackets"], [487, 487]);
    let others: Vec<_> = others
        .into_iter()
        .filter(|other| !other.starts_with("without plus "))
        .collect();
    assert_eq!(others, [""; 0]);
    // Without a plus and without its trunk prefix a number may be another one's whole number.
    assert_eq!(counts["without plus"], [1_104, 1_114]);
}

#[test]
fn random_numbers_of_every_region_are_read_in_every_form() {
    assert_eq!(regions().len(), 242);
    let (counts, others) = read(regions().keys().copied().flat_map(random));
    for (form, [right, all]) in counts {
        let other = match form {
            // 06 and six digits: Gabon's numbers before 2019 and since then.
            "national" => 92,
            // Without its trunk prefix a number may begin like its own country's code.
            "without plus" => 678,
            _ => 0,
        };
        assert!(all > 38_000, "{form}: {all}");
        assert_eq!(all - right, other, "{form}: {others:#?}");
    }
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (country, typed, kept) in [
        ("VN", "+84901234567", "+84901234567"),
        ("VN", "0901 234 567", "+84901234567"),
        ("VN", "901234567", "+84901234567"),
        ("VN", " +84 (90) 123-45.67 ", "+84901234567"),
        ("VN", "\u{202a}+84\u{a0}901234567\u{202c}", "+84901234567"),
        ("VN", "+84 (0)901 234 567", "+84901234567"),
        ("VN", "+84 0901 234 567", "+84901234567"),
        ("VN", "0084 0901 234 567", "+84901234567"),
        ("VN", "84901234567", "+84901234567"),
        ("VN", "090–123\u{2011}45·67", "+84901234567"),
        ("VN", "tel:+84-901-234-567", "+84901234567"),
        ("VN", "＋84 901 234 567", "+84901234567"),
        // From elsewhere: with a plus, with zeros, as in a chat app, as it is dialled there.
        ("VN", "+1 415 555 2671", "+14155552671"),
        ("VN", "0062 812 3456 7890", "+6281234567890"),
        ("VN", "6281234567890", "+6281234567890"),
        ("US", "011 84 901 234 567", "+84901234567"),
        ("US", "0084 901 234 567", "+84901234567"),
        ("JP", "010 84 901 234 567", "+84901234567"),
        ("AU", "0011 84 901 234 567", "+84901234567"),
        // The zero belongs to the number.
        ("IT", "+39 06 698 12345", "+390669812345"),
        ("CI", "0701 234 567", "+2250701234567"),
        // Digits that are only dialled at home, or only from abroad.
        ("AR", "011 15 2345-6789", "+5491123456789"),
        ("BY", "8 029 123-45-67", "+375291234567"),
        ("HU", "06 20 123 4567", "+36201234567"),
        ("RU", "8 (912) 345-67-89", "+79123456789"),
        // Short ones.
        ("NU", "4002", "+6834002"),
        ("TK", "7290", "+6907290"),
        // Places whose numbers are another's.
        ("AQ", "+672 1 01234", "+672101234"),
        ("GG", "07781 123456", "+447781123456"),
        ("UM", "(201) 555-0123", "+12015550123"),
    ] {
        assert_eq!(
            number(typed, country),
            Ok(kept.to_owned()),
            "{country} {typed}"
        );
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for (typed, fault) in [
        ("", Fault::Missing),
        (" \u{200e}", Fault::Missing),
        ("+", Fault::Malformed),
        ("()", Fault::Missing),
        ("090", Fault::Malformed),
        ("+84", Fault::Malformed),
        ("+84 90 CALL ME", Fault::Malformed),
        ("++84901234567", Fault::Malformed),
        ("84+901234567", Fault::Malformed),
        ("+84901234567 x1", Fault::Malformed),
        ("+84901234567;ext=1", Fault::Malformed),
        ("+84 901 234 567 890 123", Fault::Malformed),
        ("+1234567890123456", Fault::Malformed),
        // No country has the code.
        ("+999 123 456 789", Fault::Malformed),
        // Without its area code.
        ("+1 555 0100", Fault::Malformed),
        // Two numbers in one, of a length that some of Indonesia's have.
        ("+62 812 3456 7890 12345", Fault::Malformed),
        // A zero too many: kept with it, it would be read without it.
        ("000 842012", Fault::Malformed),
    ] {
        assert_eq!(number(typed, "VN"), Err(fault), "{typed:?}");
    }
}

#[test]
fn without_a_country_a_number_says_its_own() {
    for typed in ["+84 0901 234 567", "0084 901 234 567"] {
        let read = phone(typed, None).map(|phone| phone.number);
        assert_eq!(read, Ok("+84901234567".to_owned()), "{typed}");
    }
    assert_eq!(phone("0901 234 567", None), Err(Fault::Malformed));
}

/// The data may be older than a number of another country's, whose digits make one of this country's
/// as well.
#[test]
fn a_plus_says_that_a_countrys_code_follows() {
    for country in ["VN", "AQ", "US"] {
        let norfolk = number("+672 1 01234", country);
        assert_eq!(norfolk, Ok("+672101234".to_owned()), "{country}");
    }
    assert_eq!(number("+90 123 4567", "VN"), Ok("+901234567".to_owned()));
    // No code begins so.
    let vietnam = number("+0901 234 567", "VN");
    assert_eq!(vietnam, Ok("+84901234567".to_owned()));
}

/// The data is older than the newest numbers.
#[test]
fn a_number_of_a_possible_length_is_taken_and_told_apart() {
    let unknown = |typed| phone(typed, of("VN"));
    assert_eq!(
        unknown("0201 234 567"),
        Ok(Phone {
            number: "+84201234567".to_owned(),
            is_known: false,
        })
    );
    assert_eq!(
        unknown("+84901234567").map(|phone| phone.is_known),
        Ok(true)
    );
}

#[test]
fn what_was_kept_is_read_as_itself() {
    for written in examples() {
        let again = phone(&written.kept, None);
        assert_eq!(again.map(|phone| phone.number), Ok(written.kept));
    }
}
