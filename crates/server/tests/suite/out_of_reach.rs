//! A PostgreSQL that is gone, vanishes, breaks connections, takes no writes, has no connection or no
//! disk left: everybody is told so in time, and all goes on as soon as it can, without a restart.

use crate::browser::Browser;
use crate::database::{Cluster, Database, Kind};
use crate::full::can_begin;
use crate::harness::{TestServer, config, machine, settings};
use contract::account::GetProfile;
use contract::problem::Code;
use contract::table::UseCase as _;
use server::resource_limits::{ResourceLimits, StoreLimits};
use server::start::start;
use server::store::{Address, SqlStore};
use service::store::StoreError;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Nobody waits here for what others would wait for.
const IMPATIENT: StoreLimits = StoreLimits {
    turn: Duration::from_secs(20),
    lock: Duration::from_millis(500),
    connect: Duration::from_millis(600),
    answer: Duration::from_millis(600),
    pages: None,
};

/// Ends all connections but the operator's own.
const TERMINATE: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                         WHERE datname = current_database() AND pid <> pg_backend_pid()";

/// An impatient server on a database that was made for it.
async fn server_on(url: &str) -> TestServer {
    let limits = ResourceLimits {
        store: IMPATIENT,
        ..ResourceLimits::default()
    };
    TestServer::start_within(&limits, &[("PORTAL_DATABASE_URL", url)]).await
}

async fn open(url: &str) -> SqlStore {
    let address = Address::parse(url).unwrap();
    SqlStore::open_within(address, &IMPATIENT).await.unwrap()
}

/// Whether a member can look at their profile.
async fn reads(browser: &mut Browser) -> bool {
    let answer = browser.send(GetProfile::NAME, "{}").await.unwrap();
    if answer.status != 200 {
        assert_eq!(answer.problem().code, Code::Unavailable);
    }
    answer.status == 200
}

