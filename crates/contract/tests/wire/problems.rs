//! Problems and their codes.

use contract::problem::{Code, Problem};
use contract::route::Route;
use domain::input::{Fault, Field, FieldFault};
use serde_json::json;
use std::collections::BTreeSet;

/// `NotLoggedIn` → `not_logged_in`; TikTok is one word.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for c in name.replace("TikTok", "Tiktok").chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

#[test]
fn every_code_is_its_name_in_snake_case_there_and_back() {
    for code in Code::ALL {
        let json = serde_json::to_string(&code).unwrap();
        assert_eq!(json, format!("\"{}\"", snake_case(&format!("{code:?}"))));
        assert_eq!(serde_json::from_str::<Code>(&json).unwrap(), code);
    }
    let unique: BTreeSet<_> = Code::ALL.iter().map(|code| format!("{code:?}")).collect();
    assert_eq!(unique.len(), Code::ALL.len());
}

#[test]
fn every_code_has_the_status_that_the_table_says() {
    let rows = [
        (400, &[Code::MalformedRequest][..]),
        (401, &[Code::NotLoggedIn]),
        (
            403,
            &[
                Code::CrossSite,
                Code::CookiesRefused,
                Code::NotAvailable,
                Code::ConfirmFirst,
            ],
        ),
        (404, &[Code::NotFound]),
        (405, &[Code::MethodNotAllowed]),
        (
            409,
            &[
                Code::OtherAccount,
                Code::AlreadyLinked,
                Code::AccountHasLink,
                Code::NotLinked,
                Code::TransferWaits,
                Code::LastLogInMethod,
                Code::NewLogInMethod,
                Code::ProofMissing,
                Code::InProgress,
                Code::PasskeyExists,
                Code::NoCodePending,
                Code::EmailExists,
                Code::EmailMissing,
                Code::AdsAccountExists,
                Code::AdsAccountMissing,
                Code::DraftChanged,
                Code::DraftFinished,
            ],
        ),
        (413, &[Code::TooLarge]),
        (415, &[Code::UnsupportedMediaType]),
        (
            422,
            &[
                Code::InvalidInput,
                Code::WrongCredentials,
                Code::PasskeyUnknown,
                Code::PasskeyRefused,
            ],
        ),
        (429, &[Code::TooManyRequests]),
        (500, &[Code::Internal]),
        (502, &[Code::TikTokUnavailable]),
        (503, &[Code::Unavailable]),
    ];
    for (status, codes) in rows {
        for code in codes {
            assert_eq!(code.status(), status, "{code:?}");
            assert_eq!(Problem::new(*code).status, status, "{code:?}");
        }
    }
    for code in Code::ALL {
        let listed = rows.iter().filter(|(_, codes)| codes.contains(&code));
        assert_eq!(listed.count(), 1, "{code:?}");
    }
}

#[test]
fn a_refusal_says_where_to_go_where_there_is_one_way_for_everybody() {
    for (code, place) in [
        (Code::NotLoggedIn, Some(Route::LogIn { then: None })),
        (Code::ProofMissing, Some(Route::LogIn { then: None })),
        (Code::LastLogInMethod, Some(Route::AddEmail)),
        (Code::EmailMissing, Some(Route::AddEmail)),
        (Code::NoCodePending, Some(Route::SignUp)),
        (Code::AdsAccountMissing, Some(Route::CreateAdsAccount)),
        (Code::AdsAccountExists, Some(Route::Campaigns)),
        (Code::WrongCredentials, None),
        (Code::AlreadyLinked, None),
        (Code::TransferWaits, None),
        (Code::Internal, None),
    ] {
        assert_eq!(Problem::new(code).go, place, "{code:?}");
    }
}

#[test]
fn a_problem_leaves_out_what_it_does_not_have() {
    let bare = serde_json::to_value(Problem::new(Code::NotFound)).unwrap();
    assert_eq!(bare, json!({ "code": "not_found", "status": 404 }));
}

#[test]
fn a_full_problem_is_read_as_it_was_written() {
    let problem = Problem {
        retry_after_s: Some(60),
        go: Some(Route::AddEmail),
        request_id: Some("r-1".into()),
        ..Problem::fields(vec![
            FieldFault {
                field: Field::Email,
                fault: Fault::Missing,
            },
            FieldFault {
                field: Field::Password,
                fault: Fault::TooShort { min: 10 },
            },
        ])
    };
    let json = serde_json::to_value(&problem).unwrap();
    assert_eq!(
        json,
        json!({
            "code": "invalid_input",
            "status": 422,
            "fields": [
                { "field": "email", "fault": "missing" },
                { "field": "password", "fault": { "too_short": { "min": 10 } } },
            ],
            "retry_after_s": 60,
            "go": "add_email",
            "request_id": "r-1",
        })
    );
    assert_eq!(serde_json::from_value::<Problem>(json).unwrap(), problem);
}

#[test]
fn a_problem_of_a_newer_host_is_still_read() {
    let newer = json!({
        "type": "about:blank",
        "title": "Not Found",
        "code": "not_found",
        "status": 404,
        "detail": "something that only a newer host says",
    });
    let problem: Problem = serde_json::from_value(newer).unwrap();
    assert_eq!(problem, Problem::new(Code::NotFound));
}

#[test]
fn a_wait_tells_its_seconds() {
    let problem = Problem::wait(30);
    assert_eq!(
        (problem.code, problem.retry_after_s),
        (Code::TooManyRequests, Some(30))
    );
    assert_eq!(Problem::from(Code::Internal), Problem::new(Code::Internal));
    assert_eq!(Problem::from(Vec::new()).code, Code::InvalidInput);
}
