//! TikTok is out of reach, or has to be told something: grants are revoked, and nothing is done
//! by halves.

use crate::harness::asking::{NEW_PASSWORD, log_in, sign_up};
use crate::harness::{BEGINNING, Browser, Memory, block_on};
use contract::account::{GetProfile, UnlinkTikTok};
use contract::authorization::{CreateAccount, Purpose};
use contract::problem::Code;
use contract::session::ConfirmPassword;
use contract::sign_up::{GetSignUp, ResendCode};
use domain::authorization::{Outcome, ReturnTo};
use domain::email::Email;
use domain::id::LetterId;
use domain::region::{Country, Language};
use scenarios::{Host as _, PASSWORD, Visit};
use service::delivery::{self, ASKED_FOR_MAX};
use service::letter::{Letter, News};
use service::store::{LetterState, Mode, Store as _, StoredLetter};
use std::sync::atomic::Ordering;
use tiktok_emulator::Revocation;
use uuid::Uuid;

const TO_PROFILE: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};
const TOKEN: &str = "/v2/oauth/token/";
const REVOKE: &str = "/v2/oauth/revoke/";

#[test]
fn an_unlink_gives_the_grant_back() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    portal.authorize(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    assert_eq!(portal.tiktok.asked(REVOKE), 0);
    portal.ask(&mut browser, &UnlinkTikTok {}).unwrap();
    assert_eq!(portal.tiktok.asked(REVOKE), 1);
}

#[test]
fn an_unlink_that_tiktok_does_not_hear_of_is_none() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    portal.authorize(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    let letters = portal.outbox.letters().len();
    portal.tiktok.set_away(true);
    assert_eq!(
        portal.refused(&mut browser, &UnlinkTikTok {}),
        Code::TikTokUnavailable
    );
    assert!(
        portal
            .ask(&mut browser, &GetProfile {})
            .unwrap()
            .tiktok
            .is_some()
    );
    assert_eq!(portal.outbox.letters().len(), letters);
    portal.tiktok.set_away(false);
    portal.ask(&mut browser, &UnlinkTikTok {}).unwrap();
}

#[test]
fn an_unlink_that_tiktok_fails_at_is_none_and_one_of_a_dead_token_is() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    portal.authorize(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    for word in ["server_error", "temporarily_unavailable", "invalid_client"] {
        portal.tiktok.set_refusing(word);
        assert_eq!(
            portal.refused(&mut browser, &UnlinkTikTok {}),
            Code::TikTokUnavailable,
            "{word}"
        );
    }
    portal.tiktok.set_refusing("invalid_request");
    let unlinked = portal.ask(&mut browser, &UnlinkTikTok {}).unwrap();
    assert_eq!(unlinked.tiktok, None);
}

