//! The token endpoint and the revocation.

use crate::stage::{BASE, DAY_MS, HOUR_MS, KEY, MINUTE_MS, SECRET, Stage, json, query, word};
use crate::stage::{authorize_url, config, mai};
use bytes::Bytes;
use http::Request;
use http::header::CONTENT_TYPE;
use sha2::{Digest as _, Sha256};
use tiktok_emulator::visitor::{Plan, Visitor};
use tiktok_emulator::{Config, Revocation};

#[test]
fn a_code_holds_a_star_and_an_exclamation_mark_and_travels_encoded() {
    let callback = Stage::new().walk_anew(&[], mai()).unwrap();
    assert!(
        callback.contains("%2A") && callback.contains("%21"),
        "{callback}"
    );
    assert!(!callback.contains(['*', '!']), "{callback}");
    let code = &query(&callback)["code"];
    assert!(code.contains('*') && code.contains('!'), "{code}");
}

#[test]
fn a_code_becomes_a_grant_with_a_flat_answer() {
    let mut stage = Stage::new();
    let code = stage.code();
    let (status, grant) = stage.exchange(&code, &[]);
    assert_eq!(status, 200);
    assert_eq!(
        grant["open_id"],
        tiktok_emulator::open_id(KEY, "mai").as_str()
    );
    assert_eq!(grant["scope"], "user.info.basic,user.info.profile");
    assert_eq!(grant["expires_in"], 7_200);
    assert_eq!(grant["refresh_expires_in"], 15_552_000);
    assert_eq!(grant["token_type"], "Bearer");
    assert_ne!(grant["access_token"], grant["refresh_token"]);
    assert_eq!(grant.as_object().unwrap().len(), 7);
}

#[test]
fn a_code_that_was_not_decoded_is_not_a_code() {
    let mut stage = Stage::new();
    let code = stage.code().replace('*', "%2A").replace('!', "%21");
    assert_eq!(stage.exchange(&code, &[]).1["error"], "invalid_grant");
}

#[test]
fn a_code_works_once_and_its_reuse_ends_what_came_of_it() {
    let mut stage = Stage::new();
    let code = stage.code();
    let (_, grant) = stage.exchange(&code, &[]);
    let access = word(&grant["access_token"]);
    assert_eq!(stage.user_info_code(&access, "open_id"), "ok");
    assert_eq!(stage.exchange(&code, &[]).1["error"], "invalid_grant");
    assert_eq!(
        stage.user_info_code(&access, "open_id"),
        "access_token_invalid"
    );
    let refresh = word(&grant["refresh_token"]);
    assert_eq!(stage.refresh(&refresh).1["error"], "invalid_grant");
}

#[test]
fn the_reuse_of_a_code_ends_refreshed_tokens_too_even_after_its_five_minutes() {
    let mut stage = Stage::new();
    let code = stage.code();
    let (_, grant) = stage.exchange(&code, &[]);
    let (_, fresh) = stage.refresh(&word(&grant["refresh_token"]));
    stage.now_ms += HOUR_MS;
    stage.exchange(&code, &[]);
    let access = word(&fresh["access_token"]);
    assert_eq!(
        stage.user_info_code(&access, "open_id"),
        "access_token_invalid"
    );
}

#[test]
fn a_code_lives_five_minutes() {
    let mut stage = Stage::new();
    let code = stage.code();
    stage.now_ms += 5 * MINUTE_MS - 1;
    assert!(stage.exchange(&code, &[]).1["access_token"].is_string());
    let code = stage.code();
    stage.now_ms += 5 * MINUTE_MS;
    assert_eq!(stage.exchange(&code, &[]).1["error"], "invalid_grant");
}

#[test]
fn a_code_is_bound_to_app_redirect_uri_and_challenge() {
    let other = "a".repeat(43);
    let long = "a".repeat(129);
    for change in [
        ("client_key", "other-key"),
        ("redirect_uri", "https://portal.example/other"),
        ("redirect_uri", ""),
        ("code_verifier", other.as_str()),
        ("code_verifier", long.as_str()),
        ("code_verifier", ""),
    ] {
        let mut stage = Stage::new();
        let code = stage.code();
        let (_, refusal) = stage.exchange(&code, &[change]);
        assert_eq!(refusal["error"], "invalid_grant", "{change:?}");
        assert!(refusal["access_token"].is_null());
        // A wrong attempt doesn't use the code up.
        assert!(stage.exchange(&code, &[]).1["access_token"].is_string());
    }
}

