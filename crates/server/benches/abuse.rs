//! What abuse costs the real server: `cargo bench -p server --bench abuse`. It compares a server with itself, and
//! so says much the same on any machine; it takes a minute and is no part of the tests.
//!
//! - What the longest list there is costs of processor time.
//! - 60 clients ask for the longest list there is, again and again, and read nothing: how much
//!   memory that takes (`/proc`, so on Linux alone).

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "what can't be set up can't be measured, and time is what is measured"
)]

#[path = "portal/clock.rs"]
mod clock;
#[path = "portal/memory.rs"]
mod memory;
mod portal;
#[path = "portal/processor.rs"]
mod processor;

use contract::UseCase;
use contract::drafts::{CreateDraft, ListDrafts, SaveDraft};
use contract::table::path;
use domain::draft::{Contents, Step};
use domain::id::DraftId;
use portal::{ADDRESS_HEADER, Server, sqlite};
use processor::processor_ms;
use serde::Deserialize;
use std::io::Write as _;
use std::net::TcpStream;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Milliseconds of processor time at most of one list, in a release build.
const LIST_MAX_MS: f64 = 10.0;

/// Clients that don't read.
const CLIENTS: usize = 60;
/// Requests that each of them sends at once.
const REQUESTS: usize = 20;
/// How long they stay.
const STAY: Duration = Duration::from_secs(20);
/// MiB at most above what the server takes without them.
const MEMORY_MAX_MIB: u64 = 64;

impl Server {
    async fn ask<R: UseCase>(&self, cookies: &str, request: &R) -> R::Reply {
        let answer = self.send("192.0.2.1", cookies, request).await;
        assert!(answer.status().is_success(), "{}", answer.status());
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }

    async fn pass_a_day(&self) {
        self.put_forward(24 * 60).await;
    }

    fn processor_ms(&self) -> f64 {
        processor_ms(self.child.id()).unwrap()
    }
}

/// As many drafts as an account may have, with the longest names that lists show.
async fn fill(server: &Server, cookies: &str) {
    for number in 1..=200_u128 {
        let id = format!("{number:032x}");
        let id = DraftId::deserialize(serde_json::Value::from(id)).unwrap();
        let begun = server
            .ask(cookies, &CreateDraft { id, copy_of: None })
            .await;
        let mut contents = Contents::default();
        contents.campaign.name = "\u{20000}".repeat(600);
        let save = SaveDraft {
            id,
            version: begun.draft.version,
            step: Step::AdGroup,
            contents,
        };
        server.ask(cookies, &save).await;
    }
}

/// Whether the longest list costs little enough of processor time.
async fn lists(server: &Server, cookies: &str) -> bool {
    const LISTS: u32 = 200;
    let before = server.processor_ms();
    for _ in 0..LISTS {
        server.ask(cookies, &ListDrafts {}).await;
    }
    let each = (server.processor_ms() - before) / f64::from(LISTS);
    println!("A list costs {each:.1} ms of processor time. At most {LIST_MAX_MS} may be.");
    each <= LIST_MAX_MS || cfg!(debug_assertions)
}

/// Whether the memory that it takes stays within bounds.
async fn clients_that_read_nothing(server: &Server, cookies: &str) -> bool {
    let list = server.ask(cookies, &ListDrafts {}).await;
    let bytes = serde_json::to_vec(&list).unwrap().len();
    // What it took for the filling it gives back, or never does.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let idle = server.memory();
    let address = server.base.strip_prefix("http://").unwrap();
    let request = format!(
        "POST {} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
         {ADDRESS_HEADER}: 192.0.2.2\r\ncookie: {cookies}\r\ncontent-length: 2\r\n\r\n{{}}",
        path(ListDrafts::NAME)
    );
    let requests = request.repeat(REQUESTS);
    let connections: Vec<TcpStream> = (0..CLIENTS)
        .map(|_| {
            let mut connection = TcpStream::connect(address).unwrap();
            connection.write_all(requests.as_bytes()).unwrap();
            connection
        })
        .collect();
    let begun = Instant::now();
    let mut most = 0;
    while begun.elapsed() < STAY {
        tokio::time::sleep(Duration::from_millis(250)).await;
        most = most.max(server.memory());
    }
    let health = format!("{}/healthz", server.base);
    let health = server.client.get(health).send().await.unwrap();
    let is_well = health.status().is_success();
    drop(connections);
    let more = most.saturating_sub(idle) / 1024;
    println!(
        "A list of {bytes} bytes, {CLIENTS} clients that ask for it {REQUESTS} times and read \
         nothing: {} MiB before, {} MiB at most, {more} MiB more. At most {MEMORY_MAX_MIB} may be.",
        idle / 1024,
        most / 1024
    );
    is_well && more <= MEMORY_MAX_MIB
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), "<!DOCTYPE html>").unwrap();
    let this = Path::new(env!("CARGO_BIN_EXE_server"));
    let server = Server::start(this, folder.path(), &sqlite(folder.path()));
    let cookies = server.log_in("192.0.2.1").await;
    fill(&server, &cookies).await;
    let is_cheap = lists(&server, &cookies).await;
    server.pass_a_day().await;
    let cookies = server.log_in("192.0.2.1").await;
    let is_light = clients_that_read_nothing(&server, &cookies).await;
    if is_cheap && is_light {
        ExitCode::SUCCESS
    } else {
        println!("That is too much.");
        ExitCode::FAILURE
    }
}
