//! `server reseal`: everything to the newest key, while servers serve.

use crate::browser::Browser;
use crate::database::{Database, on_each_database};
use crate::harness::{KEYS, client};
use crate::process::{Process, command};
use crate::sealed::{
    NEW, NEW_BUT_WRONG, OLD, SECRETS, assert_all_opens, file, open, sealed_with, sealer, sql,
};
use crate::stored::shape_1;
use crate::unread::{checkpoint, holds};
use server::store::{KeyError, SqlStore};
use service::personas::PASSWORD;
use service::row::Unreadable;
use service::store::{Grant, Link, Mode, Store as _};
use std::process::Output;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;

on_each_database! {
    a_grant_that_is_renewed_meanwhile_is_never_put_back;
    what_lay_there_plain_or_sealed_by_an_older_key_needs_the_newest_alone;
}

/// How many secrets and rows [`shape_1`] puts: a row may hold several secrets.
fn secrets() -> (usize, usize) {
    let authorizations = shape_1::authorizations();
    let grants = authorizations.iter().filter(|one| one.grant.is_some());
    let others =
        shape_1::links().len() + shape_1::unneeded_grants().len() + shape_1::letters().len();
    let rows = others + authorizations.len();
    (rows + grants.count(), rows)
}

async fn write(store: &SqlStore, link: &Link, grant: &Grant) {
    let mut tx = store.begin(Mode::Write).await.unwrap();
    tx.update_link(link, grant).await.unwrap();
    tx.commit().await.unwrap();
}

async fn read(store: &SqlStore, link: &Link) -> Option<Grant> {
    let mut tx = store.begin(Mode::Read).await.unwrap();
    tx.grant_of_link(link.account).await.unwrap()
}

async fn what_lay_there_plain_or_sealed_by_an_older_key_needs_the_newest_alone(database: Database) {
    let store = database.open().await;
    shape_1::put_all(&store).await;
    let old = store.clone().sealed_by(sealer(OLD));
    old.check_keys().await.unwrap();
    let (link, grant) = shape_1::links().remove(0);
    write(&old, &link, &grant).await;

    let store = store.sealed_by(sealer(KEYS));
    let report = store.reseal().await.unwrap();
    assert!(report.is_complete(), "{report}");
    assert_eq!(report.not_needed, ["old"]);
    let (_, rows) = secrets();
    let sealed: u64 = report.tables.iter().map(|table| table.sealed).sum();
    assert_eq!(usize::try_from(sealed).unwrap(), rows, "{report}");
    assert_all_opens(&store.clone().sealed_by(sealer(NEW))).await;

    let again = store.reseal().await.unwrap();
    assert!(
        again.tables.iter().all(|table| table.sealed == 0),
        "{again}"
    );
}

/// A server that still seals with the older key writes the same row again and again, so that there is
/// always something to seal.
async fn a_grant_that_is_renewed_meanwhile_is_never_put_back(database: Database) {
    let store = database.open().await;
    shape_1::put_all(&store).await;
    let store = store.sealed_by(sealer(KEYS));
    let server = store.clone().sealed_by(sealer(&format!("{OLD},{NEW}")));
    server.check_keys().await.unwrap();
    let stops = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&stops);
    let writer = tokio::spawn(async move {
        let (link, mut grant) = shape_1::links().remove(0);
        for number in 0.. {
            grant.access_token = format!("act.{number}");
            write(&server, &link, &grant).await;
            for _ in 0..3 {
                assert_eq!(read(&server, &link).await.as_ref(), Some(&grant));
            }
            if told.load(Ordering::Relaxed) {
                break;
            }
        }
        (link, grant)
    });
    for _ in 0..40 {
        store.reseal().await.unwrap();
    }
    stops.store(true, Ordering::Relaxed);
    let (link, grant) = writer.await.unwrap();
    let report = store.reseal().await.unwrap();
    assert!(report.is_complete(), "{report}");
    let new = store.sealed_by(sealer(NEW));
    assert_eq!(read(&new, &link).await, Some(grant));
}

#[tokio::test]
async fn what_a_key_that_is_missing_has_sealed_is_named_and_stays() {
    let (secrets, rows) = secrets();
    let folder = sealed_with(OLD).await;
    let report = open(&folder, NEW).await.reseal().await.unwrap();
    assert!(!report.is_complete());
    assert_eq!(report.unreadable.len(), secrets, "{report}");
    let key = "old".to_owned();
    let why = Unreadable::KeyMissing { key };
    assert!(report.unreadable.iter().all(|row| row.why == why));
    let rows = u64::try_from(rows).unwrap();
    assert_eq!(report.needed, [("old".to_owned(), rows)]);
    assert_all_opens(&open(&folder, OLD).await).await;
}

#[tokio::test]
async fn nothing_is_sealed_by_a_wrong_key_or_without_one() {
    let folder = sealed_with(NEW).await;
    let wrong = open(&folder, NEW_BUT_WRONG).await.reseal().await;
    assert!(matches!(wrong, Err(KeyError::Wrong { .. })), "{wrong:?}");
    let none = open(&folder, "").await.reseal().await;
    assert!(matches!(none, Err(KeyError::None)), "{none:?}");
    assert_all_opens(&open(&folder, NEW).await).await;
}

async fn reseal(folder: &TempDir, keys: &'static str) -> Output {
    let mut command = command(folder.path());
    command.arg("reseal").env("PORTAL_KEYS", keys);
    let run = move || command.output().unwrap();
    tokio::task::spawn_blocking(run).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_seals_a_file_that_a_server_serves_and_says_what_it_did() {
    let folder = sealed_with("").await;
    let server = Process::start(folder.path(), &[]);
    let log_in = || async {
        let mut browser = Browser::new(client(), &server.base);
        let done = browser.log_in("linked@portal.test", PASSWORD).await;
        done.unwrap();
    };
    log_in().await;
    let resealing = tokio::spawn(async move {
        let output = reseal(&folder, KEYS).await;
        (folder, output)
    });
    loop {
        log_in().await;
        if resealing.is_finished() {
            break;
        }
    }
    let (folder, output) = resealing.await.unwrap();
    log_in().await;
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{printed}");
    assert!(printed.contains("links: 2 sealed"), "{printed}");
    let told = "The key `old` isn't needed any more";
    assert!(printed.contains(told), "{printed}");
    server.kill();
    checkpoint(&sql(&folder).await).await;
    for secret in SECRETS {
        assert!(!holds(&file(&folder), secret), "{secret}");
    }
    // The server has revoked meanwhile what nobody needs.
    let store = open(&folder, NEW).await;
    for (link, grant) in shape_1::links() {
        assert_eq!(read(&store, &link).await, Some(grant));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_fails_where_a_key_is_missing_and_names_the_rows() {
    let folder = sealed_with(OLD).await;
    let output = reseal(&folder, NEW).await;
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    let (link, _) = shape_1::links().remove(0);
    let account = link.account;
    let expected = format!("links {account} can't be read: it is sealed with the key `old`");
    assert!(told.contains(&expected), "{told}");
    let output = reseal(&folder, KEYS).await;
    assert!(output.status.success());
}
