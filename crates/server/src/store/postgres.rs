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
//! Who reads sees one moment (REPEATABLE READ), and waits for nobody. One statement sees one moment by
//! itself: who looks up a row by its key has no transaction, and one round trip.
//!
//! A host can go, and come back as another one. So whatever is asked has a limit on this side of the
//! network too; once a connection has failed, none that is older is used again; and what fails before
//! anything was done is tried on another one.

use super::fault::{fault, is_of_the_connection, is_out_of_reach, no_answer};
use super::statement::Statement;
use crate::metrics::PoolUse;
use crate::resource_limits::StoreLimits;
use service::store::{Mode, StoreError, Stored};
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::{Connection as _, PgConnection, Postgres, Transaction};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

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
const READERS: u32 = 4;
/// How many connections look up rows by their keys.
const LOOKUPS: u32 = 4;
/// How long a statement may take, the wait for the lock included.
const STATEMENT: Duration = Duration::from_secs(15);
/// How long a transaction may do nothing. Nobody waits for anything slow within one, so whoever does
/// nothing for that long has gone, and must not keep the lock.
const IDLE_IN_TRANSACTION: Duration = Duration::from_secs(10);
/// A connection that nobody has used for so long is asked whether it is still there.
const UNSURE_AFTER: Duration = Duration::from_secs(1);
/// How long a connection lives, so that those to a server that was replaced don't stay for ever.
const LIFE: Duration = Duration::from_mins(30);

/// Since when connections that were there already aren't used any more.
#[derive(Clone, Debug, Default)]
struct Trust(Arc<Mutex<Option<Instant>>>);

impl Trust {
    /// Takes note of what a statement came to.
    fn judge<T>(&self, given: &sqlx::Result<T>) {
        if given.as_ref().err().is_some_and(is_of_the_connection) {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        }
    }

    /// Whether a connection of this age may be used.
    fn holds(&self, age: Duration) -> bool {
        let broken = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        broken.is_none_or(|broken| age < broken.elapsed())
    }
}

/// A connection that looks up rows. It doesn't go back to its pool, which would ask it after each
/// statement whether it is still there.
#[derive(Debug)]
struct Lookup {
    sql: PoolConnection<Postgres>,
    since: Instant,
    used: Instant,
}

/// Connections for one thing, and the line of those who wait for one.
#[derive(Clone, Debug)]
struct Line {
    pool: PgPool,
    turns: Arc<Semaphore>,
}

#[derive(Clone, Debug)]
pub(super) struct PostgresStore {
    options: Box<PgConnectOptions>,
    limits: StoreLimits,
    writers: Line,
    readers: Line,
    lookups: Line,
    /// Those that nobody uses now.
    free: Arc<Mutex<Vec<Lookup>>>,
    trust: Trust,
    /// Told to those who stand in line: the database is out of reach.
    lost: Arc<Notify>,
}

/// A transaction, with a limit to each answer.
pub(super) struct PostgresTransaction {
    sql: Transaction<'static, Postgres>,
    pub(super) answer: Duration,
    trust: Trust,
    _turn: OwnedSemaphorePermit,
}

impl PostgresTransaction {
    /// Takes note of what a statement of it came to.
    pub(super) fn judge<T>(&self, given: &sqlx::Result<T>) {
        self.trust.judge(given);
    }

    pub(super) async fn commit(self) -> sqlx::Result<()> {
        let committed = within(self.answer, self.sql.commit()).await;
        self.trust.judge(&committed);
        committed
    }
}

impl Deref for PostgresTransaction {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.sql
    }
}

impl DerefMut for PostgresTransaction {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.sql
    }
}

/// What is asked of the database, if it answers in time.
pub(super) async fn within<T>(
    limit: Duration,
    asked: impl Future<Output = sqlx::Result<T>>,
) -> sqlx::Result<T> {
    timeout(limit, asked)
        .await
        .unwrap_or_else(|_| Err(no_answer()))
}

impl PostgresStore {
    /// Connects, and brings the tables up to date.
    pub(super) async fn open(options: &PgConnectOptions, limits: &StoreLimits) -> Stored<Self> {
        let options = options
            .clone()
            .options([("client_min_messages", "warning")]);
        migrate(&options, limits).await?;
        let options = options.options([
            ("lock_timeout", milliseconds(limits.lock)),
            ("statement_timeout", milliseconds(STATEMENT)),
            (
                "idle_in_transaction_session_timeout",
                milliseconds(IDLE_IN_TRANSACTION),
            ),
        ]);
        let trust = Trust::default();
        let line = |connections: u32| Line {
            pool: pool(connections, limits, &trust).connect_lazy_with(options.clone()),
            turns: Arc::new(Semaphore::new(connections as usize)),
        };
        Ok(Self {
            writers: line(WRITERS),
            readers: line(READERS),
            lookups: line(LOOKUPS),
            free: Arc::default(),
            limits: *limits,
            options: Box::new(options),
            trust,
            lost: Arc::default(),
        })
    }

    pub(super) async fn begin(&self, mode: Mode) -> Stored<PostgresTransaction> {
        let line = match mode {
            Mode::Read => &self.readers,
            Mode::Write => &self.writers,
        };
        let turn = self.turn(line).await?;
        let mut begun = self.begin_on(&line.pool, mode).await;
        if begun.as_ref().err().is_some_and(is_of_the_connection) {
            begun = self.begin_on(&line.pool, mode).await;
        }
        let sql = match begun {
            Ok(sql) => sql,
            Err(error) => return Err(self.failed(error)),
        };
        Ok(PostgresTransaction {
            sql,
            answer: self.limits.answer,
            trust: self.trust.clone(),
            _turn: turn,
        })
    }

