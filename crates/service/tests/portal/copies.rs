//! A copied cookie: what was copied before something began, or by whoever sits at the machine next,
//! is of no use with it.

use crate::harness::asking::{NEW_PASSWORD, sign_up};
use crate::harness::{Browser, Memory};
use contract::account::{GetProfile, UnlinkTikTok};
use contract::authorization::{
    AuthorizationStatus, CreateAccount, GetAuthorization, LinkExisting, Purpose,
};
use contract::problem::Code;
use contract::sign_up::{AddEmail, GetSignUp, ResendCode, VerifyEmail};
use domain::authorization::{Outcome, ReturnTo};
use domain::region::Country;
use scenarios::{PASSWORD, Visit};

const TO_PROFILE: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};
const EMAIL: &str = "mai@coffee.test";

fn create_account() -> CreateAccount {
    CreateAccount {
        terms: true,
        region: Some(Country::VN),
        ..CreateAccount::default()
    }
}

fn code(portal: &Memory) -> VerifyEmail {
    VerifyEmail {
        code: portal.newest_code(EMAIL),
        ..VerifyEmail::default()
    }
}

/// That a browser neither sees nor uses the proof that waits in another.
fn is_kept_from(portal: &Memory, mut copy: Browser) {
    let last = portal.ask(&mut copy, &GetAuthorization {}).unwrap();
    assert_eq!(last.status, AuthorizationStatus::None);
    assert_eq!((last.id, last.purpose), (None, None));
    let refused = portal.refused(&mut copy, &create_account());
    assert_eq!(refused, Code::ProofMissing);
    let existing = LinkExisting {
        email: "email-only@portal.test".to_owned(),
        password: PASSWORD.to_owned(),
        ..LinkExisting::default()
    };
    assert_eq!(portal.refused(&mut copy, &existing), Code::ProofMissing);
}

#[test]
fn a_copy_from_before_the_return_is_of_no_use_at_the_fork() {
    let portal = Memory::seeded();
    let mut owner = Browser::default();
    portal.member(&mut owner);
    let before_all = owner.clone();
    // Another trip, which came to nothing.
    portal.authorize(&mut owner, Purpose::LogIn, Visit::Authorize("unlinked"));
    let after_another = owner.clone();
    let callback = portal.bring_back(&mut owner, Purpose::LogIn, Visit::Authorize("unlinked"));
    let mut under_way = owner.clone();
    // The id is the `state`: with it a callback could be made.
    let last = portal.ask(&mut under_way, &GetAuthorization {}).unwrap();
    assert_eq!(last.id, None);
    let completed = portal.ask(&mut owner, &callback).unwrap();
    assert_eq!(completed.outcome, Outcome::ChooseAccount);
    for copy in [before_all, after_another, under_way] {
        assert_eq!(copy.secret, owner.secret, "it is the browser's own cookie");
        is_kept_from(&portal, copy);
    }
    let last = portal.ask(&mut owner, &GetAuthorization {}).unwrap();
    assert!(last.id.is_some());
    portal.ask(&mut owner, &create_account()).unwrap();
}

/// On a shared machine: the cookies of the session go, the browser's own stays.
#[test]
fn whoever_opens_the_browser_next_finds_no_fork_and_no_address() {
    let portal = Memory::seeded();
    let mut owner = Browser::default();
    portal.authorize(&mut owner, Purpose::LogIn, Visit::Authorize("unlinked"));
    portal
        .ask(&mut owner, &sign_up(EMAIL, NEW_PASSWORD))
        .unwrap();
    let mut next = Browser {
        secret: owner.secret.clone(),
        ..Browser::default()
    };
    is_kept_from(&portal, next.clone());
    assert_eq!(portal.ask(&mut next, &GetSignUp {}).unwrap().sent, None);
    let resend = ResendCode::default();
    assert_eq!(portal.refused(&mut next, &resend), Code::NoCodePending);
    assert_eq!(
        portal.refused(&mut next, &code(&portal)),
        Code::NoCodePending
    );
    assert!(
        portal
            .ask(&mut owner, &GetSignUp {})
            .unwrap()
            .sent
            .is_some()
    );
    portal.ask(&mut owner, &code(&portal)).unwrap();
}

/// The page was loaded anew while TikTok was asked, so the cookie of the first answer never came.
#[test]
fn a_callback_that_is_sent_again_brings_the_secret_that_was_lost() {
    let portal = Memory::seeded();
    let mut browser = Browser::default();
    let callback = portal.bring_back(&mut browser, Purpose::LogIn, Visit::Authorize("unlinked"));
    let mut lost = browser.clone();
    portal.ask(&mut lost, &callback).unwrap();
    let completed = portal.ask(&mut browser, &callback).unwrap();
    assert_eq!(completed.outcome, Outcome::ChooseAccount);
    is_kept_from(&portal, lost);
    portal.ask(&mut browser, &create_account()).unwrap();
}

