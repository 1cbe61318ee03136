//! Invariant 7 from within: an address that has an account costs the same work as one that has none.

use crate::harness::asking::{NEW_PASSWORD, log_in, sign_up};
use crate::harness::{Browser, Memory, block_on};
use contract::authorization::{LinkExisting, Purpose};
use contract::problem::Code;
use contract::sign_up::AddEmail;
use contract::table::UseCase;
use scenarios::Visit;
use service::letter::News;
use std::sync::atomic::Ordering;

/// As long as each other, so that replies that quote them can be compared.
const KNOWN: &str = "email-only@portal.test";
const UNKNOWN: &str = "nobody-abc@portal.test";

/// What can be measured of one call.
#[derive(Debug, PartialEq)]
struct Work {
    hashed: u64,
    verified: u64,
    letters: usize,
    cookies: Vec<&'static str>,
    /// The reply's length, or the problem's code.
    told: Result<usize, Code>,
}

fn work<R: UseCase>(portal: &Memory, browser: &Browser, request: &R) -> Work {
    let before = (
        portal.passwords.hashed.load(Ordering::SeqCst),
        portal.passwords.verified.load(Ordering::SeqCst),
        portal.outbox.letters().len(),
    );
    let body = serde_json::to_vec(request).unwrap();
    let answer = block_on(portal.answer(browser, R::NAME, &body));
    let cookies = answer.cookies.iter().map(|cookie| match cookie {
        service::env::Cookie::SetBrowser(_) => "browser",
        service::env::Cookie::SetSession(_) => "session",
        service::env::Cookie::ClearSession => "clear",
        service::env::Cookie::SetProof(_) => "proof",
        service::env::Cookie::SetSignUp(_) => "sign-up",
    });
    Work {
        hashed: portal.passwords.hashed.load(Ordering::SeqCst) - before.0,
        verified: portal.passwords.verified.load(Ordering::SeqCst) - before.1,
        letters: portal.outbox.letters().len() - before.2,
        cookies: cookies.collect(),
        told: answer
            .reply
            .map(|reply| reply.len())
            .map_err(|problem| problem.code),
    }
}

#[test]
fn a_sign_up_hashes_once_and_writes_once_either_way() {
    let portal = Memory::seeded();
    let known = work(&portal, &Browser::default(), &sign_up(KNOWN, NEW_PASSWORD));
    let unknown = work(
        &portal,
        &Browser::default(),
        &sign_up(UNKNOWN, NEW_PASSWORD),
    );
    assert_eq!(known, unknown);
    assert_eq!((known.hashed, known.letters), (1, 1));
    let letters = portal.outbox.letters();
    let news: Vec<_> = letters.iter().map(|letter| &letter.news).collect();
    assert!(
        matches!(news.as_slice(), [News::AccountExists, News::Code { .. }]),
        "the letters alone differ: {news:?}"
    );
}

#[test]
fn a_log_in_verifies_once_either_way() {
    let portal = Memory::seeded();
    let known = work(
        &portal,
        &Browser::default(),
        &log_in(KNOWN, "not the password"),
    );
    let unknown = work(
        &portal,
        &Browser::default(),
        &log_in(UNKNOWN, "not the password"),
    );
    assert_eq!(known, unknown);
    assert_eq!(known.verified, 1);
    assert_eq!(known.told, Err(Code::WrongCredentials));
}

#[test]
fn linking_an_existing_account_verifies_once_either_way() {
    let portal = Memory::seeded();
    let attempt = |email: &str| {
        let mut browser = Browser::default();
        portal.authorize(&mut browser, Purpose::LogIn, Visit::Authorize("unlinked"));
        let existing = LinkExisting {
            email: email.to_owned(),
            password: "not the password".to_owned(),
            ..LinkExisting::default()
        };
        work(&portal, &browser, &existing)
    };
    let (known, unknown) = (attempt(KNOWN), attempt(UNKNOWN));
    assert_eq!(known, unknown);
    assert_eq!(known.verified, 1);
}

#[test]
fn adding_an_address_hashes_once_and_writes_once_either_way() {
    let portal = Memory::seeded();
    let attempt = |email: &str| {
        let mut browser = Browser::default();
        portal.authorize(
            &mut browser,
            Purpose::LogIn,
            Visit::Authorize("tiktok_only"),
        );
        let add = AddEmail {
            email: email.to_owned(),
            password: NEW_PASSWORD.to_owned(),
        };
        work(&portal, &browser, &add)
    };
    let (known, unknown) = (attempt(KNOWN), attempt(UNKNOWN));
    assert_eq!(known, unknown);
    assert_eq!((known.hashed, known.letters), (1, 1));
}
