//! What the host knows of the network: where from, and from which country or region.

use crate::harness::asking::{NEW_PASSWORD, begin, log_in, sign_up};
use crate::harness::{Browser, Given, Memory, block_on, given};
use contract::account::GetProfile;
use contract::authorization::Purpose;
use contract::problem::Code;
use contract::session::{GetSession, ListSessions, Session, SessionList};
use contract::table::UseCase;
use domain::authorization::{Outcome, ReturnTo};
use domain::device::Device;
use domain::region::Country;
use domain::rollout::{Availability, Rollout};
use scenarios::{Host as _, PASSWORD, Visit};
use service::env::{Caller, Env};

const EMAIL: &str = "email-only@portal.test";

fn from(peer: &str, region: Option<&str>) -> Caller {
    Caller {
        networks: vec![peer.to_owned()],
        region: region.map(|code| Country::parse(code).unwrap()),
        ..Caller::default()
    }
}

fn ask<R: UseCase>(portal: &Memory, caller: &Caller, request: &R) -> Result<R::Reply, Code> {
    let body = serde_json::to_vec(request).unwrap();
    let answer = block_on(portal.portal.answer(R::NAME, &body, caller));
    let reply = answer.reply.map_err(|problem| problem.code)?;
    Ok(serde_json::from_slice(&reply).unwrap())
}

#[test]
fn guessing_from_one_address_locks_nobody_else_out() {
    let portal = Memory::seeded();
    let (attacker, owner) = (from("192.0.2.66", None), from("192.0.2.1", None));
    let wrong = log_in(EMAIL, "not the password");
    let told: Vec<_> = (0..12)
        .map(|_| ask(&portal, &attacker, &wrong).unwrap_err())
        .collect();
    assert_eq!(told.first(), Some(&Code::WrongCredentials));
    assert_eq!(told.last(), Some(&Code::TooManyRequests));
    let right = log_in(EMAIL, PASSWORD);
    assert_eq!(
        ask(&portal, &attacker, &right).unwrap_err(),
        Code::TooManyRequests
    );
    assert!(ask(&portal, &owner, &right).is_ok());
    block_on(portal.advance(15));
    assert!(ask(&portal, &attacker, &right).is_ok(), "and not for ever");
}

#[test]
fn asking_for_codes_from_one_address_keeps_nobody_else_from_signing_up() {
    let portal = Memory::seeded();
    let (attacker, owner) = (from("192.0.2.66", None), from("192.0.2.1", None));
    let request = sign_up("new@coffee.test", NEW_PASSWORD);
    let told: Vec<_> = (0..12)
        .map(|_| ask(&portal, &attacker, &request).is_ok())
        .collect();
    assert_eq!(told.iter().filter(|sent| **sent).count(), 5);
    assert!(ask(&portal, &owner, &request).is_ok());
    let many = (0..40)
        .filter(|at| ask(&portal, &from(&format!("198.51.100.{at}"), None), &request).is_ok());
    assert_eq!(many.count(), 14, "and an inbox takes twenty an hour");
}

#[test]
fn guessing_from_many_addresses_comes_to_an_end() {
    let portal = Memory::seeded();
    let wrong = log_in(EMAIL, "not the password");
    let codes: Vec<_> = (0..101)
        .map(|at| ask(&portal, &from(&format!("192.0.2.{at}"), None), &wrong).unwrap_err())
        .collect();
    let wrong = codes
        .iter()
        .filter(|code| **code == Code::WrongCredentials)
        .count();
    assert_eq!((wrong, codes.last()), (100, Some(&Code::TooManyRequests)));
}

#[test]
fn guessing_at_many_accounts_from_one_address_comes_to_an_end() {
    let portal = Memory::seeded();
    let attacker = from("192.0.2.66", None);
    let codes: Vec<_> = (0..101)
        .map(|at| {
            let wrong = log_in(&format!("someone-{at}@coffee.test"), "not the password");
            ask(&portal, &attacker, &wrong).unwrap_err()
        })
        .collect();
    let wrong = codes
        .iter()
        .filter(|code| **code == Code::WrongCredentials)
        .count();
    assert_eq!((wrong, codes.last()), (100, Some(&Code::TooManyRequests)));
}

