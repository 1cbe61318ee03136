//! Defaults by country or region: currency, time zone and calling code. The form proposes them, and
//! whoever fills it in can choose others.

use domain::currency::Currency;
use domain::region::{Country, TimeZone};

/// The currencies that are legal tender in more countries or regions than their code says, or that
/// are used where the own one can't be paid in.
const TENDER: &[(&str, &str)] = &[
    (
        "EUR",
        "AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM TF VA YT",
    ),
    ("AUD", "AU CC CX HM KI NF NR TV"),
    ("CHF", "CH LI"),
    ("DKK", "DK FO GL"),
    ("GBP", "GB GG GS IM JE"),
    ("ILS", "IL PS"),
    ("INR", "BT IN"),
    ("MAD", "EH MA"),
    ("NOK", "BV NO SJ"),
    ("NZD", "CK NU NZ PN TK"),
    ("ZAR", "LS NA ZA"),
    ("XAF", "CF CG CM GA GQ TD"),
    ("XOF", "BF BJ CI GW ML NE SN TG"),
];

/// Countries whose first time zone by name isn't the one where most people live.
const CAPITALS: &[(&str, &str)] = &[
    ("AR", "America/Argentina/Buenos_Aires"),
    ("AU", "Australia/Sydney"),
    ("BR", "America/Sao_Paulo"),
    ("CA", "America/Toronto"),
    ("CD", "Africa/Kinshasa"),
    ("CL", "America/Santiago"),
    ("CN", "Asia/Shanghai"),
    ("CY", "Asia/Nicosia"),
    ("DE", "Europe/Berlin"),
    ("EC", "America/Guayaquil"),
    ("ES", "Europe/Madrid"),
    ("FM", "Pacific/Pohnpei"),
    ("GL", "America/Nuuk"),
    ("ID", "Asia/Jakarta"),
    ("KI", "Pacific/Tarawa"),
    ("KZ", "Asia/Almaty"),
    ("MH", "Pacific/Majuro"),
    ("MN", "Asia/Ulaanbaatar"),
    ("MX", "America/Mexico_City"),
    ("MY", "Asia/Kuala_Lumpur"),
    ("NZ", "Pacific/Auckland"),
    ("PF", "Pacific/Tahiti"),
    ("PG", "Pacific/Port_Moresby"),
    ("PS", "Asia/Gaza"),
    ("PT", "Europe/Lisbon"),
    ("RU", "Europe/Moscow"),
    ("UA", "Europe/Kyiv"),
    ("US", "America/New_York"),
    ("UZ", "Asia/Tashkent"),
    ("VN", "Asia/Ho_Chi_Minh"),
];

/// Calling codes, by Recommendation E.164 of the ITU, each with its countries and regions.
const CALLING_CODES: &str = "\
    1 AG AI AS BB BM BS CA DM DO GD GU JM KN KY LC MP MS PR SX TC TT US VC VG VI;7 KZ RU;20 \
    EG;27 ZA;30 GR;31 NL;32 BE;33 FR;34 ES;36 HU;39 IT VA;40 RO;41 CH;43 AT;44 GB GG IM JE;45 \
    DK;46 SE;47 NO SJ;48 PL;49 DE;51 PE;52 MX;53 CU;54 AR;55 BR;56 CL;57 CO;58 VE;60 MY;61 AU CC \
    CX;62 ID;63 PH;64 NZ PN;65 SG;66 TH;81 JP;82 KR;84 VN;86 CN;90 TR;91 IN;92 PK;93 AF;94 LK;95 \
    MM;98 IR;211 SS;212 EH MA;213 DZ;216 TN;218 LY;220 GM;221 SN;222 MR;223 ML;224 GN;225 CI;226 \
    BF;227 NE;228 TG;229 BJ;230 MU;231 LR;232 SL;233 GH;234 NG;235 TD;236 CF;237 CM;238 CV;239 \
    ST;240 GQ;241 GA;242 CG;243 CD;244 AO;245 GW;246 IO;248 SC;249 SD;250 RW;251 ET;252 SO;253 \
    DJ;254 KE;255 TZ;256 UG;257 BI;258 MZ;260 ZM;261 MG;262 RE TF YT;263 ZW;264 NA;265 MW;266 \
    LS;267 BW;268 SZ;269 KM;290 SH;291 ER;297 AW;298 FO;299 GL;350 GI;351 PT;352 LU;353 IE;354 \
    IS;355 AL;356 MT;357 CY;358 AX FI;359 BG;370 LT;371 LV;372 EE;373 MD;374 AM;375 BY;376 \
    AD;377 MC;378 SM;380 UA;381 RS;382 ME;385 HR;386 SI;387 BA;389 MK;420 CZ;421 SK;423 LI;500 \
    FK GS;501 BZ;502 GT;503 SV;504 HN;505 NI;506 CR;507 PA;508 PM;509 HT;590 BL GP MF;591 BO;592 \
    GY;593 EC;594 GF;595 PY;596 MQ;597 SR;598 UY;599 BQ CW;670 TL;672 AQ HM NF;673 BN;674 NR;675 \
    PG;676 TO;677 SB;678 VU;679 FJ;680 PW;681 WF;682 CK;683 NU;685 WS;686 KI;687 NC;688 TV;689 \
    PF;690 TK;691 FM;692 MH;850 KP;852 HK;853 MO;855 KH;856 LA;880 BD;886 TW;960 MV;961 LB;962 \
    JO;963 SY;964 IQ;965 KW;966 SA;967 YE;968 OM;970 PS;971 AE;972 IL;973 BH;974 QA;975 BT;976 \
    MN;977 NP;992 TJ;993 TM;994 AZ;995 GE;996 KG;998 UZ;47 BV;1 UM";

