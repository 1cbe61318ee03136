//! What all pages have in common.

use crate::stage::{BACK, BASE, PASSWORD, Stage, app, authorize_url, config, mai, text};
use bytes::Bytes;
use http::header::{
    ACCEPT_LANGUAGE, ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE,
    HeaderName,
};
use http::{Method, Request, Response};
use tiktok_emulator::visitor::{Plan, Visitor};
use tiktok_emulator::{Config, Kind};

fn header(response: &Response<Bytes>, name: HeaderName) -> &str {
    response.headers()[name].to_str().unwrap()
}

/// One of each page.
fn pages(stage: &mut Stage) -> Vec<Response<Bytes>> {
    let mut visitor = Visitor::new();
    stage
        .walk(&mut visitor, &authorize_url(&[]), mai())
        .unwrap();
    let consent = visitor.visit(&authorize_url(&[]), Plan::Return);
    vec![
        stage.get(&authorize_url(&[])),
        stage.get(&format!("{BASE}/signup")),
        stage.send(&consent),
        stage.get(&authorize_url(&[("client_key", "")])),
        stage.get(&format!("{BASE}/logout")),
        stage.get(&format!("{BASE}/nowhere")),
    ]
}

#[test]
fn every_page_says_that_it_is_an_emulator() {
    for page in pages(&mut Stage::new()) {
        let html = text(&page);
        assert!(html.contains("Emulator — not TikTok"), "{html}");
        assert_eq!(html.matches("<h1>").count(), 1, "{html}");
        assert!(html.contains("<html lang=\"en\">"), "{html}");
    }
}

#[test]
fn no_page_is_stored_or_runs_what_is_not_its_own() {
    for page in pages(&mut Stage::new()) {
        assert_eq!(header(&page, CACHE_CONTROL), "no-store");
        let policy = header(&page, CONTENT_SECURITY_POLICY);
        for part in [
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "frame-ancestors 'self'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{part} in {policy}");
        }
        let html = text(&page);
        for inline in ["<style", "style=", "<script>", " onclick", "javascript:"] {
            assert!(!html.contains(inline), "{inline} in {html}");
        }
    }
}

#[test]
fn the_pages_of_an_authorization_let_a_form_end_at_its_app_and_no_other() {
    let policy_of = |url: &str| {
        let response = Stage::new().get(url);
        header(&response, CONTENT_SECURITY_POLICY).to_owned()
    };
    let policy = policy_of(&authorize_url(&[]));
    assert!(
        policy.contains("form-action 'self' https://portal.example;"),
        "{policy}"
    );
    let policy = policy_of(&format!("{BASE}/login"));
    assert!(policy.contains("form-action 'self';"), "{policy}");
}

#[test]
fn the_style_and_the_script_are_served_below_the_mount() {
    let mut stage = Stage::new();
    let page = text(&stage.get(&authorize_url(&[])));
    assert!(page.contains("<link rel=\"stylesheet\" href=\"/tiktok-emulator/style.css\">"));
    let style = stage.get(&format!("{BASE}/style.css"));
    assert!(header(&style, CONTENT_TYPE).starts_with("text/css"));
    let script = stage.get(&format!("{BASE}/close.js"));
    assert!(header(&script, CONTENT_TYPE).starts_with("text/javascript"));
    assert!(text(&script).contains("window.close()"));
}

#[test]
fn a_wrong_method_is_405_and_names_the_right_one() {
    for (method, path, allowed) in [
        (Method::POST, "/v2/auth/authorize/", "GET"),
        (Method::GET, "/v2/oauth/token/", "POST"),
        (Method::GET, "/v2/oauth/revoke/", "POST"),
        (Method::POST, "/v2/user/info/", "GET"),
        (Method::PUT, "/login", "GET, POST"),
        (Method::GET, "/switch", "POST"),
        (Method::DELETE, "/logout", "GET, POST"),
    ] {
        let request = Request::builder()
            .method(&method)
            .uri(format!("{BASE}{path}"))
            .body(Bytes::new())
            .unwrap();
        let response = Stage::new().send(&request);
        assert_eq!(response.status(), 405, "{method} {path}");
        assert_eq!(header(&response, ALLOW), allowed);
    }
}

