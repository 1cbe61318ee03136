//! `server backup`: a copy of a database that is in use.

use crate::harness::TestServer;
use crate::process::{Process, command};
use crate::unread::holds;
use service::personas::PASSWORD;
use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Output;

/// Backs up the database in `folder`.
fn back_up(folder: &Path, into: &Path, more: &[(&str, &str)]) -> Output {
    let mut command = command(folder);
    let command = command.envs(more.iter().copied());
    command.arg("backup").arg(into).output().unwrap()
}

/// Each table that has rows which the other database hasn't, but for letters, which go out meanwhile, and the
/// claim of whoever sweeps.
async fn lacking(database: &Path, other: &Path) -> Vec<String> {
    let options = SqliteConnectOptions::new().filename(database);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    let attach = sqlx::query("ATTACH $1 AS other").bind(other.to_str().unwrap());
    attach.execute(&mut *connection).await.unwrap();
    let names = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'letters'";
    let names = sqlx::query(names)
        .fetch_all(&mut *connection)
        .await
        .unwrap();
    let mut lacking = Vec::new();
    for name in names {
        let name: String = name.get(0);
        let which = match name.as_str() {
            "counts" => "WHERE key <> 'sweep'",
            _ => "",
        };
        let count = format!(
            "SELECT COUNT(*) FROM (SELECT * FROM main.{name} {which} EXCEPT SELECT * FROM other.{name})"
        );
        let count = sqlx::query(sqlx::AssertSqlSafe(count));
        let count: i64 = count.fetch_one(&mut *connection).await.unwrap().get(0);
        if count > 0 {
            lacking.push(name);
        }
    }
    lacking
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_server_serves_the_copy_holds_every_row_and_opens() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    browser
        .sign_up("before@backup.test", "word-of-a-person")
        .await
        .unwrap();
    let folder = server.folder.path();
    let copy = folder.join("copy.sqlite");
    let backed_up = back_up(folder, &copy, &[]);
    assert!(backed_up.status.success(), "{backed_up:?}");
    let database = folder.join("portal.sqlite");
    assert_eq!(lacking(&database, &copy).await, [""; 0]);
    assert_eq!(lacking(&copy, &database).await, [""; 0]);
    let mode = fs::metadata(&copy).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // What came later isn't in it.
    browser
        .sign_up("after@backup.test", "word-of-a-person")
        .await
        .unwrap();
    assert_ne!(lacking(&database, &copy).await, [""; 0]);

    let url = format!("sqlite:{}", copy.display());
    let restored = Process::start(folder, &[("PORTAL_DATABASE_URL", &url)]);
    let client = crate::harness::client();
    let mut browser = crate::browser::Browser::new(client, &restored.base);
    browser
        .log_in("linked@portal.test", PASSWORD)
        .await
        .unwrap();
    restored.kill();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_writes_over_nothing_and_leaves_nothing_where_it_fails() {
    let server = TestServer::start().await;
    let folder = server.folder.path();
    let there = folder.join("there");
    fs::write(&there, "something else").unwrap();
    let refused = back_up(folder, &there, &[]);
    assert!(!refused.status.success());
    assert!(
        String::from_utf8(refused.stderr)
            .unwrap()
            .contains("is there already")
    );
    assert!(holds(&there, "something else"));

    // No such database: it is made by no backup.
    let url = format!("sqlite:{}", folder.join("none.sqlite").display());
    let copy = folder.join("copy.sqlite");
    let refused = back_up(folder, &copy, &[("PORTAL_DATABASE_URL", &url)]);
    assert!(!refused.status.success());
    for name in ["none.sqlite", "copy.sqlite", "copy.sqlite.part"] {
        assert!(!folder.join(name).exists(), "{name}");
    }
}

#[test]
fn postgresql_has_a_program_of_its_own_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy");
    // Nobody is there, and nobody is asked.
    let url = [(
        "PORTAL_DATABASE_URL",
        "postgres://portal@127.0.0.1:1/portal",
    )];
    let refused = back_up(folder.path(), &copy, &url);
    assert!(!refused.status.success());
    assert!(
        String::from_utf8(refused.stderr)
            .unwrap()
            .contains("pg_dump")
    );
    assert!(!copy.exists());
}
