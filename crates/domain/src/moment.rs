//! A moment on the wall clock of an ad account, as a `datetime-local` field gives it.

use crate::input::Fault;

/// `YYYY-MM-DDTHH:MM`: a day that the calendar has and a minute that the day has. Two of them are
/// ordered as texts are.
///
/// Errors: `Missing`, `Malformed`.
pub fn moment(text: &str) -> Result<&str, Fault> {
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
    if has_shape && exists(text) == Some(true) {
        Ok(text)
    } else {
        Err(Fault::Malformed)
    }
}

fn exists(text: &str) -> Option<bool> {
    let number = |from, to| text.get(from..to)?.parse::<u32>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute) = (number(11, 13)?, number(14, 16)?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    Some((1..=12).contains(&month) && (1..=days).contains(&day) && hour < 24 && minute < 60)
}