/// Why it takes no writes now.
async fn why_not(store: &SqlStore) -> String {
    match store.ready().await {
        Err(StoreError::Unavailable(why)) => why,
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_gone_is_told_and_the_first_request_after_it_is_back_succeeds() {
    let cluster = Cluster::of_its_own(None).await;
    let database = cluster.database().await;
    let server = server_on(&database.url()).await;
    let mut member = server.browser_of("linked@portal.test").await;
    for _ in 0..2 {
        assert!(server.is_ready().await && can_begin(&server).await);
        cluster.stop();
        assert!(!can_begin(&server).await);
        assert!(!reads(&mut member).await);
        assert!(!server.is_ready().await);
        cluster.start();
        assert!(reads(&mut member).await);
    }
    assert!(can_begin(&server).await && server.is_ready().await);
    cluster.stop();
    let store = SqlStore::open(&database.url()).await;
    assert!(matches!(store, Err(StoreError::Unavailable(_))));
    cluster.start();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_notices_that_connections_were_broken() {
    let database = Database::of(Kind::Postgres).await;
    let server = server_on(&database.url()).await;
    let mut member = server.browser_of("linked@portal.test").await;
    for _ in 0..3 {
        database.command(TERMINATE).await;
        assert!(reads(&mut member).await);
        database.command(TERMINATE).await;
        assert!(can_begin(&server).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_takes_no_writes_keeps_nobody_from_reading() {
    let database = Database::of(Kind::Postgres).await;
    let server = server_on(&database.url()).await;
    let mut member = server.browser_of("linked@portal.test").await;
    let read_only = "ALTER DATABASE this SET default_transaction_read_only = on";
    database.command(read_only).await;
    database.command(TERMINATE).await;
    assert!(!can_begin(&server).await);
    assert!(!server.is_ready().await);
    assert!(reads(&mut member).await);
    // As the operator does it, or a host that takes the place of the first.
    database
        .command(
            "BEGIN READ WRITE; ALTER DATABASE this RESET default_transaction_read_only; COMMIT",
        )
        .await;
    assert!(can_begin(&server).await);
    assert!(server.is_ready().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_without_a_free_connection_says_so_until_it_has_one() {
    let database = Database::of(Kind::Postgres).await;
    let store = open(&database.url()).await;
    database
        .command("ALTER DATABASE this CONNECTION LIMIT 0")
        .await;
    database.command(TERMINATE).await;
    let why = why_not(&store).await;
    assert!(why.contains("too many connections"), "{why}");
    database
        .command("ALTER DATABASE this CONNECTION LIMIT -1")
        .await;
    store.ready().await.unwrap();
}

/// Blocks of 512 bytes of which the last part of a page isn't one.
const LONGEST_FILE: u32 = 4 * 1024 * 2 + 1;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_passes_without_a_restart() {
    let cluster = Cluster::of_its_own(Some(LONGEST_FILE)).await;
    let database = cluster.database().await;
    let server = server_on(&database.url()).await;
    let mut member = server.browser_of("linked@portal.test").await;
    // Whoever else writes until there is no room, not even for a single row.
    for rows in [1_000, 50, 1] {
        let fill = format!(
            "INSERT INTO authorizations (id, begun, stored, pending)
             SELECT gen_random_uuid(), 9e18, repeat('x', 300), 0 FROM generate_series(1, {rows})"
        );
        while database.try_command(&fill).await.is_ok() {}
    }
    assert!(!can_begin(&server).await);
    assert!(reads(&mut member).await);
    database.command("TRUNCATE authorizations CASCADE").await;
    assert!(can_begin(&server).await && reads(&mut member).await);
}

/// Stands between a server and its database.
struct Wire {
    url: String,
    /// Whether it swallows what comes, from both sides.
    swallows: watch::Sender<bool>,
    _passes: JoinHandle<()>,
}

impl Wire {
    async fn to(database: &Database) -> Self {
        let Database::Postgres { cluster, name } = database else {
            unreachable!("it has no host");
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (swallows, swallowing) = watch::channel(false);
        Self {
            url: format!("postgres://portal@127.0.0.1:{port}/{name}"),
            swallows,
            _passes: tokio::spawn(pass(listener, cluster.socket(), swallowing)),
        }
    }
}

async fn pass(listener: TcpListener, socket: PathBuf, swallowing: watch::Receiver<bool>) {
    while let Ok((mut here, _)) = listener.accept().await {
        let mut swallowing = swallowing.clone();
        let socket = socket.clone();
        tokio::spawn(async move {
            // A host that comes back knows nothing of those connections, but these stay silent.
            let _ = swallowing.wait_for(|swallows| !swallows).await;
            let mut there = UnixStream::connect(socket).await.unwrap();
            let swallows = async {
                let _ = swallowing.wait_for(|swallows| *swallows).await;
            };
            tokio::select! {
                _ = copy_bidirectional(&mut here, &mut there) => return,
                () = swallows => drop(there),
            }
            let () = std::future::pending().await;
            drop(here);
        });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_vanishes_without_a_word_is_found_out() {
    let database = Database::of(Kind::Postgres).await;
    let wire = Wire::to(&database).await;
    let server = server_on(&wire.url).await;
    let mut member = server.browser_of("linked@portal.test").await;
    assert!(can_begin(&server).await && reads(&mut member).await);
    wire.swallows.send(true).unwrap();
    assert!(!can_begin(&server).await);
    assert!(!reads(&mut member).await);
    assert!(!server.is_ready().await);
    wire.swallows.send(false).unwrap();
    assert!(reads(&mut member).await);
    assert!(can_begin(&server).await && server.is_ready().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_whose_answer_never_comes_ends_its_transaction() {
    let database = Database::of(Kind::Postgres).await;
    let wire = Wire::to(&database).await;
    let store = Arc::new(open(&wire.url).await);
    let mut tx = service::store::Store::begin(&*store, service::store::Mode::Write)
        .await
        .unwrap();
    wire.swallows.send(true).unwrap();
    for ended in [false, true] {
        match tx.count("any").await {
            Err(StoreError::Unavailable(why)) if !ended => assert!(why.contains("answer"), "{why}"),
            Err(StoreError::Failed(_)) if ended => {}
            other => unreachable!("{other:?}"),
        }
    }
    assert!(why_not(&store).await.contains("answer"));
    wire.swallows.send(false).unwrap();
    store.ready().await.unwrap();
}

#[tokio::test]
async fn whoever_starts_a_server_is_told_which_setting_and_never_a_password() {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&folder);
    let url = "postgres://portal:the-database-password@127.0.0.1:1/portal";
    settings.insert("PORTAL_DATABASE_URL", url.to_owned());
    let told = start(&config(&settings), machine()).await.err().unwrap();
    let told = format!("{told} {told:?}");
    assert!(told.contains("PORTAL_DATABASE_URL"), "{told}");
    assert!(told.contains("Connection refused"), "{told}");
    assert!(!told.contains("the-database-password"), "{told}");
}
