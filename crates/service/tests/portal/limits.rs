//! Limits: what an attacker gets by trying often, and whom it costs (docs/limits.md).

use crate::harness::asking::{NEW_PASSWORD, begin, log_in, sign_up};
use crate::harness::{Browser, Memory, block_on};
use contract::authorization::{GetAuthorization, Purpose};
use contract::passkeys::{AskForPasskey, PasskeyPurpose};
use contract::problem::{Code, Problem};
use contract::session::ConfirmPassword;
use contract::sign_up::{ResendCode, VerifyEmail};
use contract::table::UseCase;
use domain::input::{Fault, Field};
use domain::limit::PASSKEY_BY_NETWORK;
use domain::passkey::CEREMONY_LIFE_MINUTES;
use domain::time::minutes;
use scenarios::{Host as _, PASSWORD};
use service::env::Caller;
use service::letter::News;
use std::sync::atomic::Ordering;

const EMAIL: &str = "email-only@portal.test";
const WRONG: &str = "not the password";

impl Memory {
    /// Asks one use case in a browser that comes from these networks.
    pub(crate) fn ask_from<R: UseCase>(
        &self,
        networks: &[String],
        browser: &mut Browser,
        request: &R,
    ) -> Result<R::Reply, Problem> {
        let caller = Caller {
            browser: browser.secret.clone(),
            session: browser.session.clone(),
            proof: browser.proof.clone(),
            sign_up: browser.sign_up.clone(),
            page: None,
            key: None,
            networks: networks.to_vec(),
            region: None,
            device: None,
        };
        let body = serde_json::to_vec(request).unwrap();
        let answer = block_on(self.portal.answer(R::NAME, &body, &caller));
        browser.keep(&answer);
        answer
            .reply
            .map(|reply| serde_json::from_slice(&reply).unwrap())
    }

    /// A stranger's browser tries a password.
    fn guess(&self, networks: &[String], email: &str, password: &str) -> Result<(), Problem> {
        let asked = self.ask_from(networks, &mut Browser::default(), &log_in(email, password));
        asked.map(drop)
    }

    /// Uses up what strangers may try for an address.
    fn use_up(&self, email: &str) {
        for number in 0..100 {
            let refused = self.guess(&ipv4(number), email, WRONG).unwrap_err();
            assert_eq!(refused.code, Code::WrongCredentials, "{number}");
        }
    }
}

/// One of many networks.
pub(crate) fn ipv4(number: u32) -> Vec<String> {
    vec![format!("198.18.{}.{}", number / 256, number % 256)]
}

/// One of the households of a site, each of another customer.
fn household(number: u32) -> Vec<String> {
    vec![
        format!("2001:db8:1:{number}00::/64"),
        format!("2001:db8:1:{number}00::/56"),
        "2001:db8:1::/48".to_owned(),
    ]
}

fn wait_of(problem: &Problem) -> u32 {
    assert_eq!(problem.code, Code::TooManyRequests, "{problem:?}");
    problem.retry_after_s.unwrap()
}

#[test]
fn ten_households_of_one_site_do_not_reach_the_limit_of_an_account() {
    let portal = Memory::seeded();
    let guesses = (0..10).flat_map(|house| (0..11).map(move |_| household(house)));
    let wrong = guesses
        .map(|networks| portal.guess(&networks, EMAIL, WRONG).unwrap_err())
        .filter(|problem| problem.code == Code::WrongCredentials);
    assert_eq!(wrong.count(), 30, "three times what one household may");
    assert!(portal.guess(&ipv4(1), EMAIL, PASSWORD).is_ok());
}

#[test]
fn a_browser_that_was_logged_in_before_gets_in_while_strangers_have_used_it_up() {
    let portal = Memory::seeded();
    let mut known = portal.logged_in(EMAIL);
    portal.use_up(EMAIL);
    let refused = portal.guess(&ipv4(200), EMAIL, PASSWORD).unwrap_err();
    assert_eq!(wait_of(&refused), 3_600);
    // It may even mistype, from a network that has used up all of its own.
    for _ in 0..9 {
        let wrong = portal.ask_from(&ipv4(0), &mut known, &log_in(EMAIL, WRONG));
        assert_eq!(wrong.unwrap_err().code, Code::WrongCredentials);
    }
    let right = log_in(EMAIL, PASSWORD);
    assert!(portal.ask_from(&ipv4(0), &mut known, &right).is_ok());
    // It is known to this account alone.
    portal.use_up("linked@portal.test");
    let other = log_in("linked@portal.test", PASSWORD);
    let refused = portal.ask_from(&ipv4(200), &mut known, &other);
    wait_of(&refused.unwrap_err());
}