#[test]
fn an_unlink_that_tiktok_answers_with_anything_but_a_success_is_none() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    portal.authorize(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    for body in [
        r#"{"error":{"code":"rate_limit_exceeded","message":"","log_id":"L"}}"#,
        r#"{"data":{},"error":{"code":"internal_error","message":"","log_id":"L"}}"#,
        r#"{"data":{"error_code":10002},"message":"error"}"#,
        "<html><body>Access Denied</body></html>",
    ] {
        portal.tiktok.set_answering(body);
        assert_eq!(
            portal.refused(&mut browser, &UnlinkTikTok {}),
            Code::TikTokUnavailable,
            "{body}"
        );
        let profile = portal.ask(&mut browser, &GetProfile {}).unwrap();
        assert!(profile.tiktok.is_some(), "{body}");
    }
    portal
        .tiktok
        .set_answering(r#"{"data":{},"error":{"code":"ok","message":"","log_id":"L"}}"#);
    let unlinked = portal.ask(&mut browser, &UnlinkTikTok {}).unwrap();
    assert_eq!(unlinked.tiktok, None);
}

#[test]
fn an_unlink_long_after_renews_the_grant_to_give_it_back() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    portal.authorize(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    let tokens = portal.tiktok.asked(TOKEN);
    block_on(portal.advance(150));
    let confirm = ConfirmPassword {
        password: PASSWORD.to_owned(),
    };
    portal.ask(&mut browser, &confirm).unwrap();
    portal.tiktok.set_away(true);
    assert_eq!(
        portal.refused(&mut browser, &UnlinkTikTok {}),
        Code::TikTokUnavailable
    );
    portal.tiktok.set_away(false);
    portal.ask(&mut browser, &UnlinkTikTok {}).unwrap();
    assert_eq!(portal.tiktok.asked(TOKEN), tokens + 2, "once in vain");
    assert_eq!(portal.tiktok.asked(REVOKE), 1);
    assert_eq!(portal.tiktok.grants(), 0, "nothing of it lives on");
}

#[test]
fn a_grant_that_nobody_needs_is_revoked_unless_its_account_is_linked() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    for (visit, outcome, revoked) in [
        (
            Visit::Authorize("linked_elsewhere"),
            Outcome::AlreadyLinked,
            0,
        ),
        (
            Visit::DenyProfile("linked_elsewhere"),
            Outcome::ScopeDenied,
            0,
        ),
        (Visit::DenyProfile("unlinked"), Outcome::ScopeDenied, 1),
    ] {
        let before = portal.tiktok.asked(REVOKE);
        assert_eq!(
            portal.authorize(&mut browser, TO_PROFILE, visit).outcome,
            outcome
        );
        assert_eq!(portal.tiktok.asked(REVOKE), before + revoked, "{outcome:?}");
    }
}

/// A provider may end all grants of a user and an app by one revocation: whoever comes with a TikTok
/// account that is linked must not end its link by being refused.
#[test]
fn a_refusal_leaves_the_grant_of_a_link_whatever_a_revocation_ends() {
    for revocation in [Revocation::Grant, Revocation::AllGrants] {
        let portal = Memory::seeded();
        portal.tiktok.set_revocation(revocation);
        let mut owner = portal.logged_in("email-only@portal.test");
        portal.authorize(&mut owner, TO_PROFILE, Visit::Authorize("unlinked"));
        let (mut other, mut guest) = (Browser::default(), Browser::default());
        portal.authorize(&mut other, Purpose::LogIn, Visit::Authorize("tiktok_only"));
        for (browser, purpose, visit, outcome) in [
            (
                &mut other,
                Purpose::Confirm,
                Visit::Authorize("unlinked"),
                Outcome::ConfirmedByAnother,
            ),
            (
                &mut guest,
                Purpose::LogIn,
                Visit::DenyProfile("unlinked"),
                Outcome::ScopeDenied,
            ),
        ] {
            let completed = portal.authorize(browser, purpose, visit);
            assert_eq!(completed.outcome, outcome);
            assert_eq!(portal.tiktok.asked(REVOKE), 0, "{revocation:?}");
        }
        assert_eq!(portal.tiktok.grants(), 4, "{revocation:?}");
        portal.ask(&mut owner, &UnlinkTikTok {}).unwrap();
        // With the link go those that nobody needed.
        assert_eq!(portal.tiktok.asked(REVOKE), 3);
        assert_eq!(portal.tiktok.grants(), 1, "{revocation:?}");
    }
}

#[test]
fn a_proof_that_waits_keeps_its_grant() {
    let portal = Memory::seeded();
    let mut browser = Browser::default();
    portal.authorize(&mut browser, Purpose::LogIn, Visit::Authorize("unlinked"));
    assert_eq!(portal.tiktok.asked(REVOKE), 0);
    let create = CreateAccount {
        terms: true,
        region: Some(Country::VN),
        ..CreateAccount::default()
    };
    portal.ask(&mut browser, &create).unwrap();
    assert_eq!(portal.tiktok.asked(REVOKE), 0);
}

