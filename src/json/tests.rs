//! What the server writes is read as the server itself would read it.

use super::*;
use contract::account::Profile;
use contract::ads::AdsAccountView;
use contract::authorization::{AuthorizationStatus, Completed, LastAuthorization, Purpose};
use contract::drafts::{DraftView, Saved};
use contract::problem::{Code, Problem};
use contract::route::Route;
use contract::session::{AdsStage, Member, Session};
use contract::view::{Done, Moved};
use domain::ads_account::AdsAccount;
use domain::authorization::{Outcome, ReturnTo};
use domain::business::Industry;
use domain::currency::Currency;
use domain::draft::{Stage, Step};
use domain::input::{Fault, Field, FieldFault};
use domain::region::{Country, Language};
use domain::rollout::Availability;
use serde_json::Value as Tree;
use serde_json::json;
use std::fmt::Debug;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const ID: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

/// The server writes with `serde_json`; what it wrote is read here as it reads it itself.
fn alike<T: Serialize + DeserializeOwned + PartialEq + Debug>(tree: &Tree) -> T {
    let text = tree.to_string();
    let own: T = read(&text).expect(&text);
    assert_eq!(own, serde_json::from_value(tree.clone()).unwrap(), "{text}");
    own
}

#[wasm_bindgen_test]
fn a_problem_is_read_with_all_that_it_may_have_or_leave_out() {
    let bare: Problem = alike(&json!({ "code": "not_found", "status": 404 }));
    assert_eq!(bare, Problem::new(Code::NotFound));
    let full: Problem = alike(&json!({
        "code": "invalid_input",
        "status": 422,
        "fields": [
            { "field": "email", "fault": "missing" },
            { "field": "password", "fault": { "too_short": { "min": 10 } } },
            { "field": "ad_text", "fault": { "forbidden": { "character": "#" } } },
            {
                "field": "budget",
                "fault": { "below_minimum": { "minor": 5000, "currency": "USD" } },
            },
        ],
        "retry_after_s": 60,
        "go": { "campaign": { "draft": ID, "screen": "ad" } },
        "request_id": "r-1",
        "title": "what only a newer host says",
    }));
    assert_eq!(full.retry_after_s, Some(60));
    assert_eq!(full.fields.len(), 4);
    let minimum = FieldFault {
        field: Field::Budget,
        fault: Fault::BelowMinimum {
            minor: 5000,
            currency: Currency::USD,
        },
    };
    assert_eq!(full.fields.last(), Some(&minimum));
}

#[wasm_bindgen_test]
fn sessions_and_profiles_are_read() {
    let guest: Session = alike(&json!({
        "member": null, "home": { "log_in": {} }, "tiktok": "available", "region": "VN", "demonstration": false,
    }));
    assert_eq!(guest.region, Some(Country::VN));
    let member: Session = alike(&json!({
        "member": {
            "account": ID, "name": "Lan", "email": null, "ads_account": "created", "language": "vi",
        },
        "home": "welcome", "tiktok": "available", "region": null, "demonstration": true,
    }));
    let Some(Member {
        ads_account,
        language,
        ..
    }) = member.member
    else {
        panic!("nobody is there");
    };
    assert_eq!(
        (ads_account, language),
        (AdsStage::Created, Language::Vietnamese)
    );
    let profile: Profile = alike(&json!({
        "name": "Lan", "email": "lan@coffee.test", "region": "VN", "language": "en",
        "tiktok": { "display_name": "Lan ✨", "username": "lan", "avatar_url": null },
        "availability": "available",
        "methods": { "email_and_password": true, "tiktok": true },
        "confirm_first": true,
    }));
    assert_eq!(profile.tiktok.unwrap().display_name, "Lan ✨");
}

