//! The pages that come before the app: which one answers, and who it is told is there.

use crate::browser::Browser;
use crate::harness::TestServer;
use crate::requests::send;
use contract::authorization::Purpose;
use contract::route::Route;
use contract::session::LogOut;
use domain::sign_up::{CODE_DIGITS, CODE_LIFE_MINUTES};
use reqwest::Method;
use service::personas::PASSWORD;

const MEMBER: &str = "linked@portal.test";

/// Which of the files answers, by what each has in it.
async fn page(server: &TestServer, path: &str, headers: &[(&'static str, &'static str)]) -> String {
    let mut request = server
        .request(Method::GET, path)
        .header("accept", "text/html");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    name_in(send(request).await.text())
}

fn name_in(page: &str) -> String {
    let name = page.split("</style>").nth(1).unwrap_or("index");
    name.split('<').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_guest_gets_the_page_of_the_address_in_their_language() {
    let server = TestServer::start().await;
    for (path, headers, expected) in [
        ("/log-in", &[][..], "entry/log-in/en-demonstration"),
        ("/", &[], "entry/log-in/en-demonstration"),
        (
            "/sign-up",
            &[("accept-language", "vi-VN")],
            "entry/sign-up/vi-demonstration",
        ),
        (
            "/log-in",
            &[("accept-language", "zh-TW")],
            "entry/log-in/zh-Hant-demonstration",
        ),
        (
            "/log-in?lang=vi",
            &[("accept-language", "zh-TW")],
            "entry/log-in/vi-demonstration",
        ),
        (
            "/log-in",
            &[("cookie", "portal-language=vi")],
            "entry/log-in/vi-demonstration",
        ),
        (
            "/log-in?then=%2Fsettings%2Fprofile",
            &[],
            "entry/log-in/en-demonstration",
        ),
        (
            "/tiktok/callback?code=a&state=b",
            &[],
            "entry/tiktok/callback/en-demonstration",
        ),
        // One that isn't there in that language, and addresses that have none.
        ("/log-in", &[("accept-language", "th")], "index"),
        ("/settings/profile", &[], "index"),
        ("/log-in/", &[], "entry/log-in/en-demonstration"),
        ("/entry/log-in", &[], "index"),
    ] {
        assert_eq!(
            page(&server, path, headers).await,
            expected,
            "{path} {headers:?}"
        );
    }
    let by_its_file = server.get("/entry/log-in/en.html", "text/html").await;
    assert_eq!(by_its_file.status, 404);
}

#[tokio::test]
async fn outside_the_market_the_page_is_drawn_without_tiktoks_button() {
    let server = TestServer::start_with(&[("PORTAL_COUNTRY_HEADER", "x-country")]).await;
    let gated = page(&server, "/sign-up", &[("x-country", "FR")]).await;
    assert_eq!(gated, "entry/sign-up/en-demonstration-gated");
    let open = page(&server, "/sign-up", &[("x-country", "VN")]).await;
    assert_eq!(open, "entry/sign-up/en-demonstration");
}

#[tokio::test]
async fn a_member_gets_the_app_and_no_page_names_them() {
    let server = TestServer::start().await;
    let member = server.browser_of(MEMBER).await;
    let get = async |path| String::from_utf8(member.get(path).await.unwrap().to_vec()).unwrap();
    for (path, expected) in [
        ("/", "index"),
        ("/log-in", "index"),
        ("/sign-up", "index"),
        ("/settings/profile", "index"),
        // Whoever comes back from TikTok waits on the same page, guest or member.
        (
            "/tiktok/callback?code=a&state=b",
            "entry/tiktok/callback/en-demonstration",
        ),
    ] {
        let page = get(path).await;
        assert_eq!(name_in(&page), expected, "{path}");
        // It would be read by who sits there after them, from the browser's cache.
        assert!(!page.contains(MEMBER), "{path}");
        assert!(!page.contains("id=\"session\""), "{path}");
        // That somebody is, it says: what the app would ask first can be asked at once.
        assert!(page.contains("id=\"member\""), "{path}");
    }
    let page = send(
        server
            .request(Method::GET, "/log-in")
            .header("accept", "text/html"),
    )
    .await;
    assert!(page.text().contains("id=\"session\">{\"member\":null,"));
}

/// What a page says, once it is seen that no browser keeps it; `path` as its browser gets it.
async fn unkept(server: &TestServer, browser: &Browser, path: &str) -> String {
    let request = server.request(Method::GET, path);
    let answer = send(
        request
            .header("accept", "text/html")
            .header("cookie", browser.cookie_header()),
    )
    .await;
    assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    answer.text().to_owned()
}

#[tokio::test]
async fn a_page_says_which_address_waits_to_whoever_waits_with_it_alone() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let address = "o'neil&sons@portal.test";
    browser.sign_up(address, PASSWORD).await.unwrap();
    let page_of_code = unkept(&server, &browser, "/sign-up/verify").await;
    assert_eq!(
        name_in(&page_of_code),
        "entry/sign-up/verify/en-demonstration"
    );
    let shown = "<p>o&#39;neil&amp;sons@portal.test</p>";
    assert!(page_of_code.contains(shown), "{page_of_code}");
    let told = "data-answers=\"/api/get-sign-up\">{\"sent\":{\"email\":\"o'neil&sons@portal.test\"";
    assert!(page_of_code.contains(told), "{page_of_code}");
    // Whoever has no address that waits is told by the app.
    assert_eq!(page(&server, "/sign-up/verify", &[]).await, "index");
}

