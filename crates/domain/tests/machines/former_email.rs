//! An address that an account had: for how long it takes the account back, and what it doesn't trust.

use domain::email::Email;
use domain::former_email::{FormerEmail, UNDO_HOURS};
use domain::id::AccountId;
use domain::link::replacement_wait;
use domain::time::Timestamp;
use std::time::Duration;
use uuid::Uuid;

const HOUR_MS: i64 = 60 * 60 * 1_000;
const REPLACED: Timestamp = Timestamp(1_000 * HOUR_MS);

fn former() -> FormerEmail {
    FormerEmail {
        email: Email::parse("mai@coffee.test").unwrap(),
        account: AccountId(Uuid::from_u128(1)),
        replaced: REPLACED,
    }
}

#[test]
fn an_address_takes_its_account_back_for_72_hours() {
    assert_eq!(UNDO_HOURS, 72);
    let end = REPLACED.plus(Duration::from_hours(UNDO_HOURS));
    let just = end.minus(Duration::from_millis(1));
    for (now, left_ms) in [(REPLACED, 72 * HOUR_MS), (just, 1), (end, 0)] {
        let left = former().undo_left(now).as_millis();
        assert_eq!(i64::try_from(left).unwrap(), left_ms, "{now:?}");
        assert_eq!(former().takes_back(now), left_ms > 0, "{now:?}");
    }
    // A clock that was put back.
    assert!(former().takes_back(Timestamp(0)));
}

#[test]
fn what_was_added_in_the_72_hours_before_an_address_was_replaced_is_suspect() {
    let since = former().suspect_since();
    assert_eq!(since, Timestamp(REPLACED.0 - 72 * HOUR_MS));
    // What was old enough to take the place of others is trusted; what was a moment younger isn't.
    assert!(replacement_wait(Some(since), REPLACED).is_zero());
    let younger = since.plus(Duration::from_millis(1));
    assert!(!replacement_wait(Some(younger), REPLACED).is_zero());
}
