//! The load: connections that ask for the next answer as soon as they have the one before.
//!
//! The client shares the machine with who is measured. So it reads of an answer only what tells where
//! it ends and whether it is a good one, in one thread.

use crate::contender::{Contender, Requests, Task};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Connections that ask at once.
pub(crate) const CONNECTIONS: usize = 16;
/// How long they have asked already when the count begins.
const WARM_UP: Duration = Duration::from_secs(2);
/// How often the counts of log-ins begin anew: within it nobody comes near a hundred.
const FORGET_EVERY: Duration = Duration::from_secs(1);

/// What came of one load.
#[derive(Clone, Copy)]
pub(crate) struct Measured {
    pub(crate) answers_a_second: f64,
    /// Milliseconds of processor time for each answer, its PostgreSQL's among them.
    pub(crate) processor_ms: f64,
    /// Those of its PostgreSQL.
    pub(crate) postgres_ms: f64,
    /// Those that the client took besides.
    pub(crate) client_ms: f64,
    /// MiB of the server at most, without its PostgreSQL.
    pub(crate) memory_mib: f64,
}

/// What had happened by a moment.
struct Sample {
    at: Instant,
    answers: u32,
    server_ms: f64,
    postgres_ms: f64,
    client_ms: f64,
}

impl Sample {
    fn take(contender: &Contender, answers: &AtomicU32) -> Self {
        let (server_ms, postgres_ms) = contender.processor_ms();
        Self {
            at: Instant::now(),
            answers: answers.load(Ordering::Relaxed),
            server_ms,
            postgres_ms,
            client_ms: crate::processor::processor_ms(std::process::id()).unwrap(),
        }
    }
}

/// Loads it for a while, after a time in which nothing counts.
pub(crate) async fn load(contender: &Contender, task: Task, span: Duration) -> Measured {
    let answers = Arc::new(AtomicU32::new(0));
    let is_over = Arc::new(AtomicBool::new(false));
    let mut ready = Vec::new();
    for number in 1..=CONNECTIONS {
        let requests = contender.requests(task, number).await;
        ready.push((Connection::open(contender.address()).await, requests));
    }
    contender.forget_most_memory();
    let mut asking = JoinSet::new();
    for (connection, requests) in ready {
        let (answers, is_over) = (Arc::clone(&answers), Arc::clone(&is_over));
        asking.spawn(ask(connection, task, requests, answers, is_over));
    }
    let counting = async {
        sleep(WARM_UP).await;
        let begun = Sample::take(contender, &answers);
        sleep(span).await;
        (begun, Sample::take(contender, &answers))
    };
    let (begun, ended) = tokio::select! {
        counted = counting => counted,
        () = forget_counts(contender, task) => unreachable!("it has no end"),
        Some(ended) = asking.join_next() => {
            ended.unwrap();
            unreachable!("it asks until it is told to stop")
        }
    };
    let memory = contender.server.status("VmHWM:");
    is_over.store(true, Ordering::Relaxed);
    asking.join_all().await;
    let count = f64::from(ended.answers - begun.answers);
    let (server_ms, postgres_ms) = (
        ended.server_ms - begun.server_ms,
        ended.postgres_ms - begun.postgres_ms,
    );
    Measured {
        answers_a_second: count / (ended.at - begun.at).as_secs_f64(),
        processor_ms: (server_ms + postgres_ms) / count,
        postgres_ms: postgres_ms / count,
        client_ms: (ended.client_ms - begun.client_ms) / count,
        memory_mib: f64::from(u32::try_from(memory).unwrap()) / 1024.0,
    }
}

/// Goes on until it is dropped.
async fn forget_counts(contender: &Contender, task: Task) {
    match task {
        Task::Health | Task::SessionCheck => std::future::pending().await,
        Task::LogIn => loop {
            contender.forget_counts().await;
            sleep(FORGET_EVERY).await;
        },
    }
}

async fn ask(
    mut connection: Connection,
    task: Task,
    requests: Requests,
    answers: Arc<AtomicU32>,
    is_over: Arc<AtomicBool>,
) {
    while !is_over.load(Ordering::Relaxed) {
        let answer = connection.ask(&requests()).await;
        let is_done = task.is_done_by(answer);
        assert!(is_done, "{}", String::from_utf8_lossy(answer));
        answers.fetch_add(1, Ordering::Relaxed);
    }
}

/// One that is kept from answer to answer.
struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

impl Connection {
    async fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            // Room for an answer: it isn't to be read in pieces.
            received: Vec::with_capacity(16 * 1024),
        }
    }

    /// The answer as it came, head and body.
    async fn ask(&mut self, request: &[u8]) -> &[u8] {
        self.stream.write_all(request).await.unwrap();
        self.received.clear();
        while !is_whole(&self.received) {
            let read = self.stream.read_buf(&mut self.received).await.unwrap();
            assert_ne!(read, 0, "it hung up");
        }
        &self.received
    }
}

/// Whether an answer has come to its end (RFC 9112, 6).
fn is_whole(received: &[u8]) -> bool {
    let mut places = received.windows(4);
    let Some(end) = places.position(|place| place == b"\r\n\r\n") else {
        return false;
    };
    let (head, body) = received.split_at(end + 4);
    let head = std::str::from_utf8(head).unwrap();
    let mut headers = head.lines().filter_map(|line| line.split_once(": "));
    let framing = headers.find_map(|(name, value)| {
        if name.eq_ignore_ascii_case("content-length") {
            return Some(value.parse::<usize>().ok());
        }
        name.eq_ignore_ascii_case("transfer-encoding")
            .then_some(None)
    });
    assert!(framing.is_some(), "where does it end? {head}");
    match framing.flatten() {
        Some(length) => body.len() >= length,
        // In chunks. No text of JSON has such an end within, since it has no line ends.
        None => body.ends_with(b"\r\n0\r\n\r\n"),
    }
}
