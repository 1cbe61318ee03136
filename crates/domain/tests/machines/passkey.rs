//! A ceremony of WebAuthn's: one challenge, for one purpose, once.

use domain::id::AccountId;
use domain::input::Fault;
use domain::passkey::{
    CEREMONY_LIFE_MINUTES, Ceremony, CeremonyRefusal, NAME_MAX, Purpose, has_worked, name,
};
use domain::time::{Timestamp, minutes};
use uuid::Uuid;

fn account(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(number))
}

const BEGUN: Timestamp = Timestamp(1_000);

fn begun(purpose: Purpose) -> Ceremony {
    Ceremony {
        purpose,
        challenge: "c".to_owned(),
        begun: BEGUN,
    }
}

#[test]
fn a_challenge_is_for_what_it_was_begun_for() {
    let all = [
        Purpose::Add {
            account: account(1),
        },
        Purpose::Add {
            account: account(2),
        },
        Purpose::LogIn,
        Purpose::Confirm {
            account: account(1),
        },
        Purpose::Confirm {
            account: account(2),
        },
    ];
    for first in all {
        for second in all {
            let expected = if first == second {
                Ok("c".to_owned())
            } else {
                Err(CeremonyRefusal::OtherPurpose { begun: first })
            };
            assert_eq!(begun(first).answer(second, BEGUN), expected);
        }
    }
}

#[test]
fn a_challenge_lives_five_minutes() {
    let life = minutes(CEREMONY_LIFE_MINUTES);
    let late = BEGUN.plus(life);
    let answer = |now| begun(Purpose::LogIn).answer(Purpose::LogIn, now);
    assert_eq!(answer(late), Err(CeremonyRefusal::Expired));
    let just = late.minus(std::time::Duration::from_millis(1));
    assert_eq!(answer(just), Ok("c".to_owned()));
    // A clock that was put back.
    assert_eq!(answer(Timestamp(0)), Ok("c".to_owned()));
}

#[test]
fn a_passkey_has_a_name() {
    assert_eq!(name("  Mai's phone "), Ok("Mai's phone".to_owned()));
    assert_eq!(name(" "), Err(Fault::Missing));
    let longest = "n".repeat(usize::try_from(NAME_MAX).unwrap());
    assert_eq!(name(&longest), Ok(longest.clone()));
    assert!(name(&format!("{longest}n")).is_err());
}

/// What makes one proves nothing of what it can sign.
#[test]
fn a_passkey_has_worked_once_it_was_used() {
    assert!(!has_worked(None));
    assert!(has_worked(Some(BEGUN)));
    assert!(has_worked(Some(Timestamp(0))), "whenever that was");
}
