//! Currencies and amounts.

use domain::currency::Currency;
use domain::input::Fault;
use domain::money::{amount, currency};
use domain::region::Language;
use domain::time::Timestamp;
use std::collections::BTreeSet;

/// As `Intl` writes them, with the decimals of ISO 4217 (`tests/data/money.mjs`).
const MONEY: &str = include_str!("../data/money.tsv");
/// What is money where, and what has ended (CLDR).
const TENDER: &str = include_str!("../data/tender.tsv");

#[test]
fn the_currencies_are_there_once_and_in_order() {
    let codes: Vec<_> = Currency::all()
        .map(|currency| currency.as_str().to_owned())
        .collect();
    let unique: BTreeSet<_> = codes.iter().cloned().collect();
    assert!(unique.into_iter().eq(codes));
    for currency in Currency::all() {
        assert_eq!(Currency::from_code(currency.as_str()), Some(currency));
    }
}

#[test]
fn a_currency_is_one_of_the_list_in_capitals() {
    assert_eq!(currency(" USD "), Ok(Currency::USD));
    for (text, fault) in [
        ("", Fault::Missing),
        ("usd", Fault::NotAChoice),
        ("XXX", Fault::NotAChoice),
        ("US", Fault::NotAChoice),
        ("$", Fault::NotAChoice),
        ("USD\0", Fault::NotAChoice),
    ] {
        assert_eq!(currency(text), Err(fault), "{text:?}");
    }
    assert!(serde_json::from_str::<Currency>("\"XXX\"").is_err());
}

#[test]
fn a_currency_that_has_ended_is_known_and_not_offered() {
    let lev = Currency::from_code("BGN").unwrap();
    // 2026-01-01T00:00 in Sofia.
    let end = 1_767_218_400_000;
    assert!(!lev.has_ended(Timestamp(end - 1)) && lev.has_ended(Timestamp(end)));
    assert!(Currency::offered(Timestamp(end - 1)).eq(Currency::all()));
    let offered = Currency::offered(Timestamp(end));
    assert!(offered.eq(Currency::all().filter(|currency| *currency != lev)));
}

#[test]
fn those_that_end_are_those_that_cldr_ends() {
    let ended = TENDER.lines().filter_map(|line| line.split_once(" ended"));
    let never = Timestamp(i64::MAX);
    let ours = Currency::all().filter(|currency| currency.has_ended(never));
    let ours: Vec<_> = ours.map(|it| it.as_str().to_owned()).collect();
    assert!(ended.map(|(code, _)| code).eq(ours));
}

#[test]
fn a_currency_has_the_decimals_of_iso_4217() {
    let rows = MONEY.lines().filter_map(|line| line.split_once('\t'));
    let rows: Vec<_> = rows.filter(|(_, rest)| rest.len() == 1).collect();
    assert_eq!(rows.len(), Currency::all().count());
    for (code, decimals) in rows {
        let currency = Currency::from_code(code).unwrap();
        assert_eq!(currency.decimals().to_string(), decimals, "{code}");
    }
}

#[test]
fn what_intl_writes_in_each_language_and_currency_is_read_as_the_same_amount() {
    let mut wrong = Vec::new();
    let mut read = 0;
    for line in MONEY.lines() {
        let mut cells = line.split('\t');
        let cells = (cells.next(), cells.next(), cells.next(), cells.next());
        let (Some(tag), Some(code), Some(minor), Some(text)) = cells else {
            continue;
        };
        let language = Language::of_tag(tag).unwrap();
        let currency = Currency::from_code(code).unwrap();
        let found = amount(text, currency, Some(language));
        if found != Ok(minor.parse().unwrap()) {
            wrong.push(format!("{line}: {found:?}"));
        }
        read += 1;
    }
    assert!(wrong.is_empty(), "{} of {read}: {wrong:#?}", wrong.len());
    assert!(read > 75 * 9 * 8);
}

