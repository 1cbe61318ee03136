//! Limits: how counts run, wait, start again and are given back; and the table in docs/limits.md.

use domain::limit::{
    ALL, CODE_BY_MAILBOX, CODE_BY_MAILBOX_AND_DAY, CODE_BY_MAILBOX_AND_NETWORK,
    CODE_BY_MAILBOX_NETWORK_AND_DAY, Count, LOG_IN_BY_EMAIL, LOG_IN_BY_EMAIL_AND_NETWORK, Limit,
    Pace, WRONG_CODE_BY_MAILBOX, WRONG_CODE_BY_MAILBOX_AND_NETWORK,
};
use domain::time::{Timestamp, minutes};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

const NOW: Timestamp = Timestamp(1_000_000);
const SPAN: Duration = minutes(15);
const WITHIN: Limit = Limit {
    name: "within",
    count: 3,
    pace: Pace::Within(SPAN),
};
const IN_A_ROW: Limit = Limit {
    name: "in_a_row",
    count: 3,
    pace: Pace::InARow {
        first: minutes(60),
        longest: minutes(4 * 60),
        forgotten: minutes(24 * 60),
    },
};

#[test]
fn a_count_within_a_span_does_at_each_moment_what_the_table_says() {
    let end = NOW.plus(SPAN);
    let last = Timestamp(end.0 - 1);
    let count = |tries| Some(WITHIN.begun(NOW, tries));
    let anew = |since| Ok(WITHIN.begun(since, 1));
    for (before, now, result) in [
        (None, NOW, anew(NOW)),
        (count(1), NOW, Ok(WITHIN.begun(NOW, 2))),
        (count(2), last, Ok(WITHIN.begun(NOW, 3))),
        (count(3), NOW, Err(SPAN)),
        (count(3), last, Err(Duration::from_millis(1))),
        (count(3), end, anew(end)),
        (count(1), end, anew(end)),
    ] {
        assert_eq!(WITHIN.count(before, now), result, "{before:?} at {now:?}");
    }
}

#[test]
fn each_failure_in_a_row_beyond_the_free_ones_waits_twice_as_long_up_to_the_longest() {
    let (mut count, mut now) = (None, NOW);
    let mut waits = Vec::new();
    for _ in 0..8 {
        if let Err(wait) = IN_A_ROW.count(count, now) {
            waits.push(wait);
            let early = now.plus(wait.saturating_sub(Duration::from_millis(1)));
            assert!(IN_A_ROW.count(count, early).is_err(), "{wait:?}");
            now = now.plus(wait);
        }
        count = IN_A_ROW.count(count, now).ok();
        assert!(count.is_some(), "the wait was over");
    }
    assert_eq!(waits, [60, 120, 240, 240, 240].map(minutes));
    // However many there were, and a day later none of them counts.
    let many = IN_A_ROW.begun(now, u32::MAX);
    assert_eq!(IN_A_ROW.count(Some(many), now), Err(minutes(240)));
    let later = now.plus(minutes(24 * 60));
    assert_eq!(
        IN_A_ROW.count(Some(many), later),
        Ok(IN_A_ROW.begun(later, 1))
    );
}

/// Two servers' clocks differ by a little, and of two tries the later may come to the store first.
#[test]
fn a_try_that_is_noted_for_later_keeps_no_free_one_waiting() {
    let earlier = Timestamp(NOW.0 - 16 * 60_000);
    for tries in 1..IN_A_ROW.count {
        let counted = IN_A_ROW.count(Some(IN_A_ROW.begun(NOW, tries)), earlier);
        assert_eq!(counted, Ok(IN_A_ROW.begun(NOW, tries + 1)));
    }
    let full = IN_A_ROW.begun(NOW, IN_A_ROW.count);
    assert_eq!(IN_A_ROW.count(Some(full), earlier), Err(minutes(76)));
}

#[test]
fn a_success_gives_one_try_back_or_ends_the_row() {
    let given_back = |limit: Limit, tries| {
        let left = limit.given_back(limit.begun(NOW, tries));
        left.map(|count: Count| count.tries)
    };
    assert_eq!(given_back(WITHIN, 3), Some(2));
    assert_eq!(given_back(WITHIN, 1), None);
    assert_eq!(given_back(WITHIN, 0), None);
    assert_eq!(given_back(IN_A_ROW, 99), None);
    // What wasn't tried ends no row.
    assert_eq!(IN_A_ROW.untried(IN_A_ROW.begun(NOW, 99)).tries, 98);
    assert_eq!(WITHIN.untried(WITHIN.begun(NOW, 0)).tries, 0);
}

#[test]
fn every_limit_counts_under_its_own_name() {
    let names: BTreeSet<_> = ALL.iter().map(|limit| limit.name).collect();
    assert_eq!(names.len(), ALL.len());
}

#[test]
fn no_network_however_wide_uses_up_what_everyone_may() {
    for (one, everyone) in [
        (LOG_IN_BY_EMAIL_AND_NETWORK, LOG_IN_BY_EMAIL),
        (CODE_BY_MAILBOX_AND_NETWORK, CODE_BY_MAILBOX),
        (CODE_BY_MAILBOX_NETWORK_AND_DAY, CODE_BY_MAILBOX_AND_DAY),
        (WRONG_CODE_BY_MAILBOX_AND_NETWORK, WRONG_CODE_BY_MAILBOX),
    ] {
        let [house, customer, site] = [0, 1, 2].map(|steps| one.widened(steps).count);
        assert_eq!([house, customer], [one.count, one.count * 2]);
        assert!(site < everyone.count, "{}", one.name);
    }
}

fn span(span: Duration) -> String {
    let minutes = span.as_secs() / 60;
    let (count, unit) = match minutes {
        whole if whole.is_multiple_of(24 * 60) => (whole / (24 * 60), "day"),
        whole if whole.is_multiple_of(60) => (whole / 60, "hour"),
        other => (other, "minute"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

fn how_often(limit: Limit) -> String {
    let count = limit.count;
    match limit.pace {
        Pace::Within(within) => format!("{count} in {}", span(within)),
        Pace::InARow {
            first,
            longest,
            forgotten,
        } => format!(
            "{count} in a row; then waits from {} to {}; forgotten after {}",
            span(first),
            span(longest),
            span(forgotten)
        ),
    }
}

#[test]
fn the_table_in_the_documents_is_the_one_in_the_code() {
    let written: BTreeMap<_, _> = include_str!("../../../../docs/limits.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
        .map(|(name, cells)| {
            (
                name,
                cells.split(" | ").nth(1).unwrap_or_default().to_owned(),
            )
        })
        .collect();
    let coded: BTreeMap<_, _> = ALL
        .iter()
        .map(|limit| (limit.name, how_often(*limit)))
        .collect();
    assert_eq!(written, coded);
}
