//! The link: every existing link, every status, every set of methods.

use domain::id::{AccountId, OpenId};
use domain::link::{
    ExistingLinks, LinkDecision, LinkRefusal, LogInMethods, Privilege, UnlinkRefusal, link,
    privilege, replacement_wait, unlink,
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
    let methods = |email_and_password, tiktok| LogInMethods {
        email_and_password,
        tiktok,
    };
    for (before, result) in [
        (methods(true, true), Ok(methods(true, false))),
        (methods(false, true), Err(UnlinkRefusal::LastLogInMethod)),
        (methods(true, false), Err(UnlinkRefusal::NotLinked)),
        (methods(false, false), Err(UnlinkRefusal::NotLinked)),
    ] {
        assert_eq!(unlink(before), result, "{before:?}");
    }
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
