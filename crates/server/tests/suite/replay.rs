//! Callbacks that come again, from elsewhere, for something else, or too late (Invariants 4, 5 and 9).

use crate::browser::Browser;
use crate::harness::TestServer;
use contract::authorization::{
    CompleteAuthorization, CreateAccount, LinkExisting, LinkTikTok, Purpose,
};
use contract::problem::Code;
use contract::route::{Route, query};
use domain::authorization::{Outcome, ReturnTo};
use domain::region::Language;
use service::personas::PASSWORD;
use tiktok_emulator::visitor::Plan;

const LINK: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};

/// Goes to TikTok as `username` and holds the callback back.
async fn callback(
    browser: &mut Browser,
    purpose: Purpose,
    username: &str,
) -> CompleteAuthorization {
    let begun = browser.begin(purpose).await.unwrap();
    let plan = Plan::authorize(username, PASSWORD);
    browser.at_tiktok(&begun.authorize_url, plan).await
}

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

async fn linked_username(browser: &mut Browser) -> Option<String> {
    let profile = browser
        .ask(&contract::account::GetProfile {})
        .await
        .unwrap();
    profile.tiktok.and_then(|tiktok| tiktok.username)
}

#[tokio::test]
async fn a_callback_that_comes_twice_shows_the_same_page_and_has_one_effect() {
    let server = TestServer::start().await;
    let mut browser = server.browser_of("email-only@portal.test").await;
    let back = callback(&mut browser, LINK, "unlinked").await;
    let first = browser.ask(&back).await.unwrap();
    assert_eq!(first.outcome, Outcome::Linked);
    for _ in 0..3 {
        assert_eq!(browser.ask(&back).await.unwrap(), first);
    }
    assert_eq!(server.letters_to("email-only@portal.test").len(), 1);
    assert_eq!(
        linked_username(&mut browser).await.as_deref(),
        Some("unlinked")
    );
}

#[tokio::test]
async fn a_callback_that_comes_ten_times_at_once_makes_one_account() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let back = callback(&mut browser, Purpose::SignUp { terms: true }, "unlinked").await;
    let mut at_once = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let (mut browser, back) = (browser.clone(), back.clone());
        at_once.spawn(async move { browser.ask(&back).await });
    }
    let mut ended = 0;
    for answer in at_once.join_all().await {
        match answer {
            Ok(completed) => {
                assert_eq!(completed.outcome, Outcome::SignedUp);
                ended += 1;
            }
            Err(problem) => assert_eq!(problem.code, Code::InProgress),
        }
    }
    assert!(ended >= 1, "the one that exchanged the code has ended it");
    // It is one account: another authorization logs in to it.
    let mut other = server.browser();
    let again = other.travel(Purpose::LogIn, "unlinked").await;
    assert_eq!(again.outcome, Outcome::LoggedIn);
}

#[tokio::test]
async fn a_callback_in_another_browser_is_told_nothing_and_spoils_nothing() {
    let server = TestServer::start().await;
    let mut browser = server.browser_of("email-only@portal.test").await;
    let back = callback(&mut browser, LINK, "unlinked").await;
    for mut thief in [
        server.browser(),
        server.browser_of("linked@portal.test").await,
    ] {
        let shown = thief.ask(&back).await.unwrap();
        assert_eq!(shown.outcome, Outcome::OtherBrowser);
        let outcome = Outcome::OtherBrowser;
        assert_eq!(shown.to, Route::TikTokOutcome { outcome });
    }
    assert_eq!(browser.ask(&back).await.unwrap().outcome, Outcome::Linked);
}

#[tokio::test]
async fn a_thief_with_the_link_cannot_make_a_victim_use_it() {
    // The thief's own authorization, opened by the victim: the victim must not end up linked to,
    // or logged in as, the thief's TikTok account.
    let server = TestServer::start().await;
    let mut thief = server.browser();
    let back = callback(&mut thief, Purpose::LogIn, "tiktok_only").await;
    let mut victim = server.browser_of("email-only@portal.test").await;
    assert_eq!(
        victim.ask(&back).await.unwrap().outcome,
        Outcome::OtherBrowser
    );
    let session = victim.session().await.member.unwrap();
    assert_eq!(session.email.unwrap().as_str(), "email-only@portal.test");
    assert_eq!(linked_username(&mut victim).await, None);
}

#[tokio::test]
async fn a_code_works_once_even_under_a_new_state() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let first = callback(&mut browser, Purpose::LogIn, "tiktok_only").await;
    assert_eq!(
        browser.ask(&first).await.unwrap().outcome,
        Outcome::LoggedIn
    );
    let second = callback(&mut browser, Purpose::LogIn, "tiktok_only").await;
    let mixed = forged(&parameter(&first, "code"), &parameter(&second, "state"));
    assert_eq!(
        browser.ask(&mixed).await.unwrap().outcome,
        Outcome::TikTokFailed
    );
}

#[tokio::test]
async fn another_ones_code_is_refused_under_ones_own_state() {
    // Code injection: PKCE binds a code to the authorization that asked for it.
    let server = TestServer::start().await;
    let mut victim = server.browser();
    let stolen = callback(&mut victim, Purpose::LogIn, "tiktok_only").await;
    let mut thief = server.browser();
    let own = callback(&mut thief, Purpose::LogIn, "personal_account").await;
    let injected = forged(&parameter(&stolen, "code"), &parameter(&own, "state"));
    assert_eq!(
        thief.ask(&injected).await.unwrap().outcome,
        Outcome::TikTokFailed
    );
    assert!(thief.session().await.member.is_none());
}

