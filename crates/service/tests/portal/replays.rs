//! What was used, or was made elsewhere, is tried again: states, codes, proofs, sessions.

use crate::harness::asking::log_in;
use crate::harness::{Browser, Memory, block_on};
use contract::account::GetProfile;
use contract::authorization::{CompleteAuthorization, CreateAccount, LinkTikTok, Purpose};
use contract::problem::Code;
use contract::route::query;
use contract::session::{ConfirmPassword, LogOut};
use domain::authorization::{Outcome, ReturnTo};
use scenarios::{Host as _, PASSWORD, Visit};

const TO_PROFILE: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};
const TOKEN: &str = "/v2/oauth/token/";

/// A parameter of a callback, as it stands in the query.
fn parameter(callback: &CompleteAuthorization, name: &str) -> String {
    query::encode(&query::value(&callback.query, name).unwrap())
}

/// A callback with this code and this state, whosever they are.
fn forged(code: &str, state: &str) -> CompleteAuthorization {
    CompleteAuthorization {
        query: format!("code={code}&state={state}"),
    }
}

#[test]
fn a_state_that_comes_twice_is_exchanged_once() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    let callback = portal.bring_back(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    let first = portal.ask(&mut browser, &callback).unwrap();
    let world = block_on(portal.store.export());
    for _ in 0..3 {
        assert_eq!(portal.ask(&mut browser, &callback).unwrap(), first);
    }
    assert_eq!(portal.tiktok.asked(TOKEN), 1);
    assert_eq!(
        block_on(portal.store.export()),
        world,
        "and changed nothing"
    );
}

#[test]
fn a_state_with_another_code_is_not_believed_a_second_time() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    let cancelled = portal.bring_back(&mut browser, TO_PROFILE, Visit::Cancel("unlinked"));
    let completed = portal.ask(&mut browser, &cancelled).unwrap();
    assert_eq!(completed.outcome, Outcome::Cancelled);
    let forged = forged("any", &parameter(&cancelled, "state"));
    assert_eq!(portal.ask(&mut browser, &forged).unwrap(), completed);
    assert_eq!(portal.tiktok.asked(TOKEN), 0);
}

/// The attacker stops their own authorization before it comes back, and puts its code into the
/// victim's.
#[test]
fn a_code_of_another_authorization_is_refused_by_its_challenge() {
    let portal = Memory::seeded();
    let mut attacker = Browser::default();
    let stolen = portal.bring_back(
        &mut attacker,
        Purpose::LogIn,
        Visit::Authorize("personal_account"),
    );
    let mut victim = portal.logged_in("email-only@portal.test");
    let mine = portal.bring_back(&mut victim, TO_PROFILE, Visit::Authorize("unlinked"));
    let injected = forged(&parameter(&stolen, "code"), &parameter(&mine, "state"));
    assert_eq!(
        portal.ask(&mut victim, &injected).unwrap().outcome,
        Outcome::TikTokFailed
    );
    assert_eq!(
        portal.ask(&mut victim, &GetProfile {}).unwrap().tiktok,
        None
    );
    // The authorization has ended by it: its own code comes too late, and nothing is half linked.
    assert_eq!(
        portal.ask(&mut victim, &mine).unwrap().outcome,
        Outcome::TikTokFailed
    );
    assert_eq!(
        portal.ask(&mut victim, &GetProfile {}).unwrap().tiktok,
        None
    );
}

/// Log-in CSRF: the attacker sends the victim through the attacker's own callback.
#[test]
fn a_callback_from_another_browser_logs_nobody_in() {
    let portal = Memory::seeded();
    let mut attacker = Browser::default();
    let callback = portal.bring_back(
        &mut attacker,
        Purpose::LogIn,
        Visit::Authorize("tiktok_only"),
    );
    for mut victim in [Browser::default(), portal.logged_in("linked@portal.test")] {
        let before = portal.member(&mut victim);
        let completed = portal.ask(&mut victim, &callback).unwrap();
        assert_eq!(completed.outcome, Outcome::OtherBrowser);
        assert_eq!(portal.member(&mut victim), before);
    }
    assert_eq!(portal.tiktok.asked(TOKEN), 0, "it isn't even exchanged");
}