#[test]
fn a_known_browser_that_was_stolen_has_ten_tries_too() {
    let portal = Memory::seeded();
    let mut known = portal.logged_in(EMAIL);
    for _ in 0..10 {
        let wrong = portal.ask(&mut known, &log_in(EMAIL, WRONG));
        assert_eq!(wrong.unwrap_err().code, Code::WrongCredentials);
    }
    let refused = portal.ask(&mut known, &log_in(EMAIL, PASSWORD));
    assert_eq!(wait_of(&refused.unwrap_err()), 900);
    // Who has lost the cookie is a stranger, and those have a count of their own.
    assert!(portal.guess(&ipv4(1), EMAIL, PASSWORD).is_ok());
}

#[test]
fn after_a_hundred_failures_in_a_row_each_guess_waits_longer_up_to_four_hours() {
    let portal = Memory::seeded();
    portal.use_up(EMAIL);
    let mut waits = Vec::new();
    for number in 100..105 {
        let refused = portal.guess(&ipv4(number), EMAIL, WRONG).unwrap_err();
        let wait = wait_of(&refused);
        block_on(portal.advance(u64::from(wait) / 60 - 1));
        wait_of(&portal.guess(&ipv4(number), EMAIL, PASSWORD).unwrap_err());
        block_on(portal.advance(1));
        let refused = portal.guess(&ipv4(number), EMAIL, WRONG).unwrap_err();
        assert_eq!(refused.code, Code::WrongCredentials);
        waits.push(wait / 3_600);
    }
    assert_eq!(waits, [1, 2, 4, 4, 4]);
    // The right one ends the row.
    block_on(portal.advance(4 * 60));
    assert!(portal.guess(&ipv4(200), EMAIL, PASSWORD).is_ok());
    for number in 300..400 {
        let refused = portal.guess(&ipv4(number), EMAIL, WRONG).unwrap_err();
        assert_eq!(refused.code, Code::WrongCredentials);
    }
}

#[test]
fn the_owner_is_written_to_once_when_strangers_have_used_up_their_tries() {
    let portal = Memory::seeded();
    portal.use_up("nobody@coffee.test");
    assert_eq!(portal.outbox.letters().len(), 0, "nobody is there");
    portal.use_up(EMAIL);
    for _ in 0..6 {
        block_on(portal.advance(4 * 60));
        portal.guess(&ipv4(101), EMAIL, WRONG).unwrap_err();
    }
    let letters = portal.outbox.letters();
    let [letter] = &letters[..] else {
        panic!("{letters:?}");
    };
    assert_eq!(letter.to.as_str(), EMAIL);
    assert_eq!(letter.news, News::ManyFailures { tries: 100 });
}

#[test]
fn ten_log_ins_that_succeed_use_up_nothing() {
    let portal = Memory::seeded();
    for _ in 0..11 {
        assert!(portal.guess(&ipv4(1), EMAIL, PASSWORD).is_ok());
    }
    // Nor do failures before a success count beside those after it.
    for _ in 0..3 {
        for _ in 0..9 {
            let refused = portal.guess(&ipv4(1), EMAIL, WRONG).unwrap_err();
            assert_eq!(refused.code, Code::WrongCredentials);
        }
        assert!(portal.guess(&ipv4(1), EMAIL, PASSWORD).is_ok());
    }
}

