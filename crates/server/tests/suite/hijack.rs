//! Pre-hijacking: what an attacker prepares before the victim comes (Sudhodanan and Paverd, 2022).
//! Each test tries the attack.

use crate::browser::Browser;
use crate::harness::TestServer;
use contract::account::GetProfile;
use contract::authorization::{CreateAccount, LinkExisting, Purpose};
use contract::problem::Code;
use contract::session::ConfirmPassword;
use contract::sign_up::AddEmail;
use domain::authorization::{Outcome, ReturnTo};
use domain::region::Language;
use service::personas::PASSWORD;
use tiktok_emulator::visitor::Plan;

const VICTIM: &str = "victim@mail.test";
const ATTACKERS: &str = "attackers-word-1";
const VICTIMS: &str = "victims-own-word-2";

fn create() -> CreateAccount {
    CreateAccount {
        terms: true,
        region: None,
        language: Language::English,
        ..CreateAccount::default()
    }
}

/// To TikTok and back with an account that is created there.
async fn travel_as_new(
    browser: &mut Browser,
    purpose: Purpose,
    username: &str,
    display_name: &str,
) -> Outcome {
    let begun = browser.begin(purpose).await.unwrap();
    let plan = Plan::SignUp {
        username: username.to_owned(),
        display_name: display_name.to_owned(),
        password: PASSWORD.to_owned(),
    };
    let back = browser.at_tiktok(&begun.authorize_url, plan).await;
    browser.ask(&back).await.unwrap().outcome
}

#[tokio::test]
async fn classic_federated_merge_an_address_that_is_not_proven_is_no_account() {
    let server = TestServer::start().await;
    // The attacker signs up with the victim's address and can't read the code.
    let mut attacker = server.browser();
    attacker.sign_up(VICTIM, ATTACKERS).await.unwrap();

    // The victim comes by TikTok, and then gives the account their address.
    let mut victim = server.browser();
    assert_eq!(
        victim.travel(Purpose::LogIn, "unlinked").await.outcome,
        Outcome::ChooseAccount
    );
    victim.ask(&create()).await.unwrap();
    let add = AddEmail {
        email: VICTIM.to_owned(),
        password: VICTIMS.to_owned(),
    };
    victim.ask(&add).await.unwrap();
    victim
        .verify(&server.code_sent_to(VICTIM).unwrap())
        .await
        .unwrap();

    // What the attacker prepared leads nowhere: neither the password nor the code that waits.
    let mut elsewhere = server.browser();
    let refused = elsewhere.log_in(VICTIM, ATTACKERS).await.unwrap_err();
    assert_eq!(refused.code, Code::WrongCredentials);
    let attackers_code = server.letters_to(VICTIM).last().unwrap().text.clone();
    let attackers_code = crate::harness::code_in(&attackers_code).unwrap();
    assert!(attacker.verify(&attackers_code).await.is_err());
    assert!(attacker.session().await.member.is_none());
    assert!(elsewhere.log_in(VICTIM, VICTIMS).await.is_ok());
}

#[tokio::test]
async fn classic_federated_merge_the_attackers_password_does_not_survive_the_victims_sign_up() {
    let server = TestServer::start().await;
    let mut attacker = server.browser();
    attacker.sign_up(VICTIM, ATTACKERS).await.unwrap();
    let mut victim = server.browser();
    victim.sign_up(VICTIM, VICTIMS).await.unwrap();
    victim
        .verify(&server.code_sent_to(VICTIM).unwrap())
        .await
        .unwrap();
    let refused = attacker.log_in(VICTIM, ATTACKERS).await.unwrap_err();
    assert_eq!(refused.code, Code::WrongCredentials);
}

#[tokio::test]
async fn unexpired_session_a_new_log_in_method_ends_every_other_session() {
    let server = TestServer::start().await;
    // The attacker once had the account open: at a shared machine, say.
    let mut attacker = server.browser();
    attacker.travel(Purpose::LogIn, "tiktok_only").await;
    assert!(attacker.session().await.member.is_some());

    let mut victim = server.browser();
    victim.travel(Purpose::LogIn, "tiktok_only").await;
    let add = AddEmail {
        email: VICTIM.to_owned(),
        password: VICTIMS.to_owned(),
    };
    victim.ask(&add).await.unwrap();
    victim
        .verify(&server.code_sent_to(VICTIM).unwrap())
        .await
        .unwrap();

    assert!(attacker.session().await.member.is_none());
    let refused = attacker.ask(&GetProfile {}).await.unwrap_err();
    assert_eq!(refused.code, Code::NotLoggedIn);
    assert!(victim.session().await.member.is_some());
}

