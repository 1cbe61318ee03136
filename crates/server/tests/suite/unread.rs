//! The database's files: nobody else may read them, and what was deleted isn't in them.

use crate::harness::TestServer;
use crate::process::Process;
use domain::email::Email;
use domain::id::{AccountId, OpenId};
use domain::region::Language;
use domain::time::Timestamp;
use server::store::SqlStore;
use service::store::{Account, Grant, Link, Mode, Store as _};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use uuid::Uuid;

#[tokio::test]
async fn its_files_are_its_owners_alone() {
    let server = TestServer::start().await;
    for name in ["portal.sqlite", "portal.sqlite-wal", "portal.sqlite-shm"] {
        let metadata = fs::metadata(server.folder.path().join(name)).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_others_may_read_is_told_and_used() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.sqlite");
    let told = |printed: Vec<String>| printed.iter().any(|line| line.contains("chmod 600"));
    for (mode, expected) in [(0o644, true), (0o660, true), (0o600, false)] {
        fs::write(&file, "").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
        let server = Process::start(folder.path(), &[("RUST_LOG", "warn")]);
        assert_eq!(told(server.kill()), expected, "{mode:o}");
        for suffix in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(folder.path().join(format!("portal.sqlite{suffix}")));
        }
    }
}

fn holds(file: &Path, text: &str) -> bool {
    let bytes = fs::read(file).unwrap();
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

/// Puts all that is in the journal into the file.
async fn checkpoint(pool: &SqlitePool) {
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(pool)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_token_is_not_in_the_file_after_its_link() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.sqlite");
    let store = SqlStore::open(&format!("sqlite:{}", file.display()))
        .await
        .unwrap();
    let id = AccountId(Uuid::from_u128(1));
    let token = "a-token-that-is-nowhere-else";
    let mut tx = store.begin(Mode::Write).await.unwrap();
    tx.insert_account(&Account {
        id,
        email: Email::parse("a@b.test").ok(),
        password_hash: Some("none".to_owned()),
        name: None,
        region: None,
        language: Language::English,
        ads_account: domain::ads_account::AdsAccount::Missing,
        created: Timestamp(1),
        email_added: None,
    })
    .await
    .unwrap();
    tx.insert_link(&Link {
        account: id,
        open_id: OpenId("one".to_owned()),
        union_id: None,
        profile: domain::authorization::TikTokProfile {
            display_name: "Mai".to_owned(),
            username: None,
            avatar_url: None,
        },
        grant: Grant {
            access_token: token.to_owned(),
            access_expires: Timestamp(1),
            refresh_token: "r".to_owned(),
            refresh_expires: Timestamp(2),
            scopes: "user.info.basic".to_owned(),
        },
        linked: Timestamp(1),
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let other = SqlitePool::connect_with(SqliteConnectOptions::new().filename(&file))
        .await
        .unwrap();
    checkpoint(&other).await;
    assert!(holds(&file, token));
    let mut tx = store.begin(Mode::Write).await.unwrap();
    tx.delete_link(id).await.unwrap();
    tx.commit().await.unwrap();
    checkpoint(&other).await;
    assert!(!holds(&file, token));
}
