//! What holds for every answer of the API: headers, problems, cookies.

use crate::browser::sign_up;
use crate::harness::TestServer;
use crate::requests::{FOREIGN, send};
use contract::authorization::{AuthorizationStatus, GetAuthorization, Purpose};
use contract::problem::Code;
use contract::session::GetSession;
use contract::sign_up::GetSignUp;
use contract::table::{NAMES, path};
use reqwest::Method;
use service::personas::PASSWORD;

/// As W3C's "A Well-Known URL for Changing Passwords" has it: to where a password is changed.
#[tokio::test]
async fn a_password_manager_finds_the_page_on_which_a_password_is_changed() {
    let server = TestServer::start().await;
    let answer = server.get("/.well-known/change-password", "*/*").await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), "/settings/password");
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
        let pictures = policy.split(';').find(|it| it.contains("img-src"));
        assert_eq!(
            pictures.map(str::trim),
            Some(
                "img-src 'self' data: https://*.tiktokcdn.com https://*.tiktokcdn-us.com \
                 https://*.tiktokcdn-eu.com"
            )
        );
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

/// What a browser keeps for a year is not enough for what waits in it: that ends with the browser.
#[tokio::test]
async fn what_waits_is_bound_to_cookies_that_a_browser_forgets_when_it_is_closed() {
    let server = TestServer::start().await;
    let mut owner = server.browser();
    owner.travel(Purpose::LogIn, "unlinked").await;
    let body = sign_up("mai@coffee.test", "a long new password");
    let body = serde_json::to_vec(&body).unwrap();
    let answer = owner.send("sign_up", body).await.unwrap();
    let set = answer.header("set-cookie");
    assert!(set.starts_with("__Host-portal-sign-up="), "{set}");
    assert!(!set.contains("Max-Age") && !set.contains("Expires") && !set.contains("Domain"));
    for attribute in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
        assert!(set.contains(attribute), "{set}");
    }
    let mut next = owner.clone();
    next.cookies
        .retain(|name, _| name == "__Host-portal-browser");
    assert_eq!(next.ask(&GetSignUp {}).await.unwrap().sent, None);
    let last = next.ask(&GetAuthorization {}).await.unwrap();
    assert_eq!(last.status, AuthorizationStatus::None);
    assert!(owner.ask(&GetSignUp {}).await.unwrap().sent.is_some());
    let last = owner.ask(&GetAuthorization {}).await.unwrap();
    assert!(matches!(last.status, AuthorizationStatus::Proved { .. }));
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
        for name in [
            "__Host-portal-browser",
            "__Host-portal-session",
            "__Host-portal-proof",
            "__Host-portal-sign-up",
        ] {
            browser.cookies.insert(name.to_owned(), value.to_owned());
        }
        let request = GetSession { region: None };
        assert!(browser.ask(&request).await.unwrap().member.is_none());
    }
}

#[tokio::test]
async fn a_neighbours_cookie_that_is_no_text_logs_nobody_out() {
    let server = TestServer::start().await;
    let mut browser = server.browser_of("linked@portal.test").await;
    browser.cookies.insert("name".to_owned(), "José".to_owned());
    assert!(browser.session().await.member.is_some());
}

#[tokio::test]
async fn every_answer_says_whether_it_may_be_kept() {
    let server = TestServer::start().await;
    for (method, path, accept) in [
        (Method::GET, "/log-in", "application/json"),
        (Method::GET, "/log-in", "text/html"),
        (Method::GET, "/", "text/html"),
        (Method::GET, "/missing.js", "*/*"),
        (Method::POST, "/log-in", "text/html"),
        (Method::POST, "/healthz", "*/*"),
        (Method::GET, "/dev", "text/html"),
        (Method::DELETE, "/dev", "text/html"),
        (Method::GET, "/dev/nothing", "text/html"),
        (Method::GET, "/tiktok-emulator/nothing", "text/html"),
        (Method::GET, "/api/log-in", "text/html"),
    ] {
        let request = server
            .request(method.clone(), path)
            .header("accept", accept);
        let answer = send(request).await;
        let kept = match answer.status {
            // Who is there stands in a page: it is kept for nobody else.
            200 => ["private, no-cache", "no-store"].contains(&answer.header("cache-control")),
            _ => answer.header("cache-control") == "no-store",
        };
        assert!(kept, "{method} {path}: {}", answer.header("cache-control"));
    }
    let by_the_other_name = server.request(Method::GET, "/log-in").header(
        "host",
        server.at("").replace("http://127.0.0.1", "localhost"),
    );
    let redirected = send(by_the_other_name).await;
    assert_eq!(redirected.status, 307);
    assert_eq!(redirected.header("cache-control"), "no-store");
}

#[tokio::test]
async fn how_long_an_answer_took_is_told_to_those_who_build_it_alone() {
    let server = TestServer::start().await;
    let answer = server.get("/log-in", "text/html").await;
    assert!(answer.header("server-timing").starts_with("total;dur="));
}

#[tokio::test]
async fn a_page_is_not_kept_for_those_who_take_none() {
    let server = TestServer::start().await;
    for path in ["/", "/log-in", "/settings/profile"] {
        for accept in ["text/html", "application/json"] {
            let answer = server.get(path, accept).await;
            let varies = answer.header("vary");
            assert_eq!(varies.split(", ").next(), Some("accept"), "{path} {accept}");
        }
    }
}

#[tokio::test]
async fn what_stands_beside_answers_to_no_name_that_another_site_has() {
    let server = TestServer::start().await;
    for path in [
        "/dev",
        "/dev/outbox",
        "/dev/outbox.json",
        "/tiktok-emulator/",
    ] {
        let ask = |host: &'static str| server.request(Method::GET, path).header("host", host);
        for host in ["evil.example", "localhost.evil.example:3000"] {
            let answer = send(ask(host)).await;
            assert_eq!((answer.status, answer.text()), (421, ""), "{path} {host}");
        }
        assert_ne!(send(ask("localhost:3000")).await.status, 421, "{path}");
    }
}

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
async fn it_tells_whether_it_runs_and_whether_it_can_answer() {
    let server = TestServer::start().await;
    for path in ["/healthz", "/readyz"] {
        let answer = server.get(path, "*/*").await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
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