/// By its key it is known as the same; without one it is another, with a code of its own.
#[test]
fn a_sign_up_that_is_sent_again_brings_the_secret_that_was_lost() {
    for key in [Some("a-key-of-the-page"), None] {
        let portal = Memory::seeded();
        let mut browser = Browser::default();
        portal.member(&mut browser);
        browser.key = key.map(str::to_owned);
        let mut lost = browser.clone();
        let sign_up = sign_up(EMAIL, NEW_PASSWORD);
        portal.ask(&mut lost, &sign_up).unwrap();
        portal.ask(&mut browser, &sign_up).unwrap();
        let letters = if key.is_some() { 1 } else { 2 };
        assert_eq!(portal.outbox.letters().len(), letters);
        assert_eq!(browser.sign_up == lost.sign_up, key.is_some());
        browser.key = None;
        portal.ask(&mut browser, &code(&portal)).unwrap();
    }
}

/// The key is the page's: who has the browser's cookie alone can't send the request again.
#[test]
fn a_copy_that_does_not_know_the_key_gets_no_secret() {
    let portal = Memory::seeded();
    let mut owner = Browser::default();
    portal.member(&mut owner);
    let mut copy = owner.clone();
    owner.key = Some("a-key-of-the-page".to_owned());
    let sign_up = sign_up(EMAIL, NEW_PASSWORD);
    portal.ask(&mut owner, &sign_up).unwrap();
    copy.key = Some("another-key".to_owned());
    let resend = ResendCode::default();
    assert_eq!(portal.refused(&mut copy, &resend), Code::NoCodePending);
    assert_ne!(copy.sign_up, owner.sign_up);
    owner.key = None;
    portal.ask(&mut owner, &code(&portal)).unwrap();
}

/// The answer that brought the session's new token was lost: the same request lets the browser in.
#[test]
fn a_change_whose_answer_was_lost_lets_the_same_browser_in() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    let callback = portal.bring_back(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    browser.key = Some("link".to_owned());
    let mut lost = browser.clone();
    let completed = portal.ask(&mut lost, &callback).unwrap();
    assert_eq!(completed.outcome, Outcome::Linked);
    assert_ne!(lost.session, browser.session);
    assert_eq!(portal.ask(&mut browser, &callback).unwrap(), completed);
    browser.key = Some("unlink".to_owned());
    let mut lost = browser.clone();
    let profile = portal.ask(&mut lost, &UnlinkTikTok {}).unwrap();
    assert_eq!(portal.ask(&mut browser, &UnlinkTikTok {}).unwrap(), profile);
    assert!(portal.member(&mut browser).is_some());
    assert_eq!(portal.member(&mut lost), None, "there is one session");
}

/// A session's cookie that was copied ends with every change of what logs in, and so does every
/// session that was begun elsewhere.
#[test]
fn a_copied_session_ends_when_a_way_to_log_in_is_added_linked_or_unlinked() {
    let portal = Memory::seeded();
    let ends = |owner: &mut Browser, elsewhere: &mut Browser, change: &dyn Fn(&mut Browser)| {
        let mut copy = owner.clone();
        assert!(portal.member(&mut copy).is_some());
        change(owner);
        for other in [&mut copy, elsewhere] {
            assert_eq!(portal.member(other), None);
            assert_eq!(portal.refused(other, &GetProfile {}), Code::NotLoggedIn);
        }
        assert!(portal.member(owner).is_some());
    };

    let mut owner = portal.logged_in("email-only@portal.test");
    let mut elsewhere = portal.logged_in("email-only@portal.test");
    ends(&mut owner, &mut elsewhere, &|browser| {
        let completed = portal.authorize(browser, TO_PROFILE, Visit::Authorize("unlinked"));
        assert_eq!(completed.outcome, Outcome::Linked);
    });
    let mut elsewhere = portal.logged_in("email-only@portal.test");
    ends(&mut owner, &mut elsewhere, &|browser| {
        portal.ask(browser, &UnlinkTikTok {}).unwrap();
    });

    let (mut owner, mut elsewhere) = (Browser::default(), Browser::default());
    for browser in [&mut owner, &mut elsewhere] {
        portal.authorize(browser, Purpose::LogIn, Visit::Authorize("tiktok_only"));
    }
    let add = AddEmail {
        email: EMAIL.to_owned(),
        password: NEW_PASSWORD.to_owned(),
    };
    portal.ask(&mut owner, &add).unwrap();
    ends(&mut owner, &mut elsewhere, &|browser| {
        portal.ask(browser, &code(&portal)).unwrap();
    });

    // At the fork, by the password of an account.
    let mut elsewhere = portal.logged_in("email-only@portal.test");
    let mut owner = Browser::default();
    portal.authorize(
        &mut owner,
        Purpose::LogIn,
        Visit::Authorize("personal_account"),
    );
    let existing = LinkExisting {
        email: "email-only@portal.test".to_owned(),
        password: PASSWORD.to_owned(),
        ..LinkExisting::default()
    };
    portal.ask(&mut owner, &existing).unwrap();
    assert_eq!(portal.member(&mut elsewhere), None);
}
