//! Letters by SMTP: a conversation with a mail server that writes down what it is told.

use crate::harness::{TestServer, code_in};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

/// What a mail server was told in one conversation, line by line.
type Conversation = Vec<String>;

/// Holds one conversation, and writes it down. The `answer` to the letter itself is given, and the
/// letter counted before.
async fn converse(stream: TcpStream, answer: &str, letters: &AtomicUsize) -> Conversation {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut told = Vec::new();
    let mut is_letter = false;
    write.write_all(b"220 mail.test ESMTP\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        told.push(line.clone());
        let reply = if is_letter {
            if line != "." {
                continue;
            }
            is_letter = false;
            letters.fetch_add(1, Ordering::SeqCst);
            answer
        } else if line.starts_with("EHLO") {
            "250-mail.test\r\n250-8BITMIME\r\n250 AUTH PLAIN"
        } else if line.starts_with("AUTH PLAIN") {
            "235 welcome"
        } else if line == "DATA" {
            is_letter = true;
            "354 go on"
        } else if line == "QUIT" {
            "221 bye"
        } else {
            "250 ok"
        };
        write
            .write_all(format!("{reply}\r\n").as_bytes())
            .await
            .unwrap();
    }
    told
}

/// A mail server on this machine.
struct MailServer {
    url: String,
    /// Letters that it was given.
    letters: Arc<AtomicUsize>,
    /// Each comes out once it has ended.
    conversations: mpsc::Receiver<Conversation>,
}

impl MailServer {
    async fn start(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let letters = Arc::new(AtomicUsize::new(0));
        let (ended, conversations) = mpsc::channel(100);
        let counted = Arc::clone(&letters);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (ended, counted) = (ended.clone(), Arc::clone(&counted));
                tokio::spawn(async move {
                    let told = converse(stream, answer, &counted).await;
                    // A test may have ended before.
                    let _ = ended.send(told).await;
                });
            }
        });
        Self {
            url: format!("smtp://portal:hunter2@{address}"),
            letters,
            conversations,
        }
    }
}

async fn portal(mail: &str) -> TestServer {
    TestServer::start_with(&[
        ("PORTAL_MAIL", mail),
        (
            "PORTAL_MAIL_FROM",
            "TikTok For Business <portal@portal.test>",
        ),
    ])
    .await
}

#[tokio::test]
async fn a_code_arrives_by_smtp() {
    let mut mail = MailServer::start("250 taken").await;
    let server = portal(&mail.url).await;
    let mut browser = server.browser();
    browser
        .sign_up("new@one.test", "correct-horse-9")
        .await
        .unwrap();

    let told = mail.conversations.recv().await.unwrap();
    let has = |line: &str| told.iter().any(|told| told.starts_with(line));
    assert!(has("AUTH PLAIN"), "{told:?}");
    assert!(has("MAIL FROM:<portal@portal.test>"), "{told:?}");
    assert!(has("RCPT TO:<new@one.test>"), "{told:?}");
    assert!(
        has("From: \"TikTok For Business\" <portal@portal.test>"),
        "{told:?}"
    );
    assert!(has("To: new@one.test"), "{told:?}");
    assert!(has("Content-Type: text/plain; charset=utf-8"), "{told:?}");
    assert!(has("Date: ") && has("Subject: "), "{told:?}");
    let code = code_in(&told.join("\n")).unwrap();
    browser.verify(&code).await.unwrap();
}

#[tokio::test]
async fn an_answer_does_not_wait_for_the_mail_server() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mail = format!("smtp://{}", listener.local_addr().unwrap());
    let (release, released) = oneshot::channel::<()>();
    let (ended, conversation) = oneshot::channel();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        // Not a word until the answer has been given.
        released.await.unwrap();
        let letters = AtomicUsize::new(0);
        ended
            .send(converse(stream, "250 taken", &letters).await)
            .unwrap();
    });
    let server = portal(&mail).await;
    let mut browser = server.browser();
    browser
        .sign_up("new@one.test", "correct-horse-9")
        .await
        .unwrap();
    release.send(()).unwrap();
    assert!(
        conversation
            .await
            .unwrap()
            .iter()
            .any(|line| line == "DATA")
    );
}

#[tokio::test]
async fn a_letter_that_is_refused_changes_no_answer() {
    let mut mail = MailServer::start("554 no such mailbox").await;
    let server = portal(&mail.url).await;
    let mut browser = server.browser();
    browser
        .sign_up("new@one.test", "correct-horse-9")
        .await
        .unwrap();
    assert!(mail.conversations.recv().await.is_some());
    assert!(browser.session().await.member.is_none());
}

#[tokio::test]
async fn letters_that_were_handed_over_go_out_before_the_server_ends() {
    let mail = MailServer::start("250 taken").await;
    let server = portal(&mail.url).await;
    for number in 0..20 {
        let mut browser = server.browser();
        let email = format!("new{number}@one.test");
        browser.sign_up(&email, "correct-horse-9").await.unwrap();
    }
    server.running.stop().await;
    assert_eq!(mail.letters.load(Ordering::SeqCst), 20);
}
