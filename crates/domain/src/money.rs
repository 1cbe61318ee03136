//! Amounts of money as they are typed, in whole minor units.

use crate::currency::Currency;
use crate::input::Fault;

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

/// An amount as it is typed (`1,250.50`, `1 250 000`), in the currency's minor units.
///
/// A comma or a point is the decimal mark where what follows the last of them has as few digits as
/// the currency has decimals; with three digits after it, it parts thousands. So `50.000` is fifty
/// thousand in any currency of up to two decimals, as a Vietnamese reader writes it. What could be
/// meant in two ways, or holds more decimals than there are, is refused: money isn't guessed.
///
/// Errors: `Missing`, `Malformed`.
pub fn amount(text: &str, currency: Currency) -> Result<i64, Fault> {
    let text: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}'))
        .collect();
    if text.is_empty() {
        return Err(Fault::Missing);
    }
    let decimals = currency.decimals() as usize;
    let mark = text.rfind(['.', ',']).map(|at| text.split_at(at));
    let (whole, part) = match mark {
        Some((whole, rest)) => {
            let part = rest.get(1..).unwrap_or_default();
            let mark = rest.get(..1).unwrap_or_default();
            if part.len() == 3 && decimals < 3 {
                (text.as_str(), "")
            } else if part.len() <= decimals && !whole.contains(mark) {
                (whole, part)
            } else {
                return Err(Fault::Malformed);
            }
        }
        None => (text.as_str(), ""),
    };
    let digits = grouped(whole).ok_or(Fault::Malformed)?;
    if digits.len() > 12 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::Malformed);
    }
    let padded = format!("{digits}{part:0<decimals$}");
    padded.parse().map_err(|_| Fault::Malformed)
}

/// The digits of a whole number whose thousands may be parted, by commas or by points. Groups of
/// two are read as well: India writes `1,25,000`.
fn grouped(whole: &str) -> Option<String> {
    let separator = whole.find(['.', ',']).and_then(|at| whole.get(at..=at));
    let groups: Vec<&str> = match separator {
        Some(separator) => whole.split(separator).collect(),
        None => vec![whole],
    };
    let (last, others) = groups.split_last()?;
    let fit = groups
        .iter()
        .all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    let parted =
        others.is_empty() || last.len() == 3 && others.iter().all(|group| group.len() <= 3);
    (fit && parted).then(|| groups.concat())
}
