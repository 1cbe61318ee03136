//! Servers that are killed, and a database that is lost, while people use the portal:
//! `cargo xtask failure [--minutes 10] [--flows-a-second 5]`. It is no part of the tests.
//!
//! Three servers stand behind HAProxy over PostgreSQL with a synchronous standby. Every 20 seconds
//! one of the servers is killed (SIGKILL), each in turn, and started again; in the middle of the run
//! the primary is killed and its standby promoted. Meanwhile people sign up, type the code that came
//! by mail, log in, link a TikTok account and save a draft. Whoever's connection breaks sends the
//! same request again, with the same idempotency key. Afterwards all servers are killed and started
//! anew, and everything that was acknowledged is looked for. It fails where anything is missing.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "what can't be set up can't be measured, and time is what passes"
)]

mod browser;
mod mail;
mod person;
#[path = "../../tests/suite/postgres_programs.rs"]
mod postgres_programs;
mod report;
mod site;
mod tiktok;
#[path = "../../tests/suite/visit.rs"]
mod visit;
#[path = "../../tests/suite/watched.rs"]
mod watched;

use browser::{Browser, Tallied};
use mail::Mailboxes;
use person::Person;
use report::Report;
use site::{SERVERS, Site};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::sleep;

const KILL_EVERY: Duration = Duration::from_secs(20);
/// How long nobody notices that the primary is gone.
const PROMOTED_AFTER: Duration = Duration::from_secs(3);
/// A letter that a killed server was sending is due after two minutes.
const LETTERS_PATIENCE: Duration = Duration::from_mins(5);
/// Each so many-th tries to link a TikTok account that somebody else has linked.
const RIVALS: u32 = 20;
/// Each so many-th logs in elsewhere at the end: a password costs 50 ms.
const LOG_INS: usize = 10;
/// People who are looked up at once at the end.
const READERS: usize = 16;

struct Options {
    minutes: u32,
    flows_a_second: u32,
}

impl Options {
    /// Nothing where there is a word that it doesn't know.
    fn read() -> Option<Self> {
        let mut options = Self {
            minutes: 10,
            flows_a_second: 5,
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--minutes" => options.minutes = words.next()?.parse().ok()?,
                "--flows-a-second" => options.flows_a_second = words.next()?.parse().ok()?,
                // Cargo's own, for every bench.
                "--bench" => {}
                _ => return None,
            }
        }
        Some(options)
    }

    fn flows(&self) -> u32 {
        self.minutes * 60 * self.flows_a_second
    }

    fn length(&self) -> Duration {
        Duration::from_mins(u64::from(self.minutes))
    }
}

/// What is done to the portal.
struct Trouble {
    begun: Instant,
    kills: u32,
    lost: Option<Instant>,
    is_promoted: bool,
}

impl Trouble {
    /// Does what is due.
    fn make(&mut self, site: &mut Site, length: Duration) {
        let passed = self.begun.elapsed();
        if passed < length && passed >= KILL_EVERY * (self.kills + 1) {
            let number = self.kills as usize % SERVERS;
            site.kill_server(number);
            site.start_server(number);
            self.kills += 1;
        }
        if self.lost.is_none() && passed >= lost_at(length) {
            site.lose_primary();
            self.lost = Some(Instant::now());
        }
        let is_due = self.lost.is_some_and(|it| it.elapsed() >= PROMOTED_AFTER);
        if is_due && !self.is_promoted {
            site.promote_standby();
            self.is_promoted = true;
        }
        site.restart_ended();
    }
}

/// In the middle, and between two kills.
fn lost_at(length: Duration) -> Duration {
    let every = KILL_EVERY.as_secs();
    Duration::from_secs(length.as_secs() / 2 / every * every + every / 2)
}

/// Everybody's life, and what is done to the portal meanwhile.
async fn run(
    options: &Options,
    site: &mut Site,
    mail: &Mailboxes,
    report: &mut Report,
) -> Vec<Person> {
    let mut living = JoinSet::new();
    let mut people: Vec<Person> = Vec::new();
    let mut trouble = Trouble {
        begun: Instant::now(),
        kills: 0,
        lost: None,
        is_promoted: false,
    };
    let client = client();
    let mut begun = 0;
    let mut told = Instant::now();
    while people.len() < options.flows() as usize {
        let due = trouble.begun.elapsed().as_millis() * u128::from(options.flows_a_second) / 1000;
        while begun < options.flows() && u128::from(begun) < due {
            let browser = Browser::new(client.clone(), &site.base(), begun, report.tally.clone());
            let mut person = Person::new(begun, browser);
            let others = people.iter().rev().find(|person| person.told.is_done);
            let rival = others.filter(|_| begun % RIVALS == 0).map(Person::username);
            report.rivals += u32::from(rival.is_some());
            let mail = mail.clone();
            living.spawn(async move {
                person.live(&mail, rival).await;
                person
            });
            begun += 1;
        }
        trouble.make(site, options.length());
        while let Some(person) = living.try_join_next() {
            people.push(person.unwrap());
        }
        report.most_at_once = report.most_at_once.max(living.len());
        if told.elapsed() >= Duration::from_secs(10) {
            told = Instant::now();
            let done = people.iter().filter(|person| person.told.is_done).count();
            let (passed, living) = (trouble.begun.elapsed().as_secs(), living.len());
            println!("{passed} s: {done} flows done, {living} under way");
        }
        sleep(Duration::from_millis(50)).await;
    }
    report.took = trouble.begun.elapsed();
    report.kills = trouble.kills;
    report.losses = u32::from(trouble.is_promoted);
    people
}

