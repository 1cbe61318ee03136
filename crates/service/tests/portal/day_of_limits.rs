//! A day of the clock: an owner, an office of 200 behind one address, and an attacker with 10,000
//! networks, who tries all that the limits let through. docs/limits.md has the figures.

use crate::harness::asking::{NEW_PASSWORD, log_in, sign_up};
use crate::harness::{Browser, Memory, block_on};
use crate::limits::ipv4;
use contract::problem::{Code, Problem};
use contract::sign_up::VerifyEmail;
use domain::ads_account::AdsAccount;
use domain::email::Email;
use domain::id::AccountId;
use domain::region::{Country, Language};
use scenarios::{Host as _, PASSWORD};
use service::letter::News;
use service::store::{Account, Mode, Store as _};
use uuid::Uuid;

const OWNER: &str = "email-only@portal.test";
const NETWORKS: u32 = 10_000;
const EMPLOYEES: u32 = 200;
/// The address of somebody else, in whose name the attacker would like to have an account.
const VICTIM: &str = "ceo@coffee.test";

fn employee(number: u32) -> String {
    format!("employee-{number}@office.test")
}

fn office() -> Vec<String> {
    vec!["203.0.113.7".to_owned()]
}

fn hire(portal: &Memory) {
    let passwords = &portal.portal.env().passwords;
    let hash = block_on(passwords.hash(PASSWORD.as_bytes())).unwrap();
    let mut tx = block_on(portal.store.begin(Mode::Write)).unwrap();
    for number in 0..EMPLOYEES {
        let account = Account {
            id: AccountId(Uuid::from_u128(0x0ff1_ce00 + u128::from(number))),
            email: Some(Email::parse(&employee(number)).unwrap()),
            password_hash: Some(hash.clone()),
            name: None,
            region: Country::parse("VN").ok(),
            language: Language::Vietnamese,
            ads_account: AdsAccount::Missing,
            created: service::env::Clock::now(&*portal.clock),
            email_added: None,
        };
        block_on(tx.insert_account(&account)).unwrap();
    }
    block_on(tx.commit()).unwrap();
}

/// The attacker, who uses one network after the other.
#[derive(Default)]
struct Attacker {
    next: u32,
    /// Passwords that were tried.
    guesses: u32,
    /// Codes that were tried.
    codes: u32,
    letters: u32,
}

impl Attacker {
    fn network(&mut self) -> Vec<String> {
        self.next = (self.next + 1) % NETWORKS;
        ipv4(self.next)
    }

    /// Tries a password; whether another may be tried at once.
    fn guess(&mut self, portal: &Memory, networks: &[String], email: &str) -> bool {
        let wrong = log_in(email, &format!("guess number {}", self.guesses));
        let asked = portal.ask_from(networks, &mut Browser::default(), &wrong);
        let was_tried = asked.unwrap_err().code == Code::WrongCredentials;
        self.guesses += u32::from(was_tried);
        was_tried
    }

    /// Asks for a code to somebody else's address, and guesses it; whether there was one.
    fn guess_code(&mut self, portal: &Memory) -> bool {
        let mut browser = Browser::default();
        let networks = self.network();
        let asked = sign_up(VICTIM, NEW_PASSWORD);
        if portal.ask_from(&networks, &mut browser, &asked).is_err() {
            return false;
        }
        self.letters += 1;
        for _ in 0..5 {
            let typed = VerifyEmail {
                email: None,
                code: "000000".to_owned(),
            };
            let networks = self.network();
            let refused = portal.ask_from(&networks, &mut browser, &typed);
            self.codes += u32::from(refused.unwrap_err().code == Code::InvalidInput);
        }
        true
    }
}

/// Logs in, after one slip where `slips`.
fn get_in(
    portal: &Memory,
    networks: &[String],
    browser: &mut Browser,
    email: &str,
    slips: bool,
) -> Result<(), Problem> {
    if slips {
        let wrong = log_in(email, "a slip of the hand");
        portal.ask_from(networks, browser, &wrong).unwrap_err();
    }
    let right = log_in(email, PASSWORD);
    portal.ask_from(networks, browser, &right).map(drop)
}

#[test]
fn the_owner_and_the_office_get_in_and_the_attacker_gets_few_guesses() {
    let portal = Memory::seeded();
    hire(&portal);
    let (mut at_owner, mut at_office, mut at_codes, mut next_door) = (
        Attacker::default(),
        Attacker::default(),
        Attacker::default(),
        Attacker::default(),
    );

    // The evening before: all come with browsers that are known to nobody, within a quarter of an
    // hour, and each fifth one slips.
    let mut owners = Browser::default();
    get_in(&portal, &ipv4(20_000), &mut owners, OWNER, true).unwrap();
    let mut employees: Vec<_> = (0..EMPLOYEES)
        .map(|number| {
            let mut browser = Browser::default();
            let slips = number.is_multiple_of(5);
            get_in(&portal, &office(), &mut browser, &employee(number), slips).unwrap();
            browser
        })
        .collect();
    block_on(portal.advance(12 * 60));

    for minute in 0..24_u32 * 60 {
        // As soon as there is another guess to be had, the attacker takes it.
        loop {
            let networks = at_owner.network();
            if !at_owner.guess(&portal, &networks, OWNER) {
                break;
            }
        }
        while at_codes.guess_code(&portal) {}
        // One guess at somebody in the office, everybody in turn.
        if minute.is_multiple_of(5) {
            let networks = at_office.network();
            at_office.guess(&portal, &networks, &employee(minute / 5 % EMPLOYEES));
        }
        // In the morning somebody in the office itself guesses, too, at addresses of all kinds.
        if (9 * 60..10 * 60).contains(&minute) {
            while next_door.guess(&portal, &office(), &format!("{minute}@coffee.test")) {}
        }
        if minute % 60 == 30 {
            get_in(&portal, &ipv4(20_000), &mut owners, OWNER, true).unwrap();
            block_on(portal.portal.sweep()).unwrap();
        }
        // In the morning in browsers that are known, in the afternoon in such as are new.
        if minute == 9 * 60 + 30 || minute == 14 * 60 {
            for (number, browser) in (0_u32..).zip(&mut employees) {
                let slips = number.is_multiple_of(5);
                if minute == 14 * 60 {
                    *browser = Browser::default();
                }
                get_in(&portal, &office(), browser, &employee(number), slips).unwrap();
            }
        }
        block_on(portal.advance(1));
    }

    // What it costs: a browser that was never here waits, up to four hours.
    let stranger = get_in(
        &portal,
        &ipv4(20_001),
        &mut Browser::default(),
        OWNER,
        false,
    );
    let wait = stranger.unwrap_err().retry_after_s.unwrap();
    assert!(wait <= 4 * 3_600, "{wait}");
    let warnings = portal.outbox.letters().into_iter().filter(|letter| {
        letter.to.as_str() == OWNER && matches!(letter.news, News::ManyFailures { .. })
    });
    assert_eq!(warnings.count(), 1, "and its owner knows");

    let figures = [
        format!("at the owner's password: {} guesses", at_owner.guesses),
        format!(
            "at all passwords of the office: {} guesses",
            at_office.guesses
        ),
        format!("from within the office: {} guesses", next_door.guesses),
        format!(
            "at the codes of one address: {} guesses, with {} letters to it",
            at_codes.codes, at_codes.letters
        ),
    ];
    let (_, day) = include_str!("../../../../docs/limits.md")
        .split_once("## A day")
        .unwrap();
    let written: Vec<_> = day
        .lines()
        .filter_map(|line| line.strip_prefix("- "))
        .collect();
    assert_eq!(written, figures);
}
