//! Wall times in every time zone.

use domain::moment::{Shown, WallTime, moment, offset};
use domain::region::TimeZone;
use domain::time::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZoneDatabase};

const ZONES: &str = include_str!("../../src/zones.tsv");

fn wall(at: DateTime) -> WallTime {
    moment(&at.strftime("%Y-%m-%dT%H:%M").to_string()).unwrap()
}

/// By the library's own reckoning.
fn expected(zones: &TimeZoneDatabase, zone: &str, at: DateTime) -> Shown {
    let zone = zones.get(zone).unwrap();
    let minus =
        |offset: jiff::tz::Offset| Timestamp(offset.to_timestamp(at).unwrap().as_millisecond());
    match zone.to_ambiguous_timestamp(at).offset() {
        AmbiguousOffset::Unambiguous { offset } => Shown::At {
            first: minus(offset),
            last: minus(offset),
        },
        AmbiguousOffset::Gap { .. } => Shown::Never,
        AmbiguousOffset::Fold { before, after } => Shown::At {
            first: minus(before),
            last: minus(after),
        },
    }
}

#[test]
fn what_the_clocks_of_every_zone_skip_and_repeat_is_known_for_ten_years() {
    let zones = TimeZoneDatabase::bundled();
    let (mut asked, mut never, mut twice) = (0, 0, 0);
    for name in ZONES.lines().filter(|it| !it.contains(['#', '\t'])) {
        let zone = TimeZone::parse(name).unwrap();
        let begin = DateTime::constant(2026, 1, 1, 0, 0, 0, 0);
        let begin = zones.get(name).unwrap().to_timestamp(begin).unwrap();
        let changes = zones.get(name).unwrap();
        for change in changes
            .following(begin)
            .take_while(|it| it.timestamp().as_second() < 2_082_758_400)
        {
            let around = change.offset().to_datetime(change.timestamp());
            for quarter in -10..10 {
                let at = around + jiff::Span::new().minutes(quarter * 15);
                let shown = wall(at).shown(&zone, offset);
                assert_eq!(shown, expected(&zones, name, at), "{name} {at}");
                asked += 1;
                match shown {
                    Shown::Never => never += 1,
                    Shown::At { first, last } if first < last => twice += 1,
                    Shown::At { .. } => {}
                    Shown::Unknown => panic!("{name} is in the database"),
                }
            }
        }
    }
    assert!(
        asked > 10_000 && never > 1_000 && twice > 1_000,
        "{asked} {never} {twice}"
    );
}