#[test]
fn right_passwords_come_to_an_end_as_well_since_each_is_work() {
    let portal = Memory::seeded();
    let mut known = portal.logged_in(EMAIL);
    let right = log_in(EMAIL, PASSWORD);
    for _ in 0..1_000 {
        assert!(portal.ask_from(&ipv4(1), &mut known, &right).is_ok());
    }
    let refused = portal.ask_from(&ipv4(1), &mut known, &right);
    assert_eq!(wait_of(&refused.unwrap_err()), 900);
    assert!(portal.ask_from(&ipv4(2), &mut known, &right).is_ok());
}

#[test]
fn a_password_that_there_was_no_room_to_try_was_not_tried() {
    let portal = Memory::seeded();
    let mut known = portal.logged_in(EMAIL);
    portal.passwords.is_busy.store(true, Ordering::SeqCst);
    let confirm = ConfirmPassword {
        password: PASSWORD.to_owned(),
    };
    for _ in 0..12 {
        let refused = portal.guess(&ipv4(1), EMAIL, PASSWORD).unwrap_err();
        assert_eq!(refused.code, Code::Unavailable);
        let right = log_in(EMAIL, PASSWORD);
        assert_eq!(portal.refused(&mut known, &right), Code::Unavailable);
        assert_eq!(portal.refused(&mut known, &confirm), Code::Unavailable);
        let new = sign_up("new@coffee.test", NEW_PASSWORD);
        let refused = portal.ask_from(&ipv4(1), &mut Browser::default(), &new);
        assert_eq!(refused.unwrap_err().code, Code::Unavailable);
    }
    portal.passwords.is_busy.store(false, Ordering::SeqCst);
    assert!(portal.ask(&mut known, &confirm).is_ok());
    assert!(portal.guess(&ipv4(1), EMAIL, PASSWORD).is_ok());
    assert!(portal.ask(&mut known, &log_in(EMAIL, PASSWORD)).is_ok());
    let new = sign_up("new@coffee.test", NEW_PASSWORD);
    let sent = portal.ask_from(&ipv4(1), &mut Browser::default(), &new);
    assert!(sent.is_ok());
    // And ends no row of those that were.
    for _ in 0..10 {
        portal.guess(&ipv4(2), EMAIL, WRONG).unwrap_err();
    }
    portal.passwords.is_busy.store(true, Ordering::SeqCst);
    block_on(portal.advance(15));
    portal.guess(&ipv4(2), EMAIL, WRONG).unwrap_err();
    portal.passwords.is_busy.store(false, Ordering::SeqCst);
    wait_of(&portal.guess(&ipv4(2), EMAIL, PASSWORD).unwrap_err());
}

#[test]
fn authorizations_without_cookies_end_with_the_site_and_are_swept_after_an_hour() {
    let portal = Memory::seeded();
    let begun = |house| {
        let asked = begin(Purpose::LogIn);
        portal.ask_from(&household(house), &mut Browser::default(), &asked)
    };
    for house in 0..3 {
        for _ in 0..300 {
            assert!(begun(house).is_ok());
        }
    }
    assert_eq!(wait_of(&begun(3).unwrap_err()), 600);
    let rows = || {
        let world = block_on(portal.store.export()).write().unwrap();
        let rows = world["authorizations"].as_object().unwrap().len();
        (rows, world["last"].as_object().unwrap().len())
    };
    assert_eq!(rows(), (900, 900));
    block_on(portal.advance(60));
    block_on(portal.portal.sweep()).unwrap();
    assert_eq!(rows(), (900, 900), "an hour is kept");
    block_on(portal.advance(1));
    block_on(portal.portal.sweep()).unwrap();
    assert_eq!(rows(), (0, 0));
    let mut guest = Browser::default();
    assert!(portal.ask(&mut guest, &GetAuthorization {}).is_ok());
}

