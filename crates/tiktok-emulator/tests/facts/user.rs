//! User info.

use crate::stage::{BASE, KEY, PASSWORD, Stage, json, mai, query, word};
use bytes::Bytes;
use http::Request;
use http::header::AUTHORIZATION;
use serde_json::{Value, json as object};
use tiktok_emulator::visitor::Plan;
use tiktok_emulator::{avatar_url, open_id, union_id};

const BASIC: &str = "open_id,union_id,avatar_url,avatar_url_100,avatar_large_url,display_name";
const PROFILE: &str = "username,bio_description,profile_deep_link,is_verified";

/// An access token that came of this plan and this list of scopes.
fn token(stage: &mut Stage, scope: &str, plan: Plan) -> String {
    let callback = stage.walk_anew(&[("scope", scope)], plan).unwrap();
    let (_, grant) = stage.exchange(&query(&callback)["code"], &[]);
    word(&grant["access_token"])
}

#[test]
fn the_user_comes_in_an_envelope() {
    let mut stage = Stage::new();
    let access = word(&stage.grant()["access_token"]);
    let (status, body) = stage.user_info(&access, &format!("{BASIC},{PROFILE}"));
    assert_eq!(status, 200);
    assert_eq!(body["error"]["code"], "ok");
    assert_eq!(body["error"]["message"], "");
    assert!(word(&body["error"]["log_id"]).starts_with("20261124"));
    let user = &body["data"]["user"];
    assert_eq!(user["open_id"], open_id(KEY, "mai").as_str());
    assert_eq!(user["union_id"], union_id("mai").as_str());
    assert_eq!(user["display_name"], "Mai <Coffee> & \"Tea\"");
    assert_eq!(user["username"], "mai");
    assert_eq!(user["is_verified"], false);
    for field in ["avatar_url", "avatar_url_100", "avatar_large_url"] {
        assert_eq!(user[field], avatar_url("mai").as_str(), "{field}");
    }
    assert_eq!(user.as_object().unwrap().len(), 10);
}

#[test]
fn only_the_fields_that_were_asked_for_come() {
    let mut stage = Stage::new();
    let plan = Plan::authorize("minh", PASSWORD);
    let access = token(&mut stage, "user.info.basic,user.info.profile", plan);
    let (_, body) = stage.user_info(&access, "bio_description,is_verified");
    assert_eq!(
        body["data"]["user"],
        object!({"bio_description": "Lanterns", "is_verified": true})
    );
}

#[test]
fn there_is_no_email_ever() {
    let mut stage = Stage::new();
    let access = word(&stage.grant()["access_token"]);
    assert_eq!(stage.user_info_code(&access, "email"), "invalid_params");
    let (_, body) = stage.user_info(&access, &format!("{BASIC},{PROFILE}"));
    assert!(!body.to_string().contains("mail"), "{body}");
}

#[test]
fn an_open_id_differs_per_app_and_a_union_id_does_not() {
    assert_ne!(open_id("key", "mai"), open_id("other-key", "mai"));
    assert_ne!(open_id("key", "mai"), open_id("key", "linh"));
    assert_ne!(union_id("mai"), union_id("linh"));
    assert_ne!(union_id("mai"), open_id("key", "mai"));
    assert_eq!(open_id("key", "mai"), open_id("key", "@Mai "));
}

#[test]
fn a_field_whose_scope_was_denied_fails_the_whole_call() {
    let mut stage = Stage::new();
    let deny = Plan::Deny {
        username: "mai".to_owned(),
        password: PASSWORD.to_owned(),
        scope: "user.info.profile".to_owned(),
    };
    let access = token(&mut stage, "user.info.basic,user.info.profile", deny);
    let (status, body) = stage.user_info(&access, "open_id,username");
    assert_eq!(
        (status, body["error"]["code"].as_str()),
        (401, Some("scope_not_authorized"))
    );
    assert_eq!(body["data"], object!({}));
    assert_eq!(stage.user_info_code(&access, BASIC), "ok");
}

#[test]
fn a_field_whose_scope_was_never_asked_for_fails_the_whole_call() {
    let mut stage = Stage::new();
    let access = token(&mut stage, "user.info.basic", mai());
    for field in ["username", "follower_count"] {
        let (status, body) = stage.user_info(&access, &format!("open_id,{field}"));
        assert_eq!(
            (status, body["error"]["code"].as_str()),
            (400, Some("scope_permission_missed"))
        );
    }
}

#[test]
fn the_counts_come_with_their_scope_and_nobody_follows_anybody() {
    let mut stage = Stage::new();
    let access = token(&mut stage, "user.info.stats", mai());
    let fields = "follower_count,following_count,likes_count,video_count";
    let (status, body) = stage.user_info(&access, fields);
    assert_eq!(status, 200);
    for field in fields.split(',') {
        assert_eq!(body["data"]["user"][field], 0, "{field}");
    }
}

#[test]
fn unknown_or_missing_fields_are_invalid_params() {
    let mut stage = Stage::new();
    let access = word(&stage.grant()["access_token"]);
    for fields in ["", "open_id,nickname", "open_id,", "OPEN_ID"] {
        let (status, body) = stage.user_info(&access, fields);
        assert_eq!(
            (status, body["error"]["code"].as_str()),
            (400, Some("invalid_params")),
            "{fields}"
        );
    }
}

#[test]
fn a_token_is_needed_and_it_is_a_bearer_token() {
    let mut stage = Stage::new();
    let access = word(&stage.grant()["access_token"]);
    let mut ask = |header: Option<String>| -> (u16, Value) {
        let mut request = Request::get(format!("{BASE}/v2/user/info/?fields=open_id"));
        if let Some(header) = header {
            request = request.header(AUTHORIZATION, header);
        }
        json(&stage.send(&request.body(Bytes::new()).unwrap()))
    };
    for header in [
        None,
        Some(access.clone()),
        Some(format!("Basic {access}")),
        Some("Bearer made-up".to_owned()),
        Some("Bearer ".to_owned()),
    ] {
        let (status, body) = ask(header);
        assert_eq!(
            (status, body["error"]["code"].as_str()),
            (401, Some("access_token_invalid"))
        );
    }
    // RFC 9110, 11.1: the scheme is read in any case.
    for scheme in ["Bearer", "bearer", "BEARER"] {
        assert_eq!(ask(Some(format!("{scheme} {access}"))).0, 200, "{scheme}");
    }
}

#[test]
fn a_refresh_token_opens_nothing() {
    let mut stage = Stage::new();
    let refresh = word(&stage.grant()["refresh_token"]);
    assert_eq!(
        stage.user_info_code(&refresh, "open_id"),
        "access_token_invalid"
    );
}
