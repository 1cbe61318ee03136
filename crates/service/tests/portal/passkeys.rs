//! What a thief makes of passkeys between two transactions, and how often.

use crate::harness::{Browser, Memory};
use contract::passkeys::{
    AddPasskey, AskForPasskey, BeginPasskey, ConfirmByPasskey, ListPasskeys, LogInByPasskey,
    PasskeyPurpose, RemovePasskey,
};
use contract::problem::Code;
use domain::limit::NEW_PASSKEY_BY_ACCOUNT;
use domain::time::minutes;
use scenarios::{Authenticator, Host as _};

const OWNER: &str = "email-only@portal.test";

fn authenticator(portal: &Memory) -> Authenticator {
    Authenticator::new(portal.origin(), 1)
}

/// What adds the passkey of an authenticator.
fn made(portal: &Memory, browser: &mut Browser, phone: &mut Authenticator) -> AddPasskey {
    let options = portal.ask(browser, &BeginPasskey {}).unwrap();
    phone.make(&options, "phone")
}

/// Each is told by a letter and noted for 180 days.
#[test]
fn forty_passkeys_are_added_to_an_account_in_a_day_at_most() {
    let portal = Memory::seeded();
    let mut thief = portal.logged_in(OWNER);
    for _ in 0..NEW_PASSKEY_BY_ACCOUNT.count {
        let made = made(&portal, &mut thief, &mut authenticator(&portal));
        portal.ask(&mut thief, &made).unwrap();
        let list = portal.ask(&mut thief, &ListPasskeys {}).unwrap();
        let id = list.passkeys[0].id.clone();
        portal.ask(&mut thief, &RemovePasskey { id }).unwrap();
    }
    let made = made(&portal, &mut thief, &mut authenticator(&portal));
    assert_eq!(portal.refused(&mut thief, &made), Code::TooManyRequests);
}

/// A challenge proves nothing of whoever holds the session: a stolen one that isn't fresh any more adds nothing.
#[test]
fn what_was_begun_by_a_fresh_session_is_not_finished_by_a_stale_one() {
    let portal = Memory::seeded();
    let mut thief = portal.logged_in(OWNER);
    portal.clock.advance(minutes(9));
    let made = made(&portal, &mut thief, &mut authenticator(&portal));
    portal.clock.advance(minutes(2));
    assert_eq!(portal.refused(&mut thief, &made), Code::ConfirmFirst);
}

/// What was signed before its passkey was removed logs in and confirms no more.
#[test]
fn a_passkey_that_is_removed_meanwhile_proves_nothing() {
    let portal = Memory::seeded();
    let mut owner = portal.logged_in(OWNER);
    let mut phone = authenticator(&portal);
    let made = made(&portal, &mut owner, &mut phone);
    portal.ask(&mut owner, &made).unwrap();
    let mut thief = portal.logged_in(OWNER);
    let mut signed = |browser: &mut Browser, purpose| {
        let request = portal.ask(browser, &AskForPasskey { purpose }).unwrap();
        phone.sign(&request)
    };
    let mut guest = Browser::default();
    let to_log_in = LogInByPasskey {
        assertion: signed(&mut guest, PasskeyPurpose::LogIn),
        then: None,
    };
    let to_confirm = ConfirmByPasskey {
        assertion: signed(&mut thief, PasskeyPurpose::Confirm),
    };
    let remove = RemovePasskey {
        id: to_log_in.assertion.id.clone(),
    };
    portal.ask(&mut owner, &remove).unwrap();
    assert_eq!(portal.refused(&mut guest, &to_log_in), Code::PasskeyUnknown);
    // Every other session has ended with it.
    assert_eq!(portal.refused(&mut thief, &to_confirm), Code::NotLoggedIn);
}