#[tokio::test]
async fn a_page_says_which_tiktok_account_waits_to_whoever_came_back_with_it_alone() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    browser.travel(Purpose::LogIn, "unlinked").await;
    let page_of_fork = unkept(&server, &browser, "/log-in/choose").await;
    assert_eq!(
        name_in(&page_of_fork),
        "entry/log-in/choose/en-demonstration"
    );
    assert!(
        page_of_fork.contains("<p>Mai Coffee (@unlinked)</p>"),
        "{page_of_fork}"
    );
    assert!(page_of_fork.contains("data-answers=\"/api/get-authorization\">"));
    assert_eq!(page(&server, "/log-in/choose", &[]).await, "index");
    // Nor is it said once the choice is made.
    browser.ask(&LogOut {}).await.unwrap();
    let after = String::from_utf8(browser.get("/log-in/choose").await.unwrap().to_vec());
    assert_eq!(name_in(&after.unwrap()), "index");
}

#[test]
fn a_page_says_how_long_a_code_is_and_lives() {
    let drawn = include_str!("../../../xtask/node/entry.mjs");
    for said in [
        format!("code_life_minutes: {CODE_LIFE_MINUTES},"),
        format!("code_digits: {CODE_DIGITS},"),
    ] {
        assert!(drawn.contains(&said), "{said}");
    }
}

#[test]
fn the_paths_of_the_entry_pages_are_those_of_routes() {
    let drawn = include_str!("../../../xtask/node/entry.mjs");
    let paths: Vec<_> = drawn
        .split("path: \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(paths.len(), 6, "{paths:?}");
    for path in paths {
        let route = Route::parse(path, "").unwrap();
        assert_eq!(route.path(), path);
    }
}

#[tokio::test]
async fn a_page_that_has_not_changed_is_kept_with_its_policy() {
    let server = TestServer::start().await;
    let ask = |known: &str| {
        let request = server.request(Method::GET, "/log-in");
        send(
            request
                .header("accept", "text/html")
                .header("if-none-match", known.to_owned()),
        )
    };
    let first = ask("\"none\"").await;
    let again = ask(first.header("etag")).await;
    assert_eq!((first.status, again.status), (200, 304));
    for answer in [&first, &again] {
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("style-src 'self' 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe-inline"));
        assert_eq!(answer.header("cache-control"), "private, no-cache");
    }
}

#[tokio::test]
async fn the_first_page_brings_the_browsers_cookie_so_that_a_log_in_needs_no_other_request() {
    let server = TestServer::start().await;
    let request = server
        .request(Method::GET, "/log-in")
        .header("accept", "text/html");
    let answer = send(request).await;
    assert!(
        answer
            .header("set-cookie")
            .starts_with("__Host-portal-browser=")
    );
}
