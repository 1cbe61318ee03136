//! After a deletion nothing personal is left: neither in a table nor in a file.

use crate::database::{Database, Kind};
use crate::harness::{NOW, TestServer};
use crate::unread::{checkpoint, holds};
use contract::account::GetProfile;
use contract::my_data::DeleteAccount;
use contract::transfer::BeginTransfer;
use domain::email::Email;
use domain::id::LetterId;
use domain::region::Language;
use scenarios::{PERSONAL, PUBLIC_KEY, everybody_is_gone, somebody_leaves};
use service::Portal;
use service::letter::{Letter, News};
use service::personas::PASSWORD;
use service::store::{LetterState, Mode, StoredLetter};
use sha2::{Digest as _, Sha256};
use sqlx::postgres::PgPool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use std::fs;
use std::path::Path;
use uuid::Uuid;

/// What tells who somebody is, in plain.
fn personal() -> impl Iterator<Item = &'static str> {
    PERSONAL.into_iter().chain([PUBLIC_KEY])
}

/// The personal values, and what they are found by where a hash stands for one.
fn needles() -> Vec<String> {
    let hashes = personal().map(|it| hex::encode(Sha256::digest(it)));
    let plain = personal().map(str::to_owned);
    plain.chain(hashes).collect()
}

/// A letter to each of their addresses can't be sent.
async fn nobody_takes_their_letters(server: &TestServer) {
    let mut tx = server.running.env.store.begin(Mode::Write).await.unwrap();
    for (number, to) in PERSONAL.iter().take(2).enumerate() {
        let letter = StoredLetter {
            id: LetterId(Uuid::from_u128(number as u128)),
            letter: Letter {
                to: Email::parse(to).unwrap(),
                language: Language::English,
                news: News::EmailChanged,
            },
            // They are kept for a month.
            written: NOW,
            tries: 1,
            state: LetterState::Dead {
                why: "550".to_owned(),
            },
        };
        tx.put_letter(&letter).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// How many letters lie there that can't be sent.
async fn dead_letters(server: &TestServer) -> usize {
    let mut tx = server.running.env.store.begin(Mode::Read).await.unwrap();
    tx.dead_letters().await.unwrap().len()
}

/// All rows of all tables, as text.
async fn rows(url: &str) -> String {
    let pool = PgPool::connect(url).await.unwrap();
    let tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&pool).await.unwrap();
    let mut all = String::new();
    for table in tables {
        let of_table = format!("SELECT row_to_json(it)::text FROM {table} it");
        let rows = sqlx::query_scalar(sqlx::AssertSqlSafe(of_table));
        let rows: Vec<String> = rows.fetch_all(&pool).await.unwrap();
        all.push_str(&rows.join("\n"));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_is_left_in_a_table() {
    let database = Database::of(Kind::Postgres).await;
    let url = database.url();
    let server = TestServer::start_on(database, 1).await;
    somebody_leaves(&server).await;
    nobody_takes_their_letters(&server).await;
    let before = rows(&url).await;
    for personal in personal() {
        assert!(before.contains(personal), "{personal} isn't there before");
    }
    assert_eq!(dead_letters(&server).await, 2);
    everybody_is_gone(&server).await;
    assert_eq!(dead_letters(&server).await, 0, "they are sealed");
    let after = rows(&url).await;
    for needle in needles() {
        assert!(!after.contains(&needle), "{needle}");
    }
    assert!(
        after.contains("deletion_asked"),
        "the security activity stays"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_is_left_in_a_file() {
    let server = TestServer::start().await;
    let folder = server.folder.path().to_owned();
    let pool = SqliteConnectOptions::new().filename(folder.join("portal.sqlite"));
    let pool = SqlitePool::connect_with(pool).await.unwrap();
    somebody_leaves(&server).await;
    nobody_takes_their_letters(&server).await;
    checkpoint(&pool).await;
    for personal in personal() {
        assert!(is_in(&folder, personal), "{personal} isn't there before");
    }
    everybody_is_gone(&server).await;
    checkpoint(&pool).await;
    for needle in needles() {
        assert!(!is_in(&folder, &needle), "{needle}");
    }
    assert!(
        is_in(&folder, "deletion_asked"),
        "the security activity stays"
    );
}

/// Two transfers wait: one whose link goes with its account, and one whose link was to come to an account that goes.
#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_goes_with_either_side_and_the_other_is_told() {
    const HOUR: u64 = 60;
    let database = Database::of(Kind::Postgres).await;
    let url = database.url();
    let server = TestServer::start_on(database, 1).await;
    let (gives, gets) = ("linked@portal.test", "passkeys@portal.test");
    let mut ids = Vec::new();
    for email in [gives, gets] {
        let mut leaving = server.browser_of(email).await;
        ids.push(leaving.session().await.member.unwrap().account.to_string());
        leaving.ask(&DeleteAccount {}).await.unwrap();
    }
    server.advance(14 * 24 * HOUR - HOUR);
    for (from, to) in [
        (gives, "email-only@portal.test"),
        ("someone-else@portal.test", gets),
    ] {
        let begin = BeginTransfer {
            email: from.to_owned(),
            password: PASSWORD.to_owned(),
        };
        server.browser_of(to).await.ask(&begin).await.unwrap();
    }
    let pool = PgPool::connect(&url).await.unwrap();
    let count = "SELECT count(*) FROM transfers";
    let waiting: i64 = sqlx::query_scalar(count).fetch_one(&pool).await.unwrap();
    assert_eq!(waiting, 2);

    server.advance(HOUR);
    let portal = Portal::new(server.running.env.clone());
    portal.sweep().await.unwrap();
    let waiting: i64 = sqlx::query_scalar(count).fetch_one(&pool).await.unwrap();
    assert_eq!(waiting, 0);
    for (email, is_linked) in [
        ("email-only@portal.test", false),
        ("someone-else@portal.test", true),
    ] {
        let mut other = server.browser_of(email).await;
        let profile = other.ask(&GetProfile {}).await.unwrap();
        assert_eq!(profile.tiktok.is_some(), is_linked, "{email}");
        assert_eq!(profile.transfer, None);
        let letters = server.letters_to(email).len();
        assert_eq!(letters, 2, "one that it began, one that it moves nowhere");
    }
    // What waits in a browser for a day, and answers that are kept, name an account, too.
    server.advance(25 * HOUR);
    portal.sweep().await.unwrap();
    let after = rows(&url).await;
    for id in ids {
        assert!(!after.contains(&id), "{id}");
    }
}

/// Whether any file of the server's has it.
fn is_in(folder: &Path, text: &str) -> bool {
    let entries = fs::read_dir(folder).unwrap();
    let files = entries.map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.is_file())
        .any(|file| holds(&file, text))
}
