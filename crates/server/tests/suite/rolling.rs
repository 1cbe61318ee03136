//! Servers behind HAProxy are replaced, one after another, while people use the portal.

use crate::browser::Browser;
use crate::database::{Database, Kind};
use crate::harness::client;
use crate::postgres_programs::of_postgres;
use crate::process::{OURS, Process};
use crate::watched::Watched;
use contract::drafts::{CreateDraft, GetDraft};
use contract::session::{GetSession, LogOut};
use domain::id::DraftId;
use service::personas::PASSWORD;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use uuid::Uuid;

const SERVERS: usize = 3;
/// Long enough for the proxy to notice, which asks ten times a second.
const DRAIN: (&str, &str) = ("PORTAL_DRAIN", "1");
const PEOPLE: [&str; 3] = [
    "linked@portal.test",
    "email-only@portal.test",
    "someone-else@portal.test",
];

/// The proxy says by this which server has answered.
const ANSWERED_BY: &str = "x-answered-by";

/// Ports that nobody uses now: the proxy's, and the servers'.
fn ports() -> (u16, [u16; SERVERS]) {
    let held = [(); SERVERS + 1].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    let [web, servers @ ..] = held.map(|it| it.local_addr().unwrap().port());
    (web, servers)
}

/// A proxy that leads to those servers which say that they are ready. It sends no request twice.
fn haproxy(folder: &TempDir, web: u16, servers: [u16; SERVERS]) -> Watched {
    let servers = servers.map(|port| format!("    server {port} 127.0.0.1:{port}\n"));
    let settings = format!(
        "defaults
    mode http
    timeout connect 5s
    timeout client 60s
    timeout server 60s
    retries 0
    default-server check inter 100 fall 2 rise 1
frontend portal
    bind 127.0.0.1:{web}
    default_backend servers
backend servers
    balance roundrobin
    option httpchk
    http-check send meth GET uri /readyz
    http-response set-header {ANSWERED_BY} %s
{}",
        servers.concat()
    );
    let file = folder.path().join("haproxy.cfg");
    std::fs::write(&file, settings).unwrap();
    let program = std::env::var("HAPROXY").unwrap_or_else(|_| "/usr/sbin/haproxy".to_owned());
    // Without it everybody would wait for ever.
    assert!(Path::new(&program).exists(), "there is no {program}");
    let file = file.display().to_string();
    let log = folder.path().join("haproxy.log");
    Watched::start(&[&program, "-db", "-f", &file], &log, |command| {
        of_postgres(command, folder.path());
    })
}

/// Waits until the proxy leads to a server.
async fn until_it_answers(base: &str, server: u16) {
    let server = server.to_string();
    loop {
        let answer = client().get(format!("{base}/healthz")).send().await;
        let by = answer
            .ok()
            .and_then(|it| it.headers().get(ANSWERED_BY).cloned());
        if by.is_some_and(|by| by == server.as_str()) {
            return;
        }
    }
}

/// Somebody who works until the others are told to stop. How many requests were answered; what isn't
/// answered, or isn't so by another server, fails.
async fn work(base: String, who: usize, is_over: Arc<AtomicBool>, done: Arc<AtomicU32>) {
    let email = PEOPLE[who];
    let mut browser = Browser::new(client(), &base);
    for number in 0_u64.. {
        if is_over.load(Ordering::Relaxed) {
            return;
        }
        browser.log_in(email, PASSWORD).await.unwrap();
        let id = DraftId(Uuid::from_u64_pair(0x4000 + who as u64, (1 << 63) + number));
        let begun = browser
            .ask(&CreateDraft { id, copy_of: None })
            .await
            .unwrap();
        for _ in 0..3 {
            let read = browser.ask(&GetDraft { id }).await.unwrap();
            assert_eq!(read, begun);
            let session = browser.ask(&GetSession::default()).await.unwrap();
            assert_eq!(session.member.unwrap().email.as_deref(), Some(email));
        }
        browser.ask(&LogOut {}).await.unwrap();
        done.fetch_add(9, Ordering::Relaxed);
    }
}

/// With `PORTAL_SERVER_BEFORE`, the servers are of that build at first: an older one, of which each
/// is replaced by this. Then both serve from one database, in which this one's tables are.
#[tokio::test(flavor = "multi_thread")]
async fn servers_are_replaced_one_after_another_and_no_request_is_lost() {
    let before = std::env::var("PORTAL_SERVER_BEFORE").unwrap_or_else(|_| OURS.to_owned());
    let database = Database::of(Kind::Postgres).await;
    let folder = tempfile::tempdir().unwrap();
    let (web, ports) = ports();
    let base = format!("http://127.0.0.1:{web}");
    let url = database.url();
    let start = |program: &str, port: u16| {
        let address = format!("127.0.0.1:{port}");
        let settings = [
            DRAIN,
            ("PORTAL_ADDRESS", address.as_str()),
            ("PORTAL_PUBLIC_URL", base.as_str()),
            ("PORTAL_DATABASE_URL", url.as_str()),
        ];
        Process::start_as(program, folder.path(), &settings)
    };
    let servers = ports.map(|port| (port, start(&before, port)));
    let _proxy = haproxy(&folder, web, ports);
    for port in ports {
        until_it_answers(&base, port).await;
    }

    let is_over = Arc::new(AtomicBool::new(false));
    let done = Arc::new(AtomicU32::new(0));
    let people = [0, 1, 2].map(|who| {
        let work = work(base.clone(), who, Arc::clone(&is_over), Arc::clone(&done));
        tokio::spawn(work)
    });
    let mut replaced = Vec::new();
    for (port, server) in servers {
        let so_far = done.load(Ordering::Relaxed);
        server.signal("TERM");
        let new = tokio::task::block_in_place(|| {
            server.ended();
            start(OURS, port)
        });
        replaced.push(new);
        until_it_answers(&base, port).await;
        // Somebody must have asked meanwhile.
        let has_failed = || people.iter().any(JoinHandle::is_finished);
        while done.load(Ordering::Relaxed) == so_far && !has_failed() {
            tokio::task::yield_now().await;
        }
    }
    is_over.store(true, Ordering::Relaxed);
    for person in people {
        person.await.unwrap();
    }
    for server in replaced {
        server.kill();
    }
}
