//! Production: no demonstration, so no sentinel does anything, and nothing tells of an emulator.

use crate::harness::asking::{NEW_PASSWORD, log_in, sign_up};
use crate::harness::{Browser, Memory, given};
use contract::account::UpdateProfile;
use contract::problem::Code;
use contract::session::GetSession;
use contract::sign_up::VerifyEmail;
use domain::input::{Fault, Field, FieldFault};
use domain::region::Language;
use service::env::Env;

fn production() -> Memory {
    let given = given();
    Memory::over(crate::harness::Given {
        env: Env {
            demonstration: false,
            ..given.env
        },
        ..given
    })
}

#[test]
fn sentinels_are_ordinary_input_in_production() {
    let portal = production();
    let mut browser = Browser::default();
    for email in [
        "server-error@portal.test",
        "unavailable@portal.test",
        "too-many@portal.test",
    ] {
        let refused = portal.refused(&mut browser, &log_in(email, NEW_PASSWORD));
        assert_eq!(refused, Code::WrongCredentials, "{email}");
        portal
            .ask(&mut browser, &sign_up(email, NEW_PASSWORD))
            .unwrap();
        let code = VerifyEmail {
            code: portal.newest_code(email),
            ..VerifyEmail::default()
        };
        portal.ask(&mut browser, &code).unwrap();
    }
    for name in ["Server error", "Unavailable", "Too many"] {
        let update = UpdateProfile {
            name: name.to_owned(),
            language: Language::English,
        };
        assert_eq!(portal.ask(&mut browser, &update).unwrap().name, name);
    }
}

#[test]
fn the_spent_code_is_an_ordinary_code_in_production() {
    let portal = production();
    let mut browser = Browser::default();
    portal
        .ask(&mut browser, &sign_up("new@coffee.test", NEW_PASSWORD))
        .unwrap();
    let code = VerifyEmail {
        code: "999999".to_owned(),
        ..VerifyEmail::default()
    };
    let problem = portal.ask(&mut browser, &code).unwrap_err();
    let counted = FieldFault {
        field: Field::Code,
        fault: Fault::Wrong { left: 4 },
    };
    assert_eq!(problem.fields, [counted]);
}

#[test]
fn no_banner_tells_of_a_demonstration_in_production() {
    let portal = production();
    let session = portal
        .ask(&mut Browser::default(), &GetSession::default())
        .unwrap();
    assert!(!session.demonstration);
}
