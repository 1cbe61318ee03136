//! Create a TikTok account.

use crate::stage::{PASSWORD, Stage, authorize_url, query, text, word};
use tiktok_emulator::visitor::{Plan, Step, Visitor};

fn sign_up(username: &str, display_name: &str, password: &str) -> Plan {
    Plan::SignUp {
        username: username.to_owned(),
        display_name: display_name.to_owned(),
        password: password.to_owned(),
    }
}

/// What the page says to a sign-up that is refused.
fn refused(username: &str, display_name: &str, password: &str) -> String {
    let mut stage = Stage::new();
    let mut visitor = Visitor::new();
    let plan = sign_up(username, display_name, password);
    let mut request = visitor.visit(&authorize_url(&[]), plan);
    loop {
        let response = stage.send(&request);
        match visitor.read(&response) {
            Step::Send(next) => request = next,
            Step::Stopped(_) => {
                assert_eq!(response.status(), 422);
                return text(&response);
            }
            Step::Left(callback) => panic!("accepted: {callback}"),
        }
    }
}

#[test]
fn a_new_account_authorizes_and_logs_in_again_later() {
    let mut stage = Stage::new();
    let plan = sign_up("@New.Tea_1", "Trà \u{1F375}", "long enough");
    let callback = stage.walk_anew(&[], plan).unwrap();
    let (_, grant) = stage.exchange(&query(&callback)["code"], &[]);
    let (_, body) = stage.user_info(&word(&grant["access_token"]), "username,display_name");
    let user = &body["data"]["user"];
    assert_eq!(user["username"], "new.tea_1");
    assert_eq!(user["display_name"], "Trà \u{1F375}");

    let again = Plan::authorize("new.tea_1", "long enough");
    let callback = stage.walk_anew(&[], again).unwrap();
    let (_, second) = stage.exchange(&query(&callback)["code"], &[]);
    assert_eq!(second["open_id"], grant["open_id"]);
    let wrong = Plan::authorize("new.tea_1", PASSWORD);
    assert!(stage.walk_anew(&[], wrong).is_err());
}

#[test]
fn a_new_account_can_be_created_where_another_one_is_logged_in() {
    let mut stage = Stage::new();
    let mut visitor = Visitor::new();
    let url = authorize_url(&[]);
    stage
        .walk(&mut visitor, &url, Plan::authorize("mai", PASSWORD))
        .unwrap();
    let plan = sign_up("newcomer", "New", "long enough");
    let callback = stage.walk(&mut visitor, &url, plan).unwrap();
    let (_, grant) = stage.exchange(&query(&callback)["code"], &[]);
    let open_id = tiktok_emulator::open_id("key", "newcomer");
    assert_eq!(grant["open_id"], open_id.as_str());
}

#[test]
fn everything_wrong_is_said_at_once_and_what_was_typed_stays() {
    let page = refused("a b", &"x".repeat(31), "short");
    assert_eq!(page.matches("aria-invalid").count(), 3, "{page}");
    assert!(page.contains("Fix the highlighted fields and try again."));
    assert!(page.contains("value=\"a b\""));
    assert!(!page.contains("value=\"short\""));
}

#[test]
fn each_field_is_checked() {
    for (username, display_name, password) in [
        ("", "Name", "long enough"),
        ("a", "Name", "long enough"),
        ("abcdefghijklmnopqrstuvwxy", "Name", "long enough"),
        ("ends.", "Name", "long enough"),
        ("trà", "Name", "long enough"),
        ("a<b>", "Name", "long enough"),
        ("mai", "Name", "long enough"),
        ("MAI", "Name", "long enough"),
        ("free", "  ", "long enough"),
        ("free", "a\u{0}b", "long enough"),
        ("free", "Name", "1234567"),
    ] {
        let page = refused(username, display_name, password);
        assert_eq!(page.matches("aria-invalid").count(), 1, "{username} {page}");
    }
}

#[test]
fn a_taken_username_is_named_so() {
    let page = refused("mai", "Name", "long enough");
    assert!(
        page.contains("This username is taken. Choose another one."),
        "{page}"
    );
}

#[test]
fn a_password_is_not_written_down() {
    let mut stage = Stage::new();
    stage
        .walk_anew(&[], sign_up("newcomer", "New", "long enough"))
        .unwrap();
    let world = serde_json::to_string(stage.emulator.world()).unwrap();
    assert!(world.contains("newcomer") && !world.contains("long enough"));
}
