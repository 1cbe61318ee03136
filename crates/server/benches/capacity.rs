//! What the server can carry, and what that takes of a machine:
//! `cargo bench -p server --profile server --bench capacity [-- --assets FOLDER] [--program FILE]`.
//! It takes three minutes, runs on Linux alone and is no part of the tests. It fails
//! where it is more than it may be.
//!
//! The memory, in MiB: after the start; idle, after log-ins one after the other; at most while 64
//! people log in at once; and a minute later.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "what can't be set up can't be measured, and time is what is measured"
)]

#[path = "portal/memory.rs"]
mod memory;
mod portal;

use portal::{Server, sqlite};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// People who log in at once.
const PEOPLE: usize = 64;
/// How often each of them does; one after the other do as many before.
const LOG_INS: usize = 8;
/// How long after log-ins it counts as idle again.
const REST: Duration = Duration::from_mins(1);

/// MiB at most of a server that nobody asks anything.
const IDLE_MAX_MIB: f64 = 40.0;
/// MiB at most while people log in.
const BUSY_MAX_MIB: f64 = 120.0;
/// How many times the idle memory at most a minute later.
const AFTERWARDS_MAX: f64 = 1.2;

struct Options {
    program: PathBuf,
    assets: Option<PathBuf>,
}

impl Options {
    /// Nothing where there is a word that it doesn't know.
    fn read() -> Option<Self> {
        let mut options = Self {
            program: env!("CARGO_BIN_EXE_server").into(),
            assets: None,
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--program" => options.program = words.next()?.into(),
                "--assets" => options.assets = Some(words.next()?.into()),
                // Cargo's own, for every bench.
                "--bench" => {}
                _ => return None,
            }
        }
        Some(options)
    }
}

/// What a server takes of memory, in MiB.
struct Memory {
    /// When it has just started.
    fresh: f64,
    /// When its caches are full, and nobody asks anything.
    idle: f64,
    busy: f64,
    afterwards: f64,
}

fn mib(kib: u64) -> f64 {
    f64::from(u32::try_from(kib).unwrap()) / 1024.0
}

/// As many log in at once as there are people, each time from a network where nobody else is. How
/// long it takes.
async fn log_ins(server: &Arc<Server>, people: usize) -> Duration {
    let begun = Instant::now();
    let mut logging_in = JoinSet::new();
    for person in 0..people {
        let server = Arc::clone(server);
        logging_in.spawn(async move {
            let each = PEOPLE * LOG_INS / people;
            for number in person * each..(person + 1) * each {
                // Limits widen to the first two numbers of an address.
                let (first, second) = (11 + number / 250, number % 250);
                server.log_in(&format!("{first}.{second}.0.1")).await;
            }
        });
    }
    logging_in.join_all().await;
    begun.elapsed()
}

async fn memory(server: &Arc<Server>) -> Memory {
    let fresh = mib(server.memory());
    log_ins(server, 1).await;
    tokio::time::sleep(REST).await;
    let idle = mib(server.memory());
    // From here on the kernel notes the most anew (proc(5), `clear_refs`).
    std::fs::write(format!("/proc/{}/clear_refs", server.child.id()), "5").unwrap();
    let took = log_ins(server, PEOPLE).await;
    let busy = mib(server.status("VmHWM:"));
    let count = u32::try_from(PEOPLE * LOG_INS).unwrap();
    println!(
        "{count} log-ins by {PEOPLE} people at once: {:.1} a second",
        f64::from(count) / took.as_secs_f64()
    );
    tokio::time::sleep(REST).await;
    Memory {
        fresh,
        idle,
        busy,
        afterwards: mib(server.memory()),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(options) = Options::read() else {
        println!("cargo bench … -- [--assets FOLDER] [--program FILE]");
        return ExitCode::FAILURE;
    };
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), "<!DOCTYPE html>").unwrap();
    let assets = options.assets.as_deref().unwrap_or(folder.path());
    let database = sqlite(folder.path());
    let server = Arc::new(Server::start(&options.program, assets, &database));
    let memory = memory(&server).await;
    println!(
        "MiB after the start {:.1}, idle {:.1}, while they log in {:.1}, a minute later {:.1}",
        memory.fresh, memory.idle, memory.busy, memory.afterwards
    );
    let is_light = memory.idle <= IDLE_MAX_MIB
        && memory.busy <= BUSY_MAX_MIB
        && memory.afterwards <= memory.idle * AFTERWARDS_MAX;
    if is_light {
        ExitCode::SUCCESS
    } else {
        println!("That is too much.");
        ExitCode::FAILURE
    }
}
