//! What holds for every answer: headers, problems, cookies, files, and what production hasn't.

use crate::harness::{Answer, INDEX, TestServer, sign_up};
use contract::problem::Code;
use contract::session::GetSession;
use contract::table::{NAMES, path};
use reqwest::{Method, RequestBuilder};
use service::personas::PASSWORD;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

async fn send(request: RequestBuilder) -> Answer {
    Answer::of(request.send().await.unwrap()).await
}

impl TestServer {
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.at(path))
    }

    async fn get(&self, path: &str, accept: &str) -> Answer {
        send(self.request(Method::GET, path).header("accept", accept)).await
    }

    fn ask(&self, name: &str, body: &str) -> RequestBuilder {
        self.request(Method::POST, &path(name))
            .header("content-type", "application/json")
            .body(body.to_owned())
    }

    fn forward(&self, minutes: u32) -> RequestBuilder {
        self.request(Method::POST, "/dev/clock")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("minutes={minutes}"))
    }
}

#[tokio::test]
async fn every_answer_has_an_id_and_the_security_headers() {
    let server = TestServer::start().await;
    let answers = [
        server.get("/", "text/html").await,
        server.get("/nothing.js", "*/*").await,
        server.get("/healthz", "*/*").await,
        server.get("/api/nothing", "*/*").await,
        server.get("/dev", "text/html").await,
        send(server.ask("get_session", "{}")).await,
        send(server.ask("get_profile", "{}")).await,
    ];
    for answer in &answers {
        assert_eq!(answer.header("x-request-id").len(), 16);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"));
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"));
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "strict-origin"),
            ("cross-origin-opener-policy", "same-origin-allow-popups"),
            ("cross-origin-resource-policy", "same-origin"),
            // There is no https on this machine.
            ("strict-transport-security", ""),
        ] {
            assert_eq!(answer.header(name), value, "{name}");
        }
        assert!(answer.header("permissions-policy").contains("camera=()"));
    }
    assert_ne!(
        answers[0].header("x-request-id"),
        answers[1].header("x-request-id")
    );
}

#[tokio::test]
async fn unknown_routes_below_api_are_a_problem_whatever_is_accepted() {
    let server = TestServer::start().await;
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/get_session",
        "/api/get-session/x",
    ] {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            let request = server.request(method, path).header("accept", "text/html");
            let answer = send(request).await;
            assert_eq!(answer.status, 404, "{path}");
            assert_eq!(answer.problem().code, Code::NotFound);
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
}

#[tokio::test]
async fn a_use_case_takes_post_alone() {
    let server = TestServer::start().await;
    for name in NAMES {
        let answer = server.get(&path(name), "text/html").await;
        assert_eq!(answer.status, 405, "{name}");
        assert_eq!(answer.problem().code, Code::MethodNotAllowed);
        assert_eq!(answer.header("allow"), "POST");
    }
}

#[tokio::test]
async fn a_use_case_takes_json_alone() {
    let server = TestServer::start().await;
    let ask = |content_type: Option<&'static str>| {
        let request = server.request(Method::POST, "/api/get-session").body("{}");
        match content_type {
            Some(content_type) => request.header("content-type", content_type),
            None => request,
        }
    };
    for other in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
    ] {
        let answer = send(ask(other)).await;
        assert_eq!(answer.status, 415, "{other:?}");
        assert_eq!(answer.problem().code, Code::UnsupportedMediaType);
    }
    let answer = send(ask(Some("Application/JSON; charset=utf-8"))).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_body_may_have_64_kib_and_no_more() {
    let server = TestServer::start().await;
    let padded = |length: usize| format!("{{}}{}", " ".repeat(length - 2));
    let fits = send(server.ask("get_session", &padded(64 * 1024))).await;
    assert_eq!(fits.status, 200);
    for length in [64 * 1024 + 1, 300 * 1024] {
        let answer = send(server.ask("get_session", &padded(length))).await;
        assert_eq!(answer.status, 413, "{length}");
        assert_eq!(answer.problem().code, Code::TooLarge);
    }
}

#[tokio::test]
async fn a_malformed_body_is_a_problem_and_never_a_mistake_of_the_server() {
    let server = TestServer::start().await;
    let deep = "[".repeat(20_000);
    let bodies: [&[u8]; 10] = [
        b"",
        b"{",
        b"null",
        b"7",
        b"\"text\"",
        b"{\"unexpected\":1}",
        b"{} {}",
        b"\xff\xfe",
        b"{\"email\":\"\\ud800\"}",
        deep.as_bytes(),
    ];
    let mut browser = server.browser_of("linked@portal.test").await;
    for name in NAMES {
        for body in bodies {
            let answer = browser.send(name, body.to_vec()).await.unwrap();
            assert_eq!(
                answer.status,
                400,
                "{name} {}",
                String::from_utf8_lossy(body)
            );
            assert_eq!(answer.problem().code, Code::MalformedRequest);
        }
    }
}

