//! Countries or regions, time zones and languages.

use crate::input::Fault;
use serde::{Deserialize, Serialize};

/// ISO 3166-1 alpha-2, all 249, two letters each, in order. Names come from the browser's `Intl`.
const COUNTRIES: &str = "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW";

/// A country or region: ISO 3166-1 alpha-2, in capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

impl Country {
    /// Vietnam.
    pub const VN: Self = Self(*b"VN");

    /// Errors: `Missing`, `NotAChoice`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::Missing);
        }
        Self::all()
            .find(|country| country.as_str() == text)
            .ok_or(Fault::NotAChoice)
    }

    /// Every country or region, in the order of the codes.
    pub fn all() -> impl Iterator<Item = Self> {
        COUNTRIES
            .as_bytes()
            .chunks_exact(2)
            .filter_map(|pair| pair.try_into().ok().map(Self))
    }

    /// The two letters of ISO 3166-1.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl TryFrom<String> for Country {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "no ISO 3166-1 alpha-2 code")
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.as_str().to_owned()
    }
}

/// Old names of time zones that browsers still list, and the names that IANA gives them now.
const ALIASES: &[(&str, &str)] = &[
    ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
    ("Asia/Calcutta", "Asia/Kolkata"),
    ("Asia/Katmandu", "Asia/Kathmandu"),
    ("Asia/Rangoon", "Asia/Yangon"),
    ("Asia/Dacca", "Asia/Dhaka"),
    ("Asia/Thimbu", "Asia/Thimphu"),
    ("Asia/Ujung_Pandang", "Asia/Makassar"),
    ("Asia/Ulan_Bator", "Asia/Ulaanbaatar"),
    ("Asia/Macao", "Asia/Macau"),
    ("Asia/Chongqing", "Asia/Shanghai"),
    ("Europe/Kiev", "Europe/Kyiv"),
    ("Pacific/Enderbury", "Pacific/Kanton"),
    ("Pacific/Truk", "Pacific/Chuuk"),
    ("Pacific/Ponape", "Pacific/Pohnpei"),
    ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ("America/Indianapolis", "America/Indiana/Indianapolis"),
    ("America/Godthab", "America/Nuuk"),
    ("Atlantic/Faeroe", "Atlantic/Faroe"),
    ("Etc/UTC", "UTC"),
    ("Etc/GMT", "UTC"),
    ("GMT", "UTC"),
];

/// An IANA time zone by its present name. The list itself is the browser's; here only its shape
/// is checked and old names are brought up to date.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct TimeZone(String);

impl TimeZone {
    /// Errors: `Missing`, `NotAChoice`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::Missing);
        }
        let part_fits = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_uppercase())
                && part
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "_-+".contains(c))
        };
        let parts = text.split('/').count();
        if text.len() > 64 || parts > 3 || (parts == 1 && text != "UTC" && text != "GMT") {
            return Err(Fault::NotAChoice);
        }
        if !text.split('/').all(part_fits) {
            return Err(Fault::NotAChoice);
        }
        let present = ALIASES
            .iter()
            .find(|(old, _)| *old == text)
            .map_or(text, |(_, now)| now);
        Ok(Self(present.to_owned()))
    }

    /// The name in the IANA database.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A language in which the portal speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Language {
    /// English, the reference.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Vietnamese.
    #[serde(rename = "vi")]
    Vietnamese,
    /// Indonesian.
    #[serde(rename = "id")]
    Indonesian,
    /// Malay.
    #[serde(rename = "ms")]
    Malay,
    /// Thai.
    #[serde(rename = "th")]
    Thai,
    /// Japanese.
    #[serde(rename = "ja")]
    Japanese,
    /// Korean.
    #[serde(rename = "ko")]
    Korean,
    /// Chinese in simplified characters.
    #[serde(rename = "zh-Hans")]
    SimplifiedChinese,
    /// Chinese in traditional characters.
    #[serde(rename = "zh-Hant")]
    TraditionalChinese,
}

impl Language {
    /// Every language, the reference first.
    pub const ALL: [Self; 9] = [
        Self::English,
        Self::Vietnamese,
        Self::Indonesian,
        Self::Malay,
        Self::Thai,
        Self::Japanese,
        Self::Korean,
        Self::SimplifiedChinese,
        Self::TraditionalChinese,
    ];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Vietnamese => "vi",
            Self::Indonesian => "id",
            Self::Malay => "ms",
            Self::Thai => "th",
            Self::Japanese => "ja",
            Self::Korean => "ko",
            Self::SimplifiedChinese => "zh-Hans",
            Self::TraditionalChinese => "zh-Hant",
        }
    }

    /// What stands before the decimals of a number in it (CLDR).
    pub const fn decimal_mark(self) -> char {
        match self {
            Self::Vietnamese | Self::Indonesian => ',',
            Self::English
            | Self::Malay
            | Self::Thai
            | Self::Japanese
            | Self::Korean
            | Self::SimplifiedChinese
            | Self::TraditionalChinese => '.',
        }
    }

    /// The language of its tag, in any case.
    pub fn of_tag(tag: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(tag))
    }
}
