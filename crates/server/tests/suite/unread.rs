//! The database's files: nobody else may read them, and what was deleted isn't in them.

use crate::harness::TestServer;
use crate::process::Process;
use domain::email::Email;
use domain::grant::GrantHealth;
use domain::id::{AccountId, OpenId};
use domain::region::Language;
use domain::time::Timestamp;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use server::store::SqlStore;
use service::personas::PASSWORD;
use service::store::{Account, Grant, Link, Mode, Store as _};
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
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

pub(crate) fn holds(file: &Path, text: &str) -> bool {
    let bytes = fs::read(file).unwrap();
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

/// Puts all that is in the journal into the file.
pub(crate) async fn checkpoint(pool: &SqlitePool) {
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
    let link = Link {
        account: id,
        open_id: OpenId("one".to_owned()),
        union_id: None,
        profile: domain::authorization::TikTokProfile {
            display_name: "Mai".to_owned(),
            username: None,
            avatar_url: None,
        },
        linked: Timestamp(1),
        health: GrantHealth::Good { due: Timestamp(1) },
    };
    let grant = Grant {
        access_token: token.to_owned(),
        access_expires: Timestamp(1),
        refresh_token: "r".to_owned(),
        refresh_expires: Timestamp(2),
        scopes: "user.info.basic".to_owned(),
    };
    tx.insert_link(&link, &grant).await.unwrap();
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

fn keyed(key: &str, code: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(code.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// The texts that a value holds.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(all) => all.iter().for_each(|it| texts(it, found)),
        Value::Object(all) => all.values().for_each(|it| texts(it, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whoever has a copy of it tries all codes that there are, and as a key all that stands beside.
#[tokio::test]
async fn a_code_can_not_be_told_from_a_copy_of_the_file() {
    const EMAIL: &str = "new@coffee.test";
    let server = TestServer::start().await;
    let mut browser = server.browser();
    browser.sign_up(EMAIL, PASSWORD).await.unwrap();
    let first = server.code_sent_to(EMAIL).unwrap();
    server.advance(1);
    let resend = contract::sign_up::ResendCode::default();
    browser.ask(&resend).await.unwrap();
    let second = server.code_sent_to(EMAIL).unwrap();

    let file = server.folder.path().join("portal.sqlite");
    let options = SqliteConnectOptions::new().filename(file);
    let copy = SqlitePool::connect_with(options).await.unwrap();
    let rows = sqlx::query("SELECT * FROM sign_ups");
    let rows = rows.fetch_all(&copy).await.unwrap();
    let [row] = rows.as_slice() else {
        panic!("one address waits");
    };
    let stored: Value = serde_json::from_str(row.get("sign_up")).unwrap();
    let kept = [&stored["state"]["code"], &stored["state"]["older"][0]];
    let kept = kept.map(|kept| kept.as_str().unwrap());
    let secret = &browser.cookies["__Host-portal-sign-up"];
    assert_eq!(kept, [keyed(secret, &second), keyed(secret, &first)]);

    let mut keys = vec![String::new(), row.get("browser"), row.get("email")];
    texts(&stored, &mut keys);
    assert!(!keys.contains(secret));
    for code in [&first, &second] {
        assert!(!keys.contains(code));
        for key in &keys {
            assert!(!kept.contains(&keyed(key, code).as_str()), "{key}");
        }
    }
    let kept = kept.map(|kept| hex::decode(kept).unwrap());
    for number in 0..1_000_000 {
        let hash = Sha256::digest(format!("{number:06}"));
        assert!(!kept.iter().any(|kept| kept[..] == hash[..]), "{number}");
    }
    browser.verify(&second).await.unwrap();
}
