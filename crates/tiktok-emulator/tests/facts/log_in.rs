//! Sessions: log in, switch, log out, and who may send a form.

use crate::stage::{BASE, DAY_MS, PASSWORD, Stage, authorize_url, mai, text};
use bytes::Bytes;
use http::header::{COOKIE, SET_COOKIE};
use http::{Request, Response};
use tiktok_emulator::visitor::{Plan, Step, Visitor};
use tiktok_emulator::{Config, SESSION_COOKIE};

fn set_cookie(response: &Response<Bytes>) -> String {
    let value = response.headers().get(SET_COOKIE);
    value.unwrap().to_str().unwrap().to_owned()
}

/// The page that a browser sees at the authorize URL.
fn page_for(stage: &mut Stage, visitor: &mut Visitor) -> String {
    let request = visitor.visit(&authorize_url(&[]), Plan::Return);
    let response = stage.send(&request);
    visitor.read(&response);
    text(&response)
}

/// A visitor on the log-in page, and the form that they are about to send.
fn at_log_in(stage: &mut Stage, plan: Plan) -> (Visitor, Request<Bytes>) {
    let mut visitor = Visitor::new();
    let response = stage.send(&visitor.visit(&authorize_url(&[]), plan));
    let Step::Send(form) = visitor.read(&response) else {
        panic!("no log-in page");
    };
    (visitor, form)
}

#[test]
fn a_wrong_password_or_username_is_told_alike_and_what_was_typed_stays() {
    for (username, password) in [("mai", "wrong"), ("nobody", PASSWORD), ("", "")] {
        let mut stage = Stage::new();
        let (_, form) = at_log_in(&mut stage, Plan::authorize(username, password));
        let response = stage.send(&form);
        assert_eq!(response.status(), 422);
        let page = text(&response);
        assert!(page.contains("role=\"alert\""), "{page}");
        assert!(page.contains("This username and password don’t match an account."));
        assert!(page.contains(&format!("value=\"{username}\"")));
        assert!(!page.contains(PASSWORD));
    }
}

#[test]
fn a_username_is_read_with_or_without_its_at_sign_in_any_case() {
    let plan = Plan::authorize("@MAI", PASSWORD);
    let mut stage = Stage::new();
    let (mut visitor, form) = at_log_in(&mut stage, plan);
    visitor.read(&stage.send(&form));
    assert!(page_for(&mut stage, &mut visitor).contains("@mai"));
}

#[test]
fn the_cookie_is_held_tight() {
    let mut stage = Stage::new();
    let cookie = set_cookie(&stage.get(&authorize_url(&[])));
    assert!(
        cookie.starts_with(&format!("{SESSION_COOKIE}=")),
        "{cookie}"
    );
    for part in ["; Path=/tiktok-emulator;", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "{cookie}");

    let mut stage = Stage::with(Config {
        base_url: "https://tiktok.test".to_owned(),
        ..crate::stage::config()
    });
    let url = authorize_url(&[]).replace(BASE, "https://tiktok.test");
    let cookie = set_cookie(&stage.get(&url));
    assert!(
        cookie.contains("; Path=/;") && cookie.ends_with("; Secure"),
        "{cookie}"
    );
}

#[test]
fn a_log_in_changes_the_cookie_and_a_planted_one_is_not_taken_over() {
    let mut stage = Stage::new();
    let planted = format!("{SESSION_COOKIE}=planted");
    let request = Request::get(authorize_url(&[]))
        .header(COOKIE, &planted)
        .body(Bytes::new())
        .unwrap();
    let before = set_cookie(&stage.send(&request));
    assert!(!before.starts_with(&planted));
    let (_, form) = at_log_in(&mut stage, mai());
    let old = form.headers()[COOKIE].to_str().unwrap().to_owned();
    let new = set_cookie(&stage.send(&form));
    assert!(!new.starts_with(&old), "{old} {new}");
    // The old cookie is no session any more.
    assert_eq!(stage.send(&form).status(), 403);
}

#[test]
fn a_form_without_its_token_changes_nothing_and_shows_the_page_anew() {
    let mut stage = Stage::new();
    let (_, form) = at_log_in(&mut stage, mai());
    let body = String::from_utf8(form.body().to_vec()).unwrap();
    let token = body.split('&').find(|it| it.starts_with("csrf=")).unwrap();
    for forged in ["csrf=", "csrf=0", "other="] {
        let forged = form
            .clone()
            .map(|_| Bytes::from(body.replace(token, forged)));
        let response = stage.send(&forged);
        assert_eq!(response.status(), 403);
        let page = text(&response);
        assert!(page.contains("This page was out of date."), "{page}");
        assert!(page.contains("data-page=\"log-in\""), "{page}");
    }
    assert_eq!(stage.send(&form).status(), 200);
}

