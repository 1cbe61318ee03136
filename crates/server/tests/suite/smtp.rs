//! Letters by SMTP: a conversation with a mail server that writes down what it is told.

use crate::harness::{TestServer, code_in};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

/// What a mail server was told in one conversation, line by line.
type Conversation = Vec<String>;

/// Holds one conversation, and writes it down. The `answer` to the letter itself is given.
async fn converse(stream: TcpStream, answer: &str) -> Conversation {
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

/// A mail server. Each conversation comes out once it has ended.
async fn mail_server(answer: &'static str) -> (String, mpsc::Receiver<Conversation>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (ended, conversations) = mpsc::channel(8);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let ended = ended.clone();
            tokio::spawn(async move {
                let told = converse(stream, answer).await;
                ended.send(told).await.unwrap();
            });
        }
    });
    (format!("smtp://portal:hunter2@{address}"), conversations)
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
    let (mail, mut conversations) = mail_server("250 taken").await;
    let server = portal(&mail).await;
    let mut browser = server.browser();
    browser
        .sign_up("new@one.test", "correct-horse-9")
        .await
        .unwrap();

    let told = conversations.recv().await.unwrap();
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
        ended.send(converse(stream, "250 taken").await).unwrap();
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
    let (mail, mut conversations) = mail_server("554 no such mailbox").await;
    let server = portal(&mail).await;
    let mut browser = server.browser();
    browser
        .sign_up("new@one.test", "correct-horse-9")
        .await
        .unwrap();
    assert!(conversations.recv().await.is_some());
    assert!(browser.session().await.member.is_none());
}

#[tokio::test]
async fn letters_that_were_handed_over_go_out_before_the_server_ends() {
    let (mail, mut conversations) = mail_server("250 taken").await;
    let server = portal(&mail).await;
    for number in 0..20 {
        let mut browser = server.browser();
        let email = format!("new{number}@one.test");
        browser.sign_up(&email, "correct-horse-9").await.unwrap();
    }
    let received = tokio::spawn(async move {
        let mut letters = 0;
        while letters < 20 && conversations.recv().await.is_some() {
            letters += 1;
        }
        letters
    });
    server.running.stop().await;
    assert_eq!(received.await.unwrap(), 20);
}
