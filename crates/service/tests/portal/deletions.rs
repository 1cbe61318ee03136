//! Accounts that go while somebody is at the door, and what goes with them at TikTok.

use crate::harness::asking::{NEW_PASSWORD, log_in, sign_up};
use crate::harness::{Browser, Memory, block_on};
use contract::account::ChangePassword;
use contract::authorization::Purpose;
use contract::my_data::{DataPart, DeleteAccount, GetMyData, KeepAccount};
use contract::problem::Code;
use contract::session::LogIn;
use contract::sign_up::GetSignUp;
use contract::table::UseCase as _;
use domain::authorization::ReturnTo;
use domain::email::Email;
use scenarios::{Host as _, PASSWORD, Visit};
use service::personas;
use service::store::{Mode, Store as _};
use std::pin::pin;
use std::task::{Context, Waker};

const OWNER: &str = "email-only@portal.test";
const DAYS: u64 = 14 * 24 * 60;

/// Begins a log-in, does something while its password is hashed, and replies with how it ends.
fn log_in_while(portal: &Memory, meanwhile: impl FnOnce()) -> Result<(), Code> {
    let browser = portal.browser();
    let body = serde_json::to_vec(&log_in(OWNER, PASSWORD)).unwrap();
    let mut answer = pin!(portal.answer(&browser, LogIn::NAME, &body));
    let mut context = Context::from_waker(Waker::noop());
    assert!(answer.as_mut().poll(&mut context).is_pending());
    meanwhile();
    let reply = block_on(answer).reply;
    reply.map(drop).map_err(|problem| problem.code)
}

#[test]
fn who_logs_in_while_the_account_goes_is_not_let_in() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in(OWNER);
    portal.ask(&mut browser, &DeleteAccount {}).unwrap();
    block_on(portal.advance(DAYS));
    let ended = log_in_while(&portal, || block_on(portal.portal.sweep()).unwrap());
    assert_eq!(ended, Err(Code::WrongCredentials));
}

/// Or they would have a session that the change of the password was to end.
#[test]
fn who_logs_in_while_the_password_is_changed_is_not_let_in() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in(OWNER);
    let change = ChangePassword {
        new_password: NEW_PASSWORD.to_owned(),
    };
    let ended = log_in_while(&portal, || {
        portal.ask(&mut browser, &change).unwrap();
    });
    assert_eq!(ended, Err(Code::WrongCredentials));
    assert_eq!(log_in_while(&Memory::seeded(), || ()), Ok(()));
}

/// For an address that logs in no more.
#[test]
fn who_logs_in_while_the_address_is_changed_is_not_let_in() {
    let portal = Memory::seeded();
    let ended = log_in_while(&portal, || {
        block_on(async {
            let mut tx = portal.store.begin(Mode::Write).await.unwrap();
            let email = Email::parse(OWNER).unwrap();
            let mut account = tx.account_by_email(&email).await.unwrap().unwrap();
            account.email = Email::parse("mai@coffee.test").ok();
            tx.update_account(&account).await.unwrap();
            tx.commit().await.unwrap();
        });
    });
    assert_eq!(ended, Err(Code::WrongCredentials));
}

/// Each tells the owner by letter, and so does each that is stopped.
#[test]
fn a_deletion_is_asked_for_five_times_a_day_at_most() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in(OWNER);
    for _ in 0..5 {
        portal.ask(&mut browser, &DeleteAccount {}).unwrap();
        portal.ask(&mut browser, &DeleteAccount {}).unwrap();
        portal.ask(&mut browser, &KeepAccount {}).unwrap();
        portal.ask(&mut browser, &KeepAccount {}).unwrap();
    }
    let code = portal.refused(&mut browser, &DeleteAccount {});
    assert_eq!(code, Code::TooManyRequests);
    assert_eq!(block_on(portal.letters_to(OWNER)).len(), 10);
}

