//! What Prometheus reads: at an address of its own, in series that no visitor can add to, and without
//! anything that opens a door or says who somebody is.

use crate::browser::Browser;
use crate::harness::TestServer;
use contract::authorization::Purpose;
use contract::route::query;
use domain::authorization::{Outcome, ReturnTo};
use reqwest::Method;
use service::personas::PASSWORD;
use std::collections::BTreeSet;
use tiktok_emulator::visitor::Plan;

const ASKED_FOR: [(&str, &str); 1] = [("PORTAL_METRICS_ADDRESS", "127.0.0.1:0")];

/// What Prometheus would read now.
pub(crate) async fn metrics(server: &TestServer) -> String {
    let address = server.running.metrics_address.unwrap();
    let answer = server.client.get(format!("http://{address}/metrics"));
    let answer = answer.send().await.unwrap();
    let kind = &answer.headers()["content-type"];
    assert!(kind.as_bytes().starts_with(b"application/openmetrics-text"));
    answer.text().await.unwrap()
}

/// The value of a series by its name and labels.
pub(crate) fn value(text: &str, series: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(series));
    assert!(line.is_some(), "{series} in {text}");
    line.unwrap().trim().parse().unwrap()
}

/// The names and labels of all series.
fn series(text: &str) -> BTreeSet<&str> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let names = lines.filter_map(|line| Some(line.rsplit_once(' ')?.0));
    names.collect()
}

/// Signs up, links TikTok, and gives what nobody else may know.
async fn whole_scenario(server: &TestServer, email: &str) -> (Browser, Vec<String>) {
    let mut browser = server.browser();
    browser.sign_up(email, "word-of-a-person").await.unwrap();
    let code = server.code_sent_to(email).unwrap();
    browser.verify(&code).await.unwrap();
    let link = Purpose::Link {
        to: ReturnTo::Profile,
    };
    let begun = browser.begin(link).await.unwrap();
    let plan = Plan::authorize("unlinked", PASSWORD);
    let back = browser.at_tiktok(&begun.authorize_url, plan).await;
    let tiktoks_code = query::value(&back.query, "code").unwrap();
    assert_eq!(browser.ask(&back).await.unwrap().outcome, Outcome::Linked);
    (browser, vec![code, tiktoks_code])
}

#[tokio::test]
async fn it_tells_of_requests_letters_passwords_the_database_and_tiktok() {
    let server = TestServer::start_with(&ASKED_FOR).await;
    whole_scenario(&server, "person@metrics.test").await;
    let text = metrics(&server).await;
    for (series, expected) in [
        ("portal_build_info{version=\"0.1.0\"}", 1.0),
        ("portal_start_time_seconds", 1_800_000_000.0),
        (
            "portal_requests_total{method=\"POST\",route=\"/api/sign-up\",status=\"2xx\"}",
            1.0,
        ),
        (
            "portal_tiktok_calls_total{endpoint=\"exchange\",outcome=\"ok\"}",
            1.0,
        ),
        (
            "portal_tiktok_calls_total{endpoint=\"user_info\",outcome=\"ok\"}",
            1.0,
        ),
        (
            "portal_tiktok_calls_total{endpoint=\"renewal\",outcome=\"refused\"}",
            0.0,
        ),
        ("portal_database_up", 1.0),
        ("portal_database_errors_total{outcome=\"failed\"}", 0.0),
        ("portal_letters{state=\"dead\"}", 0.0),
        ("portal_letters{state=\"late\"}", 0.0),
        ("portal_passwords{state=\"waiting\"}", 0.0),
        ("portal_passwords_refused_total", 0.0),
        ("portal_draining", 0.0),
    ] {
        assert!(
            (value(&text, series) - expected).abs() < 0.5,
            "{series}\n{text}"
        );
    }
    assert!(
        text.contains("portal_request_seconds_bucket{le=\"0.1\",route=\"/api/sign-up\"}"),
        "{text}"
    );
    assert!(text.ends_with("# EOF\n"));
    server.running.drain();
    assert!(value(&metrics(&server).await, "portal_draining") > 0.5);
}