#[test]
fn an_amount_is_read_as_its_writer_meant_it() {
    for (text, code, minor) in [
        ("50", "USD", 5_000),
        ("50.5", "USD", 5_050),
        ("50.05", "USD", 5_005),
        ("50,05", "USD", 5_005),
        ("1,250.50", "USD", 125_050),
        ("1.250,50", "USD", 125_050),
        ("1 250 000", "USD", 125_000_000),
        ("1\u{a0}250\u{a0}000,5", "USD", 125_000_050),
        ("1\u{202f}250,50", "USD", 125_050),
        ("1'250.50", "USD", 125_050),
        ("1’250’000", "CHF", 125_000_000),
        ("1,25,000.00", "USD", 12_500_000),
        ("12,34,567", "INR", 123_456_700),
        (" 7 ", "USD", 700),
        ("7.", "USD", 700),
        ("0", "USD", 0),
        ("007", "USD", 700),
        // A group of zero groups nothing.
        ("0.500", "USD", 50),
        ("0,500", "KWD", 500),
        // As a Vietnamese reader writes it.
        ("50.000", "VND", 50_000),
        ("1.250.000", "VND", 1_250_000),
        ("50.000", "USD", 5_000_000),
        ("50000", "VND", 50_000),
        ("50.000,00", "VND", 50_000),
        ("50,000.00", "JPY", 50_000),
        ("1,250,000", "KWD", 1_250_000_000),
        ("1,250.5", "KWD", 1_250_500),
        ("1250.500", "KWD", 1_250_500),
        ("1 000", "KWD", 1_000_000),
        // Arabic has marks of its own for each.
        ("1٬250٫50", "USD", 125_050),
        ("1٫000", "KWD", 1_000),
        // In digits of other scripts and widths.
        ("２００００００", "VND", 2_000_000),
        ("￥２，０００", "JPY", 2_000),
        ("٢٬٠٠٠٫٥٠", "USD", 200_050),
        ("๒,๐๐๐.๕๐", "THB", 200_050),
        ("\u{200f}5\u{200b}0", "USD", 5_000),
        ("999999999999", "USD", 99_999_999_999_900),
        // With the currency's sign or code.
        ("₫1,000,000", "VND", 1_000_000),
        ("1.000.000 đ", "VND", 1_000_000),
        ("1.000.000đ", "VND", 1_000_000),
        ("1.000.000 vnđ", "VND", 1_000_000),
        ("vnd 50000", "VND", 50_000),
        ("$5", "USD", 500),
        ("US$ 5", "USD", 500),
        ("5 USD", "USD", 500),
        ("$5 USD", "USD", 500),
        ("$5", "CAD", 500),
        ("Rp50.000", "IDR", 5_000_000),
        ("Rp. 50.000,-", "IDR", 5_000_000),
        ("50.–", "CHF", 5_000),
        ("1.234,50 €", "EUR", 123_450),
        ("50 kr.", "DKK", 5_000),
        ("RM 1,250.50", "MYR", 125_050),
        ("1000円", "JPY", 1_000),
        ("￥1,000", "JPY", 1_000),
        ("1000 F\u{202f}CFA", "XOF", 1_000),
        // What comes along when it is pasted shows nothing.
        ("\u{200e}$5\u{200f}", "USD", 500),
    ] {
        let currency = Currency::from_code(code).unwrap();
        assert_eq!(amount(text, currency, None), Ok(minor), "{text:?} {code}");
    }
}

#[test]
fn the_language_decides_where_three_digits_may_be_decimals() {
    let kwd = Currency::from_code("KWD").unwrap();
    for (text, language, read) in [
        ("1,000", Some(Language::English), Ok(1_000_000)),
        ("1.000", Some(Language::English), Ok(1_000)),
        ("1,000", Some(Language::Vietnamese), Ok(1_000)),
        ("1.000", Some(Language::Vietnamese), Ok(1_000_000)),
        ("KWD 1.500", Some(Language::Thai), Ok(1_500)),
        ("1,000", None, Err(Fault::Malformed)),
        ("1.500", None, Err(Fault::Malformed)),
    ] {
        assert_eq!(amount(text, kwd, language), read, "{text:?} {language:?}");
    }
}

#[test]
fn an_amount_in_another_currency_is_told() {
    for currency in Currency::all() {
        for other in Currency::all().filter(|other| *other != currency) {
            let text = format!("{} 50", other.as_str());
            let refused = Err(Fault::OtherCurrency { currency });
            assert_eq!(amount(&text, currency, None), refused, "{text}");
        }
    }
    for (text, currency) in [
        ("$50", Currency::VND),
        ("50 €", Currency::USD),
        ("₫50.000", Currency::USD),
        ("CA$50", Currency::USD),
        ("50 kr", Currency::USD),
        // A sign of none of them.
        ("₭50", Currency::USD),
    ] {
        let refused = Err(Fault::OtherCurrency { currency });
        assert_eq!(amount(text, currency, None), refused, "{text:?}");
    }
}

#[test]
fn what_is_no_amount_is_refused_and_never_guessed() {
    for (text, code) in [
        ("ten", "USD"),
        ("$", "USD"),
        ("-5", "USD"),
        ("$-5", "USD"),
        ("+5", "USD"),
        ("1e3", "USD"),
        (".", "USD"),
        (".5", "USD"),
        (",", "USD"),
        ("①", "USD"),
        ("5 apples", "USD"),
        ("50%", "USD"),
        ("1000000000000", "USD"),
        // Half a dong isn't five, and four digits are no thousands.
        ("1.5", "VND"),
        ("1,50", "VND"),
        ("1.2345", "USD"),
        ("12.3456.000", "VND"),
        ("1.500.5", "VND"),
        ("1250.000", "USD"),
        // A group of zero groups nothing.
        ("0.500", "VND"),
        ("0.000.500", "VND"),
        ("012.500", "VND"),
        // Two marks that could each be the decimal one.
        ("1.250.50", "USD"),
        ("1,250.000", "USD"),
        ("1..5", "USD"),
        ("1,,000", "USD"),
        (",000", "USD"),
        ("1,250,", "USD"),
        ("1,250 000.5", "USD"),
        ("12 50", "USD"),
        ("1'5", "USD"),
    ] {
        let currency = Currency::from_code(code).unwrap();
        let refused = Err(Fault::Malformed);
        assert_eq!(amount(text, currency, None), refused, "{text:?} {code}");
    }
    for text in ["", "  ", "\u{200b}"] {
        let missing = Err(Fault::Missing);
        assert_eq!(amount(text, Currency::USD, None), missing, "{text:?}");
    }
}
