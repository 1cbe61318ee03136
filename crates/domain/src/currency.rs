//! The currencies of ad accounts.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Currencies in which an ad account can be kept: ISO 4217, three letters each, in order.
const CURRENCIES: &str = "AEDARSAUDBDTBGNBHDBOBBRLCADCHFCLPCNYCOPCRCCZKDKKDZDEGPEURGBPGTQHKDHNLHUFIDRILSINRISKJODJPYKESKRWKWDKZTLBPLKRMADMMKMOPMXNMYRNGNNIONOKNPRNZDOMRPENPHPPKRPLNPYGQARRONRUBSARSEKSGDTHBTNDTRYTWDTZSUAHUGXUSDUYUUZSVESVNDXAFXOFZAR";

/// Signs besides the codes, each with the currencies that are written by it: those of CLDR 48 in the
/// languages of the portal, and what people write in the countries themselves.
pub(crate) const SIGNS: &str = "$=ARS AUD CAD CLP COP HKD MXN NZD SGD TWD USD UYU;US$=USD;A$=AUD;AU$=AUD;CA$=CAD;C$=CAD NIO;HK$=HKD;MX$=MXN;NZ$=NZD;S$=SGD;NT$=TWD;NT=TWD;$U=UYU;R$=BRL;MOP$=MOP;¥=CNY JPY;￥=CNY JPY;CN¥=CNY;JP¥=JPY;元=CNY HKD MOP TWD;人民币=CNY;RMB=CNY;円=JPY;₩=KRW;￦=KRW;원=KRW;₫=VND;đ=VND;Đ=VND;VNĐ=VND;VNđ=VND;฿=THB;บาท=THB;Rp=IDR;RM=MYR;₱=PHP;৳=BDT;K=MMK;₹=INR;Rs=INR LKR NPR PKR;€=EUR;レイ=RON;£=EGP GBP LBP;E£=EGP;L£=LBP;₡=CRC;Kč=CZK;kr=DKK ISK NOK SEK;Q=GTQ;L=HNL RON;lei=RON;Ft=HUF;₪=ILS;₸=KZT;₦=NGN;zł=PLN;₲=PYG;S/=PEN;₽=RUB;₺=TRY;TL=TRY;₴=UAH;Bs=BOB VES;FCFA=XAF XOF;F CFA=XAF XOF;R=ZAR";

/// Currencies that have ended, each with the first moment without it, in its own country.
const ENDED: [(Currency, Timestamp); 1] = [
    // Bulgaria has had the euro since 2026-01-01.
    (Currency(*b"BGN"), Timestamp(1_767_218_400_000)),
];

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
        Self::all().find(|currency| currency.0 == *code.as_bytes())
    }

    /// Every currency, in the order of the codes.
    pub fn all() -> impl Iterator<Item = Self> {
        CURRENCIES
            .as_bytes()
            .chunks_exact(3)
            .filter_map(|code| code.try_into().ok().map(Self))
    }

    /// Those in which an ad account can still be begun, in the order of the codes.
    pub fn offered(now: Timestamp) -> impl Iterator<Item = Self> {
        Self::all().filter(move |currency| !currency.has_ended(now))
    }

    /// Whether it is no money any more.
    pub fn has_ended(self, now: Timestamp) -> bool {
        ENDED
            .iter()
            .any(|(currency, end)| *currency == self && *end <= now)
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
