//! A database that takes no writes: its disk is full, SQLite rolls back by itself, or another
//! process holds the file. What only reads goes on, and writing does as soon as it can.

use crate::browser::{Browser, begin};
use crate::harness::TestServer;
use crate::requests::send;
use contract::account::GetProfile;
use contract::authorization::Purpose;
use contract::problem::Code;
use contract::session::LogOut;
use domain::limit::Count;
use domain::time::Timestamp;
use server::resource_limits::{ResourceLimits, StoreLimits};
use server::store::{Address, SqlStore};
use service::store::{Mode, Store as _, StoreError, Stored, Sweep};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};
use std::time::Duration;
use tempfile::TempDir;
use tokio::task::JoinSet;

/// Pages of a file of these tests.
const PAGES: u32 = 150;
/// Who want to write at once.
const WRITERS: u32 = 20;

fn store_limits(pages: Option<u32>) -> StoreLimits {
    StoreLimits {
        pages,
        ..StoreLimits::default()
    }
}

async fn open(folder: &TempDir, limits: &StoreLimits) -> SqlStore {
    let file = folder.path().join("portal.sqlite");
    let address = Address::parse(&format!("sqlite:{}", file.display()));
    SqlStore::open_within(address.unwrap(), limits)
        .await
        .unwrap()
}

/// Another process's way to the file: one connection.
async fn another(folder: &TempDir) -> SqlitePool {
    let options = SqliteConnectOptions::new().filename(folder.path().join("portal.sqlite"));
    let pool = SqlitePoolOptions::new().max_connections(1);
    pool.connect_with(options).await.unwrap()
}

async fn run(pool: &SqlitePool, statement: &'static str) {
    sqlx::query(statement).execute(pool).await.unwrap();
}

/// Something of 8 kB.
fn key(number: u32) -> String {
    format!("{number:04}").repeat(2 * 1024)
}

fn one(ends: Timestamp) -> Count {
    Count {
        since: Timestamp(1),
        tries: 1,
        ends,
    }
}

async fn write(store: &SqlStore, keys: &[String]) -> Stored<()> {
    let mut tx = store.begin(Mode::Write).await?;
    for key in keys {
        tx.put_count(key, one(Timestamp(i64::MAX))).await?;
    }
    tx.commit().await
}

async fn has(store: &SqlStore, key: &str) -> bool {
    let mut tx = store.begin(Mode::Read).await.unwrap();
    tx.count(key).await.unwrap().is_some()
}

#[tokio::test]
async fn what_was_written_is_there_after_the_disk_was_full_and_writing_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder, &store_limits(Some(PAGES))).await;
    let mut written = Vec::new();
    let refused = loop {
        let keys = [key(written.len().try_into().unwrap())];
        match write(&store, &keys).await {
            Ok(()) => written.extend(keys),
            Err(error) => break error,
        }
    };
    assert!(!written.is_empty());
    assert!(matches!(refused, StoreError::Unavailable(_)), "{refused}");
    for _ in 0..3 {
        let ready = store.ready().await;
        assert!(matches!(ready, Err(StoreError::Unavailable(_))));
        let again = write(&store, &[key(999)]).await;
        assert!(matches!(again, Err(StoreError::Unavailable(_))));
    }
    let other = another(&folder).await;
    sqlx::query("DELETE FROM counts WHERE key = $1 OR key = $2 OR key = $3 OR key = $4")
        .bind(&written[0])
        .bind(&written[1])
        .bind(&written[2])
        .bind(&written[3])
        .execute(&other)
        .await
        .unwrap();
    store.ready().await.unwrap();
    write(&store, &[key(999)]).await.unwrap();
    for key in &written[4..] {
        assert!(has(&store, key).await);
    }
    assert!(has(&store, &key(999)).await);
}

#[tokio::test]
async fn a_store_makes_room_in_itself() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder, &store_limits(Some(PAGES))).await;
    let mut number = 0;
    while write(&store, &[key(number)]).await.is_ok() {
        number += 1;
    }
    let other = another(&folder).await;
    run(&other, "UPDATE counts SET ends = 0").await;
    let mut tx = store.begin(Mode::Write).await.unwrap();
    let sweep = Sweep {
        sessions: Timestamp(0),
        pending: Timestamp(0),
        others: Timestamp(0),
        counts: Timestamp(1),
        keyed: Timestamp(0),
        dead_letters: Timestamp(0),
        former_emails: Timestamp(0),
        activity: Timestamp(0),
        ceremonies: Timestamp(0),
    };
    tx.sweep(&sweep).await.unwrap();
    tx.commit().await.unwrap();
    write(&store, &[key(999)]).await.unwrap();
}

#[tokio::test]
async fn a_transaction_ends_with_the_statement_that_failed() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder, &store_limits(Some(PAGES))).await;
    let mut number = 0;
    while write(&store, &[key(number)]).await.is_ok() {
        number += 1;
    }
    let other = another(&folder).await;
    let mut tx = store.begin(Mode::Write).await.unwrap();
    let count = one(Timestamp(1));
    assert!(tx.put_count(&key(999), count).await.is_err());
    // SQLite rolled back: without a transaction around it, this one would stay.
    run(&other, "DELETE FROM counts").await;
    let after = tx.put_count("after", count).await;
    assert!(matches!(after, Err(StoreError::Failed(_))), "{after:?}");
    assert!(tx.commit().await.is_err());
    assert!(!has(&store, "after").await);
    write(&store, &[key(999)]).await.unwrap();
}

