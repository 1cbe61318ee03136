//! Limits: how counts run, and start again.

use domain::limit::{
    AUTHORIZATION_BY_BROWSER, AUTHORIZATION_BY_PEER, CODE_BY_EMAIL, CODE_BY_PEER,
    CONFIRM_BY_ACCOUNT, Count, LOG_IN_BY_EMAIL, LOG_IN_BY_EMAIL_AND_PEER, LOG_IN_BY_PEER, Limit,
};
use domain::time::{Timestamp, minutes};
use std::collections::BTreeSet;
use std::time::Duration;

const NOW: Timestamp = Timestamp(1_000_000);
const LIMIT: Limit = Limit {
    name: "test",
    count: 3,
    window: minutes(15),
};

fn count(tries: u32) -> Count {
    Count { since: NOW, tries }
}

#[test]
fn a_count_does_at_each_moment_what_the_table_says() {
    let end = NOW.plus(LIMIT.window);
    let last = Timestamp(end.0 - 1);
    let anew = |since| Ok(Count { since, tries: 1 });
    for (before, now, result) in [
        (None, NOW, anew(NOW)),
        (Some(count(1)), NOW, Ok(count(2))),
        (Some(count(2)), last, Ok(count(3))),
        (Some(count(3)), NOW, Err(LIMIT.window)),
        (Some(count(3)), last, Err(Duration::from_millis(1))),
        (Some(count(3)), end, anew(end)),
        (Some(count(1)), end, anew(end)),
    ] {
        assert_eq!(LIMIT.count(before, now), result, "{before:?} at {now:?}");
    }
}

#[test]
fn every_limit_counts_under_its_own_name() {
    let all = [
        LOG_IN_BY_EMAIL_AND_PEER,
        LOG_IN_BY_EMAIL,
        LOG_IN_BY_PEER,
        CODE_BY_EMAIL,
        CODE_BY_PEER,
        AUTHORIZATION_BY_BROWSER,
        AUTHORIZATION_BY_PEER,
        CONFIRM_BY_ACCOUNT,
    ];
    let names: BTreeSet<_> = all.iter().map(|limit| limit.name).collect();
    assert_eq!(names.len(), all.len());
}

#[test]
fn one_peer_cannot_lock_another_out_of_an_address() {
    // What one peer may try against an address ends long before what everyone may.
    let (mut one, mut everyone) = (None, None);
    while let Ok(count) = LOG_IN_BY_EMAIL_AND_PEER.count(one, NOW) {
        one = Some(count);
        everyone = LOG_IN_BY_EMAIL.count(everyone, NOW).ok();
    }
    assert!(LOG_IN_BY_EMAIL.count(everyone, NOW).is_ok());
}