#[test]
fn challenges_without_cookies_end_with_the_network_and_are_swept_when_they_are_of_no_use() {
    let portal = Memory::seeded();
    let asked = |network| {
        let purpose = PasskeyPurpose::LogIn;
        let asked = AskForPasskey { purpose };
        portal.ask_from(&ipv4(network), &mut Browser::default(), &asked)
    };
    for _ in 0..PASSKEY_BY_NETWORK.count {
        assert!(asked(1).is_ok());
    }
    assert_eq!(wait_of(&asked(1).unwrap_err()), 600);
    assert!(asked(2).is_ok());
    let rows = || {
        let world = block_on(portal.store.export()).write().unwrap();
        world["ceremonies"].as_object().unwrap().len()
    };
    assert_eq!(rows(), PASSKEY_BY_NETWORK.count as usize + 1);
    let life = minutes(CEREMONY_LIFE_MINUTES);
    portal.clock.advance(life);
    block_on(portal.portal.sweep()).unwrap();
    assert_eq!(rows(), PASSKEY_BY_NETWORK.count as usize + 1);
    portal.clock.advance(minutes(10));
    block_on(portal.portal.sweep()).unwrap();
    assert_eq!(rows(), 0);
    assert!(asked(1).is_ok());
}

#[test]
fn every_spelling_of_a_mailbox_is_one() {
    let portal = Memory::seeded();
    let send = |network, email: &str| {
        let asked = sign_up(email, NEW_PASSWORD);
        portal.ask_from(&ipv4(network), &mut Browser::default(), &asked)
    };
    for email in [
        "maicoffee@gmail.com",
        "Mai.Coffee@GMAIL.com",
        "mai.coffee+ads@gmail.com",
        "m.a.i.c.o.f.f.e.e@googlemail.com",
        "maicoffee+1@googlemail.com",
    ] {
        assert!(send(1, email).is_ok(), "{email}");
    }
    for email in ["maicoffee@gmail.com", "maicof.fee+2@gmail.com"] {
        wait_of(&send(1, email).unwrap_err());
    }
    assert!(send(1, "another@gmail.com").is_ok());
}

#[test]
fn a_mailbox_gets_forty_letters_a_day_however_many_ask() {
    let portal = Memory::seeded();
    let mut sent = 0;
    for hour in 0..24 {
        for number in 0..30 {
            let email = format!("victim+{hour}x{number}@coffee.test");
            let asked = sign_up(&email, NEW_PASSWORD);
            let networks = ipv4(hour * 30 + number);
            let answer = portal.ask_from(&networks, &mut Browser::default(), &asked);
            sent += u32::from(answer.is_ok());
        }
        if hour == 0 {
            assert_eq!(sent, 20, "and twenty in an hour");
        }
        block_on(portal.advance(60));
    }
    assert_eq!((sent, portal.outbox.letters().len()), (40, 40));
}

#[test]
fn codes_that_are_typed_leave_their_network_its_letters() {
    let portal = Memory::seeded();
    for number in 0..65 {
        let mut browser = Browser::default();
        let email = format!("member-{number}@coffee.test");
        let asked = sign_up(&email, NEW_PASSWORD);
        assert!(portal.ask_from(&ipv4(1), &mut browser, &asked).is_ok());
        let typed = VerifyEmail {
            email: None,
            code: portal.newest_code(&email),
        };
        assert!(portal.ask_from(&ipv4(1), &mut browser, &typed).is_ok());
    }
}

/// What becomes of a wrong code for this address, typed in a new browser.
fn wrong_codes(portal: &Memory, network: u32, email: &str) -> Vec<Result<Fault, Code>> {
    let mut browser = Browser::default();
    let asked = sign_up(email, NEW_PASSWORD);
    // From elsewhere, so that letters aren't what comes to an end.
    let elsewhere = ipv4(10_000 + network);
    portal.ask_from(&elsewhere, &mut browser, &asked).unwrap();
    let right = portal.newest_code(email);
    let code = if right == "000000" {
        "111111"
    } else {
        "000000"
    };
    let typed = VerifyEmail {
        email: None,
        code: code.to_owned(),
    };
    let told = (0..5).map(|_| {
        let refused = portal.ask_from(&ipv4(network), &mut browser, &typed);
        let problem = refused.unwrap_err();
        match &problem.fields[..] {
            [wrong] if wrong.field == Field::Code => Ok(wrong.fault.clone()),
            _ => Err(problem.code),
        }
    });
    told.collect()
}

