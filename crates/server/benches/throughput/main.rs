//! How many answers a second the server gives, and what each takes of the machine, beside two peers:
//! `cargo xtask throughput [--rounds 3] [--seconds 10] [--before-server FILE]`. It runs on Linux alone
//! and is no part of the tests. docs/operations.md has what it told.
//!
//! This build on SQLite and on PostgreSQL, an older one and Better Auth are loaded in turn, round after
//! round, each by 16 connections that ask for the next answer as soon as they have the one before.
//! First they check sessions, then they log in. It fails where a line that is wanted doesn't hold.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "what can't be set up can't be measured, and time is what is measured"
)]

#[path = "../portal/clock.rs"]
mod clock;
mod contender;
mod load;
#[path = "../portal/memory.rs"]
mod memory;
#[path = "../portal/mod.rs"]
mod portal;
#[path = "../../tests/suite/postgres.rs"]
mod postgres;
#[path = "../../tests/suite/postgres_programs.rs"]
mod postgres_programs;
#[path = "../portal/processor.rs"]
mod processor;
mod report;

use contender::{Contender, Task, Who};
use load::load;
use report::Report;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

struct Options {
    rounds: u32,
    seconds: u32,
    /// The binary of the older build.
    before: PathBuf,
}

impl Options {
    /// Nothing where there is a word that it doesn't know, or the older build isn't named.
    fn read() -> Option<Self> {
        let (mut rounds, mut seconds, mut before) = (3, 10, None);
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--rounds" => rounds = words.next()?.parse().ok().filter(|it| *it > 0)?,
                "--seconds" => seconds = words.next()?.parse().ok().filter(|it| *it > 0)?,
                "--before-server" => before = Some(words.next()?.into()),
                // Cargo's own, for every bench.
                "--bench" => {}
                _ => return None,
            }
        }
        Some(Self {
            rounds,
            seconds,
            before: before?,
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(options) = Options::read() else {
        println!("cargo xtask throughput [--rounds 3] [--seconds 10] [--before-server FILE]");
        return ExitCode::FAILURE;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut contenders = Vec::new();
    for who in Who::ALL {
        contenders.push(Contender::start(who, folder.path(), &options.before).await);
    }
    let mut report = Report::new(&contenders);
    let span = Duration::from_secs(options.seconds.into());
    for round in 1..=options.rounds {
        println!("Round {round} of {}", options.rounds);
        for task in Task::ALL {
            for contender in contenders.iter().filter(|it| task.is_for(it.who)) {
                let measured = load(contender, task, span).await;
                let (what, who) = (task.name(), contender.who.name());
                println!("  {what}, {who}: {:.1} a second", measured.answers_a_second);
                report.add(task, contender.who, measured);
            }
        }
    }
    if report.tell() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
