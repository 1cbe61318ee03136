//! A moment on the wall clock of an ad account, as a `datetime-local` field gives it.

use crate::input::Fault;
use crate::region::TimeZone;
use crate::time::Timestamp;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// What a clock on a wall shows, as if it hung in Greenwich. Two are ordered as texts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WallTime(Timestamp);

/// How many milliseconds the clocks of a time zone are ahead of UTC at a moment; nothing where the
/// zone isn't known. A host has a table for it ([`offset`]), the page its browser's `Intl`.
pub type Offset = fn(&TimeZone, Timestamp) -> Option<i64>;

/// When the clocks of a time zone show a wall time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Never: they are put forward past it.
    Never,
    /// At a moment; at two where they are put back and show it again.
    At {
        /// The only one, or the first.
        first: Timestamp,
        /// The only one, or the second.
        last: Timestamp,
    },
    /// Nobody here knows the time zone.
    Unknown,
}

/// `YYYY-MM-DDTHH:MM`: a day that the calendar has and a minute that the day has.
///
/// Errors: `Missing`, `Malformed`.
pub fn moment(text: &str) -> Result<WallTime, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::Missing);
    }
    let has_shape = text.len() == 16
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            10 => byte == b'T',
            13 => byte == b':',
            _ => byte.is_ascii_digit(),
        });
    has_shape
        .then(|| read(text))
        .flatten()
        .ok_or(Fault::Malformed)
}

fn read(text: &str) -> Option<WallTime> {
    let number = |from, to| text.get(from..to)?.parse::<u32>().ok().map(i64::from);
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute) = (number(11, 13)?, number(14, 16)?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let exists = (1..=12).contains(&month) && (1..=days).contains(&day) && hour < 24 && minute < 60;
    // Years begin in March: then the leap day is the last of one, and months have lengths by rule.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let days = year * 365 + leaps + (month * 153 + 2) / 5 + day - 1 - 719_468;
    let minutes = (days * 24 + hour) * 60 + minute;
    exists.then_some(WallTime(Timestamp(minutes * MINUTE_MS)))
}

impl WallTime {
    /// Days from `now` to it, but for the one by which time zones differ.
    pub const fn days_after(self, now: Timestamp) -> i64 {
        (self.0.0 - now.0) / DAY_MS
    }

    /// When the clocks of a time zone show it.
    pub fn shown(self, zone: &TimeZone, offset: Offset) -> Shown {
        let Self(Timestamp(wall)) = self;
        // Clocks of no zone are changed twice within two days.
        let (Some(before), Some(after)) = (
            offset(zone, Timestamp(wall - DAY_MS)),
            offset(zone, Timestamp(wall + DAY_MS)),
        ) else {
            return Shown::Unknown;
        };
        let shows = |ahead: i64| {
            let at = Timestamp(wall - ahead);
            (offset(zone, at) == Some(ahead)).then_some(at)
        };
        match (shows(before), shows(after)) {
            (Some(first), Some(last)) => Shown::At { first, last },
            (Some(only), None) | (None, Some(only)) => Shown::At {
                first: only,
                last: only,
            },
            (None, None) => Shown::Never,
        }
    }
}

/// [`Offset`] by the IANA database that travels with the host.
#[cfg(feature = "data")]
pub fn offset(zone: &TimeZone, at: Timestamp) -> Option<i64> {
    let zones = jiff::tz::TimeZoneDatabase::bundled();
    let zone = zones.get(zone.as_str()).ok()?;
    let at = jiff::Timestamp::from_millisecond(at.0).ok()?;
    Some(i64::from(zone.to_offset(at).seconds()) * 1000)
}