#[tokio::test]
async fn a_probe_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder, &StoreLimits::default()).await;
    store.ready().await.unwrap();
    let other = another(&folder).await;
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM counts")
        .fetch_one(&other)
        .await
        .unwrap();
    assert_eq!(rows, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_behind_a_file_that_another_holds_are_told_together() {
    let folder = tempfile::tempdir().unwrap();
    let limits = StoreLimits {
        lock: Duration::from_millis(500),
        ..StoreLimits::default()
    };
    let store = open(&folder, &limits).await;
    let other = another(&folder).await;
    let held = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let mut writers = JoinSet::new();
    for number in 0..WRITERS {
        let store = store.clone();
        writers.spawn(async move { write(&store, &[key(number)]).await });
    }
    let refused = writers.join_all().await;
    let found_out = |refused: &&Stored<()>| match refused {
        Err(StoreError::Unavailable(why)) => why.contains("locked"),
        other => panic!("{other:?}"),
    };
    // The first does; the others would need twenty times as long.
    let found_out = refused.iter().filter(found_out).count();
    assert!((1..5).contains(&found_out), "{found_out}");
    assert!(!has(&store, &key(0)).await, "reading goes on");
    held.rollback().await.unwrap();
    write(&store, &[key(99)]).await.unwrap();
    assert!(has(&store, &key(99)).await);
}

impl TestServer {
    pub(crate) async fn is_ready(&self) -> bool {
        let answer = self.get("/readyz", "*/*").await;
        assert!(matches!(answer.status, 200 | 503), "{}", answer.status);
        answer.status == 200
    }
}

/// Whether a stranger can begin to log in by TikTok, which writes a row.
pub(crate) async fn can_begin(server: &TestServer) -> bool {
    let body = serde_json::to_string(&begin(Purpose::LogIn)).unwrap();
    let answer = send(server.ask("begin_authorization", &body)).await;
    if answer.status != 200 {
        assert_eq!(answer.problem().code, Code::Unavailable);
    }
    answer.status == 200
}

async fn reads(browser: &mut Browser) -> bool {
    browser.ask(&GetProfile {}).await.is_ok()
}

#[tokio::test]
async fn a_full_disk_is_told_and_passes_without_a_restart() {
    let limits = ResourceLimits {
        store: store_limits(Some(PAGES)),
        ..ResourceLimits::default()
    };
    let server = TestServer::start_within(&limits, &[]).await;
    let mut member = server.browser_of("linked@portal.test").await;
    assert!(server.is_ready().await && can_begin(&server).await);
    let other = another(&server.folder).await;
    // Whoever else writes to a disk that is full afterwards.
    run(
        &other,
        "INSERT INTO counts (key, since, tries) VALUES (zeroblob(1000000), 0, 0)",
    )
    .await;
    while can_begin(&server).await {}
    assert!(!server.is_ready().await);
    server.advance(2);
    assert!(reads(&mut member).await);
    run(&other, "DELETE FROM counts WHERE since = 0").await;
    assert!(server.is_ready().await);
    assert!(can_begin(&server).await);
    assert!(reads(&mut member).await);
    member.ask(&LogOut {}).await.unwrap();
}

#[tokio::test]
async fn a_use_that_cannot_be_noted_keeps_no_member_from_reading() {
    let server = TestServer::start().await;
    let mut member = server.browser_of("linked@portal.test").await;
    let mut old = server.browser_of("email-only@portal.test").await;
    let other = another(&server.folder).await;
    // What SQLite does by itself after a failure of the disk.
    for refusal in [
        "CREATE TRIGGER used BEFORE INSERT ON sessions BEGIN SELECT RAISE(ROLLBACK, 'no'); END",
        "CREATE TRIGGER ended BEFORE DELETE ON sessions BEGIN SELECT RAISE(ROLLBACK, 'no'); END",
    ] {
        run(&other, refusal).await;
    }
    server.advance(2);
    for _ in 0..2 {
        assert!(reads(&mut member).await);
    }
    assert!(
        can_begin(&server).await,
        "the failure is of one thing alone"
    );
    server.advance(15 * 24 * 60);
    assert!(old.session().await.member.is_none());
    for refusal in ["DROP TRIGGER used", "DROP TRIGGER ended"] {
        run(&other, refusal).await;
    }
    member
        .log_in("linked@portal.test", service::personas::PASSWORD)
        .await
        .unwrap();
    assert!(reads(&mut member).await);
}

#[tokio::test]
async fn a_held_file_is_told_and_keeps_nobody_from_reading() {
    let limits = ResourceLimits {
        store: StoreLimits {
            lock: Duration::from_millis(100),
            ..StoreLimits::default()
        },
        ..ResourceLimits::default()
    };
    let server = TestServer::start_within(&limits, &[]).await;
    let mut member = server.browser_of("linked@portal.test").await;
    let other = another(&server.folder).await;
    let held = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    server.advance(2);
    assert!(!server.is_ready().await);
    assert!(!can_begin(&server).await);
    assert!(reads(&mut member).await);
    held.rollback().await.unwrap();
    while !server.is_ready().await {}
    assert!(can_begin(&server).await);
    assert!(reads(&mut member).await);
}