#[wasm_bindgen_test]
fn every_end_of_an_authorization_is_read() {
    for (tree, purpose) in [
        (json!("log_in"), Purpose::LogIn),
        (json!("confirm"), Purpose::Confirm),
        (
            json!({ "sign_up": { "terms": true } }),
            Purpose::SignUp { terms: true },
        ),
        (
            json!({ "link": { "to": { "ad": { "draft": ID } } } }),
            Purpose::Link {
                to: ReturnTo::Ad {
                    draft: ID.parse().unwrap(),
                },
            },
        ),
    ] {
        let last: LastAuthorization =
            alike(&json!({ "purpose": tree, "to": "tiktok_waiting", "standing": "none" }));
        assert_eq!(last.purpose, Some(purpose));
    }
    let outcome = Outcome::TikTokFailed;
    let ended: Completed = alike(&json!({
        "outcome": "tiktok_failed",
        "to": { "tiktok_outcome": { "outcome": "tiktok_failed" } },
    }));
    let to = Route::TikTokOutcome { outcome };
    assert_eq!(ended, Completed { outcome, to });
    let face = json!({ "display_name": "Mai", "username": null, "avatar_url": null });
    for status in [
        json!("none"),
        json!({ "pending": { "left_s": 600 } }),
        json!({ "ended": { "outcome": "cancelled" } }),
        json!({ "proved": { "face": face, "outcome": "choose_account", "left_s": 9 } }),
    ] {
        let last: LastAuthorization =
            alike(&json!({ "purpose": null, "to": "home", "standing": status }));
        assert_eq!(
            last.status == AuthorizationStatus::None,
            status == json!("none")
        );
    }
    let moved: Moved = alike(&json!({ "to": "welcome" }));
    assert_eq!(moved.to, Route::Welcome);
    assert_eq!(alike::<Done>(&json!({})), Done {});
}

#[wasm_bindgen_test]
fn ad_accounts_and_drafts_are_read() {
    let business = json!({
        "name": "Phở 24", "industry": "food_and_beverage", "country": "VN",
        "time_zone": "Asia/Ho_Chi_Minh", "currency": "VND", "phone": "+84912345678",
    });
    let view: AdsAccountView =
        alike(&json!({ "account": { "created": { "business": business } }, "region": "VN" }));
    assert!(matches!(view.account, AdsAccount::Created { .. }));
    let none: AdsAccountView = alike(&json!({ "account": "missing", "region": null }));
    assert_eq!(none.account, AdsAccount::Missing);

    let empty = serde_json::to_value(domain::draft::Contents::default()).unwrap();
    let view: DraftView = alike(&json!({
        "id": ID,
        "draft": {
            "stage": { "editing": { "step": "ad_group" } }, "contents": empty, "version": 7,
        },
        "currency": "VND", "time_zone": "Asia/Ho_Chi_Minh", "identity": null,
        "availability": "available",
    }));
    assert_eq!(
        view.draft.stage,
        Stage::Editing {
            step: Step::AdGroup
        }
    );
    let saved: Saved = alike(&json!({ "version": 8, "changed": 1_795_000_000_000_u64 }));
    assert_eq!(saved.changed.0, 1_795_000_000_000);
}

#[wasm_bindgen_test]
fn what_has_another_shape_is_refused() {
    for wrong in [
        "",
        "null",
        "{",
        "[]",
        "\"log_in\"",
        r#"{"to":null}"#,
        r#"{"to":7}"#,
        r#"{"to":"//evil"}"#,
        r#"{"to":{}}"#,
        r#"{"to":"ad"}"#,
        r#"{"to":{"ad":{}}}"#,
        r#"{"to":{"ad":{"draft":"//evil"}}}"#,
        r#"{"to":{"welcome":{}}}"#,
        r#"{"to":{"log_in":null,"sign_up":null}}"#,
    ] {
        assert_eq!(read::<Moved>(wrong), Err(Unreadable), "{wrong}");
    }
    for wrong in ["-1", "1.5", "1e99", "\"1\"", "4294967296"] {
        let text = format!(r#"{{"version":{wrong},"changed":1}}"#);
        assert_eq!(read::<Saved>(&text), Err(Unreadable), "{wrong}");
    }
}

#[wasm_bindgen_test]
fn a_choice_has_the_word_of_the_contract() {
    for industry in Industry::ALL {
        assert_eq!(choice(&word(industry)), Some(industry));
    }
    assert_eq!(word(Outcome::TikTokFailed), "tiktok_failed");
    assert_eq!(choice::<Outcome>("nothing_of_ours"), None);
    assert_eq!(choice::<Outcome>(""), None);
    assert_eq!(Availability::Available, choice("available").unwrap());
}