/// Whoever asked for a code with the address sees no difference to one without an account.
#[test]
fn what_a_stranger_waits_for_tells_nothing_of_the_deletion() {
    let portal = Memory::seeded();
    let mut owner = portal.logged_in(OWNER);
    portal.ask(&mut owner, &DeleteAccount {}).unwrap();
    block_on(portal.advance(DAYS - 60));
    let mut stranger = portal.browser();
    let mut other = portal.browser();
    portal
        .ask(&mut stranger, &sign_up(OWNER, NEW_PASSWORD))
        .unwrap();
    portal
        .ask(&mut other, &sign_up("nobody@coffee.test", NEW_PASSWORD))
        .unwrap();
    block_on(portal.advance(60));
    block_on(portal.portal.sweep()).unwrap();
    let told = |browser: &mut Browser| {
        let sent = portal.ask(browser, &GetSignUp {}).unwrap().sent;
        sent.map(|sent| (sent.resend_after_s, sent.code_digits))
    };
    assert_eq!(told(&mut stranger), told(&mut other));
    assert!(told(&mut stranger).is_some());
}

#[test]
fn the_grant_of_a_deleted_account_is_revoked() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in(OWNER);
    let link = Purpose::Link {
        to: ReturnTo::Profile,
    };
    portal.authorize(&mut browser, link, Visit::Authorize("unlinked"));
    assert_eq!(portal.tiktok.grants(), 1);
    portal.ask(&mut browser, &DeleteAccount {}).unwrap();
    // While TikTok is away the account goes all the same, and the grant with a later sweep.
    block_on(portal.advance(DAYS));
    portal.tiktok.set_away(true);
    block_on(portal.portal.sweep()).unwrap();
    assert_eq!(
        portal.refused(&mut browser, &KeepAccount {}),
        Code::NotLoggedIn
    );
    assert_eq!(portal.tiktok.grants(), 1);
    portal.tiktok.set_away(false);
    block_on(portal.advance(11));
    block_on(portal.portal.sweep()).unwrap();
    assert_eq!(portal.tiktok.grants(), 0);
}

/// TikTok separates them by commas, and a row of before may have spaces, or nothing.
#[test]
fn scopes_are_told_however_they_were_written() {
    for (written, told) in [
        ("", &[][..]),
        ("user.info.basic", &["user.info.basic"]),
        (
            "user.info.profile, user.info.basic,",
            &["user.info.basic", "user.info.profile"],
        ),
    ] {
        let portal = Memory::seeded();
        let mut browser = portal.logged_in("linked@portal.test");
        block_on(async {
            let mut tx = portal.store.begin(Mode::Write).await.unwrap();
            let email = Email::parse("linked@portal.test").unwrap();
            let id = tx.account_by_email(&email).await.unwrap().unwrap().id;
            let link = tx.link_of_account(id).await.unwrap().unwrap();
            let mut grant = tx.grant_of_link(id).await.unwrap().unwrap();
            grant.scopes = written.to_owned();
            tx.update_link(&link, &grant).await.unwrap();
            tx.commit().await.unwrap();
        });
        let part = DataPart::Account;
        let data = portal.ask(&mut browser, &GetMyData { part }).unwrap();
        assert_eq!(data.account.unwrap().tiktok.unwrap().scopes, told);
    }
}

/// As at the next start of a demonstration.
#[test]
fn a_persona_that_was_deleted_is_made_anew() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("linked@portal.test");
    portal.ask(&mut browser, &DeleteAccount {}).unwrap();
    block_on(portal.advance(DAYS));
    block_on(portal.portal.sweep()).unwrap();
    block_on(personas::seed(
        portal.portal.env(),
        &crate::harness::at_tiktok,
    ))
    .unwrap();
    let mut browser = portal.logged_in("linked@portal.test");
    let part = DataPart::Account;
    let data = portal.ask(&mut browser, &GetMyData { part }).unwrap();
    assert_eq!(data.account.unwrap().deletion, None);
}