#[test]
fn wrong_codes_are_counted_by_mailbox_and_day() {
    let portal = Memory::seeded();
    let counted = |network| {
        let told = wrong_codes(&portal, network, "new+x@coffee.test");
        told.iter()
            .filter(|told| matches!(told, Ok(Fault::Wrong { .. })))
            .count()
    };
    // One network: three codes of five tries.
    assert_eq!(
        [counted(1), counted(1), counted(1), counted(1)],
        [5, 5, 5, 0]
    );
    // All of them: ten.
    let others: usize = (2..10).map(counted).sum();
    assert_eq!(others, 35);
    // The right one waits too, and is right tomorrow.
    let mut browser = Browser::default();
    let email = "new@coffee.test";
    let networks = ipv4(77);
    let asked = sign_up(email, NEW_PASSWORD);
    portal.ask_from(&networks, &mut browser, &asked).unwrap();
    let right = VerifyEmail {
        email: None,
        code: portal.newest_code(email),
    };
    let refused = portal.ask_from(&networks, &mut browser, &right);
    assert_eq!(wait_of(&refused.unwrap_err()), 86_400);
    block_on(portal.advance(24 * 60));
    portal
        .ask_from(&networks, &mut browser, &ResendCode::default())
        .unwrap();
    let right = VerifyEmail {
        email: None,
        code: portal.newest_code(email),
    };
    assert!(portal.ask_from(&networks, &mut browser, &right).is_ok());
}

#[test]
fn guessing_at_a_decoy_is_counted_as_guessing_at_a_code_is() {
    let portal = Memory::seeded();
    let told = |email: &str| {
        let codes = (0..12).map(|network| wrong_codes_at(&portal, network, email));
        codes.collect::<Vec<_>>()
    };
    let (known, unknown) = (told(EMAIL), told("nobody@coffee.test"));
    assert_eq!(known, unknown);
    let last = known.last().unwrap();
    assert!(last.iter().all(|told| *told == Err(Code::TooManyRequests)));
}

/// As [`wrong_codes`], where there may be no code.
fn wrong_codes_at(portal: &Memory, network: u32, email: &str) -> Vec<Result<Fault, Code>> {
    let mut browser = Browser::default();
    let asked = sign_up(email, NEW_PASSWORD);
    portal
        .ask_from(&ipv4(network), &mut browser, &asked)
        .unwrap();
    let typed = VerifyEmail {
        email: None,
        // The seed draws no code like it.
        code: "000000".to_owned(),
    };
    let told = (0..5).map(|_| {
        let refused = portal.ask_from(&ipv4(network), &mut browser, &typed);
        let problem = refused.unwrap_err();
        problem
            .fields
            .first()
            .map_or(Err(problem.code), |wrong| Ok(wrong.fault.clone()))
    });
    told.collect()
}

#[test]
fn asking_for_a_code_too_soon_does_not_count() {
    let portal = Memory::seeded();
    let mut browser = Browser::default();
    let asked = sign_up("new@coffee.test", NEW_PASSWORD);
    portal.ask(&mut browser, &asked).unwrap();
    for _ in 0..10 {
        let refused = portal.ask(&mut browser, &ResendCode::default());
        assert_eq!(wait_of(&refused.unwrap_err()), 60);
    }
    block_on(portal.advance(1));
    assert!(portal.ask(&mut browser, &ResendCode::default()).is_ok());
    assert_eq!(portal.outbox.letters().len(), 2);
}

#[test]
fn a_copied_session_that_guesses_ends_itself_and_not_its_owner() {
    let portal = Memory::seeded();
    let mut owner = portal.logged_in(EMAIL);
    let mut copied = portal.logged_in(EMAIL);
    block_on(portal.advance(10));
    let confirm = |password: &str| ConfirmPassword {
        password: password.to_owned(),
    };
    for _ in 0..9 {
        let refused = portal.refused(&mut copied, &confirm(WRONG));
        assert_eq!(refused, Code::WrongCredentials);
    }
    assert!(portal.member(&mut copied).is_some());
    let last = portal.refused(&mut copied, &confirm(WRONG));
    assert_eq!(last, Code::NotLoggedIn);
    assert_eq!(copied.session, None, "the cookie is taken away");
    assert!(portal.ask(&mut owner, &confirm(PASSWORD)).is_ok());
    assert!(portal.member(&mut owner).is_some());
}
