//! The log: what it says of a request, and what it never says.

use crate::browser::Browser;
use crate::harness::client;
use crate::process::Process;
use contract::authorization::Purpose;
use contract::route::query;
use domain::authorization::{Outcome, ReturnTo};
use serde_json::Value;
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
async fn in_json_each_line_is_an_object_and_names_its_request() {
    let folder = tempfile::tempdir().unwrap();
    let more = [("PORTAL_LOG", "json"), ("RUST_LOG", "info")];
    let server = Process::start(folder.path(), &more);
    // Told while it is answered, in a task of its own and by another module than the last line.
    let mut ids = Vec::new();
    for name in ["get-session", "get-session", "log-in"] {
        let answer = client()
            .post(format!("{}/api/{name}", server.base))
            .header("content-type", "application/json")
            .body("{}")
            .send()
            .await
            .unwrap();
        ids.push(
            answer.headers()["x-request-id"]
                .to_str()
                .unwrap()
                .to_owned(),
        );
    }
    let printed = server.kill();
    let lines: Vec<Value> = printed
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for line in &lines {
        let at = line["timestamp"].as_str().unwrap();
        // RFC 3339, in UTC.
        let form = at.replace(|letter: char| letter.is_ascii_digit(), "0");
        assert!(
            form.starts_with("0000-00-00T00:00:00.") && form.ends_with('Z'),
            "{line}"
        );
        assert!(
            line["level"].is_string() && line["target"].is_string(),
            "{line}"
        );
    }
    let of = |id: &String| {
        let lines = lines
            .iter()
            .filter(|line| line["span"]["request_id"] == **id);
        lines.collect::<Vec<_>>()
    };
    let first = of(&ids[0]);
    assert_eq!(
        first[0]["message"],
        "a request has no such header: visitors count as one"
    );
    assert_eq!(first[1]["path"], "/api/get-session");
    assert_eq!(first[1]["status"], 200);
    assert_eq!(of(&ids[1]).len(), 1);
    assert_eq!(of(&ids[2])[0]["path"], "/api/log-in");
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
    let code = browser.become_member(email, "word-of-a-person").await;
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
        email.to_owned(),
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
