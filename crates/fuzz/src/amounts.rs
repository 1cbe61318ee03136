//! Amounts of money.

use domain::currency::Currency;
use domain::input::{Fault, fold_digits};
use domain::money::amount;
use domain::region::Language;

/// `VND vi 50.000 đ`: a currency, the language in which the amount was typed (`-` where nobody knows
/// it), and what was typed.
///
/// # Panics
///
/// Where a digit is lost, moved or made up; where what shows nothing, the digits' script, the
/// language or the currency make another amount of it, though they must not; or where an amount that
/// is written again is read as another.
pub fn amounts(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let Some((currency, language, typed)) = read(&text) else {
        return;
    };
    let found = amount(typed, currency, language);
    for spelling in [
        format!("\u{a0}{typed}\t"),
        typed.chars().map(in_thai).collect(),
        typed.chars().flat_map(|c| ['\u{200b}', c]).collect(),
    ] {
        assert_eq!(amount(&spelling, currency, language), found, "{text:?}");
    }
    languages(typed, currency);
    if let Ok(minor) = found {
        digits(typed, currency, minor);
        currencies(typed, currency, language, minor);
        for written in written(minor, currency, language) {
            let again = amount(&written, currency, language);
            assert_eq!(again, Ok(minor), "{text:?} {written:?}");
        }
    }
}

fn read(text: &str) -> Option<(Currency, Option<Language>, &str)> {
    let (code, rest) = text.split_once(' ')?;
    let (tag, typed) = rest.split_once(' ')?;
    let language = match tag {
        "-" => None,
        tag => Some(Language::of_tag(tag)?),
    };
    Some((Currency::from_code(code)?, language, typed))
}

fn in_thai(c: char) -> char {
    match c.to_digit(10) {
        Some(digit) => char::from_u32(0xe50 + digit).unwrap_or(c),
        None => c,
    }
}

/// The language says no more than which of two amounts is meant, where there are three decimals.
fn languages(typed: &str, currency: Currency) {
    let without = amount(typed, currency, None);
    let may_decide = currency.decimals() == 3 && without == Err(Fault::Malformed);
    for language in Language::ALL {
        if !may_decide {
            assert_eq!(
                amount(typed, currency, Some(language)),
                without,
                "{typed:?}"
            );
        }
    }
}

/// The amount has the digits that were typed, with the decimal mark behind them or before the last
/// group.
fn digits(typed: &str, currency: Currency, minor: i64) {
    let folded = fold_digits(typed);
    let groups = folded.split(|c: char| !c.is_ascii_digit());
    let groups: Vec<&str> = groups.filter(|group| !group.is_empty()).collect();
    let (Ok(all), Some(last)) = (groups.concat().parse::<u64>(), groups.last()) else {
        return;
    };
    let wanted = u128::from(all) * 10_u128.pow(currency.decimals());
    let is_it = |decimals: usize| {
        let decimals = u32::try_from(decimals).unwrap_or(u32::MAX);
        let scale = 10_u128.checked_pow(decimals);
        let minor = u128::try_from(minor).ok();
        scale
            .zip(minor)
            .and_then(|(scale, minor)| minor.checked_mul(scale))
            == Some(wanted)
    };
    assert!(is_it(0) || is_it(last.len()), "{typed:?} {minor}");
}

/// In currencies of up to two decimals one text is one number.
fn currencies(typed: &str, currency: Currency, language: Option<Language>, minor: i64) {
    let in_hundredths = |minor: i64, currency: Currency| match currency.decimals() {
        0 => Some(minor * 100),
        2 => Some(minor),
        _ => None,
    };
    let Some(hundredths) = in_hundredths(minor, currency) else {
        return;
    };
    for other in [Currency::USD, Currency::VND] {
        if let Ok(minor) = amount(typed, other, language) {
            assert_eq!(in_hundredths(minor, other), Some(hundredths), "{typed:?}");
        }
    }
}

/// An amount as people write it: with Arabic's marks, which can mean but one thing, with the
/// currency's code, and as is usual in the language.
fn written(minor: i64, currency: Currency, language: Option<Language>) -> Vec<String> {
    let code = currency.as_str();
    let plain = number(minor, currency, "", '٫');
    let mut all = vec![
        format!("{code} {plain}"),
        format!("{plain}{code}"),
        number(minor, currency, "٬", '٫'),
        plain,
    ];
    if let Some(mark) = language.map(Language::decimal_mark) {
        let between = if mark == ',' { "." } else { "," };
        all.push(number(minor, currency, between, mark));
        all.push(number(minor, currency, " ", mark));
        all.push(number(minor, currency, "", mark));
    }
    all
}

fn number(minor: i64, currency: Currency, between: &str, mark: char) -> String {
    let decimals = currency.decimals() as usize;
    let one = 10_i64.pow(currency.decimals());
    let mut whole = (minor / one).to_string();
    let digits = whole.len();
    let is_between = |at: &usize| (digits - at).is_multiple_of(3);
    for at in (1..digits).filter(is_between).rev() {
        whole.insert_str(at, between);
    }
    if decimals == 0 {
        return whole;
    }
    let part = minor % one;
    format!("{whole}{mark}{part:0decimals$}")
}
