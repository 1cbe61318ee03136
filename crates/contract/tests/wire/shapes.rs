//! The shapes of routes, purposes and outcomes in JSON: what is published and relied upon.

use contract::account::Profile;
use contract::authorization::{
    AuthorizationStatus, BeginAuthorization, CompleteAuthorization, CreateAccount, Purpose,
};
use contract::drafts::DraftList;
use contract::route::{CampaignScreen, ProfileDialog, Route};
use contract::session::{GetSession, LogIn};
use contract::transfer::{BeginTransfer, BeginTransferByPasskey, PendingTransfer, StopTransfer};
use contract::view::{Done, Moved};
use domain::authorization::{Outcome, ReturnTo};
use domain::id::DraftId;
use domain::region::{Country, Language};
use domain::time::Timestamp;
use serde_json::{Value, json};

fn draft() -> DraftId {
    "3f2504e0-4f89-41d3-9a0c-0305e82c3301".parse().unwrap()
}

#[test]
fn a_route_is_a_name_with_what_it_holds() {
    for (route, json) in [
        (Route::Campaigns, json!("campaigns")),
        (Route::TikTokWaiting, json!("tiktok_waiting")),
        (Route::LogIn { then: None }, json!({ "log_in": {} })),
        (
            Route::Profile {
                dialog: Some(ProfileDialog::UnableToLink),
            },
            json!({ "profile": { "dialog": "unable_to_link" } }),
        ),
        (
            Route::Campaign {
                draft: draft(),
                screen: CampaignScreen::Ad,
            },
            json!({ "campaign": { "draft": draft(), "screen": "ad" } }),
        ),
        (
            Route::TikTokOutcome {
                outcome: Outcome::ScopeDenied,
            },
            json!({ "tiktok_outcome": { "outcome": "scope_denied" } }),
        ),
    ] {
        assert_eq!(serde_json::to_value(&route).unwrap(), json);
        assert_eq!(serde_json::from_value::<Route>(json).unwrap(), route);
    }
    let moved = Moved {
        to: Route::Campaigns,
    };
    assert_eq!(
        serde_json::to_value(moved).unwrap(),
        json!({ "to": "campaigns" })
    );
    assert_eq!(serde_json::to_value(Done {}).unwrap(), json!({}));
}

/// Invariant 9.
#[test]
fn an_address_is_no_route() {
    for evil in [
        json!("//evil"),
        json!("https:evil"),
        json!("\\evil"),
        json!("%2f%2fevil"),
        json!("https://evil.example/"),
        json!(""),
        json!("ad"),
        json!({ "ad": {} }),
        json!({ "ad": { "draft": "//evil" } }),
        json!({ "ad": { "draft": draft(), "then": "//evil" } }),
        json!({ "ad": { "draft": draft() }, "then": "//evil" }),
        json!({ "//evil": {} }),
        json!({ "url": "//evil" }),
        json!({ "campaign": { "draft": "//evil", "screen": "ad" } }),
        json!({ "log_in": { "then": "//evil" } }),
        json!({ "tiktok_callback": { "query": "code=stolen" } }),
        Value::Null,
    ] {
        assert!(
            serde_json::from_value::<Route>(evil.clone()).is_err(),
            "{evil}"
        );
        assert!(
            serde_json::from_value::<ReturnTo>(evil.clone()).is_err(),
            "{evil}"
        );
    }
}

#[test]
fn every_purpose_is_told_apart() {
    for (purpose, json) in [
        (
            Purpose::SignUp { terms: true },
            json!({ "sign_up": { "terms": true } }),
        ),
        (Purpose::LogIn, json!("log_in")),
        (
            Purpose::Link {
                to: ReturnTo::Profile,
            },
            json!({ "link": { "to": "profile" } }),
        ),
        (
            Purpose::Link {
                to: ReturnTo::Ad { draft: draft() },
            },
            json!({ "link": { "to": { "ad": { "draft": draft() } } } }),
        ),
        (Purpose::Confirm, json!("confirm")),
    ] {
        assert_eq!(serde_json::to_value(purpose).unwrap(), json);
        assert_eq!(serde_json::from_value::<Purpose>(json).unwrap(), purpose);
    }
    assert!(serde_json::from_value::<Purpose>(json!("sign_up")).is_err());
    assert!(serde_json::from_value::<Purpose>(json!({ "link": {} })).is_err());
}

#[test]
fn every_outcome_has_its_word() {
    for (outcome, word) in [
        (Outcome::SignedUp, "signed_up"),
        (Outcome::LoggedIn, "logged_in"),
        (Outcome::ChooseAccount, "choose_account"),
        (Outcome::Linked, "linked"),
        (Outcome::AlreadyYours, "already_yours"),
        (Outcome::AlreadyLinked, "already_linked"),
        (Outcome::AccountHasLink, "account_has_link"),
        (Outcome::ConfirmNeeded, "confirm_needed"),
        (Outcome::SessionEnded, "session_ended"),
        (Outcome::Confirmed, "confirmed"),
        (Outcome::ConfirmedByAnother, "confirmed_by_another"),
        (Outcome::Cancelled, "cancelled"),
        (Outcome::ScopeDenied, "scope_denied"),
        (Outcome::TikTokFailed, "tiktok_failed"),
        (Outcome::NotAvailable, "not_available"),
        (Outcome::Expired, "expired"),
        (Outcome::OtherBrowser, "other_browser"),
        (Outcome::Unknown, "unknown"),
    ] {
        assert_eq!(serde_json::to_value(outcome).unwrap(), json!(word));
        assert_eq!(
            serde_json::from_value::<Outcome>(json!(word)).unwrap(),
            outcome
        );
    }
}