#[test]
fn a_proof_for_another_intent_links_nothing() {
    let portal = Memory::seeded();
    let mut browser = Browser::default();
    let completed = portal.authorize(&mut browser, Purpose::LogIn, Visit::Authorize("unlinked"));
    assert_eq!(completed.outcome, Outcome::ChooseAccount);
    portal
        .ask(&mut browser, &log_in("email-only@portal.test", PASSWORD))
        .unwrap();
    let world = block_on(portal.store.export());
    assert_eq!(
        portal.refused(&mut browser, &LinkTikTok::default()),
        Code::ProofMissing
    );
    assert_eq!(block_on(portal.store.export()), world);
}

#[test]
fn a_proof_from_another_browser_makes_no_account() {
    let portal = Memory::seeded();
    let mut owner = Browser::default();
    let completed = portal.authorize(&mut owner, Purpose::LogIn, Visit::Authorize("unlinked"));
    assert_eq!(completed.outcome, Outcome::ChooseAccount);
    let create = CreateAccount {
        terms: true,
        ..CreateAccount::default()
    };
    assert_eq!(
        portal.refused(&mut Browser::default(), &create),
        Code::ProofMissing
    );
    portal.ask(&mut owner, &create).unwrap();
}

#[test]
fn a_state_after_its_expiry_is_not_exchanged() {
    let portal = Memory::seeded();
    let mut browser = Browser::default();
    let callback = portal.bring_back(
        &mut browser,
        Purpose::LogIn,
        Visit::Authorize("tiktok_only"),
    );
    block_on(portal.advance(10));
    assert_eq!(
        portal.ask(&mut browser, &callback).unwrap().outcome,
        Outcome::Expired
    );
    assert_eq!(portal.member(&mut browser), None);
    assert_eq!(portal.tiktok.asked(TOKEN), 0);
}

#[test]
fn a_session_that_was_ended_or_replaced_is_dead() {
    let portal = Memory::seeded();
    let confirm = ConfirmPassword {
        password: PASSWORD.to_owned(),
    };
    let mut browser = portal.logged_in("email-only@portal.test");
    let first = browser.clone();
    portal
        .ask(&mut browser, &log_in("email-only@portal.test", PASSWORD))
        .unwrap();
    let second = browser.clone();
    portal.ask(&mut browser, &confirm).unwrap();
    let third = browser.clone();
    assert_eq!(third.secret, first.secret, "it is the same browser");
    portal.ask(&mut browser, &LogOut {}).unwrap();
    // Its cookie stays: an answer that takes it away could come after one that sets a new one.
    for (mut old, when) in [
        (first, "log-in"),
        (second, "confirmation"),
        (third, "log-out"),
    ] {
        let cookie = old.session.clone();
        assert_eq!(portal.member(&mut old), None, "it survives a {when}");
        assert_eq!(old.session, cookie, "{when}");
    }
}

/// Fixation: whoever plants a cookie knows the session afterwards, unless a log-in draws a new one.
#[test]
fn a_planted_session_is_never_taken_over() {
    let portal = Memory::seeded();
    let mut browser = Browser {
        session: Some("planted".to_owned()),
        ..Browser::default()
    };
    assert_eq!(portal.member(&mut browser), None);
    browser.session = Some("planted".to_owned());
    portal
        .ask(&mut browser, &log_in("email-only@portal.test", PASSWORD))
        .unwrap();
    assert_ne!(browser.session.as_deref(), Some("planted"));
    let mut attacker = Browser {
        session: Some("planted".to_owned()),
        ..Browser::default()
    };
    assert_eq!(portal.member(&mut attacker), None);
}

#[test]
fn a_refused_log_in_sets_no_session() {
    let portal = Memory::seeded();
    let browser = Browser::default();
    let body = serde_json::to_vec(&log_in("email-only@portal.test", "not the password")).unwrap();
    let answer = block_on(portal.answer(&browser, "log_in", &body));
    assert!(answer.reply.is_err());
    assert_eq!(answer.cookies, []);
}
