//! A session: how it stands at each moment.

use domain::session::{FRESH_MINUTES, SESSION_IDLE, SESSION_LIFE, SessionStatus, SessionTimes};
use domain::time::{Timestamp, minutes};

const BEGUN: Timestamp = Timestamp(1_000_000);

fn before(moment: Timestamp) -> Timestamp {
    Timestamp(moment.0 - 1)
}

#[test]
fn a_session_is_fresh_then_stale_then_ended() {
    let session = SessionTimes::begin(BEGUN);
    let stale = BEGUN.plus(minutes(FRESH_MINUTES));
    let idle = BEGUN.plus(SESSION_IDLE);
    for (now, status) in [
        (BEGUN, SessionStatus::Fresh),
        (before(stale), SessionStatus::Fresh),
        (stale, SessionStatus::Stale),
        (before(idle), SessionStatus::Stale),
        (idle, SessionStatus::Ended),
        (BEGUN.plus(SESSION_LIFE), SessionStatus::Ended),
        // A clock that was set back ends nothing.
        (Timestamp(0), SessionStatus::Fresh),
    ] {
        assert_eq!(session.status(now), status, "at {now:?}");
    }
}

#[test]
fn use_keeps_a_session_alive_but_not_fresh_and_not_for_ever() {
    let end = BEGUN.plus(SESSION_LIFE);
    let used = |now| SessionTimes {
        seen: now,
        ..SessionTimes::begin(BEGUN)
    };
    let later = BEGUN.plus(SESSION_IDLE);
    assert_eq!(used(later).status(later), SessionStatus::Stale);
    assert_eq!(used(before(end)).status(before(end)), SessionStatus::Stale);
    assert_eq!(used(end).status(end), SessionStatus::Ended);
}

#[test]
fn a_proof_of_identity_makes_it_fresh_again_but_no_longer() {
    let end = BEGUN.plus(SESSION_LIFE);
    let proven = |now| SessionTimes {
        begun: BEGUN,
        seen: now,
        authenticated: now,
    };
    let later = BEGUN.plus(SESSION_IDLE);
    assert_eq!(proven(later).status(later), SessionStatus::Fresh);
    assert_eq!(proven(end).status(end), SessionStatus::Ended);
}
