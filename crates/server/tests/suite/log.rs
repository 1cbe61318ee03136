//! The log: what it says of a request, and what it never says.

use crate::browser::Browser;
use crate::harness::client;
use crate::process::Process;
use contract::authorization::Purpose;
use contract::route::query;
use domain::authorization::{Outcome, ReturnTo};
use service::personas::PASSWORD;
use tiktok_emulator::visitor::Plan;

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_tells_no_address_is_told_of_once() {
    let folder = tempfile::tempdir().unwrap();
    let server = Process::start(folder.path(), &[("RUST_LOG", "warn")]);
    for _ in 0..2 {
        let answer = client()
            .post(format!("{}/api/get-session", server.base))
            .header("content-type", "application/json")
            .body("{}")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
    }
    let printed = server.kill();
    let told = printed
        .iter()
        .filter(|line| line.contains("a request has no such header"));
    assert_eq!(told.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_opens_a_door_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    let server = Process::start(
        folder.path(),
        &[
            // Nobody is there: a console would be the inbox, and print the letter.
            ("PORTAL_MAIL", "smtp://user:the-mail-password@127.0.0.1:1"),
            ("RUST_LOG", "trace,sqlx=debug,hyper=debug"),
        ],
    );
    let mut browser = Browser::new(client(), &server.base);
    let email = "person@log.test";
    browser.sign_up(email, "word-of-a-person").await.unwrap();
    let code = browser.code_in_outbox(email).await.unwrap();
    browser.verify(&code).await.unwrap();
    let link = Purpose::Link {
        to: ReturnTo::Profile,
    };
    let begun = browser.begin(link).await.unwrap();
    let plan = Plan::authorize("unlinked", PASSWORD);
    let back = browser.at_tiktok(&begun.authorize_url, plan).await;
    let tiktoks_code = query::value(&back.query, "code").unwrap();
    let page = format!("/tiktok/callback?{}", back.query);
    browser.get(&page).await.unwrap();
    assert_eq!(browser.ask(&back).await.unwrap().outcome, Outcome::Linked);

    let printed = server.kill();
    for line in [
        "method=POST path=\"/api/complete-authorization\" status=200",
        "method=GET path=\"/tiktok/callback\" status=200",
        "a letter didn't go out",
    ] {
        assert!(
            printed.iter().any(|printed| printed.contains(line)),
            "{line}"
        );
    }
    let mut secrets = vec![
        "word-of-a-person".to_owned(),
        "the-mail-password".to_owned(),
        code,
        tiktoks_code,
        "$argon2id$".to_owned(),
        "emulated-portal-has-no-secret".to_owned(),
    ];
    secrets.extend(browser.cookies.into_values());
    for secret in secrets {
        let told = printed.iter().find(|printed| printed.contains(&secret));
        assert_eq!(told, None);
    }
}
