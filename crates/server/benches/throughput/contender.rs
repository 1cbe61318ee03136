//! Who is loaded, with what, and what works for them.

use crate::portal::{ADDRESS_HEADER, MEMBER, Server, cookies, log_in, sqlite};
use crate::postgres::{Postgres, USER};
use crate::processor::processor_ms;
use contract::UseCase;
use contract::session::{GetSession, LogIn};
use contract::table::path;
use serde_json::json;
use service::personas::{BUSINESS, PASSWORD};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Longer than any count of log-ins lasts.
const COUNTS_LAST: u32 = 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    Ours,
    OursOnPostgres,
    Before,
    BetterAuth,
}

impl Who {
    pub(crate) const ALL: [Self; 4] = [
        Self::Ours,
        Self::OursOnPostgres,
        Self::Before,
        Self::BetterAuth,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "this build on SQLite",
            Self::OursOnPostgres => "this build on PostgreSQL",
            Self::Before => "d023a62",
            Self::BetterAuth => "Better Auth",
        }
    }

    fn is_portal(self) -> bool {
        match self {
            Self::Ours | Self::OursOnPostgres | Self::Before => true,
            Self::BetterAuth => false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Task {
    /// Nothing is read for it: what it takes is HTTP's part, and the client's.
    Health,
    SessionCheck,
    LogIn,
}

impl Task {
    pub(crate) const ALL: [Self; 3] = [Self::Health, Self::SessionCheck, Self::LogIn];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Health => "/healthz",
            Self::SessionCheck => "session checks",
            Self::LogIn => "log-ins",
        }
    }

    pub(crate) fn is_for(self, who: Who) -> bool {
        match self {
            Self::Health => who == Who::Ours,
            Self::SessionCheck | Self::LogIn => true,
        }
    }

    /// Whether an answer says what one who may be here is told.
    pub(crate) fn is_done_by(self, answer: &[u8]) -> bool {
        let holds = |words: &[u8]| {
            let mut places = answer.windows(words.len());
            places.any(|place| place.eq_ignore_ascii_case(words))
        };
        let is_done = match self {
            Self::Health => true,
            Self::SessionCheck => holds(MEMBER.as_bytes()),
            Self::LogIn => holds(b"\r\nset-cookie: "),
        };
        is_done && answer.starts_with(b"HTTP/1.1 200 ")
    }
}

/// Gives what a connection sends next.
pub(crate) type Requests = Box<dyn Fn() -> Vec<u8> + Send>;

pub(crate) struct Contender {
    pub(crate) who: Who,
    pub(crate) server: Server,
    postgres: Option<Postgres>,
    /// How many log-ins have been asked for.
    log_ins: Arc<AtomicU32>,
}

impl Contender {
    /// Starts it on a database that holds the accounts of a demonstration, and nothing else.
    pub(crate) async fn start(who: Who, folder: &Path, before: &Path) -> Self {
        let folder = folder.join(format!("{who:?}"));
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("index.html"), "<!DOCTYPE html>").unwrap();
        let ours = Path::new(env!("CARGO_BIN_EXE_server"));
        let mut postgres = None;
        let server = match who {
            Who::Ours => Server::start(ours, &folder, &sqlite(&folder)),
            Who::OursOnPostgres => {
                // As it comes: what is committed is on the disk (`fsync`, `synchronous_commit`).
                let cluster = Postgres::start(&[], "", None).await;
                let create = format!("CREATE DATABASE portal OWNER {USER}");
                cluster.command_in("postgres", create).await.unwrap();
                let server = Server::start(ours, &folder, &cluster.url(USER, "portal"));
                postgres = Some(cluster);
                server
            }
            Who::Before => Server::start(before, &folder, &sqlite(&folder)),
            Who::BetterAuth => Server::of(&mut better_auth(&folder)),
        };
        Self {
            who,
            server,
            postgres,
            log_ins: Arc::default(),
        }
    }

    /// Where it listens: an IP address and a port.
    pub(crate) fn address(&self) -> &str {
        self.server.base.strip_prefix("http://").unwrap()
    }

    /// What one of the connections asks for, again and again. Each has a session of its own.
    pub(crate) async fn requests(&self, task: Task, connection: usize) -> Requests {
        let host = self.address().to_owned();
        match task {
            Task::Health => always(request(&host, "GET /healthz", &[], "")),
            Task::SessionCheck => {
                let peer = format!("192.0.2.{connection}");
                let cookies = self.cookies(&peer).await;
                always(session_check(self.who, &host, &peer, &cookies))
            }
            Task::LogIn => {
                let (who, log_ins) = (self.who, Arc::clone(&self.log_ins));
                Box::new(move || {
                    let number = log_ins.fetch_add(1, Ordering::Relaxed);
                    log_in_request(who, &host, number)
                })
            }
        }
    }

    /// The cookies of a member who has just logged in.
    async fn cookies(&self, peer: &str) -> String {
        if self.who.is_portal() {
            return self.server.log_in(peer).await;
        }
        let request = self
            .server
            .client
            .post(format!("{}/api/auth/sign-in/email", self.server.base))
            .header("content-type", "application/json")
            .header("origin", &self.server.base)
            .body(json!({ "email": MEMBER, "password": PASSWORD }).to_string());
        cookies(&request.send().await.unwrap())
    }

    /// Lets the counts of log-ins begin anew. At d023a62 those that went well are counted, too: a
    /// hundred for each account. Better Auth counts none here.
    pub(crate) async fn forget_counts(&self) {
        if self.who.is_portal() {
            self.server.put_forward(COUNTS_LAST).await;
        }
    }

    /// Milliseconds of processor time that it has taken so far, and those that its PostgreSQL has.
    pub(crate) fn processor_ms(&self) -> (f64, f64) {
        let server = processor_ms(self.server.child.id()).unwrap();
        (server, self.postgres.as_ref().map_or(0.0, postgres_ms))
    }

    /// From here on the kernel notes the most memory anew (proc(5), `clear_refs`).
    pub(crate) fn forget_most_memory(&self) {
        std::fs::write(format!("/proc/{}/clear_refs", self.server.child.id()), "5").unwrap();
    }
}

