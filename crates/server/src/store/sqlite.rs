//! A database of SQLite's: a file.
//!
//! One connection writes, so that writers queue here instead of failing there, and several read
//! what was committed last. The journal is written ahead and synced with each commit: what was
//! answered survives the process and the machine.

use super::direct::DirectReaders;
use super::fault::{fault, held, is_held};
use super::row::{self, SqlRow};
use crate::metrics::PoolUse;
use crate::resource_limits::StoreLimits;
use domain::email::Email;
use service::row::SummaryRow;
use service::store::{Mode, StoreError, Stored};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection as _, Row as _, Sqlite, Transaction};
use std::fs::{self, OpenOptions};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// The mode of a file that its owner alone may read and write.
pub(super) const OWNER_ALONE: u32 = 0o600;
/// What of a mode is about others.
const OTHERS: u32 = 0o077;
/// How many connections read at once.
const READERS: u32 = 4;

#[derive(Clone, Debug)]
pub(super) struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
    pub(super) direct: Arc<DirectReaders>,
    /// Told to those who wait to write: another process holds the file.
    held: Arc<Notify>,
}

impl SqliteStore {
    /// Opens the file, creates it where it isn't there, and brings its tables up to date.
    pub(super) async fn open(options: SqliteConnectOptions, limits: &StoreLimits) -> Stored<Self> {
        let mut options = options
            .create_if_missing(true)
            .busy_timeout(limits.lock)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        keep_private(options.get_filename());
        // Or what is deleted (tokens, addresses) could still be read in the file.
        options = options.pragma("secure_delete", "ON");
        if let Some(pages) = limits.pages {
            options = options.pragma("max_page_count", pages.to_string());
        }
        let turn = limits.turn;
        let writer = pool(1, turn)
            .connect_with(options.clone())
            .await
            .map_err(fault)?;
        MIGRATIONS
            .run(&writer)
            .await
            .map_err(|error| StoreError::Failed(error.to_string()))?;
        respell_addresses(&writer).await?;
        summarize_drafts(&writer).await?;
        note_waiting_proofs(&writer).await?;
        let direct = Arc::new(DirectReaders::new(options.get_filename().to_owned()));
        let readers = pool(READERS, turn)
            .connect_with(options.pragma("query_only", "ON"))
            .await
            .map_err(fault)?;
        Ok(Self {
            writer,
            readers,
            direct,
            held: Arc::default(),
        })
    }

    pub(super) async fn begin(&self, mode: Mode) -> Stored<Transaction<'static, Sqlite>> {
        let begun = match mode {
            Mode::Read => self.readers.begin().await,
            Mode::Write => tokio::select! {
                biased;
                () = self.held.notified() => return Err(held()),
                // Without it two who read first could both want to write then.
                begun = self.writer.begin_with("BEGIN IMMEDIATE") => begun,
            },
        };
        begun.map_err(|error| {
            if is_held(&error) {
                // Or each of those who wait would find out for themselves, one after the other.
                self.held.notify_waiters();
            }
            fault(error)
        })
    }

    pub(super) fn pools(&self) -> [PoolUse; 2] {
        [
            PoolUse::of("read", self.readers.size(), self.readers.num_idle()),
            PoolUse::of("write", self.writer.size(), self.writer.num_idle()),
        ]
    }

    /// Closes the file once all have ended who use it.
    pub(super) async fn close(&self) {
        self.direct.close();
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Makes the file for its owner alone, or tells the operator where others may read it. SQLite gives
/// the same mode to what it writes beside it.
fn keep_private(file: &Path) {
    let mut new = OpenOptions::new();
    new.write(true).create_new(true).mode(OWNER_ALONE);
    // Where it can't be made, SQLite says why.
    if new.open(file).is_ok() {
        return;
    }
    for suffix in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        let Ok(metadata) = fs::metadata(&name) else {
            continue;
        };
        if metadata.permissions().mode() & OTHERS != 0 {
            tracing::warn!(
                file = %name.display(),
                "others than its owner may use the database: chmod 600"
            );
        }
    }
}

/// Brings addresses into the spelling by which they are looked up now. One that somebody else has
/// in that spelling stays, and the operator is told: which of the two is right, a person decides.
async fn respell_addresses(writer: &SqlitePool) -> Stored<()> {
    let kept =
        sqlx::query("SELECT id, email FROM accounts WHERE octet_length(email) > length(email)")
            .fetch_all(writer)
            .await
            .map_err(fault)?;
    for row in kept {
        let id: String = row.try_get("id").map_err(fault)?;
        let email: String = row.try_get("email").map_err(fault)?;
        let Some(now) = Email::respelled(&email) else {
            continue;
        };
        let changed = sqlx::query(
            "UPDATE accounts SET email = $2 WHERE id = $1
             AND NOT EXISTS (SELECT 1 FROM accounts WHERE email = $2)",
        )
        .bind(&id)
        .bind(now.as_str())
        .execute(writer)
        .await
        .map_err(fault)?;
        if changed.rows_affected() == 0 {
            tracing::warn!(id, "another account has the same address in another form");
        }
    }
    Ok(())
}

/// Writes beside each draft what lists show of it, where an earlier release wrote none. A draft that
/// can't be read has none, and stands in no list.
async fn summarize_drafts(writer: &SqlitePool) -> Stored<()> {
    /// Drafts that are held in memory at once: each may be as long as a request.
    const AT_ONCE: i64 = 100;
    let mut last = String::new();
    loop {
        let rows = sqlx::query(
            "SELECT * FROM drafts WHERE summary IS NULL AND id > $1 ORDER BY id LIMIT $2",
        )
        .bind(&last)
        .bind(AT_ONCE)
        .fetch_all(writer)
        .await
        .map_err(fault)?;
        let Some(newest) = rows.last() else {
            return Ok(());
        };
        last = newest.try_get("id").map_err(fault)?;
        let rows: Vec<SqlRow> = rows.into_iter().map(SqlRow::Sqlite).collect();
        let mut together = writer.begin().await.map_err(fault)?;
        for stored in row::readable(&rows, row::draft)? {
            sqlx::query("UPDATE drafts SET summary = $2 WHERE id = $1")
                .bind(stored.id.to_string())
                .bind(row::json::<SummaryRow>(&stored.draft.summary())?)
                .execute(&mut *together)
                .await
                .map_err(fault)?;
        }
        together.commit().await.map_err(fault)?;
    }
}

/// Fills in the columns of a waiting proof where a release that hadn't got them wrote the row.
async fn note_waiting_proofs(writer: &SqlitePool) -> Stored<()> {
    let noted = sqlx::query(
        "UPDATE authorizations SET
         open_id = json_extract(stored, '$.authorization.state.proof.open_id'),
         proven = json_extract(stored, '$.authorization.state.proof.proven')
         WHERE open_id IS NULL AND json_valid(stored)
         AND json_extract(stored, '$.grant') IS NOT NULL
         AND json_extract(stored, '$.authorization.state.state') = 'proved'",
    );
    noted.execute(writer).await.map_err(fault)?;
    Ok(())
}

fn pool(connections: u32, turn: Duration) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(turn)
        .idle_timeout(None)
        .max_lifetime(None)
        // A file doesn't hang up.
        .test_before_acquire(false)
        // Where SQLite rolled back by itself, sqlx's `ROLLBACK` fails, and it counts the transaction
        // as open for good. Such a connection is closed, and another one opened.
        .before_acquire(|connection, _| {
            let is_free = !connection.is_in_transaction();
            Box::pin(async move { Ok(is_free) })
        })
}
