//! The link: every existing link, every status, every set of methods.

use domain::id::{AccountId, OpenId};
use domain::link::{
    ExistingLinks, LinkDecision, LinkRefusal, LogInMethods, Privilege, RemovalRefusal,
    UnlinkRefusal, first_replacement_wait, link, privilege, remove_passkey, replacement_wait,
    unlink,
};
use domain::session::SessionStatus;
use domain::time::Timestamp;
use uuid::Uuid;

#[test]
fn a_link_is_made_only_where_both_sides_are_free() {
    let me = AccountId(Uuid::from_u128(1));
    let another = AccountId(Uuid::from_u128(2));
    let this = OpenId("this".into());
    let that = OpenId("that".into());
    let existing = |owner, linked: Option<&OpenId>| ExistingLinks {
        owner,
        linked: linked.cloned(),
    };
    for (existing, result) in [
        (existing(None, None), Ok(LinkDecision::Make)),
        (existing(Some(me), Some(&this)), Ok(LinkDecision::Already)),
        (existing(Some(me), None), Ok(LinkDecision::Already)),
        (existing(None, Some(&this)), Ok(LinkDecision::Already)),
        (
            existing(None, Some(&that)),
            Err(LinkRefusal::AccountHasLink),
        ),
        (
            existing(Some(another), None),
            Err(LinkRefusal::AlreadyLinked),
        ),
        // Both sides are taken: the TikTok account is what the user can change.
        (
            existing(Some(another), Some(&that)),
            Err(LinkRefusal::AlreadyLinked),
        ),
    ] {
        assert_eq!(link(me, &this, &existing), result, "{existing:?}");
    }
}

#[test]
fn only_a_fresh_session_may_change_what_logs_in() {
    for (status, granted) in [
        (SessionStatus::Fresh, Privilege::Granted),
        (SessionStatus::Stale, Privilege::ConfirmFirst),
        (SessionStatus::Ended, Privilege::LogInFirst),
    ] {
        assert_eq!(privilege(status), granted);
    }
}

#[test]
fn the_last_way_to_log_in_stays() {
    let methods = |email_and_password, tiktok, passkeys| LogInMethods {
        email_and_password,
        tiktok,
        passkeys,
    };
    for (before, result) in [
        (methods(true, true, 0), Ok(methods(true, false, 0))),
        (methods(false, true, 1), Ok(methods(false, false, 1))),
        (methods(false, true, 0), Err(UnlinkRefusal::LastLogInMethod)),
        (methods(true, false, 3), Err(UnlinkRefusal::NotLinked)),
        (methods(false, false, 0), Err(UnlinkRefusal::NotLinked)),
    ] {
        assert_eq!(unlink(before), result, "{before:?}");
    }
}

/// Every set of ways to log in, and everything that takes one away, one after the other.
#[test]
fn whatever_is_taken_away_a_way_to_log_in_stays() {
    let count = |methods: LogInMethods| {
        u32::from(methods.email_and_password) + u32::from(methods.tiktok) + methods.passkeys
    };
    let mut waiting = Vec::new();
    for (email_and_password, tiktok) in [(false, false), (false, true), (true, false), (true, true)]
    {
        waiting.extend((0..=3).map(|passkeys| LogInMethods {
            email_and_password,
            tiktok,
            passkeys,
        }));
    }
    let mut refused = 0;
    while let Some(before) = waiting.pop() {
        for after in [unlink(before).ok(), remove_passkey(before).ok()] {
            match after {
                Some(after) => {
                    assert_eq!(count(after) + 1, count(before));
                    assert!(count(after) > 0, "{before:?}");
                    waiting.push(after);
                }
                None => refused += 1,
            }
        }
        if count(before) == 1 && before.passkeys == 1 {
            assert_eq!(remove_passkey(before), Err(RemovalRefusal::LastLogInMethod));
        }
    }
    assert!(refused > 0);
}

#[test]
fn a_way_to_log_in_that_was_added_takes_no_place_for_72_hours() {
    const HOUR_MS: i64 = 60 * 60 * 1000;
    let wait = |added: Option<i64>| {
        let wait = replacement_wait(added.map(Timestamp), Timestamp(100 * HOUR_MS));
        i64::try_from(wait.as_millis()).unwrap()
    };
    assert_eq!(wait(None), 0, "it was there from the start");
    assert_eq!(wait(Some(100 * HOUR_MS)), 72 * HOUR_MS);
    assert_eq!(wait(Some(28 * HOUR_MS + 1)), 1);
    assert_eq!(wait(Some(28 * HOUR_MS)), 0);
}

/// What is left once another way goes: one of them has to be old enough.
#[test]
fn of_several_ways_to_log_in_the_one_that_waits_least_decides() {
    const HOUR_MS: i64 = 60 * 60 * 1000;
    let wait = |added: &[Option<i64>]| {
        let added = added.iter().map(|added| added.map(Timestamp));
        let wait = first_replacement_wait(added, Timestamp(100 * HOUR_MS));
        i64::try_from(wait.as_millis()).unwrap()
    };
    let [new, newer, old] = [90, 95, 28].map(|hour| Some(hour * HOUR_MS));
    for (added, waits) in [
        (&[][..], 0),
        (&[None], 0),
        (&[new], 62),
        (&[newer, new], 62),
        (&[new, newer], 62),
        (&[newer, old, new], 0),
        (&[newer, None], 0),
        (&[None, newer], 0),
    ] {
        assert_eq!(wait(added), waits * HOUR_MS, "{added:?}");
    }
}