/// The calling code there, such as `+84`.
pub(super) fn calling_code(country: Country) -> Option<String> {
    let code = country.as_str();
    let found = CALLING_CODES.split(';').find_map(|entry| {
        let (digits, countries) = entry.split_once(' ')?;
        countries
            .split(' ')
            .any(|one| one == code)
            .then_some(digits)
    });
    found.map(|digits| format!("+{digits}"))
}

/// The currency in which people pay there; US dollars where an ad account can't be kept in it.
pub(super) fn currency(country: Country) -> Currency {
    let code = country.as_str();
    let shared = TENDER
        .iter()
        .find(|(_, countries)| countries.split(' ').any(|one| one == code))
        .and_then(|(currency, _)| Currency::from_code(currency));
    // ISO 4217 begins a national currency with the country's two letters.
    let national = || Currency::all().find(|currency| currency.as_str().starts_with(code));
    shared.or_else(national).unwrap_or(Currency::USD)
}

/// The time zone of most people there, or the browser's own where it lies in that country. `zones`
/// are those of the country as the browser lists them: none where it doesn't.
pub(super) fn time_zone(country: Country, own: Option<&str>, zones: &[String]) -> Option<TimeZone> {
    let present = |zone: &str| TimeZone::parse(zone).ok();
    let own = own.and_then(present);
    let zones: Vec<TimeZone> = zones.iter().filter_map(|zone| present(zone)).collect();
    let here = own.clone().filter(|own| zones.contains(own));
    let capital = || {
        let found = CAPITALS.iter().find(|(code, _)| *code == country.as_str());
        found.and_then(|(_, zone)| present(zone))
    };
    here.or_else(capital)
        .or_else(|| zones.first().cloned())
        .or(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn of(code: &str) -> Country {
        Country::parse(code).unwrap()
    }

    #[wasm_bindgen_test]
    fn a_country_pays_in_its_own_currency_or_in_one_that_it_shares() {
        for (country, expected) in [
            ("VN", "VND"),
            ("US", "USD"),
            ("FR", "EUR"),
            ("LI", "CHF"),
            // Since January 2026.
            ("BG", "EUR"),
            ("SN", "XOF"),
            ("NR", "AUD"),
            // No ad account is kept in riel.
            ("KH", "USD"),
        ] {
            assert_eq!(currency(of(country)).as_str(), expected, "{country}");
        }
    }

    #[wasm_bindgen_test]
    fn every_country_is_proposed_what_is_money_there() {
        let tender = include_str!("../../../crates/domain/tests/data/tender.tsv");
        let of_each: Vec<_> = tender
            .lines()
            .filter_map(|it| it.split_once('\t'))
            .collect();
        for country in Country::all() {
            let found = of_each.iter().find(|(code, _)| *code == country.as_str());
            let first = found.and_then(|(_, codes)| codes.split(' ').next());
            let expected = first.and_then(Currency::from_code);
            assert_eq!(
                currency(country),
                expected.unwrap_or(Currency::USD),
                "{}",
                country.as_str()
            );
        }
    }

    #[wasm_bindgen_test]
    fn every_shared_currency_and_capital_time_zone_is_one_that_can_be_chosen() {
        for (currency, countries) in TENDER {
            assert!(Currency::from_code(currency).is_some(), "{currency}");
            assert!(
                countries
                    .split(' ')
                    .all(|code| Country::parse(code).is_ok())
            );
        }
        for (country, zone) in CAPITALS {
            assert!(Country::parse(country).is_ok(), "{country}");
            assert_eq!(
                TimeZone::parse(zone).map(|it| it.as_str() == *zone),
                Ok(true)
            );
        }
    }

    #[wasm_bindgen_test]
    fn every_country_has_a_calling_code() {
        let without: Vec<_> = Country::all()
            .filter(|country| calling_code(*country).is_none())
            .map(|country| country.as_str().to_owned())
            .collect();
        assert_eq!(without, Vec::<String>::new());
        assert_eq!(calling_code(of("VN")).as_deref(), Some("+84"));
        assert_eq!(calling_code(of("US")).as_deref(), Some("+1"));
    }

    #[wasm_bindgen_test]
    fn the_browsers_own_time_zone_is_proposed_where_it_lies_in_the_country() {
        let zones: Vec<String> = ["America/Chicago", "America/New_York"]
            .map(str::to_owned)
            .into();
        let proposed = |own| time_zone(of("US"), Some(own), &zones);
        assert_eq!(
            proposed("America/Chicago"),
            TimeZone::parse("America/Chicago").ok()
        );
        assert_eq!(
            proposed("Asia/Saigon"),
            TimeZone::parse("America/New_York").ok()
        );
    }

    #[wasm_bindgen_test]
    fn a_browser_that_lists_no_time_zones_of_a_country_proposes_its_own() {
        let proposed = time_zone(of("TH"), Some("Asia/Bangkok"), &[]);
        assert_eq!(proposed, TimeZone::parse("Asia/Bangkok").ok());
    }
}
