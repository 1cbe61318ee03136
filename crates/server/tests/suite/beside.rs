//! What stands beside the portal outside production, and isn't there in production.

use crate::browser::sign_up;
use crate::harness::{INDEX, NOW, TestServer, config, machine, settings};
use crate::requests::{FOREIGN, send};
use contract::authorization::Purpose;
use contract::problem::Code;
use server::start::{StartError, start};
use service::personas::PASSWORD;

#[tokio::test]
async fn another_site_cannot_put_the_clock_forward() {
    let server = TestServer::start().await;
    for (name, value) in FOREIGN {
        let request = server.forward(5).header(name, value);
        assert_eq!(send(request).await.status, 403, "{name}: {value}");
    }
    assert_eq!(server.running.clock.ahead(), core::time::Duration::ZERO);
}

#[tokio::test]
async fn the_emulators_pages_keep_a_policy_of_their_own() {
    let server = TestServer::start().await;
    let answer = server.get("/tiktok-emulator/logout", "text/html").await;
    assert_eq!(answer.status, 200);
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'self'"), "{policy}");
}

#[tokio::test]
async fn the_outbox_shows_letters_in_their_language_and_as_text() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    browser
        .sign_up("new@one.test", "correct-horse-9")
        .await
        .unwrap();
    let page = server.get("/dev/outbox", "text/html").await;
    assert!(page.text().contains("to new@one.test"));
    assert!(page.text().contains("<pre lang=\"en\">"));
    let list = server.get("/dev/outbox.json", "*/*").await;
    let list: Vec<serde_json::Value> = serde_json::from_slice(&list.body).unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(list[0]["to"], "new@one.test");
    assert!(list[0]["subject"].is_string() && list[0]["text"].is_string());
    assert_eq!(list[0]["at"], NOW.0);
}

#[tokio::test]
async fn the_clock_can_be_put_forward_by_hand() {
    let server = TestServer::start().await;
    let mut browser = server.browser_of("linked@portal.test").await;
    let answer = send(server.forward(1440)).await;
    assert_eq!(answer.status, 303);
    assert!(
        browser.session().await.member.is_none(),
        "it was idle for a day"
    );
    let page = server.get("/dev/clock", "text/html").await;
    assert!(page.text().contains("<strong>1440 minutes</strong>"));
}

#[tokio::test]
async fn the_page_for_builders_names_every_persona() {
    let server = TestServer::start().await;
    let page = server.get("/dev", "text/html").await;
    for persona in service::personas::TIKTOK {
        assert!(page.text().contains(persona.username));
    }
    for email in service::personas::BUSINESS
        .iter()
        .filter_map(|persona| persona.email)
    {
        assert!(page.text().contains(email));
    }
    assert!(page.text().contains(PASSWORD));
}

const PRODUCTION: [(&str, &str); 7] = [
    ("PORTAL_ENV", "production"),
    ("PORTAL_PUBLIC_URL", "https://portal.example"),
    ("PORTAL_TIKTOK_CLIENT_KEY", "key"),
    ("PORTAL_TIKTOK_CLIENT_SECRET", "the-client-secret"),
    ("PORTAL_MAIL", "smtp://127.0.0.1:1"),
    ("PORTAL_MAIL_FROM", "portal@portal.example"),
    ("PORTAL_CLIENT_ADDRESS_HEADER", "none"),
];

async fn production() -> TestServer {
    TestServer::start_with(&PRODUCTION).await
}

/// The password of its accounts is in the README.
#[tokio::test]
async fn production_refuses_the_database_of_a_demonstration() {
    let demonstration = TestServer::start().await;
    let folder = demonstration.folder;
    demonstration.running.stop().await;
    let mut production = settings(&folder);
    production.extend(PRODUCTION.map(|(name, value)| (name, value.to_owned())));
    let started = start(&config(&production), machine()).await;
    assert!(matches!(started.err(), Some(StartError::Demonstration)));
}

/// By the rules of Login Kit for Desktop.
#[tokio::test]
async fn a_demonstration_does_not_start_where_tiktok_would_send_nobody_back() {
    let demonstration = TestServer::start().await;
    let folder = demonstration.folder;
    demonstration.running.stop().await;
    for (public_url, is_good) in [
        ("http://localhost", false),
        ("http://[::1]:3000", false),
        ("http://localhost:3000", true),
        ("https://portal.example", true),
    ] {
        let mut given = settings(&folder);
        given.insert("PORTAL_PUBLIC_URL", public_url.to_owned());
        let started = start(&config(&given), machine()).await;
        assert_eq!(started.is_ok(), is_good, "{public_url}");
        match started {
            Ok(running) => running.stop().await,
            Err(why) => assert!(matches!(why, StartError::RedirectUri(_)), "{why}"),
        }
    }
}

#[tokio::test]
async fn production_has_nothing_for_show() {
    let server = production().await;
    for path in [
        "/dev",
        "/dev/outbox.json",
        "/dev/clock",
        "/tiktok-emulator/logout",
        "/tiktok-emulator/v2/auth/authorize/",
    ] {
        let refused = server.get(path, "application/json").await;
        assert_eq!(refused.status, 404, "{path}");
        // As for any address without a file, who takes a page gets the app's.
        let page = server.get(path, "*/*").await;
        assert!(
            page.status == 404 || page.text().starts_with(INDEX),
            "{path}"
        );
    }
    let mut browser = server.browser();
    let refused = browser.log_in("linked@portal.test", PASSWORD).await;
    assert_eq!(refused.unwrap_err().code, Code::WrongCredentials);
    assert!(!browser.session().await.demonstration);
    // A sentinel elsewhere, an ordinary address here.
    let answered = browser
        .ask(&sign_up("server-error@portal.test", "correct-horse-9"))
        .await;
    assert!(answered.is_ok());
}

#[tokio::test]
async fn production_sends_browsers_to_tiktok_and_insists_on_https() {
    let server = production().await;
    let mut browser = server.browser();
    let begun = browser.begin(Purpose::LogIn).await.unwrap();
    assert!(
        begun
            .authorize_url
            .starts_with("https://www.tiktok.com/v2/auth/authorize/?")
    );
    let callback = "redirect_uri=https%3A%2F%2Fportal.example%2Ftiktok%2Fcallback";
    assert!(
        begun.authorize_url.contains(callback),
        "{}",
        begun.authorize_url
    );
    assert!(!begun.authorize_url.contains("the-client-secret"));
    let page = server.get("/", "text/html").await;
    assert!(
        page.header("strict-transport-security")
            .starts_with("max-age=")
    );
}
