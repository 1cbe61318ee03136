//! Every address there is, and those that pretend to be ours.

use contract::route::{CampaignScreen, ProfileDialog, Route};
use core::str::FromStr as _;
use domain::authorization::Outcome;
use domain::id::DraftId;
use serde_json::json;

fn draft() -> DraftId {
    DraftId::from_str("018f3c5e-7b1a-7c3d-9e4f-0123456789ab").unwrap()
}

fn every_route() -> Vec<Route> {
    let mut all = vec![
        Route::Home,
        Route::SignUp,
        Route::VerifyEmail,
        Route::LogIn { then: None },
        Route::LogIn {
            then: Some(Box::new(Route::Campaign {
                draft: draft(),
                screen: CampaignScreen::AdGroup,
            })),
        },
        Route::LogInByPasskey { then: None },
        Route::LogInByPasskey {
            then: Some(Box::new(Route::BusinessCenter)),
        },
        Route::ResetPassword,
        Route::ChooseAccount,
        Route::FinishLink,
        Route::MoveLink,
        Route::CreateAdsAccount,
        Route::Welcome,
        Route::Campaigns,
        Route::BusinessCenter,
        Route::Profile { dialog: None },
        Route::AddEmail,
        Route::ChangePassword,
        Route::Passkeys,
        Route::Sessions,
        Route::MyData,
        Route::TikTokCallback {
            query: "code=a%2Ab%21c&state=1".to_owned(),
        },
        Route::TikTokWaiting,
    ];
    all.extend(CampaignScreen::ALL.map(|screen| Route::Campaign {
        draft: draft(),
        screen,
    }));
    all.extend(ProfileDialog::ALL.map(|dialog| Route::Profile {
        dialog: Some(dialog),
    }));
    all.extend(
        [Outcome::ScopeDenied, Outcome::Cancelled].map(|outcome| Route::TikTokOutcome { outcome }),
    );
    all
}

fn open(address: &str) -> Option<Route> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    Route::parse(path, query)
}

#[test]
fn every_route_has_the_address_that_it_always_had() {
    let all: Vec<_> = every_route().iter().map(Route::path).collect();
    assert_eq!(
        all,
        [
            "/",
            "/sign-up",
            "/sign-up/verify",
            "/log-in",
            "/log-in?then=/campaigns/018f3c5e-7b1a-7c3d-9e4f-0123456789ab/ad-group",
            "/log-in/passkey",
            "/log-in/passkey?then=/business-center",
            "/log-in/reset-password",
            "/log-in/choose",
            "/link/finish",
            "/link/move",
            "/ads-account/new",
            "/welcome",
            "/campaigns",
            "/business-center",
            "/settings/profile",
            "/settings/email",
            "/settings/password",
            "/settings/passkeys",
            "/settings/sessions",
            "/settings/data",
            "/tiktok/callback?code=a%2Ab%21c&state=1",
            "/tiktok/waiting",
            "/campaigns/018f3c5e-7b1a-7c3d-9e4f-0123456789ab/campaign",
            "/campaigns/018f3c5e-7b1a-7c3d-9e4f-0123456789ab/ad-group",
            "/campaigns/018f3c5e-7b1a-7c3d-9e4f-0123456789ab/ad",
            "/campaigns/018f3c5e-7b1a-7c3d-9e4f-0123456789ab/ad/unable-to-link",
            "/campaigns/018f3c5e-7b1a-7c3d-9e4f-0123456789ab/review",
            "/settings/profile/linked",
            "/settings/profile/unable-to-link",
            "/settings/profile/unlink",
            "/settings/profile/review-link",
            "/settings/profile/confirm",
            "/tiktok/outcome/scope-denied",
            "/tiktok/outcome/cancelled",
        ]
    );
}

#[test]
fn an_address_leads_back_to_its_route() {
    for route in every_route() {
        assert_eq!(open(&route.path()), Some(route));
    }
}

#[test]
fn a_review_is_found_by_the_address_that_it_had_before() {
    let draft = draft();
    let screen = CampaignScreen::Review;
    let old = format!("/campaigns/{draft}/done");
    assert_eq!(open(&old), Some(Route::Campaign { draft, screen }));
}

#[test]
fn an_unknown_address_is_none() {
    for address in [
        "/nothing",
        "/log-in/nothing",
        "/settings/profile/nothing",
        "/campaigns/not-an-id/ad",
        "/tiktok/outcome/nothing",
        "/tiktok/outcome/scope_denied",
        "//log-in",
        "log-in",
    ] {
        assert_eq!(open(address), None, "{address}");
    }
}

#[test]
fn a_then_from_outside_is_dropped() {
    for evil in [
        "//evil",
        "//evil/campaigns",
        "https:evil",
        "https://evil/campaigns",
        "\\evil",
        "/\\evil",
        "%2f%2fevil",
        "%2F%2Fevil%2Fcampaigns",
        "%5Cevil",
        "javascript:alert(1)",
        "/campaigns/../../evil",
        "/campaigns%00",
        "/campaigns?next=//evil",
        "/campaigns/",
        "%252Fcampaigns",
        "/log-in?then=/campaigns",
        "/tiktok/callback?code=stolen",
        "",
    ] {
        assert_eq!(
            Route::parse("/log-in", &format!("then={evil}")),
            Some(Route::LogIn { then: None }),
            "{evil}"
        );
    }
}

#[test]
fn a_then_of_ours_is_taken_escaped_or_not() {
    for ours in ["/settings/profile", "%2Fsettings%2Fprofile"] {
        assert_eq!(
            Route::parse("/log-in", &format!("lang=vi&then={ours}")),
            Some(Route::LogIn {
                then: Some(Box::new(Route::Profile { dialog: None }))
            })
        );
    }
}

#[test]
fn a_route_is_read_from_json_as_it_was_written_but_for_those_that_no_host_names() {
    for route in every_route() {
        let json = serde_json::to_value(&route);
        if let Route::TikTokCallback { .. } | Route::LogInByPasskey { .. } = route {
            assert!(json.is_err(), "no host sends anybody there");
        } else {
            assert_eq!(
                serde_json::from_value::<Route>(json.unwrap()).unwrap(),
                route
            );
        }
    }
}

#[test]
fn an_outcome_has_one_name_in_json_and_in_its_address() {
    for outcome in Outcome::ALL {
        assert_eq!(
            serde_json::to_value(outcome).unwrap(),
            json!(outcome.name())
        );
        let route = Route::TikTokOutcome { outcome };
        assert_eq!(open(&route.path()), Some(route));
    }
}