#[test]
fn a_standing_is_told_by_its_name() {
    let pending = AuthorizationStatus::Pending { left_s: 600 };
    let json = json!({ "pending": { "left_s": 600 } });
    assert_eq!(serde_json::to_value(&pending).unwrap(), json);
    assert_eq!(
        serde_json::from_value::<AuthorizationStatus>(json).unwrap(),
        pending
    );
}

/// Either side is told which of the two it is, and nothing of the other.
#[test]
fn a_transfer_that_waits_is_told_with_what_moves_where_and_when() {
    for arrives in [true, false] {
        let waiting = PendingTransfer {
            arrives,
            tiktok: "Mai's \"coffee\" ☕".to_owned(),
            due: Timestamp(1_795_564_800_000),
        };
        let json = json!({
            "arrives": arrives,
            "tiktok": "Mai's \"coffee\" ☕",
            "due": 1_795_564_800_000_i64,
        });
        assert_eq!(serde_json::to_value(&waiting).unwrap(), json);
        assert_eq!(
            serde_json::from_value::<PendingTransfer>(json).unwrap(),
            waiting
        );
    }
    // A host of the release before tells of none.
    let before = json!({
        "name": "",
        "email": null,
        "region": null,
        "language": "en",
        "tiktok": null,
        "availability": "available",
        "methods": { "email_and_password": true, "tiktok": false },
        "confirm_first": false,
    });
    let profile: Profile = serde_json::from_value(before).unwrap();
    assert_eq!((&profile.transfer, profile.linked), (&None, None));
    let told = serde_json::to_value(&profile).unwrap();
    assert_eq!(told["transfer"], Value::Null);
}

#[test]
fn a_transfer_is_begun_with_what_logs_in_to_the_other_account() {
    let by_password = json!({ "email": "a@b.test", "password": "p" });
    let begun: BeginTransfer = serde_json::from_value(by_password).unwrap();
    assert_eq!(
        (&*begun.email, &*begun.password),
        ("a@b.test", "p"),
        "as they are typed"
    );
    let assertion = json!({
        "id": "i",
        "client_data": "c",
        "authenticator_data": "a",
        "signature": "s",
        "user_handle": null,
    });
    let by_passkey = json!({ "assertion": assertion });
    let begun: BeginTransferByPasskey = serde_json::from_value(by_passkey.clone()).unwrap();
    assert_eq!(serde_json::to_value(&begun).unwrap(), by_passkey);
    for half in [
        json!({}),
        json!({ "email": "a@b.test" }),
        json!({ "password": "p" }),
        json!({ "email": "a@b.test", "password": null }),
    ] {
        let begun = serde_json::from_value::<BeginTransfer>(half.clone());
        assert!(begun.is_err(), "{half}");
        let begun = serde_json::from_value::<BeginTransferByPasskey>(half.clone());
        assert!(begun.is_err(), "{half}");
    }
    assert_eq!(serde_json::to_value(StopTransfer {}).unwrap(), json!({}));
}

#[test]
fn what_may_be_left_out_may_be_left_out() {
    let begin: BeginAuthorization = serde_json::from_value(json!({ "purpose": "log_in" })).unwrap();
    assert_eq!((begin.region, begin.language), (None, Language::English));
    let session: GetSession = serde_json::from_value(json!({})).unwrap();
    assert_eq!(session.region, None);
    let log_in: LogIn = serde_json::from_value(json!({ "email": "a", "password": "b" })).unwrap();
    assert_eq!(log_in.then, None);
    let callback: CompleteAuthorization =
        serde_json::from_value(json!({ "query": "error=access_denied" })).unwrap();
    assert_eq!(callback.query, "error=access_denied");
}

#[test]
fn a_region_or_a_language_that_is_none_is_no_request() {
    let create = json!({ "terms": true, "region": "VN", "language": "vi" });
    let created: CreateAccount = serde_json::from_value(create).unwrap();
    assert_eq!(
        (created.region, created.language),
        (Some(Country::VN), Language::Vietnamese)
    );
    for wrong in [
        json!({ "terms": true, "region": "Vietnam", "language": "vi" }),
        json!({ "terms": true, "region": "VN", "language": "fr" }),
        json!({ "terms": "yes", "region": "VN", "language": "vi" }),
    ] {
        assert!(
            serde_json::from_value::<CreateAccount>(wrong.clone()).is_err(),
            "{wrong}"
        );
    }
}

#[test]
fn a_list_is_told_apart_from_the_drafts_in_which_nobody_has_typed() {
    let row = |digit: char, untouched: bool| {
        json!({
            "id": format!("018f3c5e-7b1a-7c3d-9e4f-0123456789a{digit}"),
            "name": "",
            "stage": {"editing": {"step": "campaign"}},
            "changed": 0,
            "objective": null,
            "budget": null,
            "budget_mode": null,
            "location": null,
            "schedule_start": "",
            "schedule_end": "",
            "has_identity": false,
            "untouched": untouched,
            "version": 1,
        })
    };
    let told = json!({
        "drafts": [row('1', false), row('2', true), row('3', true)],
        "currency": "VND",
        "time_zone": "Asia/Ho_Chi_Minh",
    });
    let mut list: DraftList = serde_json::from_value(told).unwrap();
    let rows = list.drafts.clone();
    assert_eq!(list.take_untouched(), Some(rows[1].id));
    assert_eq!(list.drafts, rows[..1]);
    assert_eq!(list.take_untouched(), None);
}
