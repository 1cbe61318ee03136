//! The rollout: region × percent × bucket.

use domain::region::Country;
use domain::rollout::{ASIA_PACIFIC, Availability, Rollout};

fn country(code: &str) -> Country {
    Country::parse(code).unwrap()
}

#[test]
fn a_known_region_outside_the_market_is_told_so_and_an_unknown_one_is_let_through() {
    let rollout = Rollout::default();
    for (region, availability) in [
        (Some(country("VN")), Availability::Available),
        (Some(country("JP")), Availability::Available),
        (None, Availability::Available),
        (Some(country("US")), Availability::OutsideMarket),
        (Some(country("FR")), Availability::OutsideMarket),
    ] {
        assert_eq!(rollout.availability(region, 99), availability, "{region:?}");
    }
}

#[test]
fn a_share_of_the_users_has_it_and_the_same_ones_each_time() {
    let share = |rollout_percent| Rollout {
        rollout_percent,
        ..Rollout::default()
    };
    for (percent, bucket, availability) in [
        (0, 0, Availability::NotYet),
        (30, 29, Availability::Available),
        (30, 30, Availability::NotYet),
        (30, 1_000_029, Availability::Available),
        (100, 99, Availability::Available),
        (100, u64::MAX, Availability::Available),
    ] {
        let rollout = share(percent);
        assert_eq!(
            rollout.availability(Some(country("VN")), bucket),
            availability,
            "{percent} {bucket}"
        );
        assert_eq!(
            rollout.availability(None, bucket),
            availability,
            "{percent} {bucket}"
        );
        let outside = rollout.availability(Some(country("US")), bucket);
        assert_eq!(outside, Availability::OutsideMarket, "{percent} {bucket}");
    }
}

#[test]
fn every_region_of_the_market_is_a_country() {
    assert_eq!(Rollout::default().regions.len(), ASIA_PACIFIC.len());
}
