//! Clients that don't speak, don't listen or don't leave, and many of them at once.

use crate::harness::TestServer;
use server::resource_limits::{ConnectionLimits, ResourceLimits};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

/// What a test has no time for: whatever waits so long, waits for ever.
const EVER: Duration = Duration::from_hours(1);
const SHORT: Duration = Duration::from_millis(200);

const PATIENT: ConnectionLimits = ConnectionLimits {
    at_once: 10_000,
    head: EVER,
    body: EVER,
    write: EVER,
    idle: EVER,
};

const ASK: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";
const HALF_A_HEAD: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: loc";

async fn start(connections: ConnectionLimits) -> TestServer {
    let limits = ResourceLimits {
        connections,
        ..ResourceLimits::default()
    };
    TestServer::start_within(&limits, &[]).await
}

async fn connect(server: &TestServer) -> TcpStream {
    TcpStream::connect(server.running.address).await.unwrap()
}

async fn send(stream: &mut TcpStream, bytes: &[u8]) {
    stream.write_all(bytes).await.unwrap();
}

/// Asks, and reads the answer.
async fn ask(stream: &mut TcpStream) {
    send(stream, ASK).await;
    let mut told = Vec::new();
    while !told.ends_with(b"alive\n") {
        assert_ne!(stream.read_buf(&mut told).await.unwrap(), 0);
    }
    assert!(told.starts_with(b"HTTP/1.1 200 OK\r\n"));
}

/// What still comes until the server hangs up.
async fn rest(stream: &mut TcpStream) -> String {
    let mut told = Vec::new();
    stream.read_to_end(&mut told).await.unwrap();
    String::from_utf8(told).unwrap()
}

#[tokio::test]
async fn who_says_nothing_or_half_a_head_is_hung_up_on() {
    let server = start(ConnectionLimits {
        head: SHORT,
        ..PATIENT
    })
    .await;
    for said in [&b""[..], b"G", HALF_A_HEAD] {
        let mut stream = connect(&server).await;
        send(&mut stream, said).await;
        assert_eq!(rest(&mut stream).await, "");
    }
}

#[tokio::test]
async fn a_head_that_comes_byte_by_byte_has_no_more_time() {
    let server = start(ConnectionLimits {
        head: SHORT,
        ..PATIENT
    })
    .await;
    let mut slow = connect(&server).await;
    let mut other = connect(&server).await;
    send(&mut slow, HALF_A_HEAD).await;
    while slow.write_all(b"e").await.is_ok() {
        // Each byte as long after the one before as an answer takes.
        ask(&mut other).await;
        match slow.try_read(&mut [0]) {
            Ok(read) => {
                assert_eq!(read, 0, "it was answered");
                break;
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) => break,
        }
    }
}

#[tokio::test]
async fn who_asks_nothing_more_is_hung_up_on() {
    let server = start(ConnectionLimits {
        idle: SHORT,
        ..PATIENT
    })
    .await;
    let mut stream = connect(&server).await;
    ask(&mut stream).await;
    ask(&mut stream).await;
    assert_eq!(rest(&mut stream).await, "");
}

#[tokio::test]
async fn the_time_for_a_head_begins_with_its_first_byte() {
    let server = start(ConnectionLimits {
        head: SHORT,
        ..PATIENT
    })
    .await;
    let mut idle = connect(&server).await;
    ask(&mut idle).await;
    let mut half = connect(&server).await;
    ask(&mut half).await;
    send(&mut half, HALF_A_HEAD).await;
    assert_eq!(rest(&mut half).await, "");
    // It has said nothing for as long.
    ask(&mut idle).await;
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let server = start(ConnectionLimits {
        body: SHORT,
        ..PATIENT
    })
    .await;
    for path in [
        "/api/get-session",
        "/dev/clock",
        "/tiktok-emulator/v2/oauth/token/",
    ] {
        let mut stream = connect(&server).await;
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             content-length: 20\r\n\r\n{{"
        );
        send(&mut stream, head.as_bytes()).await;
        let told = rest(&mut stream).await;
        assert!(told.starts_with("HTTP/1.1 4"), "{path}: {told}");
    }
}

#[tokio::test]
async fn who_does_not_read_the_answers_is_hung_up_on() {
    let server = start(ConnectionLimits {
        write: SHORT,
        ..PATIENT
    })
    .await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stream = socket.connect(server.running.address).await.unwrap();
    // It ends once nobody takes the questions any more.
    while stream.write_all(ASK).await.is_ok() {}
}

#[tokio::test]
async fn connections_beyond_the_bound_wait_until_one_ends() {
    let server = start(ConnectionLimits {
        at_once: 1,
        ..PATIENT
    })
    .await;
    let mut first = connect(&server).await;
    ask(&mut first).await;
    let mut second = connect(&server).await;
    send(&mut second, ASK).await;
    ask(&mut first).await;
    let mut nothing = [0];
    let waits = second.try_read(&mut nothing);
    assert_eq!(waits.unwrap_err().kind(), ErrorKind::WouldBlock);
    drop(first);
    let mut told = [0; 15];
    second.read_exact(&mut told).await.unwrap();
    assert_eq!(&told, b"HTTP/1.1 200 OK");
}

/// Connections that are open and ask nothing, or half.
async fn crowd(address: SocketAddr, each: usize, said: &[u8]) -> Vec<TcpStream> {
    let mut all = Vec::new();
    for _ in 0..each {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(said).await.unwrap();
        all.push(stream);
    }
    all
}

#[tokio::test]
async fn it_answers_among_hundreds_who_are_idle_or_slow() {
    let server = start(PATIENT).await;
    let mut idle = crowd(server.running.address, 230, ASK).await;
    let half = crowd(server.running.address, 200, HALF_A_HEAD).await;
    let mut visitor = connect(&server).await;
    ask(&mut visitor).await;
    for stream in &mut idle {
        // None of them was hung up on.
        send(stream, ASK).await;
    }
    ask(&mut visitor).await;
    drop(half);
}

#[tokio::test]
async fn it_stops_although_some_are_idle() {
    let server = start(PATIENT).await;
    let mut idle = connect(&server).await;
    ask(&mut idle).await;
    server.running.stop().await;
    assert_eq!(rest(&mut idle).await, "");
}