#[test]
fn a_callback_while_tiktok_is_away_fails_and_can_be_begun_again() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    let callback = portal.bring_back(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    portal.tiktok.set_away(true);
    assert_eq!(
        portal.ask(&mut browser, &callback).unwrap().outcome,
        Outcome::TikTokFailed
    );
    portal.tiktok.set_away(false);
    assert_eq!(
        portal.ask(&mut browser, &callback).unwrap().outcome,
        Outcome::TikTokFailed
    );
    let again = portal.authorize(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    assert_eq!(again.outcome, Outcome::Linked);
}

#[test]
fn what_goes_wrong_at_tiktok_is_told_to_the_log_and_not_to_the_browser() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    portal.authorize(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    portal.tiktok.set_away(true);
    let answer = block_on(portal.answer(&browser, "unlink_tiktok", b"{}"));
    let told = serde_json::to_string(&answer.reply.unwrap_err()).unwrap();
    assert!(!told.contains("network"), "{told}");
    assert!(answer.cause.unwrap().contains("the network is gone"));
}

#[test]
fn with_no_room_to_hash_the_portal_says_so_and_does_nothing() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    let member = portal.member(&mut browser);
    portal.passwords.is_busy.store(true, Ordering::SeqCst);
    let log_in = log_in("linked@portal.test", PASSWORD);
    assert_eq!(portal.refused(&mut browser, &log_in), Code::Unavailable);
    let sign_up = sign_up("new@coffee.test", NEW_PASSWORD);
    assert_eq!(portal.refused(&mut browser, &sign_up), Code::Unavailable);
    assert_eq!(portal.outbox.letters(), []);
    assert_eq!(portal.member(&mut browser), member);
    portal.passwords.is_busy.store(false, Ordering::SeqCst);
    portal.ask(&mut browser, &log_in).unwrap();
}

/// Letters that wait, as many as may.
fn waiting_letters() -> impl Iterator<Item = StoredLetter> {
    (0..ASKED_FOR_MAX).map(|number| StoredLetter {
        id: LetterId(Uuid::from_u128(number.into())),
        letter: Letter {
            to: Email::parse("somebody@coffee.test").unwrap(),
            language: Language::English,
            news: News::AccountExists,
        },
        written: BEGINNING,
        tries: 0,
        state: LetterState::Waiting { due: BEGINNING },
    })
}

async fn fill_queue(portal: &Memory) {
    let mut tx = portal.store.begin(Mode::Write).await.unwrap();
    for letter in waiting_letters() {
        tx.put_letter(&letter).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn empty_queue(portal: &Memory) {
    for letter in waiting_letters() {
        delivery::sent(&portal.store, letter.id).await.unwrap();
    }
}

/// Whether the address has an account or not.
#[test]
fn a_code_that_can_not_be_queued_is_told_and_nothing_waits_for_it() {
    let portal = Memory::seeded();
    for email in ["linked@portal.test", "new@coffee.test"] {
        let mut browser = Browser::default();
        block_on(fill_queue(&portal));
        let sign_up = sign_up(email, NEW_PASSWORD);
        assert_eq!(portal.refused(&mut browser, &sign_up), Code::Unavailable);
        let waiting = portal.ask(&mut browser, &GetSignUp {}).unwrap();
        assert_eq!(waiting.sent, None, "{email}");
        block_on(empty_queue(&portal));
        portal.ask(&mut browser, &sign_up).unwrap();
        assert_eq!(portal.outbox.texts_to(email).len(), 1);

        // Nor does another one take the place of the code that was sent.
        block_on(portal.advance(1));
        block_on(fill_queue(&portal));
        let resend = ResendCode::default();
        assert_eq!(portal.refused(&mut browser, &resend), Code::Unavailable);
        block_on(empty_queue(&portal));
        portal.ask(&mut browser, &resend).unwrap();
        assert_eq!(portal.outbox.texts_to(email).len(), 2);
    }
}

#[test]
fn a_flood_of_codes_keeps_no_news_from_being_stored() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    block_on(fill_queue(&portal));
    portal.authorize(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    assert_eq!(portal.outbox.texts_to("email-only@portal.test").len(), 1);
}
