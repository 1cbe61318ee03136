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
        // As bytes: each session check reads one.
        Self::all()
            .find(|country| country.0 == *text.as_bytes())
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

/// Old names of time zones that browsers still list, and the names that IANA gives them now: what
/// CLDR, which browsers list, calls otherwise.
const ALIASES: &[(&str, &str)] = &[
    ("Africa/Asmera", "Africa/Asmara"),
    ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ("America/Catamarca", "America/Argentina/Catamarca"),
    ("America/Coral_Harbour", "America/Atikokan"),
    ("America/Cordoba", "America/Argentina/Cordoba"),
    ("America/Godthab", "America/Nuuk"),
    ("America/Indianapolis", "America/Indiana/Indianapolis"),
    ("America/Jujuy", "America/Argentina/Jujuy"),
    ("America/Louisville", "America/Kentucky/Louisville"),
    ("America/Mendoza", "America/Argentina/Mendoza"),
    ("Asia/Calcutta", "Asia/Kolkata"),
    ("Asia/Katmandu", "Asia/Kathmandu"),
    ("Asia/Rangoon", "Asia/Yangon"),
    ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
    ("Atlantic/Faeroe", "Atlantic/Faroe"),
    ("Europe/Kiev", "Europe/Kyiv"),
    ("Pacific/Enderbury", "Pacific/Kanton"),
    ("Pacific/Ponape", "Pacific/Pohnpei"),
    ("Pacific/Truk", "Pacific/Chuuk"),
    ("Etc/UTC", "UTC"),
    ("Etc/GMT", "UTC"),
    ("GMT", "UTC"),
];

/// Every time zone that has a place, and the present name of every other name: a line each. For
/// hosts alone (`tests/data/zones.py` writes it).
const ZONES: &str = include_str!("zones.tsv");

/// An IANA time zone by its present name. A host knows them all; the page checks the shape of a
/// name and brings up to date those that browsers list.
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
        let present = if cfg!(feature = "data") {
            known_name(text)
        } else {
            possible_name(text)
        };
        present
            .map(|name| Self(name.to_owned()))
            .ok_or(Fault::NotAChoice)
    }

    /// The name in the IANA database.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn known_name(text: &str) -> Option<&'static str> {
    let mut lines = ZONES.lines().filter(|line| !line.starts_with('#'));
    lines.find_map(|line| {
        let (name, present) = line.split_once('\t').unwrap_or((line, line));
        (name == text).then_some(present)
    })
}

fn possible_name(text: &str) -> Option<&str> {
    let part_fits = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_uppercase())
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_-+".contains(c))
    };
    let parts = text.split('/').count();
    let has_shape = text.len() <= 64
        && parts <= 3
        && (parts > 1 || text == "UTC" || text == "GMT")
        && text != "Etc/Unknown"
        && text.split('/').all(part_fits);
    let old = ALIASES.iter().find(|(old, _)| *old == text);
    has_shape.then_some(old.map_or(text, |(_, present)| present))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_brings_up_to_date_the_host_does_too() {
        for (old, present) in ALIASES {
            assert_eq!(known_name(old), Some(*present), "{old}");
            assert_eq!(known_name(present), Some(*present), "{present}");
        }
    }

    #[test]
    fn the_page_takes_every_zone_that_the_host_does() {
        for line in ZONES.lines().filter(|line| !line.starts_with('#')) {
            if !line.contains('\t') {
                assert_eq!(possible_name(line), Some(line), "{line}");
            }
        }
    }
}
