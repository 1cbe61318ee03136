//! The store over SQL: SQLite in a file, or PostgreSQL, as the address says.
//!
//! One SQL text asks both ([`statement`]), and one function reads the rows of both ([`row`]). Each
//! kind says by itself how its transactions keep what [`service::store`] promises.

mod activity;
mod address;
mod backup;
mod direct;
mod fault;
mod keys;
mod postgres;
mod reseal;
mod row;
mod sealed;
mod sqlite;
mod statement;
mod transaction;
mod transfer;

use crate::machine::OsRandomness;
use crate::metrics::{Faults, LetterCounts, PoolUse};
use crate::resource_limits::StoreLimits;
use crate::sealer::Sealer;
use crate::span;
use async_trait::async_trait;
use direct::NotNow;
use domain::time::Timestamp;
use postgres::PostgresStore;
use row::SqlRow;
use service::store::{Mode, Session, Store, StoreError, Stored, Transaction, Visit};
use sqlite::SqliteStore;
use statement::{Statement, statement};
use std::sync::Arc;
use transaction::{Begun, SqlTransaction};

pub use activity::ActivityLine;
pub use address::Address;
pub use backup::{BackupError, backup};
pub use keys::KeyError;
pub use reseal::{ResealReport, ResealedTable};
pub use transfer::{Moved, TransferError, transfer};

#[derive(Clone, Debug)]
pub struct SqlStore {
    database: Database,
    sealer: Arc<Sealer>,
    faults: Faults,
}

#[derive(Clone, Debug)]
enum Database {
    Sqlite(SqliteStore),
    Postgres(PostgresStore),
}

impl Database {
    /// Its name among OpenTelemetry's values of `db.system.name`.
    fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgresql",
        }
    }
}

impl SqlStore {
    /// Opens the database at an address, and brings its tables up to date.
    pub async fn open(url: &str) -> Stored<Self> {
        let address = Address::parse(url);
        let address = address.map_err(|why| StoreError::Failed(format!("the address {why}")))?;
        Self::open_within(address, &StoreLimits::default()).await
    }

    pub async fn open_within(address: Address, limits: &StoreLimits) -> Stored<Self> {
        let database = match address {
            Address::Sqlite(file) => Database::Sqlite(SqliteStore::open(*file, limits).await?),
            Address::Postgres(host) => {
                Database::Postgres(PostgresStore::open(&host, limits).await?)
            }
        };
        let sealer = Arc::new(Sealer::new(None, Arc::new(OsRandomness)));
        Ok(Self {
            database,
            sealer,
            faults: Faults::default(),
        })
    }

    /// The same store, which seals secrets, and opens those that are sealed.
    #[must_use]
    pub fn sealed_by(self, sealer: Sealer) -> Self {
        let sealer = Arc::new(sealer);
        Self { sealer, ..self }
    }

    /// The same store, which counts its failures.
    #[must_use]
    pub(crate) fn counting(self, faults: Faults) -> Self {
        Self { faults, ..self }
    }

    /// How many letters there are, as of now.
    pub(crate) async fn letter_counts(&self, now: Timestamp) -> Stored<LetterCounts> {
        self.begin_sql(Mode::Read).await?.letter_counts(now).await
    }

    /// What its connections do.
    pub(crate) fn pools(&self) -> Vec<PoolUse> {
        match &self.database {
            Database::Sqlite(file) => file.pools().to_vec(),
            Database::Postgres(host) => host.pools().to_vec(),
        }
    }

    /// Whether a use case could write now. It writes itself, and leaves no trace.
    pub async fn ready(&self) -> Stored<()> {
        self.begin_sql(Mode::Write).await?.probe().await
    }

    async fn begin_sql(&self, mode: Mode) -> Stored<SqlTransaction> {
        let span = span::database(self.database.name(), span::operation(mode));
        let begun = match &self.database {
            Database::Sqlite(file) => file.begin(mode).await.map(Begun::Sqlite),
            Database::Postgres(host) => host.begin(mode).await.map(Begun::Postgres),
        };
        let begun = begun.inspect_err(|error| {
            self.faults.count(error);
            span::database_failed(&span, error);
        })?;
        Ok(SqlTransaction {
            sql: Some(begun),
            mode,
            sealer: Arc::clone(&self.sealer),
            faults: self.faults.clone(),
            span,
        })
    }

    /// What one statement finds that looks a row up by its key. It needs no transaction, and has none.
    async fn look_up(&self, asked: Statement<'_>) -> Stored<Option<SqlRow>> {
        let span = span::database(self.database.name(), "look_up");
        match &self.database {
            Database::Sqlite(file) => match file.direct.row(&asked) {
                Ok(found) => Ok(found.map(SqlRow::Direct)),
                Err(NotNow) => self.begin_sql(Mode::Read).await?.row(asked).await,
            },
            Database::Postgres(host) => {
                let found = host.look_up(&asked).await;
                let found = found.inspect_err(|error| {
                    self.faults.count(error);
                    span::database_failed(&span, error);
                })?;
                Ok(found.map(SqlRow::Postgres))
            }
        }
    }

    /// Whether it holds accounts that are nobody's: `.test` is the domain of no address (RFC 2606),
    /// and that of every account of a demonstration.
    pub async fn has_demo_accounts(&self) -> Stored<bool> {
        let mut tx = self.begin_sql(Mode::Read).await?;
        tx.has_addresses_like("%.test").await
    }

    /// Closes its connections once all have ended who use them.
    pub async fn close(&self) {
        match &self.database {
            Database::Sqlite(file) => file.close().await,
            Database::Postgres(host) => host.close().await,
        }
    }
}

#[async_trait]
impl Store for SqlStore {
    async fn begin(&self, mode: Mode) -> Stored<Box<dyn Transaction>> {
        Ok(Box::new(self.begin_sql(mode).await?))
    }

    async fn session(&self, token_hash: &str) -> Stored<Option<Session>> {
        let found = self.look_up(transaction::session_by(token_hash)).await?;
        found.as_ref().map(row::session).transpose()
    }

    async fn visit(&self, token_hash: &str) -> Stored<Option<Visit>> {
        // The tables have no names in common but those of what they are joined by.
        let asked = statement(
            "SELECT accounts.*, sessions.token_hash, sessions.account, begun, seen, authenticated,
             browser, system, country, open_id, union_id, face, linked, renewal_due, grant_fault,
             due AS deletion
             FROM sessions JOIN accounts ON accounts.id = sessions.account
             LEFT JOIN session_places ON session_places.token_hash = sessions.token_hash
             LEFT JOIN links ON links.account = accounts.id
             LEFT JOIN deletions ON deletions.account = accounts.id
             WHERE sessions.token_hash = $1",
        );
        let found = self.look_up(asked.bind(token_hash)).await?;
        found.as_ref().map(row::visit).transpose()
    }
}
