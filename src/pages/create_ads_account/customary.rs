//! What is customary in a country or region: the currency and the time zone that the form proposes.
//! A proposal only: whoever fills in the form knows better.

use domain::money::Currency;
use domain::region::{Country, TimeZone};

/// The currencies that are legal tender in more countries or regions than their code says, or that
/// are used where the own one can't be paid in.
const TENDER: &[(&str, &str)] = &[
    (
        "EUR",
        "AD AT AX BE BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM TF VA YT",
    ),
    ("AUD", "AU CC CX HM KI NF NR TV"),
    ("CHF", "CH LI"),
    ("DKK", "DK FO GL"),
    ("GBP", "GB GG GS IM JE"),
    ("ILS", "IL PS"),
    ("MAD", "EH MA"),
    ("NOK", "BV NO SJ"),
    ("NZD", "CK NU NZ PN TK"),
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

/// The currency in which people pay there; US dollars where an ad account can't be kept in it.
pub(super) fn currency(country: Country) -> Currency {
    let code = country.as_str();
    let shared = TENDER
        .iter()
        .find(|(_, countries)| countries.split(' ').any(|one| one == code))
        .and_then(|(currency, _)| Currency::parse(currency).ok());
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
            ("SN", "XOF"),
            ("NR", "AUD"),
            // No ad account is kept in riel.
            ("KH", "USD"),
        ] {
            assert_eq!(currency(of(country)).as_str(), expected, "{country}");
        }
    }

    #[wasm_bindgen_test]
    fn every_shared_currency_and_capital_time_zone_is_one_that_can_be_chosen() {
        for (currency, countries) in TENDER {
            assert!(Currency::parse(currency).is_ok(), "{currency}");
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