#[tokio::test]
async fn cookies_are_bound_to_this_host_and_hidden_from_scripts() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let first = browser.send("get_session", "{}").await.unwrap();
    let set = first.header("set-cookie");
    assert!(set.starts_with("__Host-portal-browser="), "{set}");
    for attribute in [
        "; Path=/",
        "; Secure",
        "; HttpOnly",
        "; SameSite=Lax",
        "; Max-Age=31536000",
    ] {
        assert!(set.contains(attribute), "{set}");
    }
    let body = format!(r#"{{"email":"linked@portal.test","password":"{PASSWORD}"}}"#);
    let log_in = browser.send("log_in", body).await.unwrap();
    let set = log_in.header("set-cookie");
    assert!(set.starts_with("__Host-portal-session="), "{set}");
    assert!(!set.contains("Max-Age") && !set.contains("Expires") && !set.contains("Domain"));
    for attribute in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
        assert!(set.contains(attribute), "{set}");
    }
    // 256 bits.
    assert_eq!(browser.cookies["__Host-portal-session"].len(), 64);
    let log_out = browser.send("log_out", "{}").await.unwrap();
    assert!(log_out.header("set-cookie").contains("Max-Age=0"));
    assert!(!browser.cookies.contains_key("__Host-portal-session"));
}

#[tokio::test]
async fn a_log_in_changes_the_session_and_ends_the_one_before() {
    let server = TestServer::start().await;
    let mut browser = server.browser_of("linked@portal.test").await;
    let mut before = browser.clone();
    browser
        .log_in("linked@portal.test", PASSWORD)
        .await
        .unwrap();
    assert_ne!(before.cookies, browser.cookies);
    assert!(browser.session().await.member.is_some());
    assert!(before.session().await.member.is_none());
}

#[tokio::test]
async fn cookies_that_are_not_ours_count_as_none() {
    let server = TestServer::start().await;
    for value in ["", "a b", "é", "\"quoted\"", &"a".repeat(10_000)] {
        let mut browser = server.browser();
        for name in ["__Host-portal-browser", "__Host-portal-session"] {
            browser.cookies.insert(name.to_owned(), value.to_owned());
        }
        let request = GetSession { region: None };
        assert!(browser.ask(&request).await.unwrap().member.is_none());
    }
}

/// What browsers say of a request that isn't one of our own pages'.
const FOREIGN: [(&str, &str); 5] = [
    ("sec-fetch-site", "cross-site"),
    ("sec-fetch-site", "same-site"),
    ("sec-fetch-site", "none"),
    ("origin", "https://evil.example"),
    ("origin", "null"),
];

#[tokio::test]
async fn another_site_cannot_use_a_visitors_cookies() {
    let server = TestServer::start().await;
    let body = format!(r#"{{"email":"linked@portal.test","password":"{PASSWORD}"}}"#);
    for (name, value) in FOREIGN {
        let answer = send(server.ask("log_in", &body).header(name, value)).await;
        assert_eq!(answer.status, 403, "{name}: {value}");
        assert_eq!(answer.header("set-cookie"), "");
        assert_eq!(answer.problem().code, Code::CrossSite);
    }
    for (name, value) in [
        ("origin", server.at("")),
        ("sec-fetch-site", "same-origin".to_owned()),
    ] {
        let answer = send(server.ask("log_in", &body).header(name, value)).await;
        assert_eq!(answer.status, 200, "{name}");
    }
}

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
async fn who_tries_too_often_is_told_how_long_to_wait() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let body = r#"{"email":"linked@portal.test","password":"wrong-password"}"#;
    let mut last = browser.send("log_in", body).await.unwrap();
    assert_eq!(last.problem().code, Code::WrongCredentials);
    for _ in 0..10 {
        last = browser.send("log_in", body).await.unwrap();
    }
    assert_eq!(last.status, 429);
    let wait = last.problem().retry_after_s.unwrap();
    assert_eq!(last.header("retry-after"), wait.to_string());
    // Another visitor isn't kept out by it.
    let mut other = server.browser();
    assert!(other.log_in("linked@portal.test", PASSWORD).await.is_ok());
    server.advance(16);
    assert!(browser.log_in("linked@portal.test", PASSWORD).await.is_ok());
}

#[tokio::test]
async fn files_come_compressed_to_those_who_take_it() {
    let server = TestServer::start().await;
    let get = async |accept_encoding: &'static str| {
        let request = server.request(Method::GET, "/portal-0123456789abcdef.js");
        send(request.header("accept-encoding", accept_encoding)).await
    };
    for taken in ["br", "gzip, deflate, br, zstd", "gzip;q=0.5, br;q=0.9"] {
        let answer = get(taken).await;
        assert_eq!(answer.header("content-encoding"), "br", "{taken}");
        assert_eq!(answer.text(), "stands in for brotli");
        assert_eq!(
            answer.header("content-type"),
            "text/javascript; charset=utf-8"
        );
        assert_eq!(answer.header("vary"), "accept-encoding");
    }
    for refused in ["", "gzip", "br;q=0", "brotli"] {
        let answer = get(refused).await;
        assert_eq!(answer.header("content-encoding"), "", "{refused}");
        assert_eq!(answer.text(), "let plain;");
        assert_eq!(answer.header("vary"), "accept-encoding");
    }
    let compressed = server.get("/portal-0123456789abcdef.js.br", "*/*").await;
    assert_eq!(compressed.status, 404, "it is no file of its own");
}

