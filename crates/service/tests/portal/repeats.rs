//! A request that is sent again while the first is under way, and what is kept of it.

use crate::harness::asking::log_in;
use crate::harness::{Browser, Memory, block_on};
use contract::authorization::{CompleteAuthorization, Purpose};
use contract::problem::Code;
use contract::session::{ConfirmPassword, LogOut};
use contract::table::UseCase as _;
use domain::authorization::Outcome;
use domain::limit::KEYED_BY_NETWORK;
use domain::time::minutes;
use scenarios::{PASSWORD, Visit};
use std::pin::pin;
use std::task::{Context, Waker};

/// A browser whose log-in by TikTok came back, and is sent with this key.
fn arrived(portal: &Memory) -> (Browser, CompleteAuthorization) {
    let mut browser = Browser::default();
    portal.member(&mut browser);
    let visit = Visit::Authorize("tiktok_only");
    let callback = portal.bring_back(&mut browser, Purpose::LogIn, visit);
    browser.key = Some("callback".to_owned());
    (browser, callback)
}

/// The draft's 409 has no words of its own here: it is busy, and says when to ask again.
#[test]
fn a_request_that_is_being_worked_on_is_not_begun_again() {
    let portal = Memory::seeded();
    let (mut browser, callback) = arrived(&portal);
    let body = serde_json::to_vec(&callback).unwrap();
    let lost_browser = browser.clone();
    let mut lost = pin!(portal.answer(&lost_browser, CompleteAuthorization::NAME, &body));
    let mut context = Context::from_waker(Waker::noop());
    assert!(lost.as_mut().poll(&mut context).is_pending());
    let busy = portal.ask(&mut browser, &callback).unwrap_err();
    assert_eq!(busy.code, Code::Unavailable);
    assert_eq!(busy.retry_after_s, Some(1));
    assert!(block_on(lost).reply.is_ok());
    let again = portal.ask(&mut browser, &callback).unwrap();
    assert_eq!(again.outcome, Outcome::LoggedIn);
    browser.key = None;
    assert!(portal.member(&mut browser).is_some());
}

#[test]
fn a_log_out_meanwhile_forgets_what_is_being_worked_on() {
    let portal = Memory::seeded();
    let (mut browser, callback) = arrived(&portal);
    let body = serde_json::to_vec(&callback).unwrap();
    let lost_browser = browser.clone();
    let mut lost = pin!(portal.answer(&lost_browser, CompleteAuthorization::NAME, &body));
    let mut context = Context::from_waker(Waker::noop());
    assert!(lost.as_mut().poll(&mut context).is_pending());
    portal.ask(&mut browser, &LogOut {}).unwrap();
    assert!(block_on(lost).reply.is_ok());
    let again = portal.ask(&mut browser, &callback).unwrap();
    assert_eq!(again.outcome, Outcome::LoggedIn, "what came of it is told");
    browser.key = None;
    assert_eq!(portal.member(&mut browser), None, "and logs nobody in");
}

/// The process ended while it worked: it isn't done, or its own rules know that it is.
#[test]
fn a_request_that_broke_off_is_begun_again() {
    let portal = Memory::seeded();
    let (mut browser, callback) = arrived(&portal);
    let body = serde_json::to_vec(&callback).unwrap();
    {
        let mut broken = pin!(portal.answer(&browser, CompleteAuthorization::NAME, &body));
        let mut context = Context::from_waker(Waker::noop());
        assert!(broken.as_mut().poll(&mut context).is_pending());
    }
    portal.clock.advance(minutes(1));
    let again = portal.ask(&mut browser, &callback).unwrap();
    assert_eq!(again.outcome, Outcome::TikTokFailed);
}

/// A password can't be tried at what is kept of a request, nor a token be used.
#[test]
fn what_is_kept_holds_no_secret() {
    let portal = Memory::seeded();
    let mut browser = Browser::default();
    portal.member(&mut browser);
    browser.key = Some("a-key-of-this-browser".to_owned());
    let request = log_in("email-only@portal.test", PASSWORD);
    portal.ask(&mut browser, &request).unwrap();
    let rows = block_on(portal.store.export()).write().unwrap();
    let kept = &rows["keyed_requests"];
    assert_eq!(kept.as_object().unwrap().len(), 1);
    let kept = kept.to_string();
    let secret = browser.secret.unwrap();
    let token = browser.session.unwrap();
    for secret in [PASSWORD, &secret, &token, "a-key-of-this-browser"] {
        assert!(!kept.contains(secret), "{kept}");
    }
    assert!(kept.contains("reply"), "{kept}");
}

/// They are for a repeat: whoever sends so many gets each of them answered, and none twice.
#[test]
fn too_many_keys_of_one_network_are_not_kept() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    portal.member(&mut browser);
    let wrong = ConfirmPassword::default();
    for number in 0..=KEYED_BY_NETWORK.count {
        browser.key = Some(number.to_string());
        assert_eq!(portal.refused(&mut browser, &wrong), Code::InvalidInput);
    }
    let rows = block_on(portal.store.export()).write().unwrap();
    let kept = rows["keyed_requests"].as_object().unwrap().len();
    assert_eq!(kept, 64, "of one browser");
    block_on(portal.portal.sweep()).unwrap();
    portal.clock.advance(minutes(10));
    portal.clock.advance(minutes(1));
    block_on(portal.portal.sweep()).unwrap();
    let rows = block_on(portal.store.export()).write().unwrap();
    assert_eq!(rows["keyed_requests"].as_object().unwrap().len(), 0);
}
