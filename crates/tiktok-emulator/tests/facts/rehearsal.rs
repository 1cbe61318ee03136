//! Failures that are chosen on the consent page.

use crate::stage::{PASSWORD, Stage, query, word};
use tiktok_emulator::Rehearsal;
use tiktok_emulator::visitor::Plan;

fn rehearse(stage: &mut Stage, rehearsal: Rehearsal) -> Result<String, String> {
    let plan = Plan::Rehearse {
        username: "mai".to_owned(),
        password: PASSWORD.to_owned(),
        rehearse: rehearsal.as_str().to_owned(),
    };
    stage.walk_anew(&[], plan)
}

/// What the exchange answers to the code of a rehearsal.
fn exchange(stage: &mut Stage, rehearsal: Rehearsal) -> (u16, serde_json::Value) {
    let callback = rehearse(stage, rehearsal).unwrap();
    stage.exchange(&query(&callback)["code"], &[])
}

/// With what user info answers to the grant of a rehearsal.
fn user_info(rehearsal: Rehearsal) -> (u16, String) {
    let mut stage = Stage::new();
    let (_, grant) = exchange(&mut stage, rehearsal);
    let (status, body) = stage.user_info(&word(&grant["access_token"]), "open_id");
    (status, word(&body["error"]["code"]))
}

#[test]
fn every_word_of_oauth_can_come_back() {
    for (rehearsal, error) in [
        (Rehearsal::InvalidRequest, "invalid_request"),
        (Rehearsal::InvalidClient, "invalid_client"),
        (Rehearsal::InvalidGrant, "invalid_grant"),
        (Rehearsal::InvalidScope, "invalid_scope"),
        (Rehearsal::UnauthorizedClient, "unauthorized_client"),
        (Rehearsal::UnsupportedGrantType, "unsupported_grant_type"),
        (
            Rehearsal::UnsupportedResponseType,
            "unsupported_response_type",
        ),
        (Rehearsal::ServerError, "server_error"),
        (Rehearsal::TemporarilyUnavailable, "temporarily_unavailable"),
    ] {
        let callback = rehearse(&mut Stage::new(), rehearsal).unwrap();
        let query = query(&callback);
        assert_eq!(query["error"], error);
        assert_eq!(query["state"], "a state/+&=");
        assert!(!query.contains_key("code"));
    }
}

#[test]
fn a_code_can_come_back_that_has_expired() {
    let (_, body) = exchange(&mut Stage::new(), Rehearsal::ExpiredCode);
    assert_eq!(body["error"], "invalid_grant");
}

#[test]
fn the_exchange_can_fail() {
    let (status, body) = exchange(&mut Stage::new(), Rehearsal::TokenFails);
    assert_eq!(
        (status, body["error"].as_str()),
        (500, Some("server_error"))
    );
}

#[test]
fn user_info_can_fail() {
    for (rehearsal, status, code) in [
        (Rehearsal::TokenInvalid, 401, "access_token_invalid"),
        (Rehearsal::UserInfoLimited, 429, "rate_limit_exceeded"),
        (Rehearsal::UserInfoFails, 500, "internal_error"),
    ] {
        assert_eq!(user_info(rehearsal), (status, code.to_owned()));
    }
}

#[test]
fn the_browser_can_stay_at_tiktok_for_good() {
    let stopped = rehearse(&mut Stage::new(), Rehearsal::NeverBack).unwrap_err();
    assert!(stopped.starts_with("Something went wrong"), "{stopped}");
}

#[test]
fn every_rehearsal_stands_on_the_page_under_its_own_name() {
    let mut names: Vec<_> = Rehearsal::ALL.map(Rehearsal::as_str).to_vec();
    for rehearsal in Rehearsal::ALL {
        let json = serde_json::to_string(&rehearsal).unwrap();
        assert_eq!(json, format!("\"{}\"", rehearsal.as_str()));
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Rehearsal::ALL.len());
}