#[tokio::test]
async fn trojan_identifier_a_tiktok_account_is_not_slipped_into_a_session_left_open() {
    let server = TestServer::start().await;
    let mut left_open = server.browser_of("email-only@portal.test").await;
    server.advance(10);
    let link = Purpose::Link {
        to: ReturnTo::Profile,
    };
    let refused = left_open.begin(link).await.unwrap_err();
    assert_eq!(refused.code, Code::ConfirmFirst);
    let guess = ConfirmPassword {
        password: "a-guess-of-mine".to_owned(),
    };
    let refused = left_open.ask(&guess).await.unwrap_err();
    assert_eq!(refused.code, Code::WrongCredentials);
    assert_eq!(
        left_open.begin(link).await.unwrap_err().code,
        Code::ConfirmFirst
    );
}

#[tokio::test]
async fn trojan_identifier_a_link_that_was_begun_in_time_still_asks_at_the_return() {
    let server = TestServer::start().await;
    let mut left_open = server.browser_of("email-only@portal.test").await;
    server.advance(9);
    let begun = left_open
        .begin(Purpose::Link {
            to: ReturnTo::Profile,
        })
        .await
        .unwrap();
    server.advance(2);
    let plan = Plan::authorize("unlinked", PASSWORD);
    let back = left_open.at_tiktok(&begun.authorize_url, plan).await;
    assert_eq!(
        left_open.ask(&back).await.unwrap().outcome,
        Outcome::ConfirmNeeded
    );
    assert_eq!(left_open.ask(&GetProfile {}).await.unwrap().tiktok, None);
}

#[tokio::test]
async fn trojan_identifier_an_address_that_is_not_proven_is_added_to_nothing() {
    let server = TestServer::start().await;
    // The attacker's account logs in by the attacker's TikTok, and claims the victim's address.
    let mut attacker = server.browser();
    attacker
        .travel(Purpose::SignUp { terms: true }, "unlinked")
        .await;
    let add = AddEmail {
        email: VICTIM.to_owned(),
        password: ATTACKERS.to_owned(),
    };
    attacker.ask(&add).await.unwrap();

    let mut victim = server.browser();
    victim.sign_up(VICTIM, VICTIMS).await.unwrap();
    victim
        .verify(&server.code_sent_to(VICTIM).unwrap())
        .await
        .unwrap();

    let [attackers, victims] = [
        attacker.session().await.member.unwrap(),
        victim.session().await.member.unwrap(),
    ];
    assert_ne!(attackers.account, victims.account);
    assert_eq!(attackers.email, None);
    assert_eq!(victim.ask(&GetProfile {}).await.unwrap().tiktok, None);
    // Even with the code of the attacker's own try, it is too late.
    let letters = server.letters_to(VICTIM);
    let code = crate::harness::code_in(&letters.last().unwrap().text).unwrap();
    assert!(attacker.verify(&code).await.is_err());
    assert_eq!(attacker.session().await.member.unwrap().email, None);
}

#[tokio::test]
async fn trojan_identifier_the_owner_is_told_of_every_new_way_to_log_in() {
    let server = TestServer::start().await;
    let mut browser = server.browser_of("email-only@portal.test").await;
    let link = Purpose::Link {
        to: ReturnTo::Profile,
    };
    assert_eq!(
        browser.travel(link, "unlinked").await.outcome,
        Outcome::Linked
    );
    let letters = server.letters_to("email-only@portal.test");
    assert_eq!(letters.len(), 1);
    assert!(letters[0].text.contains("Mai Coffee"));
}

#[tokio::test]
async fn non_verifying_provider_a_name_that_is_an_address_matches_nobody() {
    let server = TestServer::start().await;
    // TikTok gives no address, but names are free text.
    let mut attacker = server.browser();
    let outcome = travel_as_new(
        &mut attacker,
        Purpose::LogIn,
        "email.only",
        "email-only@portal.test",
    )
    .await;
    assert_eq!(outcome, Outcome::ChooseAccount);
    assert!(attacker.session().await.member.is_none());
    // Linking takes the password.
    let guess = LinkExisting {
        email: "email-only@portal.test".to_owned(),
        password: ATTACKERS.to_owned(),
        ..LinkExisting::default()
    };
    let refused = attacker.ask(&guess).await.unwrap_err();
    assert_eq!(refused.code, Code::WrongCredentials);
    // And an account of their own has no address.
    attacker.ask(&create()).await.unwrap();
    assert_eq!(attacker.session().await.member.unwrap().email, None);
    let mut victim = server.browser_of("email-only@portal.test").await;
    assert_eq!(victim.ask(&GetProfile {}).await.unwrap().tiktok, None);
}