#[tokio::test]
async fn a_state_after_its_expiry_ends_in_its_own_words() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let back = callback(&mut browser, Purpose::LogIn, "tiktok_only").await;
    server.advance(10);
    assert_eq!(browser.ask(&back).await.unwrap().outcome, Outcome::Expired);
    assert!(browser.session().await.member.is_none());
}

#[tokio::test]
async fn states_that_are_not_ours_are_unknown() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    for state in [
        "",
        "x",
        "00000000-0000-0000-0000-000000000000",
        "'; DROP TABLE links; --",
    ] {
        let back = forged("code", &query::encode(state));
        assert_eq!(
            browser.ask(&back).await.unwrap().outcome,
            Outcome::Unknown,
            "{state}"
        );
    }
}

#[tokio::test]
async fn a_proof_serves_the_intent_that_it_was_made_for_and_no_other() {
    let server = TestServer::start().await;
    let create = CreateAccount {
        terms: true,
        region: None,
        language: Language::English,
        ..CreateAccount::default()
    };
    let link_existing = LinkExisting {
        email: "email-only@portal.test".to_owned(),
        password: PASSWORD.to_owned(),
        ..LinkExisting::default()
    };

    // Made at the log-in: it links no session's account.
    let mut browser = server.browser_of("email-only@portal.test").await;
    let proved = browser.travel(Purpose::LogIn, "unlinked").await;
    assert_eq!(proved.outcome, Outcome::ChooseAccount);
    let refused = browser.ask(&LinkTikTok::default()).await.unwrap_err();
    assert_eq!(refused.code, Code::ProofMissing);

    // Made for a link that waits: it neither makes an account nor takes other credentials.
    let mut browser = server.browser_of("email-only@portal.test").await;
    let back = callback(&mut browser, LINK, "personal_account").await;
    browser.ask(&contract::session::LogOut {}).await.unwrap();
    assert_eq!(
        browser.ask(&back).await.unwrap().outcome,
        Outcome::SessionEnded
    );
    assert_eq!(
        browser.ask(&create).await.unwrap_err().code,
        Code::ProofMissing
    );
    assert_eq!(
        browser.ask(&link_existing).await.unwrap_err().code,
        Code::ProofMissing
    );

    // Nor does another account that logs in to the same browser get it.
    browser
        .log_in("someone-else@portal.test", PASSWORD)
        .await
        .unwrap();
    assert_eq!(
        browser.ask(&LinkTikTok::default()).await.unwrap_err().code,
        Code::ProofMissing
    );
    browser
        .log_in("email-only@portal.test", PASSWORD)
        .await
        .unwrap();
    let linked = browser.ask(&LinkTikTok::default()).await.unwrap();
    assert_eq!(linked.outcome, Outcome::Linked);
}

#[tokio::test]
async fn a_proof_is_used_once() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    assert_eq!(
        browser.travel(Purpose::LogIn, "unlinked").await.outcome,
        Outcome::ChooseAccount
    );
    let mut at_once = tokio::task::JoinSet::new();
    for email in [
        "email-only@portal.test",
        "outside@portal.test",
        "someone-else@portal.test",
    ] {
        let mut browser = browser.clone();
        let request = LinkExisting {
            email: email.to_owned(),
            password: PASSWORD.to_owned(),
            ..LinkExisting::default()
        };
        at_once.spawn(async move { browser.ask(&request).await });
    }
    let answers = at_once.join_all().await;
    assert_eq!(
        answers.iter().filter(|answer| answer.is_ok()).count(),
        1,
        "{answers:?}"
    );
}

#[tokio::test]
async fn the_place_to_go_back_to_is_never_an_address() {
    let server = TestServer::start().await;
    let mut browser = server.browser_of("email-only@portal.test").await;
    for evil in [
        "//evil",
        "https:evil",
        "\\evil",
        "%2f%2fevil",
        "javascript:alert(1)",
        "",
    ] {
        let evil = serde_json::to_string(evil).unwrap();
        for (name, body) in [
            (
                "begin_authorization",
                format!(r#"{{"purpose":{{"link":{{"to":{evil}}}}}}}"#),
            ),
            ("begin_authorization", format!(r#"{{"purpose":{evil}}}"#)),
            (
                "begin_authorization",
                format!(r#"{{"purpose":"log_in","return_to":{evil}}}"#),
            ),
            (
                "begin_authorization",
                format!(r#"{{"purpose":{{"link":{{"to":{{"ad":{{"draft":{evil}}}}}}}}}}}"#),
            ),
            (
                "log_in",
                format!(r#"{{"email":"a@b.test","password":"p","then":{evil}}}"#),
            ),
            (
                "complete_authorization",
                format!(
                    r#"{{"state":"s","code":null,"scopes":null,"error":null,"error_description":null,"return_to":{evil}}}"#
                ),
            ),
        ] {
            let answer = browser.send(name, body.clone()).await.unwrap();
            assert_eq!(answer.status, 400, "{name} {body}");
            assert_eq!(answer.problem().code, Code::MalformedRequest);
        }
    }
}