#[test]
fn a_form_of_another_browser_is_refused() {
    let mut stage = Stage::new();
    let mut victim = Visitor::new();
    stage.walk(&mut victim, &authorize_url(&[]), mai()).unwrap();
    let response = stage.send(&victim.visit(&authorize_url(&[]), Plan::Return));
    let Step::Send(theirs) = victim.read(&response) else {
        panic!("no consent page");
    };
    let mut attacker = Visitor::new();
    let linh = Plan::authorize("linh", PASSWORD);
    stage
        .walk(&mut attacker, &authorize_url(&[]), linh)
        .unwrap();
    let response = stage.send(&attacker.visit(&authorize_url(&[]), Plan::Return));
    let Step::Send(mut mine) = attacker.read(&response) else {
        panic!("no consent page");
    };
    // The attacker's form, sent by the victim's browser.
    mine.headers_mut()
        .insert(COOKIE, theirs.headers()[COOKIE].clone());
    assert_eq!(stage.send(&mine).status(), 403);
}

#[test]
fn a_log_out_ends_the_session_by_a_get() {
    let mut stage = Stage::new();
    let mut visitor = Visitor::new();
    stage
        .walk(&mut visitor, &authorize_url(&[]), mai())
        .unwrap();
    let mut thief = visitor.clone();
    let request = visitor.log_out(&format!("{BASE}/logout"));
    let response = stage.send(&request);
    let page = text(&response);
    assert!(page.contains("<h1>Logged out</h1>"), "{page}");
    assert!(page.contains("You are logged out of TikTok. You can close this window."));
    assert!(page.contains("<script src=\"/tiktok-emulator/close.js\"></script>"));
    assert!(set_cookie(&response).contains("Max-Age=0"));
    assert!(
        matches!(visitor.read(&response), Step::Stopped(text) if text.starts_with("Logged out"))
    );
    assert!(page_for(&mut stage, &mut visitor).contains("data-page=\"log-in\""));
    // The session has ended, not only the cookie.
    assert!(page_for(&mut stage, &mut thief).contains("data-page=\"log-in\""));
}

#[test]
fn who_logged_out_is_not_sent_straight_back() {
    let mut stage = Stage::new();
    let mut visitor = Visitor::new();
    let silent = authorize_url(&[("disable_auto_auth", "0")]);
    stage.walk(&mut visitor, &silent, mai()).unwrap();
    let request = visitor.log_out(&format!("{BASE}/logout"));
    visitor.read(&stage.send(&request));
    let stopped = stage.walk(&mut visitor, &silent, Plan::Return);
    assert!(stopped.unwrap_err().starts_with("Log in to TikTok"));
}

#[test]
fn a_session_ends_after_thirty_days() {
    let mut stage = Stage::new();
    let mut visitor = Visitor::new();
    stage
        .walk(&mut visitor, &authorize_url(&[]), mai())
        .unwrap();
    stage.now_ms += 30 * DAY_MS - 1;
    assert!(page_for(&mut stage, &mut visitor).contains("data-page=\"consent\""));
    stage.now_ms += 1;
    assert!(page_for(&mut stage, &mut visitor).contains("data-page=\"log-in\""));
}

#[test]
fn a_log_in_without_an_app_says_who_is_logged_in() {
    let mut stage = Stage::new();
    let page = text(&stage.get(&format!("{BASE}/login")));
    assert!(page.contains("data-page=\"log-in\""), "{page}");
    let mut visitor = Visitor::new();
    stage
        .walk(&mut visitor, &authorize_url(&[]), mai())
        .unwrap();
    let request = visitor.visit(&format!("{BASE}/v2/auth/authorize/"), Plan::Return);
    let cookie = request.headers()[COOKIE].clone();
    let request = Request::get(format!("{BASE}/login"))
        .header(COOKIE, cookie)
        .body(Bytes::new())
        .unwrap();
    let page = text(&stage.send(&request));
    assert!(
        page.contains("data-page=\"logged-in\"") && page.contains("@mai"),
        "{page}"
    );
}