#[test]
fn what_the_network_tells_of_a_guest_goes_before_what_they_chose() {
    let portal = Memory::seeded();
    let chosen_vn = GetSession {
        region: Some(Country::VN),
    };
    let us: Session = ask(&portal, &from("192.0.2.1", Some("US")), &chosen_vn).unwrap();
    assert_eq!(us.tiktok, Availability::OutsideMarket);
    assert_eq!(
        us.region
            .map(|region| region.as_str().to_owned())
            .as_deref(),
        Some("US")
    );
    let begun = ask(
        &portal,
        &from("192.0.2.1", Some("US")),
        &begin(Purpose::SignUp { terms: true }),
    );
    assert_eq!(begun.unwrap_err(), Code::NotAvailable);

    let chosen_us = GetSession {
        region: Country::parse("US").ok(),
    };
    let vn: Session = ask(&portal, &from("192.0.2.1", Some("VN")), &chosen_us).unwrap();
    assert_eq!(vn.tiktok, Availability::Available);
}

#[test]
fn with_no_share_of_the_users_nobody_links_and_who_is_linked_still_logs_in() {
    let given = given();
    let portal = Memory::over(Given {
        env: Env {
            rollout: Rollout {
                rollout_percent: 0,
                ..Rollout::default()
            },
            ..given.env
        },
        ..given
    });
    let mut guest = Browser::default();
    let session = portal.ask(&mut guest, &GetSession::default()).unwrap();
    assert_eq!(session.tiktok, Availability::NotYet);
    let sign_up = begin(Purpose::SignUp { terms: true });
    assert_eq!(portal.refused(&mut guest, &sign_up), Code::NotAvailable);
    let fork = portal.authorize(&mut guest, Purpose::LogIn, Visit::Authorize("unlinked"));
    assert_eq!(fork.outcome, Outcome::NotAvailable);

    let mut member = portal.logged_in(EMAIL);
    let profile = portal.ask(&mut member, &GetProfile {}).unwrap();
    assert_eq!(profile.availability, Availability::NotYet);
    let link = begin(Purpose::Link {
        to: ReturnTo::Profile,
    });
    assert_eq!(portal.refused(&mut member, &link), Code::NotAvailable);

    let mut linked = Browser::default();
    let log_in = portal.authorize(&mut linked, Purpose::LogIn, Visit::Authorize("tiktok_only"));
    assert_eq!(log_in.outcome, Outcome::LoggedIn);
}

/// From where a session is used is what the last use said: whose copy is used elsewhere sees it.
#[test]
fn a_session_is_listed_with_browser_system_and_country() {
    let portal = Memory::seeded();
    let browser = portal.logged_in(EMAIL);
    let ask_from = |user_agent: Option<&str>, region: Option<&str>| {
        let caller = Caller {
            session: browser.session.clone(),
            device: user_agent.map(Device::of_user_agent),
            ..from("192.0.2.1", region)
        };
        let list: SessionList = ask(&portal, &caller, &ListSessions {}).unwrap();
        let listed = list.sessions.into_iter().next().unwrap();
        (listed.browser, listed.system, listed.country)
    };
    assert_eq!(ask_from(None, None), (None, None, None));
    let phone = "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) \
                 SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36";
    block_on(portal.advance(6));
    let vietnam = Country::parse("VN").ok();
    let told = (
        Some("Samsung Internet".to_owned()),
        Some("Android".to_owned()),
        vietnam,
    );
    ask_from(Some(phone), Some("VN"));
    assert_eq!(ask_from(Some(phone), Some("VN")), told);
    block_on(portal.advance(6));
    ask_from(Some("curl/8.5.0"), None);
    assert_eq!(ask_from(None, None), (None, None, None));
}