#[tokio::test]
async fn the_page_for_operators_names_what_there_is_and_nothing_else() {
    let server = TestServer::start_with(&ASKED_FOR).await;
    let page = include_str!("../../../../docs/operations.md");
    // Nobody has asked for anything yet.
    server.get("/healthz", "*/*").await;
    let text = metrics(&server).await;
    let ends_name = |letter: char| !letter.is_ascii_lowercase() && letter != '_';
    let names = |text: &str| {
        let found = text.split("portal_").skip(1);
        let found = found.map(|rest| rest.split(ends_name).next().unwrap().to_owned());
        found.collect::<BTreeSet<_>>()
    };
    let told: BTreeSet<_> = series(&text)
        .into_iter()
        .flat_map(&names)
        .map(|name| {
            let of_histogram = ["_bucket", "_count", "_sum"];
            let base = of_histogram.iter().find_map(|end| name.strip_suffix(end));
            base.map_or(name.clone(), str::to_owned)
        })
        .collect();
    let mut written = names(page);
    written.remove("request_seconds_bucket");
    assert_eq!(written, told, "docs/operations.md");
}

#[tokio::test]
async fn no_visitor_adds_a_series() {
    let server = TestServer::start_with(&ASKED_FOR).await;
    let ask = async |salt: &str| {
        for (method, path) in [
            ("GET", format!("/{salt}")),
            ("GET", format!("/ads/{salt}?{salt}")),
            ("POST", format!("/api/{salt}")),
            ("POST", format!("/api/get-session?{salt}")),
            (salt, "/".to_owned()),
            (salt, "/api/get-session".to_owned()),
            ("GET", format!("/tiktok/callback?code={salt}")),
            ("GET", format!("/tiktok-emulator/{salt}")),
        ] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let request = server.request(method, &path).header("user-agent", salt);
            request.send().await.unwrap();
        }
    };
    ask("FIRST").await;
    let before = metrics(&server).await;
    for salt in ["SECOND", "BREW", "X-1"] {
        ask(salt).await;
    }
    let after = metrics(&server).await;
    assert_eq!(series(&before), series(&after));
    assert!(!after.contains("FIRST"), "{after}");
}

#[tokio::test]
async fn nothing_in_it_opens_a_door_or_names_anybody() {
    let server = TestServer::start_with(&ASKED_FOR).await;
    let (browser, mut secrets) = whole_scenario(&server, "person@metrics.test").await;
    secrets.extend(browser.cookies.into_values());
    secrets.extend(["person", "word-of-a-person", "unlinked", "127.0.0.1"].map(str::to_owned));
    let text = metrics(&server).await;
    for secret in secrets {
        assert!(!text.contains(&secret), "{secret}\n{text}");
    }
}

#[tokio::test]
async fn visitors_do_not_come_to_it() {
    let server = TestServer::start_with(&ASKED_FOR).await;
    let public = server.get("/metrics", "*/*").await;
    assert!(
        !public.text().contains("portal_requests"),
        "{}",
        public.text()
    );
    let none = TestServer::start().await;
    assert_eq!(none.running.metrics_address, None);
}

#[tokio::test]
async fn letters_that_wait_for_long_are_told_of() {
    let server = TestServer::start_with(&[
        ASKED_FOR[0],
        // Nobody is there.
        ("PORTAL_MAIL", "smtp://127.0.0.1:1"),
    ])
    .await;
    let mut browser = server.browser();
    browser
        .sign_up("person@metrics.test", "word-of-a-person")
        .await
        .unwrap();
    let states = |text: &str| {
        ["waiting", "late"]
            .map(|state| value(text, &format!("portal_letters{{state=\"{state}\"}}")) > 0.5)
    };
    assert_eq!(states(&metrics(&server).await), [true, false]);
    server.advance(6);
    assert_eq!(states(&metrics(&server).await), [true, true]);
}
