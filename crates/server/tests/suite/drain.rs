//! A server that is told to end: proxies have time to notice, and whoever asks meanwhile is answered.

use crate::harness::{TestServer, client};
use crate::process::Process;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Seconds that no test has: whoever waits for their end, waits in vain.
const LONG: (&str, &str) = ("PORTAL_DRAIN", "600");
const TOLD: (&str, &str) = ("RUST_LOG", "info");

async fn status(server: &Process, path: &str) -> u16 {
    let answer = client().get(format!("{}{path}", server.base)).send();
    answer.await.unwrap().status().as_u16()
}

/// Asks until it says no.
async fn until_it_drains(server: &Process) {
    while status(server, "/readyz").await != 503 {}
}

fn has_drained(printed: &[String]) -> bool {
    printed.iter().any(|line| line.contains("draining"))
}

#[tokio::test]
async fn while_it_drains_it_is_not_ready_and_answers_on_connections_old_and_new() {
    let server = TestServer::start().await;
    let mut old = TcpStream::connect(server.running.address).await.unwrap();
    let ask = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";
    old.write_all(ask).await.unwrap();
    let mut told = Vec::new();
    while !told.ends_with(b"alive\n") {
        assert_ne!(old.read_buf(&mut told).await.unwrap(), 0);
    }
    assert!(!String::from_utf8(told).unwrap().contains("connection:"));

    server.running.drain();

    assert_eq!(server.get("/readyz", "*/*").await.status, 503);
    let page = server.get("/log-in", "text/html").await;
    assert_eq!((page.status, page.header("connection")), (200, "close"));
    let mut browser = server.browser_of("linked@portal.test").await;
    assert!(browser.send("get_session", "{}").await.is_ok());
    // The one that was kept is answered once more, and hung up on.
    old.write_all(ask).await.unwrap();
    let mut told = String::new();
    old.read_to_string(&mut told).await.unwrap();
    assert!(told.starts_with("HTTP/1.1 200 OK\r\n"), "{told}");
    assert!(told.contains("connection: close\r\n"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sigterm_it_drains_and_a_second_signal_ends_that() {
    let folder = tempfile::tempdir().unwrap();
    for second in ["TERM", "INT"] {
        let server = Process::start(folder.path(), &[LONG, TOLD]);
        assert_eq!(status(&server, "/readyz").await, 200);
        server.signal("TERM");
        until_it_drains(&server).await;
        assert_eq!(status(&server, "/healthz").await, 200);
        server.signal(second);
        let printed = server.ended();
        assert!(has_drained(&printed));
        // That it isn't ready then is no failure.
        assert!(!printed.iter().any(|line| line.contains("ERROR")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_time_for_it_or_from_a_terminal_it_ends_at_once() {
    let folder = tempfile::tempdir().unwrap();
    for (signal, drain) in [("TERM", ("PORTAL_DRAIN", "0")), ("INT", LONG)] {
        let server = Process::start(folder.path(), &[drain, TOLD]);
        server.signal(signal);
        assert!(!has_drained(&server.ended()));
    }
}
