//! The currencies of ad accounts.

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

    /// One of [`Self::all`] by its three capital letters; nothing for any other text.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|currency| currency.as_str() == code)
    }

    /// Every currency, in the order of the codes.
    pub fn all() -> impl Iterator<Item = Self> {
        CURRENCIES
            .as_bytes()
            .chunks_exact(3)
            .filter_map(|code| code.try_into().ok().map(Self))
    }

    /// The three letters of ISO 4217.
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
        Self::from_code(&text).ok_or("no currency of an ad account")
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}
