//! Letters by SMTP: a conversation with a mail server that writes down what it is told.

use crate::browser::Browser;
use crate::harness::{KEYS, NOW, TestServer, client, code_in};
use crate::process::Process;
use domain::email::Email;
use domain::id::LetterId;
use domain::region::Language;
use server::machine::{HostClock, Machine};
use server::resource_limits::ResourceLimits;
use server::sealer::{Keys, Sealer};
use server::store::SqlStore;
use service::delivery;
use service::env::Clock as _;
use service::letter::{Letter, News};
use service::store::{LetterState, Mode, Store, StoredLetter};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// What a mail server was told in one conversation, line by line.
type Conversation = Vec<String>;

/// Holds one conversation, and writes it down. The letter itself is counted, and then given its
/// answer: of several letters each the next one, and all that follow the last.
async fn converse(stream: TcpStream, answers: &[&str], letters: &AtomicUsize) -> Conversation {
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
            let place = letters.fetch_add(1, Ordering::SeqCst);
            answers[place.min(answers.len() - 1)]
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
pub(crate) struct MailServer {
    pub(crate) url: String,
    /// Letters that it was given.
    letters: Arc<AtomicUsize>,
    /// Each comes out once it has ended.
    conversations: mpsc::Receiver<Conversation>,
}

impl MailServer {
    pub(crate) async fn start(answers: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let letters = Arc::new(AtomicUsize::new(0));
        let (ended, conversations) = mpsc::channel(100);
        let counted = Arc::clone(&letters);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (ended, counted) = (ended.clone(), Arc::clone(&counted));
                tokio::spawn(async move {
                    let told = converse(stream, answers, &counted).await;
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
    portal_within(&ResourceLimits::default(), mail).await
}

async fn portal_within(limits: &ResourceLimits, mail: &str) -> TestServer {
    let settings = [
        ("PORTAL_MAIL", mail),
        (
            "PORTAL_MAIL_FROM",
            "TikTok For Business <portal@portal.test>",
        ),
    ];
    TestServer::start_within(limits, &settings).await
}

/// Somebody new asks for a code.
async fn sign_up(server: &TestServer, email: &str) -> Browser {
    let mut browser = server.browser();
    browser.sign_up(email, "correct-horse-9").await.unwrap();
    browser
}

/// What comes next. Letters wait for another try by the server's clock, from the moment at which it has
/// noted what came of the one before.
async fn while_time_passes<T>(server: &TestServer, next: impl Future<Output = T>) -> T {
    let mut next = pin!(next);
    loop {
        server.advance(1);
        if let Ok(come) = tokio::time::timeout(Duration::from_secs(1), &mut next).await {
            return come;
        }
    }
}

#[tokio::test]
async fn a_code_arrives_by_smtp() {
    let mut mail = MailServer::start(&["250 taken"]).await;
    let server = portal(&mail.url).await;
    let mut browser = sign_up(&server, "new@one.test").await;

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
            .send(converse(stream, &["250 taken"], &letters).await)
            .unwrap();
    });
    let server = portal(&mail).await;
    sign_up(&server, "new@one.test").await;
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
    let mut mail = MailServer::start(&["554 no such mailbox"]).await;
    let server = portal(&mail.url).await;
    let mut browser = sign_up(&server, "new@one.test").await;
    assert!(mail.conversations.recv().await.is_some());
    assert!(browser.session().await.member.is_none());
}

/// A letter that tells of what was done.
fn news() -> StoredLetter {
    StoredLetter {
        id: LetterId(Uuid::from_u128(1)),
        letter: Letter {
            to: Email::parse("mai@one.test").unwrap(),
            language: Language::English,
            news: News::EmailAdded,
        },
        written: NOW,
        tries: 0,
        state: LetterState::Waiting { due: NOW },
    }
}

async fn put(store: &dyn Store, letter: &StoredLetter) {
    let mut tx = store.begin(Mode::Write).await.unwrap();
    tx.put_letter(letter).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_letter_that_is_refused_for_now_goes_out_later_and_once() {
    let mut mail = MailServer::start(&["451 later", "250 taken"]).await;
    let server = portal(&mail.url).await;
    sign_up(&server, "new@one.test").await;
    let first = mail.conversations.recv().await.unwrap();
    let second = while_time_passes(&server, mail.conversations.recv())
        .await
        .unwrap();
    let id = |told: Vec<String>| {
        told.into_iter()
            .find(|line| line.starts_with("Message-ID: <"))
    };
    assert!(id(first).is_some_and(|first| Some(first) == id(second)));
    server.running.stop().await;
    assert_eq!(mail.letters.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_mail_server_that_takes_too_long_over_a_letter_is_left_and_gets_it_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mail = format!("smtp://{}", listener.local_addr().unwrap());
    let mut limits = ResourceLimits::default();
    limits.mail.letter = Duration::from_secs(1);
    let server = portal_within(&limits, &mail).await;
    sign_up(&server, "new@one.test").await;
    // One that answers later than anybody waits for: the other end hangs up.
    let (mut slow, _) = listener.accept().await.unwrap();
    let mut read = Vec::new();
    slow.read_to_end(&mut read).await.unwrap();
    assert_eq!(read, b"");
    let (stream, _) = while_time_passes(&server, listener.accept()).await.unwrap();
    let told = converse(stream, &["250 taken"], &AtomicUsize::new(0)).await;
    assert!(
        told.contains(&"RCPT TO:<new@one.test>".to_owned()),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_letter_that_is_refused_for_good_is_kept_for_the_operator_who_sends_it_again() {
    let mut mail = MailServer::start(&["554 no such mailbox", "250 taken"]).await;
    let server = portal(&mail.url).await;
    let env = server.running.env.clone();
    let letter = news();
    put(&*env.store, &letter).await;
    env.mail.stored(&letter).await;
    mail.conversations.recv().await.unwrap();
    let dead = loop {
        if let [dead] = &*delivery::dead(&*env.store).await.unwrap() {
            break dead.clone();
        }
    };
    let LetterState::Dead { why } = dead.state else {
        panic!("{dead:?}");
    };
    assert_eq!(why, "the mail server answered 554");
    assert!(
        delivery::send_again(&*env.store, dead.id, NOW)
            .await
            .unwrap()
    );
    mail.conversations.recv().await.unwrap();
    assert_eq!(mail.letters.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn an_operator_lists_the_letters_that_can_not_be_sent_and_has_them_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("portal.sqlite").display());
    let run = |arguments: &[&str]| {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_server"))
            .args(arguments)
            .env_clear()
            .env("PORTAL_DATABASE_URL", &url)
            .env("RUST_LOG", "error")
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).unwrap()
    };
    assert_eq!(run(&["letters"]), "Every letter has gone, or still may.\n");
    let store = SqlStore::open(&url).await.unwrap();
    let now = HostClock::of_the_machine().now();
    let mut letter = news();
    letter.written = now;
    letter.state = LetterState::Dead {
        why: "the mail server answered 550".to_owned(),
    };
    put(&store, &letter).await;
    let id = letter.id;
    let line = format!("{id}  0 h  email_added  mai@one.test  the mail server answered 550\n");
    assert_eq!(run(&["letters"]), line);
    let other = "0190cafe-0000-7000-8000-000000000009";
    let unknown = format!("{other}  no letter that can't be sent has this id\n");
    assert_eq!(run(&["letters", "send", other]), unknown);
    assert_eq!(
        run(&["letters", "send", "all"]),
        format!("{id}  is tried again\n")
    );
    assert_eq!(run(&["letters"]), "Every letter has gone, or still may.\n");
    let claimed = delivery::claim(&store, now.plus(delivery::LEASE), 9);
    assert_eq!(claimed.await.unwrap().letters.len(), 1);
}

#[tokio::test]
async fn a_letter_that_was_stored_before_the_start_goes_out() {
    let mut mail = MailServer::start(&["250 taken"]).await;
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("portal.sqlite").display());
    let store = SqlStore::open(&url).await.unwrap();
    put(&store, &news()).await;
    store.close().await;
    let _server = TestServer::start_with(&[
        ("PORTAL_MAIL", &mail.url),
        ("PORTAL_MAIL_FROM", "portal@portal.test"),
        ("PORTAL_DATABASE_URL", &url),
    ])
    .await;
    let told = mail.conversations.recv().await.unwrap();
    assert!(
        told.contains(&"RCPT TO:<mai@one.test>".to_owned()),
        "{told:?}"
    );
}

/// It may have gone: nobody knows. So it goes once more, and not a third time.
#[tokio::test]
async fn a_letter_that_was_on_its_way_when_the_server_was_killed_is_still_stored() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mail = format!("smtp://{}", listener.local_addr().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let settings = [
        ("PORTAL_MAIL", &*mail),
        ("PORTAL_MAIL_FROM", "a@portal.test"),
    ];
    let process = Process::start(folder.path(), &settings);
    let mut browser = Browser::new(client(), &process.base);
    browser
        .sign_up("new@one.test", "correct-horse-9")
        .await
        .unwrap();
    let (_stream, _) = listener.accept().await.unwrap();
    process.kill();
    let url = format!("sqlite:{}", folder.path().join("portal.sqlite").display());
    let sealer = Sealer::new(Keys::parse(KEYS).ok(), Machine::real().randomness);
    let store = SqlStore::open(&url).await.unwrap().sealed_by(sealer);
    let now = HostClock::of_the_machine().now();
    assert_eq!(delivery::claim(&store, now, 9).await.unwrap().letters, []);
    let later = delivery::claim(&store, now.plus(delivery::LEASE), 9);
    let claimed = later.await.unwrap().letters;
    assert_eq!(claimed.len(), 1);
    assert_eq!(claimed[0].letter.to.as_str(), "new@one.test");
}

#[tokio::test]
async fn letters_that_were_stored_go_out_before_the_server_ends() {
    let mail = MailServer::start(&["250 taken"]).await;
    let server = portal(&mail.url).await;
    for number in 0..20 {
        sign_up(&server, &format!("new{number}@one.test")).await;
    }
    server.running.stop().await;
    assert_eq!(mail.letters.load(Ordering::SeqCst), 20);
}