fn client() -> reqwest::Client {
    // Fails where it is done already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}

/// Waits until every letter has gone, or for as long as one may take.
async fn letters_leave(site: &Site) -> i64 {
    let begun = Instant::now();
    loop {
        let left = site.number("SELECT COUNT(*) FROM letters").await;
        if left == 0 || begun.elapsed() > LETTERS_PATIENCE {
            return left;
        }
        sleep(Duration::from_millis(500)).await;
    }
}

/// Looks everybody up in servers that have just started.
async fn check(
    site: &mut Site,
    people: Vec<Person>,
    tally: &Tallied,
) -> (Vec<Person>, Vec<String>) {
    for number in 0..SERVERS {
        site.kill_server(number);
    }
    for number in 0..SERVERS {
        site.start_server(number);
    }
    let mut missing = Vec::new();
    let mut checked = Vec::new();
    let mut looking = JoinSet::new();
    for (place, mut person) in people.into_iter().enumerate() {
        if looking.len() >= READERS {
            let (person, lacks): (Person, Vec<String>) =
                looking.join_next().await.unwrap().unwrap();
            missing.extend(lacks);
            checked.push(person);
        }
        let number = 0x0080_0000 + u32::try_from(place).unwrap();
        let elsewhere = Browser::new(client(), &site.base(), number, tally.clone());
        let logs_in = place % LOG_INS == 0 && person.told.has_account;
        looking.spawn(async move {
            let mut lacks = person.check().await;
            if logs_in && !person.logs_in_elsewhere(elsewhere).await {
                lacks.push(format!("{}: the password", person.email()));
            }
            (person, lacks)
        });
    }
    for (person, lacks) in looking.join_all().await {
        missing.extend(lacks);
        checked.push(person);
    }
    (checked, missing)
}

/// Rules 1 and 3 in the rows themselves.
const BROKEN: [&str; 6] = [
    "SELECT COUNT(*) - COUNT(DISTINCT open_id) FROM links",
    "SELECT COUNT(*) - COUNT(DISTINCT account) FROM links",
    "SELECT COUNT(email) - COUNT(DISTINCT email) FROM accounts",
    "SELECT COUNT(*) FROM links WHERE account NOT IN (SELECT id FROM accounts)",
    "SELECT COUNT(*) FROM sessions WHERE account NOT IN (SELECT id FROM accounts)",
    "SELECT COUNT(*) FROM accounts WHERE password_hash IS NULL
     AND id NOT IN (SELECT account FROM links)",
];

#[tokio::main]
async fn main() -> ExitCode {
    let Some(options) = Options::read() else {
        println!("cargo xtask failure [--minutes 10] [--flows-a-second 5]");
        return ExitCode::FAILURE;
    };
    println!("Starting PostgreSQL and its standby, HAProxy and {SERVERS} servers");
    let (mail, port) = Mailboxes::start().await;
    let emulator = tiktok::listen().await;
    let mut site = Site::start(port, |public_url| emulator.serve(public_url)).await;
    let mut report = Report::new(options.minutes, options.flows_a_second);
    let people = run(&options, &mut site, &mail, &mut report).await;
    println!("Waiting for the last letters, which may take two minutes");
    report.letters_left = letters_leave(&site).await;
    println!("Looking for everything that was acknowledged, in servers that have just started");
    report.seal();
    let after = Tallied::default();
    let (people, missing) = check(&mut site, people, &after).await;
    report.missing = missing;
    for sql in BROKEN {
        if site.number(sql).await != 0 {
            report.missing.push(format!("a rule of the rows: {sql}"));
        }
    }
    // What somebody else's account would be, made by halves or twice.
    report.accounts = site.number("SELECT COUNT(*) FROM accounts").await;
    report.links = site.number("SELECT COUNT(*) FROM links").await;
    if report.tell(&people, &mail.all()) {
        ExitCode::SUCCESS
    } else {
        println!("\nWhat the servers said:\n{}", site.logs());
        ExitCode::FAILURE
    }
}
