//! A database of PostgreSQL's.
//!
//! Who writes takes one advisory lock first, of all servers, and keeps it until the transaction
//! ends. So one writes at a time, as [`service::store`] promises, and none has to be done again. The
//! isolation is READ COMMITTED on purpose: there each statement sees all that was committed when it
//! began, thus all before the lock was given; under REPEATABLE READ and SERIALIZABLE the statement
//! that waits for the lock would also fix what the transaction sees, to before the wait. SERIALIZABLE
//! alone would do without a lock, but then any use case could be refused at its end and had to be
//! done again, with all it has begun outside of the database (a hash, an exchange with TikTok).
//!
//! Who reads sees one moment (REPEATABLE READ), and waits for nobody.

use super::fault::fault;
use crate::resource_limits::StoreLimits;
use service::store::{Mode, StoreError, Stored};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{Connection as _, Postgres, Transaction};
use std::time::Duration;

static MIGRATIONS: Migrator = Migrator {
    // An older release goes on beside a newer one that has added to the tables.
    ignore_missing: true,
    ..sqlx::migrate!("migrations/postgres")
};

/// The key of the lock that a writer holds; no other program has a reason to choose it.
const WRITING: i64 = 0x0070_6f72_7461_6c00;
/// How many connections write: while one does, the next stands in line for the lock already.
const WRITERS: u32 = 2;
/// How many connections read at once.
const READERS: u32 = 8;
/// How long a statement may take, the wait for the lock included.
const STATEMENT: Duration = Duration::from_secs(15);
/// How long a transaction may do nothing. Nobody waits for anything slow within one, so whoever does
/// nothing for that long has gone, and must not keep the lock.
const IDLE_IN_TRANSACTION: Duration = Duration::from_secs(10);
/// A connection that nobody has used for so long is asked whether it is still there.
const UNSURE_AFTER: Duration = Duration::from_secs(1);
/// How long a connection lives, so that those to a server that was replaced don't stay for ever.
const LIFE: Duration = Duration::from_mins(30);

#[derive(Clone, Debug)]
pub(super) struct PostgresStore {
    writers: PgPool,
    readers: PgPool,
}

impl PostgresStore {
    /// Connects, and brings the tables up to date.
    pub(super) async fn open(options: &PgConnectOptions, limits: &StoreLimits) -> Stored<Self> {
        let options = options
            .clone()
            .options([("client_min_messages", "warning")]);
        migrate(&options).await?;
        let options = options.options([
            ("lock_timeout", milliseconds(limits.lock)),
            ("statement_timeout", milliseconds(STATEMENT)),
            (
                "idle_in_transaction_session_timeout",
                milliseconds(IDLE_IN_TRANSACTION),
            ),
        ]);
        let pool = |connections| pool(connections, limits.turn).connect_lazy_with(options.clone());
        Ok(Self {
            writers: pool(WRITERS),
            readers: pool(READERS),
        })
    }

    pub(super) async fn begin(&self, mode: Mode) -> Stored<Transaction<'static, Postgres>> {
        let begun = match mode {
            Mode::Read => {
                let one_moment = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                self.readers.begin_with(one_moment).await
            }
            Mode::Write => self.begin_writing().await,
        };
        begun.map_err(fault)
    }

    async fn begin_writing(&self) -> sqlx::Result<Transaction<'static, Postgres>> {
        let committed = "BEGIN ISOLATION LEVEL READ COMMITTED";
        let mut begun = self.writers.begin_with(committed).await?;
        let lock = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(WRITING);
        lock.execute(&mut *begun).await?;
        Ok(begun)
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

/// On a connection of its own: a change of tables may take longer than any other statement. Where
/// several servers start at once, sqlx has one change them and the others wait.
async fn migrate(options: &PgConnectOptions) -> Stored<()> {
    let mut connection = sqlx::PgConnection::connect_with(options)
        .await
        .map_err(fault)?;
    let encoding: String = sqlx::query_scalar("SELECT current_setting('server_encoding')")
        .fetch_one(&mut connection)
        .await
        .map_err(fault)?;
    if encoding != "UTF8" {
        let why = format!("the database's encoding is {encoding}: create one with UTF8");
        return Err(StoreError::Failed(why));
    }
    MIGRATIONS
        .run(&mut connection)
        .await
        .map_err(|error| StoreError::Failed(error.to_string()))?;
    connection.close().await.map_err(fault)
}

/// As PostgreSQL's settings have it where no unit is said.
fn milliseconds(duration: Duration) -> String {
    duration.as_millis().to_string()
}

fn pool(connections: u32, turn: Duration) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(turn)
        .max_lifetime(LIFE)
        // Asking each time would cost a round trip for each transaction.
        .test_before_acquire(false)
        .before_acquire(|connection, used| {
            Box::pin(async move {
                if used.idle_for < UNSURE_AFTER {
                    return Ok(true);
                }
                connection.ping().await.map(|()| true)
            })
        })
}