#[test]
fn a_verifier_has_43_to_128_unreserved_characters() {
    for (verifier, is_good) in [
        ("a".repeat(42), false),
        ("a".repeat(43), true),
        ("a".repeat(128), true),
        ("a".repeat(129), false),
        ("a+".repeat(30), false),
        ("a-._~".repeat(10), true),
    ] {
        let challenge = hex::encode(Sha256::digest(&verifier));
        let mut stage = Stage::new();
        let callback = stage.walk_anew(&[("code_challenge", &challenge)], mai());
        let code = &query(&callback.unwrap())["code"];
        let (_, body) = stage.exchange(code, &[("code_verifier", &verifier)]);
        assert_eq!(body["access_token"].is_string(), is_good, "{verifier}");
    }
}

#[test]
fn a_refresh_does_not_prolong_the_180_days() {
    let mut stage = Stage::new();
    let grant = stage.grant();
    stage.now_ms += 179 * DAY_MS;
    let (_, fresh) = stage.refresh(&word(&grant["refresh_token"]));
    assert_eq!(fresh["refresh_expires_in"], 24 * 3600);
    stage.now_ms += DAY_MS;
    let (_, late) = stage.refresh(&word(&fresh["refresh_token"]));
    assert_eq!(late["error"], "invalid_grant");
}

#[test]
fn a_refusal_is_flat_and_names_a_log_id_and_its_status_is_not_to_be_relied_on() {
    let mut stage = Stage::new();
    let code = stage.code();
    for (status, error, changes) in [
        (401, "invalid_client", vec![("client_key", "nobody")]),
        (401, "invalid_client", vec![("client_secret", "wrong")]),
        (
            401,
            "invalid_client",
            vec![("client_key", ""), ("client_id", KEY)],
        ),
        (
            400,
            "unsupported_grant_type",
            vec![("grant_type", "password")],
        ),
        (400, "invalid_request", vec![("grant_type", "")]),
        (400, "invalid_request", vec![("code", "")]),
        (200, "invalid_grant", vec![("code", "made-up")]),
    ] {
        let (found, body) = stage.exchange(&code, &changes);
        assert_eq!((found, body["error"].as_str()), (status, Some(error)));
        assert!(!word(&body["error_description"]).is_empty());
        assert!(word(&body["log_id"]).starts_with("20261124"), "{body}");
        assert_eq!(body.as_object().unwrap().len(), 3);
    }
}

#[test]
fn the_token_endpoint_reads_forms_alone() {
    let mut stage = Stage::new();
    let request = Request::post(format!("{BASE}/v2/oauth/token/"))
        .header(CONTENT_TYPE, "application/json")
        .body(Bytes::from_static(b"{\"client_key\":\"key\"}"))
        .unwrap();
    let (status, body) = json(&stage.send(&request));
    assert_eq!(
        (status, body["error"].as_str()),
        (400, Some("invalid_request"))
    );
    let (status, _) = stage.exchange(&"x".repeat(70_000), &[]);
    assert_eq!(status, 413);
}

#[test]
fn a_refresh_token_rotates_and_the_old_one_dies() {
    let mut stage = Stage::new();
    let grant = stage.grant();
    let old = word(&grant["refresh_token"]);
    stage.now_ms += DAY_MS;
    let (_, fresh) = stage.refresh(&old);
    assert_eq!(fresh["open_id"], grant["open_id"]);
    assert_eq!(fresh["scope"], grant["scope"]);
    // The second one doesn't live longer than the first one would have.
    assert_eq!(fresh["refresh_expires_in"], 179 * 24 * 3600);
    assert_eq!(stage.refresh(&old).1["error"], "invalid_grant");
    let access = word(&fresh["access_token"]);
    assert_eq!(stage.user_info_code(&access, "open_id"), "ok");
    let new = word(&fresh["refresh_token"]);
    assert!(stage.refresh(&new).1["access_token"].is_string());
}

