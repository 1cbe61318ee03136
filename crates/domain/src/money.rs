//! Currencies and amounts, as whole minor units.

use crate::input::Fault;
use serde::{Deserialize, Serialize};

/// Currencies in which an ad account can be kept: ISO 4217, three letters each, in order.
const CURRENCIES: &str = "AEDARSAUDBDTBGNBHDBOBBRLCADCHFCLPCNYCOPCRCCZKDKKDZDEGPEURGBPGTQHKDHNLHUFIDRILSINRISKJODJPYKESKRWKWDKZTLBPLKRMADMMKMOPMXNMYRNGNNIONOKNPRNZDOMRPENPHPPKRPLNPYGQARRONRUBSARSEKSGDTHBTNDTRYTWDTZSUAHUGXUSDUYUUZSVESVNDXAFXOFZAR";

/// A currency: ISO 4217, in capitals. Its name and sign come from the browser's `Intl`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The US dollar, in which TikTok states its minimums.
    pub const USD: Self = Self(*b"USD");
    /// The Vietnamese dong.
    pub const VND: Self = Self(*b"VND");

    /// Errors: `Missing`, `NotAChoice`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::Missing);
        }
        Self::all()
            .find(|currency| currency.as_str() == text)
            .ok_or(Fault::NotAChoice)
    }

    /// Every currency, in the order of the codes.
    pub fn all() -> impl Iterator<Item = Self> {
        CURRENCIES
            .as_bytes()
            .chunks_exact(3)
            .filter_map(|code| code.try_into().ok().map(Self))
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many digits stand after the point (ISO 4217).
    pub fn decimals(self) -> u32 {
        match self.as_str() {
            "CLP" | "ISK" | "JPY" | "KRW" | "PYG" | "UGX" | "VND" | "XAF" | "XOF" => 0,
            "BHD" | "JOD" | "KWD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "no currency of an ad account")
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
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
