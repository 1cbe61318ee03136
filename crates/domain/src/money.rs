//! Amounts of money as they are typed, in whole minor units.

use crate::currency::{Currency, SIGNS};
use crate::input::{Fault, fold_digits};
use crate::region::Language;

/// Digits at most before the decimal mark.
const DIGITS_MAX: usize = 12;

/// A currency as a form names it.
///
/// Errors: `Missing`, `NotAChoice`.
pub fn currency(text: &str) -> Result<Currency, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::Missing);
    }
    Currency::from_code(text).ok_or(Fault::NotAChoice)
}

/// An amount as it is typed (`1,250.50`, `1 250 000`, `₫50.000`, `USD 7`), in the currency's minor
/// units.
///
/// Thousands may be parted by commas, points, spaces and apostrophes. A comma or a point is the
/// decimal mark where it can't part thousands: it stands once, and not before exactly three digits.
/// So `50.000` is fifty thousand in any currency of up to two decimals, as a Vietnamese reader
/// writes it. Where there are three decimals, `1,000` is one or a thousand: the language in which
/// it was typed decides, and without one it is refused. What could be meant in two ways, or holds
/// more decimals than there are, is refused: money isn't guessed.
///
/// Errors: `Missing`, `Malformed`, `OtherCurrency`.
pub fn amount(text: &str, currency: Currency, language: Option<Language>) -> Result<i64, Fault> {
    let text = plain(text);
    if text.is_empty() {
        return Err(Fault::Missing);
    }
    let is_digit = |c: char| c.is_ascii_digit();
    let (before, rest) = text
        .split_at_checked(text.find(is_digit).ok_or(Fault::Malformed)?)
        .ok_or(Fault::Malformed)?;
    let number = rest.trim_end_matches(|c| !is_digit(c));
    let after = rest.strip_prefix(number).unwrap_or_default();
    sign(before, currency)?;
    sign(without_empty_decimals(after, number), currency)?;
    let mark = language.map(Language::decimal_mark);
    minor(number, currency.decimals() as usize, mark).ok_or(Fault::Malformed)
}

/// `text` with one spelling of each digit and mark, and without what shows nothing.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in fold_digits(text).chars() {
        let c = match c {
            '‘' | '’' | 'ʼ' | '′' => '\'',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if c != ' ' || !plain.ends_with(' ') {
            plain.push(c);
        }
    }
    plain.trim().to_owned()
}

/// What follows a number, without the mark that may end it (`7.`) and the dash that stands for no
/// decimals (`50.000,-`).
fn without_empty_decimals<'a>(after: &'a str, number: &str) -> &'a str {
    let rest = ['.', ',']
        .into_iter()
        .filter(|mark| !number.contains(*mark))
        .find_map(|mark| after.strip_prefix(mark));
    rest.map_or(after, |rest| rest.trim_start_matches(['-', '–', '—']))
}

/// What stands before or after a number may be the currency's code or sign.
fn sign(text: &str, currency: Currency) -> Result<(), Fault> {
    let text = text.trim();
    // `Rp. 50.000`, `50 kr.`
    let name = match text.strip_suffix('.') {
        Some("") => return Err(Fault::Malformed),
        Some(name) => name,
        None => text,
    };
    let mut having = SIGNS
        .split(';')
        .filter_map(|entry| entry.split_once('='))
        .filter(|(sign, _)| sign.eq_ignore_ascii_case(name));
    let is_own = |codes: &str| codes.split(' ').any(|code| code == currency.as_str());
    if name.is_empty() || name.eq_ignore_ascii_case(currency.as_str()) {
        return Ok(());
    }
    match having.next() {
        Some((_, codes)) if is_own(codes) => Ok(()),
        Some(_) => Err(Fault::OtherCurrency { currency }),
        None if Currency::from_code(&name.to_ascii_uppercase()).is_some()
            || name.chars().all(is_currency_sign) =>
        {
            Err(Fault::OtherCurrency { currency })
        }
        None => Err(Fault::Malformed),
    }
}

/// Unicode's general category Sc, but for signs that few scripts have.
const fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '¢'..='¥' | '฿' | '\u{20a0}'..='\u{20cf}')
}

/// The minor units of a number that is written in digits and marks.
fn minor(number: &str, decimals: usize, decimal_mark: Option<char>) -> Option<i64> {
    let mut marks = number.chars().filter(|c| !c.is_ascii_digit());
    let (whole, part) = match (marks.next_back(), marks.next()) {
        (None, _) => (number.to_owned(), ""),
        (Some(last), earlier) => {
            let (head, tail) = number.rsplit_once(last)?;
            match earlier {
                Some(mark) if mark == last => (grouped(number, last)?, ""),
                Some(mark) => (grouped(head, mark)?, decimal(head, last, tail, decimals)?),
                None => match (grouped(number, last), decimal(head, last, tail, decimals)) {
                    (Some(whole), Some(part)) => {
                        if last == decimal_mark? {
                            (head.to_owned(), part)
                        } else {
                            (whole, "")
                        }
                    }
                    (Some(whole), None) => (whole, ""),
                    (None, Some(part)) => (head.to_owned(), part),
                    (None, None) => return None,
                },
            }
        }
    };
    let digits = whole.trim_start_matches('0');
    if digits.len() > DIGITS_MAX {
        return None;
    }
    format!("0{digits}{part:0<decimals$}").parse().ok()
}

/// The digits of a whole number whose thousands are parted by one mark: in groups of three, or as
/// India writes `1,25,000`.
fn grouped(number: &str, mark: char) -> Option<String> {
    if !matches!(mark, '.' | ',' | ' ' | '\'' | '٬') {
        return None;
    }
    let mut groups = number.split(mark);
    let (first, last) = (groups.next()?, groups.next_back()?);
    let between: Vec<&str> = groups.collect();
    let all = |size: usize| between.iter().all(|group| group.len() == size);
    let has_shape = (1..=3).contains(&first.len())
        // A group of zero groups nothing: `0.500` is a half.
        && !first.starts_with('0')
        && last.len() == 3
        && (all(3) || first.len() < 3 && all(2));
    let digits = number.replace(mark, "");
    (has_shape && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// What stands after a decimal mark, without zeros that no coin is for.
fn decimal<'a>(head: &str, mark: char, part: &'a str, decimals: usize) -> Option<&'a str> {
    if !matches!(mark, '.' | ',' | '٫') {
        return None;
    }
    let (part, rest) = part.split_at_checked(decimals).unwrap_or((part, ""));
    let is_zero = |text: &str| text.bytes().all(|byte| byte == b'0');
    // Three digits after a mark look like thousands, however long a number stands before it.
    let looks_grouped = !rest.is_empty() && part.len() + rest.len() == 3 && !is_zero(head);
    (is_zero(rest) && !looks_grouped).then_some(part)
}
