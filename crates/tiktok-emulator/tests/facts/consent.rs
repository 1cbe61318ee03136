//! The consent page, and what comes back from it.

use crate::stage::{
    BACK, BOTH, MINUTE_MS, PASSWORD, Stage, authorize_url, location, mai, query, text,
};
use bytes::Bytes;
use http::{Method, Request, Response};
use tiktok_emulator::Scope;
use tiktok_emulator::visitor::{Plan, Step, Visitor};

fn account(username: &str) -> (String, String) {
    (username.to_owned(), PASSWORD.to_owned())
}

fn cancel() -> Plan {
    let (username, password) = account("mai");
    Plan::Cancel { username, password }
}

fn deny(scope: &str) -> Plan {
    let (username, password) = account("mai");
    Plan::Deny {
        username,
        password,
        scope: scope.to_owned(),
    }
}

fn switch_to(username: &str) -> Plan {
    let (username, password) = account(username);
    Plan::SwitchTo { username, password }
}

/// The request that presses the button of the consent page, and the page.
fn at_consent(stage: &mut Stage, visitor: &mut Visitor, plan: Plan) -> (Request<Bytes>, String) {
    let mut request = visitor.visit(&authorize_url(&[]), plan);
    let mut page = String::new();
    while !(request.method() == Method::POST && request.uri().path().ends_with("/consent")) {
        let response = stage.send(&request);
        page = text(&response);
        let Step::Send(next) = visitor.read(&response) else {
            panic!("never came to the consent page: {page}");
        };
        request = next;
    }
    (request, page)
}

/// `request` with another body.
fn with_body(request: &Request<Bytes>, body: &str) -> Request<Bytes> {
    request.clone().map(|_| Bytes::from(body.to_owned()))
}

fn body(request: &Request<Bytes>) -> String {
    String::from_utf8(request.body().to_vec()).unwrap()
}

fn is_back(response: &Response<Bytes>) -> bool {
    response.status() == 303 && location(response).starts_with(BACK)
}

#[test]
fn who_authorizes_comes_back_with_code_scopes_and_state() {
    let callback = Stage::new().walk_anew(&[], mai()).unwrap();
    assert!(callback.starts_with(&format!("{BACK}?")), "{callback}");
    let query = query(&callback);
    assert_eq!(query["scopes"], BOTH);
    assert_eq!(query["state"], "a state/+&=");
    let names: Vec<_> = query.keys().map(String::as_str).collect();
    assert_eq!(names, ["code", "scopes", "state"]);
}

#[test]
fn who_cancels_comes_back_with_access_denied_and_no_code() {
    let callback = Stage::new().walk_anew(&[], cancel()).unwrap();
    let query = query(&callback);
    assert_eq!(query["error"], "access_denied");
    assert!(!query["error_description"].is_empty());
    assert_eq!(query["state"], "a state/+&=");
    assert!(!query.contains_key("code"), "{callback}");
}

