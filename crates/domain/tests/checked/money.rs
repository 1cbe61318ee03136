//! Currencies and amounts.

use domain::currency::Currency;
use domain::input::Fault;
use domain::money::{amount, currency};
use std::collections::BTreeSet;

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
fn a_currency_has_the_decimals_of_iso_4217() {
    for (code, decimals) in [
        ("VND", 0),
        ("JPY", 0),
        ("KRW", 0),
        ("USD", 2),
        ("IDR", 2),
        ("KWD", 3),
    ] {
        assert_eq!(
            Currency::from_code(code).unwrap().decimals(),
            decimals,
            "{code}"
        );
    }
}

#[test]
fn an_amount_is_read_as_its_writer_meant_it() {
    let kwd = Currency::from_code("KWD").unwrap();
    for (text, currency, minor) in [
        ("50", Currency::USD, 5_000),
        ("50.5", Currency::USD, 5_050),
        ("50.05", Currency::USD, 5_005),
        ("50,05", Currency::USD, 5_005),
        ("1,250.50", Currency::USD, 125_050),
        ("1.250,50", Currency::USD, 125_050),
        ("1 250 000", Currency::USD, 125_000_000),
        ("1\u{a0}250\u{a0}000,5", Currency::USD, 125_000_050),
        ("1\u{202f}250,50", Currency::USD, 125_050),
        ("1,25,000.00", Currency::USD, 12_500_000),
        (" 7 ", Currency::USD, 700),
        ("7.", Currency::USD, 700),
        ("0", Currency::USD, 0),
        ("007", Currency::USD, 700),
        // As a Vietnamese reader writes it.
        ("50.000", Currency::VND, 50_000),
        ("1.250.000", Currency::VND, 1_250_000),
        ("50.000", Currency::USD, 5_000_000),
        ("50000", Currency::VND, 50_000),
        ("1.500", kwd, 1_500),
        ("1,250.5", kwd, 1_250_500),
        ("999999999999", Currency::USD, 99_999_999_999_900),
    ] {
        assert_eq!(amount(text, currency), Ok(minor), "{text:?} {currency:?}");
    }
}

#[test]
fn what_is_no_amount_is_refused_and_never_guessed() {
    for (text, currency) in [
        ("ten", Currency::USD),
        ("-5", Currency::USD),
        ("+5", Currency::USD),
        ("$5", Currency::USD),
        ("5 USD", Currency::USD),
        ("1e3", Currency::USD),
        (".", Currency::USD),
        (".5", Currency::USD),
        (",", Currency::USD),
        ("٥٠", Currency::USD),
        ("５０", Currency::USD),
        ("5\0", Currency::USD),
        ("1000000000000", Currency::USD),
        // Half a dong isn't five, and four digits are no thousands.
        ("1.5", Currency::VND),
        ("1,50", Currency::VND),
        ("1.2345", Currency::USD),
        ("12.3456.000", Currency::VND),
        ("1.500.5", Currency::VND),
        // Two marks that could each be the decimal one.
        ("1.250.50", Currency::USD),
        ("1,250.000", Currency::USD),
        ("1..5", Currency::USD),
        ("1,,000", Currency::USD),
        (",000", Currency::USD),
    ] {
        assert_eq!(
            amount(text, currency),
            Err(Fault::Malformed),
            "{text:?} {currency:?}"
        );
    }
    for text in ["", "  "] {
        assert_eq!(amount(text, Currency::USD), Err(Fault::Missing), "{text:?}");
    }
}
