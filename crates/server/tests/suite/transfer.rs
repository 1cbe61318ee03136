//! `server move`: all that a database holds stands in another one afterwards, or nothing does.

use crate::database::{Database, Kind};
use crate::harness::{TestServer, config, machine, settings};
use crate::stored::{SHAPE_1, left_by_an_earlier_release, sql, url};
use contract::account::GetProfile;
use server::start::start;
use server::store::{Moved, TransferError, transfer};
use std::process::Command;
use tempfile::TempDir;

/// A database with rows in each table, of one more than are moved at once.
async fn filled() -> TempDir {
    let folder = left_by_an_earlier_release(&SHAPE_1).await;
    change(
        &folder,
        "WITH RECURSIVE numbers (number) AS
         (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 500)
         INSERT INTO counts (key, since, tries, ends)
         SELECT 'key-' || number || 'ü', number, 1, 2 FROM numbers",
    )
    .await;
    change(
        &folder,
        "INSERT INTO keys_that_sealed VALUES ('id', 'probe')",
    )
    .await;
    folder
}

async fn change(folder: &TempDir, statement: &'static str) {
    let pool = sql(folder).await;
    sqlx::raw_sql(statement).execute(&pool).await.unwrap();
    pool.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_moved_is_the_same_there_and_after_it_was_moved_back() {
    let from = filled().await;
    let database = Database::of(Kind::Postgres).await;
    let there = transfer(&url(&from), &database.url()).await.unwrap();
    assert_eq!(there.len(), 19);
    for Moved { table, rows, .. } in &there {
        assert!(*rows > 0, "{table}");
    }
    let (back, again) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let moved = Command::new(env!("CARGO_BIN_EXE_server"))
        .args(["move", "--from", &database.url(), "--to", &url(&back)])
        .env_clear()
        .output()
        .unwrap();
    let told = String::from_utf8(moved.stdout).unwrap();
    assert!(
        moved.status.success() && told.contains("Both hold the same"),
        "{told}"
    );
    for Moved { rows, digest, .. } in &there {
        assert!(
            told.contains(&format!("{rows} rows  sha256 {digest}")),
            "{told}"
        );
    }
    assert_eq!(transfer(&url(&back), &url(&again)).await.unwrap(), there);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_members_session_goes_on_where_everything_was_moved() {
    let server = TestServer::start().await;
    let mut member = server.browser_of("linked@portal.test").await;
    let before = member.ask(&GetProfile {}).await.unwrap();
    let database = Database::of(Kind::Postgres).await;
    server.running.stop().await;
    transfer(&url(&server.folder), &database.url())
        .await
        .unwrap();
    let mut settings = settings(&server.folder);
    settings.insert("PORTAL_DATABASE_URL", database.url());
    let running = start(&config(&settings), machine()).await.unwrap();
    let mut member = member.moved_to(&format!("http://{}", running.address));
    assert_eq!(member.ask(&GetProfile {}).await.unwrap(), before);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_fails_half_way_leaves_nothing_behind() {
    let from = filled().await;
    let database = Database::of(Kind::Postgres).await;
    // PostgreSQL takes no such text.
    change(
        &from,
        "INSERT INTO unneeded_grants (id, open_id, tokens, since)
         VALUES ('a' || char(0), 'open', '{}', 1)",
    )
    .await;
    let failed = transfer(&url(&from), &database.url()).await.unwrap_err();
    assert!(
        failed
            .to_string()
            .starts_with("--to: table unneeded_grants: "),
        "{failed}"
    );
    change(&from, "DELETE FROM unneeded_grants WHERE open_id = 'open'").await;
    // What the target makes of it is looked at, too.
    database
        .command(
            "CREATE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN NEW.summary = 'other'; RETURN NEW; END $$;
             CREATE TRIGGER other BEFORE INSERT ON drafts FOR EACH ROW EXECUTE FUNCTION other()",
        )
        .await;
    let failed = transfer(&url(&from), &database.url()).await.unwrap_err();
    assert!(
        matches!(failed, TransferError::Differs("drafts")),
        "{failed}"
    );
    database.command("DROP TRIGGER other ON drafts").await;
    transfer(&url(&from), &database.url()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_moved_from_nowhere_nor_to_where_something_or_something_else_is() {
    let (from, nowhere) = (filled().await, tempfile::tempdir().unwrap());
    let database = Database::of(Kind::Postgres).await;
    let missing = transfer(&url(&nowhere), &database.url()).await;
    assert!(matches!(missing, Err(TransferError::NoFile)), "{missing:?}");
    let why = transfer("sqlite:", &database.url()).await.unwrap_err();
    assert!(
        why.to_string().starts_with("the address of --from isn't"),
        "{why}"
    );

    database
        .command("INSERT INTO keys_that_sealed VALUES ('id', 'probe')")
        .await;
    let full = transfer(&url(&from), &database.url()).await;
    assert!(
        matches!(full, Err(TransferError::NotEmpty("keys_that_sealed"))),
        "{full:?}"
    );
    database.command("DELETE FROM keys_that_sealed").await;

    for (odd, mend) in [
        (
            "ALTER TABLE drafts ADD COLUMN newer TEXT",
            "ALTER TABLE drafts DROP COLUMN newer",
        ),
        (
            "SET ROLE portal; CREATE TABLE newer (id TEXT)",
            "DROP TABLE newer",
        ),
    ] {
        database.command(odd).await;
        let other = transfer(&url(&from), &database.url()).await;
        assert!(matches!(other, Err(TransferError::Tables(_))), "{other:?}");
        database.command(mend).await;
    }
    transfer(&url(&from), &database.url()).await.unwrap();
}
