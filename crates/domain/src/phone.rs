//! Phone numbers.
//!
//! Which part of what is typed belongs to a number differs by country: trunk prefixes, prefixes to
//! dial abroad, digits that were added to old numbers. Only libphonenumber's data tells (the feature
//! `data`, for hosts). A page judges the shape alone, and asks a host how the number is read.

use crate::input::{Fault, fold_digits};
use crate::region::Country;

/// Digits at least of what is typed: the shortest numbers of all, Tokelau's, have four without their
/// country's code.
const DIGITS_MIN: usize = 4;
/// Digits at most of what is typed: fifteen by E.164, with what is dialled before them.
const DIGITS_MAX: usize = 22;
/// Digits at most of a number with its country's code (E.164), but for some that are given out.
#[cfg(feature = "data")]
const NUMBER_MAX: usize = 15;

/// A phone number as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// In E.164: `+`, the country's code and the number, digits alone. Without the feature `data`
    /// as typed, without what stood between the digits.
    pub number: String,
    /// Whether such numbers are given out. Others have a possible length, and the data may be older
    /// than they are. Without the feature `data` nothing is known to be given out.
    pub is_known: bool,
}

/// A number as it is dialled in `country`, or anywhere with its country's code. Whatever people put
/// between digits is dropped, the trunk prefix in brackets as well.
///
/// Errors: `Missing`; `Malformed` (it holds something else, has an impossible length, or begins
/// without the country's code where no country is known).
pub fn phone(text: &str, country: Option<Country>) -> Result<Phone, Fault> {
    let dialled = dialled(text)?;
    if country.is_none() && !dialled.starts_with('+') && !dialled.starts_with("00") {
        return Err(Fault::Malformed);
    }
    read(&dialled, country)
}

/// The digits, a plus before them where one was typed.
fn dialled(text: &str) -> Result<String, Fault> {
    let mut dialled = String::new();
    let text = fold_digits(text);
    let text = text.trim();
    // As it stands in the address of a link.
    for c in text.strip_prefix("tel:").unwrap_or(text).chars() {
        match c {
            '+' | '＋' if dialled.is_empty() => dialled.push('+'),
            '0'..='9' => dialled.push(c),
            _ if is_between_digits(c) => {}
            _ => return Err(Fault::Malformed),
        }
    }
    let digits = dialled.trim_start_matches('+').len();
    match digits {
        0 if dialled.is_empty() => Err(Fault::Missing),
        DIGITS_MIN..=DIGITS_MAX => Ok(dialled),
        _ => Err(Fault::Malformed),
    }
}

/// White space, dashes, dots, strokes, brackets.
fn is_between_digits(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '.'
                | '·'
                | '•'
                | '・'
                | '/'
                | '('
                | ')'
                | '['
                | ']'
                | '~'
                | '∼'
                | '〜'
                | '～'
                | '\u{2010}'
                ..='\u{2015}'
                    | '\u{2212}'
                    | 'ー'
                    | '\u{fe58}'
                    | '\u{fe63}'
                    | '－'
                    | '．'
                    | '／'
                    | '（'
                    | '）'
                    | '［'
                    | '］'
        )
}

#[cfg(not(feature = "data"))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "with the data it refuses impossible lengths"
)]
fn read(dialled: &str, _: Option<Country>) -> Result<Phone, Fault> {
    Ok(Phone {
        number: dialled.to_owned(),
        is_known: false,
    })
}

/// As it is dialled in the country. Where that is no number that is given out, the digits may be the
/// number after the country's code (some begin like a prefix); or `00` stands for the plus, which is
/// how letterheads write it, or nothing, which is how chat apps do. `00` and the country's own code
/// are that first of all: nobody dials home by way of abroad. Behind a plus stands a country's code:
/// what it begins is no number of this country's, however well its digits would make one.
#[cfg(feature = "data")]
fn read(dialled: &str, country: Option<Country>) -> Result<Phone, Fault> {
    let region = country.and_then(region);
    let code = region
        .and_then(|region| rlibphonenumber::PHONE_NUMBER_UTIL.get_country_code_for_region(region))
        .map(|code| code.to_string());
    let digits = dialled.trim_start_matches('+');
    let after_zeros = digits.strip_prefix("00");
    let abroad = || parse(&format!("+{}", after_zeros.unwrap_or(digits)), None);
    // No code begins with a zero.
    let says_code = dialled.starts_with('+') && !digits.starts_with('0');
    let code_before = code.as_deref().filter(|_| !says_code);
    let whole = || parse(&format!("+{}{digits}", code_before?), None);
    let is_known = |phone: &Phone| phone.is_known;

    let own = parse(dialled, region);
    let is_own_code = |rest: &str| code.as_deref().is_some_and(|code| rest.starts_with(code));
    let home = after_zeros.filter(|rest| is_own_code(rest));
    let known = home.and_then(|_| abroad()).filter(is_known);
    let known = known.or_else(|| own.clone().filter(is_known));
    let known = known.or_else(|| whole().filter(is_known));
    let known = known.or_else(|| abroad().filter(is_known));
    let possible = known.or(own);
    let possible = possible.or_else(|| after_zeros.and_then(|_| abroad()));
    possible.ok_or(Fault::Malformed)
}

#[cfg(feature = "data")]
fn parse(text: &str, region: Option<rlibphonenumber::Region>) -> Option<Phone> {
    use rlibphonenumber::{NumberLengthType, PhoneNumber};
    let number = PhoneNumber::parse(text, region).ok()?;
    let kept = number.to_string();
    let is_known = number.is_valid();
    let is_possible = match number.is_possible_with_reason() {
        Ok(NumberLengthType::IsPossible) => true,
        // Nobody elsewhere can dial what lacks its area code.
        Ok(NumberLengthType::IsPossibleLocalOnly) | Err(_) => false,
    };
    let is_short = kept.trim_start_matches('+').len() <= NUMBER_MAX;
    // Zeros that belong to no number would be taken for its trunk prefix, and be gone, the next time.
    let is_itself = || PhoneNumber::parse(&kept, None).is_ok_and(|it| it.to_string() == kept);
    (is_known || is_possible && is_short && is_itself()).then_some(Phone {
        number: kept,
        is_known,
    })
}

/// The region in libphonenumber's data whose numbers a country or region has.
#[cfg(feature = "data")]
fn region(country: Country) -> Option<rlibphonenumber::Region> {
    let code = match country.as_str() {
        // Where nobody lives for long, and no numbers of their own are given out.
        "AQ" | "HM" => "NF",
        "BV" => "NO",
        "GS" => "FK",
        "PN" => "NZ",
        "TF" => "RE",
        "UM" => "US",
        own => own,
    };
    code.parse().ok()
}
