//! The gate: region × share × draw.

use domain::gate::{ASIA_PACIFIC, Availability, Gate};
use domain::region::Country;

fn country(code: &str) -> Country {
    Country::parse(code).unwrap()
}

#[test]
fn a_known_region_outside_the_market_is_told_so_and_an_unknown_one_is_let_through() {
    let gate = Gate::default();
    for (region, availability) in [
        (Some(country("VN")), Availability::Available),
        (Some(country("JP")), Availability::Available),
        (None, Availability::Available),
        (Some(country("US")), Availability::OutsideMarket),
        (Some(country("FR")), Availability::OutsideMarket),
    ] {
        assert_eq!(gate.availability(region, 99), availability, "{region:?}");
    }
}

#[test]
fn a_share_of_the_users_has_it_and_the_same_ones_each_time() {
    let share = |share_percent| Gate {
        share_percent,
        ..Gate::default()
    };
    for (percent, draw, availability) in [
        (0, 0, Availability::NotYet),
        (30, 29, Availability::Available),
        (30, 30, Availability::NotYet),
        (30, 1_000_029, Availability::Available),
        (100, 99, Availability::Available),
        (100, u64::MAX, Availability::Available),
    ] {
        let gate = share(percent);
        assert_eq!(
            gate.availability(Some(country("VN")), draw),
            availability,
            "{percent} {draw}"
        );
        assert_eq!(
            gate.availability(None, draw),
            availability,
            "{percent} {draw}"
        );
        let outside = gate.availability(Some(country("US")), draw);
        assert_eq!(outside, Availability::OutsideMarket, "{percent} {draw}");
    }
}

#[test]
fn every_region_of_the_market_is_a_country() {
    assert_eq!(Gate::default().regions.len(), ASIA_PACIFIC.len());
}