#[tokio::test]
async fn files_with_a_hash_in_their_names_are_kept_and_others_asked_for_again() {
    let server = TestServer::start().await;
    for (path, content_type, cache) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/favicon.svg", "image/svg+xml", "no-cache"),
        ("/locales/en.json", "application/json", "no-cache"),
        (
            "/portal-0123456789abcdef.wasm",
            "application/wasm",
            "public, max-age=31536000, immutable",
        ),
    ] {
        let answer = server.get(path, "*/*").await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), content_type);
        assert_eq!(answer.header("cache-control"), cache);
        let again = server
            .request(Method::GET, path)
            .header("if-none-match", answer.header("etag"));
        let again = send(again).await;
        assert_eq!(again.status, 304, "{path}");
        assert!(again.body.is_empty());
        assert_eq!(again.header("etag"), answer.header("etag"));
        assert_eq!(again.header("cache-control"), cache);
    }
}

#[tokio::test]
async fn the_app_answers_for_its_own_pages_and_for_nothing_else() {
    let server = TestServer::start().await;
    let html = "text/html,application/xhtml+xml,*/*;q=0.8";
    for page in [
        "/",
        "/log-in",
        "/settings/profile",
        "/tiktok/callback?code=a*b!c&state=s",
    ] {
        let answer = server.get(page, html).await;
        assert_eq!((answer.status, answer.text()), (200, INDEX), "{page}");
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
    for (path, accept) in [
        ("/missing.js", html),
        ("/settings/profile.css", html),
        ("/log-in", "*/*"),
        ("/log-in", "application/json"),
        ("/api/log-in/", html),
        ("/.hidden", html),
        ("/locales", "*/*"),
    ] {
        let answer = server.get(path, accept).await;
        assert_eq!(answer.status, 404, "{path} {accept}");
        assert_ne!(answer.text(), INDEX);
    }
    let posted = send(
        server
            .request(Method::POST, "/log-in")
            .header("accept", html),
    )
    .await;
    assert_eq!(posted.status, 405);
    let head = send(server.request(Method::HEAD, "/").header("accept", html)).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[tokio::test]
async fn no_path_leads_out_of_the_apps_folder() {
    let server = TestServer::start().await;
    for path in [
        "/../secret.txt",
        "/locales/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "//secret.txt",
        "/app/../../secret.txt",
    ] {
        // By hand: a client would tidy the path.
        let mut stream = TcpStream::connect(server.running.address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 404 "), "{path}: {answer}");
    }
}

#[tokio::test]
async fn it_tells_whether_it_runs_and_whether_it_can_answer() {
    let server = TestServer::start().await;
    for path in ["/healthz", "/readyz"] {
        let answer = server.get(path, "*/*").await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
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
    assert_eq!(list[0]["at"], crate::harness::NOW.0);
}

#[tokio::test]
async fn the_clock_can_be_put_forward_by_hand() {
    let server = TestServer::start().await;
    let mut browser = server.browser_of("linked@portal.test").await;
    let answer = send(server.forward(720)).await;
    assert_eq!(answer.status, 303);
    assert!(
        browser.session().await.member.is_none(),
        "it was idle for twelve hours"
    );
    let page = server.get("/dev/clock", "text/html").await;
    assert!(page.text().contains("<strong>720 minutes</strong>"));
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

async fn production() -> TestServer {
    TestServer::start_with(&[
        ("PORTAL_ENV", "production"),
        ("PORTAL_PUBLIC_URL", "https://portal.example"),
        ("PORTAL_TIKTOK_CLIENT_KEY", "key"),
        ("PORTAL_TIKTOK_CLIENT_SECRET", "the-client-secret"),
        ("PORTAL_MAIL", "smtp://127.0.0.1:1"),
        ("PORTAL_MAIL_FROM", "portal@portal.example"),
    ])
    .await
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
        assert_eq!(server.get(path, "*/*").await.status, 404, "{path}");
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
    use contract::authorization::Purpose;
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

#[tokio::test]
async fn it_stops_when_it_is_told_to_and_closes_its_database() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    browser
        .sign_up("new@one.test", "correct-horse-9")
        .await
        .unwrap();
    let TestServer {
        running, folder, ..
    } = server;
    running.stop().await;
    // The journal is folded into the file by the last who closes it.
    assert!(!folder.path().join("portal.sqlite-wal").exists());
    assert!(browser.send("get_session", "{}").await.is_err());
}