#[test]
fn the_page_says_who_asks_for_what_and_as_whom() {
    let (_, page) = at_consent(&mut Stage::new(), &mut Visitor::new(), mai());
    for part in [
        "<h1>Authorize</h1>",
        "The &lt;Portal&gt; wants to access your TikTok account",
        "Mai &lt;Coffee&gt; &amp; &quot;Tea&quot;",
        "@mai",
        "Switch account</button>",
        "Cancel</button>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn a_toggleable_scope_can_be_denied_and_the_rest_is_granted() {
    let mut stage = Stage::new();
    let callback = stage.walk_anew(&[], deny("user.info.profile")).unwrap();
    let query = query(&callback);
    assert_eq!(query["scopes"], "user.info.basic");
    let (_, grant) = stage.exchange(&query["code"], &[]);
    assert_eq!(grant["scope"], "user.info.basic");
}

#[test]
fn the_basic_scope_has_no_switch_and_can_not_be_denied() {
    let mut stage = Stage::new();
    let (request, page) = at_consent(&mut stage, &mut Visitor::new(), mai());
    assert_eq!(page.matches("role=\"switch\"").count(), 1, "{page}");
    let without = body(&request).replace("scope=user.info.profile&", "");
    let response = stage.send(&with_body(&request, &without));
    assert_eq!(query(&location(&response))["scopes"], "user.info.basic");
}

/// "user.info.basic" is added to every app with Login Kit by default, says TikTok's overview of
/// scopes.
#[test]
fn the_basic_scope_is_granted_to_who_did_not_ask_for_it_and_is_named() {
    for (asked, granted) in [
        ("user.info.profile", "user.info.basic,user.info.profile"),
        ("video.list", "user.info.basic,video.list"),
    ] {
        let mut stage = Stage::new();
        let callback = stage.walk_anew(&[("scope", asked)], mai()).unwrap();
        let query = query(&callback);
        assert_eq!(query["scopes"], granted);
        let (_, grant) = stage.exchange(&query["code"], &[]);
        assert_eq!(grant["scope"], granted);
        let access = grant["access_token"].as_str().unwrap();
        assert_eq!(stage.user_info_code(access, "open_id,display_name"), "ok");
    }
    let mut stage = Stage::new();
    let scope = [("scope", "user.info.profile")];
    let callback = stage.walk_anew(&scope, deny("user.info.profile")).unwrap();
    assert_eq!(query(&callback)["scopes"], "user.info.basic");
}

#[test]
fn each_scope_of_login_kit_and_of_posting_can_be_asked_for_and_denied() {
    let all = Scope::ALL.map(Scope::as_str);
    assert_eq!(
        all,
        [
            "user.info.basic",
            "user.info.profile",
            "user.info.stats",
            "video.list",
            "video.upload",
            "video.publish",
        ]
    );
    let list = all.join(",");
    let callback = Stage::new().walk_anew(&[("scope", &list)], mai()).unwrap();
    assert_eq!(query(&callback)["scopes"], list);
    for scope in Scope::ALL.into_iter().filter(|scope| scope.is_toggleable()) {
        let plan = deny(scope.as_str());
        let callback = Stage::new().walk_anew(&[("scope", &list)], plan).unwrap();
        let rest: Vec<_> = all.into_iter().filter(|it| *it != scope.as_str()).collect();
        assert_eq!(query(&callback)["scopes"], rest.join(","));
    }
}

#[test]
fn a_scope_that_was_not_asked_for_can_not_be_granted() {
    let mut stage = Stage::new();
    let url = [("scope", "user.info.basic")];
    let mut visitor = Visitor::new();
    stage
        .walk(&mut visitor, &authorize_url(&url), cancel())
        .unwrap();
    let mut request = visitor.visit(&authorize_url(&url), Plan::Return);
    let response = stage.send(&request);
    assert!(!text(&response).contains("role=\"switch\""));
    let Step::Send(next) = visitor.read(&response) else {
        panic!("no consent page");
    };
    request = with_body(&next, &format!("{}&scope=user.info.profile", body(&next)));
    let response = stage.send(&request);
    assert_eq!(query(&location(&response))["scopes"], "user.info.basic");
}

#[test]
fn a_button_that_is_pressed_twice_gives_the_same_code() {
    let mut stage = Stage::new();
    let (request, _) = at_consent(&mut stage, &mut Visitor::new(), mai());
    let first = stage.send(&request);
    let second = stage.send(&request);
    assert_eq!(location(&first), location(&second));
}

#[test]
fn an_authorization_that_was_used_has_ended() {
    let mut stage = Stage::new();
    let (request, _) = at_consent(&mut stage, &mut Visitor::new(), mai());
    let callback = location(&stage.send(&request));
    stage.exchange(&query(&callback)["code"], &[]);
    let response = stage.send(&request);
    assert!(text(&response).contains("This request has expired or was already used."));
    // Nor does asking ruin what was granted.
    assert_eq!(response.status(), 200);
}

#[test]
fn a_consent_page_that_nobody_answers_ends() {
    let mut stage = Stage::new();
    let (request, _) = at_consent(&mut stage, &mut Visitor::new(), mai());
    stage.now_ms += 30 * MINUTE_MS;
    let page = text(&stage.send(&request));
    assert!(
        page.contains("This request has expired or was already used."),
        "{page}"
    );
    assert!(page.contains("Go back to the app and start again."));
}

#[test]
fn a_consent_page_answers_for_the_account_that_it_shows_alone() {
    let mut stage = Stage::new();
    let mut visitor = Visitor::new();
    let (_, _) = at_consent(&mut stage, &mut visitor, mai());
    // The page is shown for `mai`; it is sent as if it had been shown for `linh`.
    let (request, _) = at_consent(&mut stage, &mut visitor, Plan::Return);
    let forged = body(&request).replace("account=mai", "account=linh");
    let response = stage.send(&with_body(&request, &forged));
    assert!(!is_back(&response));
    assert!(text(&response).contains("This page was out of date."));
    assert!(is_back(&stage.send(&request)));
}

#[test]
fn another_account_can_be_chosen_for_the_same_authorization() {
    let mut stage = Stage::new();
    let mut visitor = Visitor::new();
    stage
        .walk(&mut visitor, &authorize_url(&[]), mai())
        .unwrap();
    let callback = stage
        .walk(&mut visitor, &authorize_url(&[]), switch_to("linh"))
        .unwrap();
    let (_, grant) = stage.exchange(&query(&callback)["code"], &[]);
    assert_eq!(
        grant["open_id"],
        tiktok_emulator::open_id("key", "linh").as_str()
    );
    assert_eq!(query(&callback)["state"], "a state/+&=");
}

#[test]
fn an_account_that_is_no_tester_can_not_use_a_sandbox_app() {
    let mut stage = Stage::with_testers(&["linh"]);
    let stopped = stage.walk_anew(&[], mai()).unwrap_err();
    assert!(stopped.contains("error=non_sandbox_target"), "{stopped}");
    let linh = Plan::authorize("linh", PASSWORD);
    assert!(stage.walk_anew(&[], linh).unwrap().starts_with(BACK));
}

#[test]
fn a_form_of_no_tester_grants_nothing() {
    let mut stage = Stage::new();
    let (request, _) = at_consent(&mut stage, &mut Visitor::new(), mai());
    let world = stage.emulator.world().clone();
    let mut sandboxed = Stage::with_testers(&["linh"]);
    let config = sandboxed.emulator.config().clone();
    sandboxed.emulator = tiktok_emulator::Emulator::open(config, world);
    let response = sandboxed.send(&request);
    assert!(text(&response).contains("error=non_sandbox_target"));
}

#[test]
fn a_world_that_was_written_down_goes_on() {
    let mut stage = Stage::new();
    let code = stage.code();
    let (request, _) = at_consent(&mut stage, &mut Visitor::new(), mai());
    let written = serde_json::to_string(stage.emulator.world()).unwrap();
    let mut later = Stage::new();
    let world = serde_json::from_str(&written).unwrap();
    later.emulator = tiktok_emulator::Emulator::open(later.emulator.config().clone(), world);
    assert!(later.exchange(&code, &[]).1["access_token"].is_string());
    assert!(is_back(&later.send(&request)));
}