/// Of the process that was started, and of those that it started.
fn postgres_ms(postgres: &Postgres) -> f64 {
    let file = std::fs::read_to_string(postgres.folder.join("data/postmaster.pid")).unwrap();
    let postmaster: u32 = file.lines().next().unwrap().parse().unwrap();
    let children = format!("/proc/{postmaster}/task/{postmaster}/children");
    let children = std::fs::read_to_string(children).unwrap();
    let children = children.split_whitespace().map(|it| it.parse().unwrap());
    let all = std::iter::once(postmaster).chain(children);
    // One that has ended meanwhile is counted by who started it.
    all.filter_map(processor_ms).sum()
}

/// Personas with an address and a password of d023a62, in the order of today's.
const PEOPLE: usize = 4;

/// Better Auth in Node, with the accounts of a demonstration.
fn better_auth(folder: &Path) -> Command {
    let program = std::env::var_os("NODE").unwrap_or_else(|| "node".into());
    let mut command = Command::new(program);
    command
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/benches/better-auth/server.mjs"
        ))
        .env_clear()
        .env("NODE_ENV", "production")
        .env("DATABASE", folder.join("better-auth.sqlite"))
        .env("PEOPLE", people().join(","))
        .env("PASSWORD", PASSWORD);
    command
}

/// The addresses of the first of those who have a password: so many has the oldest build too.
fn people() -> Vec<&'static str> {
    BUSINESS
        .iter()
        .filter_map(|it| it.email)
        .take(PEOPLE)
        .collect()
}

fn always(request: Vec<u8>) -> Requests {
    Box::new(move || request.clone())
}

fn session_check(who: Who, host: &str, peer: &str, cookies: &str) -> Vec<u8> {
    let cookies = ("cookie", cookies);
    if who.is_portal() {
        let line = format!("POST {}", path(GetSession::NAME));
        let body = serde_json::to_string(&GetSession::default()).unwrap();
        request(host, &line, &[cookies, (ADDRESS_HEADER, peer)], &body)
    } else {
        request(host, "GET /api/auth/get-session", &[cookies], "")
    }
}

/// Everybody in turn logs in, each time from a network where nobody else is.
fn log_in_request(who: Who, host: &str, number: u32) -> Vec<u8> {
    let people = people();
    let place = usize::try_from(number).unwrap() % people.len();
    let email = people.get(place).unwrap();
    if who.is_portal() {
        let line = format!("POST {}", path(LogIn::NAME));
        let body = serde_json::to_string(&log_in(email, PASSWORD)).unwrap();
        // Limits widen to the first two numbers of an address.
        let (first, second) = (11 + number / 250 % 200, number % 250);
        let peer = format!("{first}.{second}.0.1");
        request(host, &line, &[(ADDRESS_HEADER, &peer)], &body)
    } else {
        let body = json!({ "email": email, "password": PASSWORD }).to_string();
        let origin = format!("http://{host}");
        let line = "POST /api/auth/sign-in/email";
        request(host, line, &[("origin", &origin)], &body)
    }
}

/// A request with its head; `line` is its method and path.
fn request(host: &str, line: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("{line} HTTP/1.1\r\nhost: {host}\r\n");
    for (name, value) in headers {
        write!(text, "{name}: {value}\r\n").unwrap();
    }
    if !body.is_empty() {
        let length = body.len();
        write!(
            text,
            "content-type: application/json\r\ncontent-length: {length}\r\n"
        )
        .unwrap();
    }
    write!(text, "\r\n{body}").unwrap();
    text.into_bytes()
}