#[test]
fn an_unknown_path_is_404_as_json_where_programs_ask() {
    let mut stage = Stage::new();
    for path in ["/v2/oauth/token", "/v2/user/info", "/v2/oauth/get_qrcode/"] {
        let (status, body) = crate::stage::json(&stage.get(&format!("{BASE}{path}")));
        assert_eq!(status, 404);
        assert_eq!(
            body["error"]["message"], "Unsupported path(Janus)",
            "{path}"
        );
    }
    for path in ["/", "/nowhere", "/login/", ""] {
        let response = stage.get(&format!("{BASE}{path}"));
        assert_eq!(response.status(), 404, "{path}");
        assert!(text(&response).contains("find this page."), "{path}");
    }
}

#[test]
fn a_vietnamese_browser_gets_vietnamese_pages() {
    let mut stage = Stage::new();
    let request = Request::get(authorize_url(&[]))
        .header(ACCEPT_LANGUAGE, "vi-VN,vi;q=0.9,en;q=0.5")
        .body(Bytes::new())
        .unwrap();
    let page = text(&stage.send(&request));
    for part in [
        "<html lang=\"vi\">",
        "<h1>Đăng nhập vào TikTok</h1>",
        "Trình giả lập — không phải TikTok",
        "Mật khẩu",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn a_language_that_was_chosen_stays_through_log_in() {
    let mut stage = Stage::new();
    let mut visitor = Visitor::new();
    let vietnamese = authorize_url(&[("lang", "vi")]);
    stage.walk(&mut visitor, &vietnamese, mai()).unwrap();
    let page = text(&stage.send(&visitor.visit(&authorize_url(&[]), Plan::Return)));
    assert!(page.contains("<h1>Ủy quyền</h1>"), "{page}");
    assert!(page.contains("lang=en\">English</a>"), "{page}");
}

#[test]
fn the_other_language_is_a_link_to_the_same_authorization() {
    let mut stage = Stage::new();
    let mut visitor = Visitor::new();
    let response = stage.send(&visitor.visit(&authorize_url(&[]), mai()));
    visitor.read(&response);
    let page = text(&response);
    let start = page.find("/tiktok-emulator/login?authorization=").unwrap();
    let link = page[start..]
        .split('"')
        .next()
        .unwrap()
        .replace("&amp;", "&");
    assert!(link.ends_with("&lang=vi"), "{link}");
    let cookie = visitor.visit(&authorize_url(&[]), mai()).headers()[COOKIE].clone();
    let request = Request::get(format!("http://127.0.0.1:3000{link}"))
        .header(COOKIE, cookie)
        .body(Bytes::new())
        .unwrap();
    let page = text(&stage.send(&request));
    assert!(
        page.contains("Đăng nhập để tiếp tục đến The &lt;Portal&gt;."),
        "{page}"
    );
}

#[test]
fn the_accounts_are_listed_where_the_host_tells_their_password() {
    let page = text(&Stage::new().get(&authorize_url(&[])));
    assert!(!page.contains("Test accounts") && !page.contains(PASSWORD));
    let mut stage = Stage::with(Config {
        hint: Some(PASSWORD.to_owned()),
        ..config()
    });
    let page = text(&stage.get(&authorize_url(&[])));
    for part in ["Test accounts:", "<code>linh</code>", PASSWORD] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn a_desktop_app_comes_back_to_its_own_machine() {
    let uri = "http://127.0.0.1:3000/tiktok/callback";
    let mut stage = Stage::with(Config {
        apps: vec![tiktok_emulator::App {
            kind: Kind::Desktop,
            ..app("key", &[uri, BACK])
        }],
        ..config()
    });
    // The app shares the origin with the emulator: only the path tells them apart.
    let callback = stage.walk_anew(&[("redirect_uri", uri)], mai()).unwrap();
    assert!(callback.starts_with(uri), "{callback}");
}

#[test]
fn a_body_that_is_no_form_is_refused() {
    let mut stage = Stage::new();
    for path in ["/login", "/signup", "/consent", "/switch"] {
        let request = Request::post(format!("{BASE}{path}"))
            .header(CONTENT_TYPE, "application/json")
            .body(Bytes::from_static(b"{}"))
            .unwrap();
        assert_eq!(stage.send(&request).status(), 400, "{path}");
    }
}