#[test]
fn tokens_end_when_they_said() {
    let mut stage = Stage::new();
    let grant = stage.grant();
    let access = word(&grant["access_token"]);
    stage.now_ms += 2 * HOUR_MS - 1;
    assert_eq!(stage.user_info_code(&access, "open_id"), "ok");
    stage.now_ms += 1;
    assert_eq!(
        stage.user_info_code(&access, "open_id"),
        "access_token_invalid"
    );
    stage.now_ms += 180 * DAY_MS - 2 * HOUR_MS;
    let refresh = word(&grant["refresh_token"]);
    assert_eq!(stage.refresh(&refresh).1["error"], "invalid_grant");
}

#[test]
fn a_refresh_token_of_another_app_is_none() {
    let mut stage = Stage::new();
    let refresh = word(&stage.grant()["refresh_token"]);
    let members = [
        ("client_key", "other-key"),
        ("client_secret", SECRET),
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh.as_str()),
    ];
    let (_, body) = json(&stage.post("/v2/oauth/token/", &members));
    assert_eq!(body["error"], "invalid_grant");
    assert!(stage.refresh(&refresh).1["access_token"].is_string());
}

#[test]
fn a_revocation_answers_with_nothing_and_ends_both_tokens() {
    let mut stage = Stage::new();
    let grant = stage.grant();
    let access = word(&grant["access_token"]);
    let response = stage.revoke(&access);
    assert_eq!(response.status(), 200);
    assert!(response.body().is_empty());
    assert_eq!(
        stage.user_info_code(&access, "open_id"),
        "access_token_invalid"
    );
    let refresh = word(&grant["refresh_token"]);
    assert_eq!(stage.refresh(&refresh).1["error"], "invalid_grant");
    assert_eq!(json(&stage.revoke(&access)).1["error"], "invalid_request");
}

/// Two grants of `mai`'s to the app, one to another app; and whether each lives on after the first
/// was revoked.
fn live_after_revocation(revocation: Revocation) -> [bool; 3] {
    let mut stage = Stage::with(Config {
        revocation,
        ..config()
    });
    let mut tokens = vec![
        word(&stage.grant()["access_token"]),
        word(&stage.grant()["access_token"]),
    ];
    let other = [
        ("client_key", "other-key"),
        ("redirect_uri", "https://other.example/callback"),
    ];
    let callback = stage.walk_anew(&other, mai()).unwrap();
    let code = query(&callback)["code"].clone();
    tokens.push(word(&stage.exchange(&code, &other).1["access_token"]));
    assert_eq!(stage.revoke(&tokens[0]).status(), 200);
    let live = |token: &String| stage.user_info_code(token, "open_id") == "ok";
    let live: Vec<_> = tokens.iter().map(live).collect();
    live.try_into().unwrap()
}

#[test]
fn a_revocation_ends_its_grant_or_where_the_host_says_so_all_of_the_user_and_the_app() {
    assert_eq!(
        live_after_revocation(Revocation::Grant),
        [false, true, true]
    );
    assert_eq!(
        live_after_revocation(Revocation::AllGrants),
        [false, false, true]
    );
}

#[test]
fn another_app_revokes_nothing() {
    let mut stage = Stage::new();
    let access = word(&stage.grant()["access_token"]);
    let members = [
        ("client_key", "other-key"),
        ("client_secret", SECRET),
        ("token", access.as_str()),
    ];
    let (_, body) = json(&stage.post("/v2/oauth/revoke/", &members));
    assert_eq!(body["error"], "invalid_request");
    assert_eq!(stage.user_info_code(&access, "open_id"), "ok");
}

#[test]
fn who_revoked_all_is_asked_again() {
    let mut stage = Stage::new();
    let mut visitor = Visitor::new();
    let silent = authorize_url(&[("disable_auto_auth", "0")]);
    let mut grants = Vec::new();
    for plan in [mai(), Plan::Return] {
        let callback = stage.walk(&mut visitor, &silent, plan).unwrap();
        let (_, grant) = stage.exchange(&query(&callback)["code"], &[]);
        grants.push(word(&grant["access_token"]));
    }
    stage.revoke(&grants[0]);
    let response = stage.send(&visitor.visit(&silent, Plan::Return));
    assert_eq!(response.status(), 303, "another grant still stands");
    stage.revoke(&grants[1]);
    let response = stage.send(&visitor.visit(&silent, Plan::Return));
    assert_eq!(response.status(), 200, "nothing is granted any more");
}
