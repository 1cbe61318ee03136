//! The security activity is kept as it was written: the database refuses what would change it, whoever asks.

use crate::database::{Database, on_each_database};
use crate::stored::shape_1;
use domain::activity::{Event, KEPT};
use domain::id::{AccountId, ActivityId};
use domain::time::{Timestamp, minutes};
use serde_json::{Value, json};
use server::activity::export;
use server::machine::HostClock;
use service::env::Clock as _;
use service::store::{AccountHash, Activity, Mode, Store as _, Whereabouts};
use sqlx::{AssertSqlSafe, SqlitePool};
use std::io::{self, BufWriter, ErrorKind, Write};
use uuid::Uuid;

on_each_database! {
    nothing_changes_it_and_only_what_is_old_is_deleted;
    an_operator_exports_it_the_oldest_first;
    an_archive_that_can_not_be_written_is_told;
}

async fn run(database: &Database, sql: &str) -> sqlx::Result<()> {
    match database {
        Database::Sqlite(_) => {
            let pool = SqlitePool::connect(&database.url()).await?;
            let run = sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&pool);
            run.await.map(drop)
        }
        Database::Postgres { .. } => database.try_command(sql).await,
    }
}

fn entry(number: u128, account: AccountId, at: Timestamp) -> Activity {
    Activity {
        id: ActivityId(Uuid::from_u128(number)),
        account: AccountHash::of(account),
        at,
        event: Event::LogInFailed,
        whereabouts: Whereabouts::default(),
    }
}

/// A disk without room, or a reader who has gone.
struct Full(ErrorKind);

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

/// As a full disk is, and not as whoever has read enough. A buffer tells of it when it is full, or at the end.
async fn an_archive_that_can_not_be_written_is_told(database: Database) {
    let store = database.open().await;
    let account = shape_1::accounts().remove(0);
    let mut tx = store.begin(Mode::Write).await.unwrap();
    tx.insert_account(&account).await.unwrap();
    tx.insert_activity(&entry(1, account.id, Timestamp(1)))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    for (kind, is_told) in [
        (ErrorKind::StorageFull, true),
        (ErrorKind::BrokenPipe, false),
    ] {
        let plain = export(&store, &mut Full(kind)).await;
        assert_eq!(plain.is_err(), is_told, "{plain:?}");
        let buffered = export(&store, &mut BufWriter::new(Full(kind))).await;
        assert_eq!(buffered.is_err(), is_told, "{buffered:?}");
    }
}

async fn an_operator_exports_it_the_oldest_first(database: Database) {
    let store = database.open().await;
    let account = shape_1::accounts().remove(0);
    let mut tx = store.begin(Mode::Write).await.unwrap();
    tx.insert_account(&account).await.unwrap();
    // More than are read at once, two of each moment.
    for number in 0..2_001 {
        let at = Timestamp(5_000 - i64::try_from(number / 2).unwrap());
        tx.insert_activity(&entry(number, account.id, at))
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let mut printed = Vec::new();
    export(&store, &mut printed).await.unwrap();
    let printed = String::from_utf8(printed).unwrap();
    let lines: Vec<Value> = printed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2_001);
    let times = lines.iter().map(|line| line["at"].as_i64().unwrap());
    assert!(times.is_sorted());
    assert_eq!(
        lines[0],
        json!({
            "id": Uuid::from_u128(2_000),
            "account": AccountHash::of(account.id).0,
            "at": 4_000,
            "event": "log_in_failed",
            "browser": null,
            "system": null,
            "country": null,
        })
    );
}

async fn nothing_changes_it_and_only_what_is_old_is_deleted(database: Database) {
    let store = database.open().await;
    // The database goes by the machine's clock, whatever the portal's says.
    let now = HostClock::of_the_machine().now();
    let account = shape_1::accounts().remove(0);
    let entry = |number, at| entry(number, account.id, at);
    let day = minutes(24 * 60);
    let (old, fresh) = (now.minus(KEPT + day), now.minus(KEPT).plus(day));
    let mut tx = store.begin(Mode::Write).await.unwrap();
    tx.insert_account(&account).await.unwrap();
    tx.insert_activity(&entry(1, old)).await.unwrap();
    tx.insert_activity(&entry(2, fresh)).await.unwrap();
    tx.commit().await.unwrap();

    let change = "UPDATE activity SET event = 'signed_up'";
    let refused = run(&database, change).await.unwrap_err().to_string();
    assert!(refused.contains("append-only"), "{refused}");
    run(&database, "DELETE FROM activity").await.unwrap();
    let replace = match &database {
        Database::Postgres { .. } => "TRUNCATE activity",
        Database::Sqlite(_) => {
            "REPLACE INTO activity (id, account, at, event) SELECT id, account, 0, event FROM activity"
        }
    };
    let refused = run(&database, replace).await.unwrap_err().to_string();
    assert!(refused.contains("append-only"), "{refused}");
    let mut tx = store.begin(Mode::Read).await.unwrap();
    let left = tx
        .activity_of(&AccountHash::of(account.id), Timestamp(0), None, 9)
        .await
        .unwrap();
    assert_eq!(left, [entry(2, fresh)]);
}