    /// What one statement finds.
    pub(super) async fn look_up(&self, asked: &Statement<'_>) -> Stored<Option<PgRow>> {
        let _turn = self.turn(&self.lookups).await?;
        let mut found = self.try_look_up(asked.clone()).await;
        if found.as_ref().err().is_some_and(is_of_the_connection) {
            found = self.try_look_up(asked.clone()).await;
        }
        found.map_err(|error| self.failed(error))
    }

    async fn try_look_up(&self, asked: Statement<'_>) -> sqlx::Result<Option<PgRow>> {
        let mut lookup = self.lookup().await?;
        let found = asked.for_postgres().fetch_optional(&mut *lookup.sql);
        let found = within(self.limits.answer, found).await;
        self.trust.judge(&found);
        if found.is_ok() {
            lookup.used = Instant::now();
            self.free().push(lookup);
        }
        found
    }

    fn free(&self) -> MutexGuard<'_, Vec<Lookup>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn lookup(&self) -> sqlx::Result<Lookup> {
        loop {
            let Some(mut lookup) = self.free().pop() else {
                break;
            };
            let age = lookup.since.elapsed();
            if age >= LIFE || !self.trust.holds(age) {
                continue;
            }
            let ping = self.limits.connect / 3;
            if lookup.used.elapsed() < UNSURE_AFTER || within(ping, lookup.sql.ping()).await.is_ok()
            {
                return Ok(lookup);
            }
        }
        let connected = within(2 * self.limits.connect, self.lookups.pool.acquire()).await;
        self.trust.judge(&connected);
        let sql = match connected {
            Err(sqlx::Error::PoolTimedOut) => return Err(self.why_no_connection().await),
            connected => connected?,
        };
        let now = Instant::now();
        Ok(Lookup {
            sql,
            since: now,
            used: now,
        })
    }

    /// Waits until one of these connections is free.
    async fn turn(&self, line: &Line) -> Stored<OwnedSemaphorePermit> {
        let turn = tokio::select! {
            biased;
            () = self.lost.notified() => {
                let why = "no connection to the database, as another call has found";
                return Err(StoreError::Unavailable(why.to_owned()));
            }
            turn = timeout(self.limits.turn, Arc::clone(&line.turns).acquire_owned()) => turn,
        };
        let Ok(Ok(turn)) = turn else {
            let why = "too many wait for a connection to the database";
            return Err(StoreError::Unavailable(why.to_owned()));
        };
        Ok(turn)
    }

    fn failed(&self, error: sqlx::Error) -> StoreError {
        if is_out_of_reach(&error) {
            // Or each of those in line would find out for themselves.
            self.lost.notify_waiters();
        }
        fault(error)
    }

    async fn begin_on(
        &self,
        pool: &PgPool,
        mode: Mode,
    ) -> sqlx::Result<Transaction<'static, Postgres>> {
        let StoreLimits { connect, lock, .. } = self.limits;
        let begun = match mode {
            Mode::Read => {
                let one_moment = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                within(2 * connect, pool.begin_with(one_moment)).await
            }
            Mode::Write => within(2 * connect + lock, begin_writing(pool)).await,
        };
        self.trust.judge(&begun);
        match begun {
            Err(sqlx::Error::PoolTimedOut) => Err(self.why_no_connection().await),
            begun => begun,
        }
    }

    /// The pool tries to connect again until its time is over, and doesn't say what happened.
    async fn why_no_connection(&self) -> sqlx::Error {
        let connect = PgConnection::connect_with(&self.options);
        match within(self.limits.connect / 3, connect).await {
            Ok(_) => no_answer(),
            Err(error) => error,
        }
    }

    pub(super) fn pools(&self) -> [PoolUse; 3] {
        let use_of =
            |mode, Line { pool, .. }: &Line| PoolUse::of(mode, pool.size(), pool.num_idle());
        [
            use_of("read", &self.readers),
            use_of("write", &self.writers),
            // Those that are free aren't its pool's.
            PoolUse::of("look_up", self.lookups.pool.size(), self.free().len()),
        ]
    }

    pub(super) async fn close(&self) {
        self.free().clear();
        self.lookups.pool.close().await;
        self.readers.pool.close().await;
        self.writers.pool.close().await;
    }
}

async fn begin_writing(pool: &PgPool) -> sqlx::Result<Transaction<'static, Postgres>> {
    let mut begun = pool
        .begin_with("BEGIN ISOLATION LEVEL READ COMMITTED")
        .await?;
    let lock = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(WRITING);
    lock.execute(&mut *begun).await?;
    Ok(begun)
}

/// On a connection of its own: a change of tables may take longer than any other statement. Where
/// several servers start at once, sqlx has one change them and the others wait.
async fn migrate(options: &PgConnectOptions, limits: &StoreLimits) -> Stored<()> {
    let connect = PgConnection::connect_with(options);
    let mut connection = within(limits.connect, connect).await.map_err(fault)?;
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

fn pool(connections: u32, limits: &StoreLimits, trust: &Trust) -> PgPoolOptions {
    let ping = limits.connect / 3;
    let trust = trust.clone();
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(limits.connect)
        .max_lifetime(LIFE)
        // Asking each time would cost a round trip for each transaction.
        .test_before_acquire(false)
        .before_acquire(move |connection, used| {
            let is_trusted = trust.holds(used.age);
            Box::pin(async move {
                if is_trusted && used.idle_for >= UNSURE_AFTER {
                    within(ping, connection.ping()).await?;
                }
                Ok(is_trusted)
            })
        })
        // What was dropped is rolled back here. sqlx would wait for a host that has vanished for as
        // long as TCP does, and the connection's place with it.
        .after_release(move |connection, _| {
            Box::pin(async move {
                within(ping, connection.ping()).await?;
                Ok(true)
            })
        })
}
