//! Moves all that one database holds into another, and proves that both hold the same.
//!
//! It is read as of one moment and written in one transaction: where anything fails, the target is as
//! empty as it was. Nothing is interpreted; what is sealed stays sealed.

use super::row::SqlRow;
use super::statement::{Value, statement};
use super::transaction::SqlTransaction;
use super::{Address, Database, SqlStore};
use crate::resource_limits::StoreLimits;
use crate::store::fault::fault;
use service::store::{Mode, StoreError, Stored, Transaction as _};
use sha2::{Digest as _, Sha256};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Rows that are held in memory at once: each may be as long as a request.
const BATCH: usize = 200;

/// The tables with their primary keys: what is referred to comes before what refers to it.
const TABLES: [(&str, &str); 19] = [
    ("accounts", "id"),
    ("deletions", "account"),
    ("former_emails", "id"),
    ("activity", "id"),
    ("passkeys", "id"),
    ("ceremonies", "browser"),
    ("links", "account"),
    ("transfers", "from_account"),
    ("sessions", "token_hash"),
    ("session_places", "token_hash"),
    ("authorizations", "id"),
    ("last_authorizations", "browser"),
    ("sign_ups", "browser"),
    ("drafts", "id"),
    ("counts", "key"),
    ("keyed_requests", "id"),
    ("unneeded_grants", "id"),
    ("keys_that_sealed", "id"),
    ("letters", "id"),
];

/// What both databases hold of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub table: &'static str,
    pub rows: u64,
    /// SHA-256 of all rows in the order of their keys, in hex.
    pub digest: String,
}

/// Why nothing was moved.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    #[error("the address of {side} {why}")]
    Address {
        side: &'static str,
        why: &'static str,
    },
    #[error("--from: there is no such file")]
    NoFile,
    #[error("{side}: {error}")]
    Store {
        side: &'static str,
        error: StoreError,
    },
    #[error("{side}: table {table}: {error}")]
    Table {
        side: &'static str,
        table: &'static str,
        error: StoreError,
    },
    #[error(
        "the tables aren't the same on both sides, or not those of this release ({0}): start this \
         release's server on each once, or use the release that wrote them"
    )]
    Tables(String),
    #[error("--to: the table {0} isn't empty: name a database that holds nothing")]
    NotEmpty(&'static str),
    #[error("--to: the table {0} holds something else than what was written into it")]
    Differs(&'static str),
}

const FROM: &str = "--from";
const TO: &str = "--to";

/// Moves everything from the database at one address to the one at another. Replies with what both
/// hold of each table.
pub async fn transfer(from: &str, to: &str) -> Result<Vec<Moved>, TransferError> {
    let from = address(FROM, from)?;
    let to = address(TO, to)?;
    if let Address::Sqlite(file) = &from
        && !file.get_filename().exists()
    {
        return Err(TransferError::NoFile);
    }
    let source = open(FROM, from).await?;
    let target = open(TO, to).await?;
    let moved = between(&source, &target).await;
    source.close().await;
    target.close().await;
    moved
}

fn address(side: &'static str, text: &str) -> Result<Address, TransferError> {
    Address::parse(text).map_err(|why| TransferError::Address { side, why })
}

async fn open(side: &'static str, address: Address) -> Result<SqlStore, TransferError> {
    let opened = SqlStore::open_within(address, &StoreLimits::default()).await;
    opened.map_err(|error| TransferError::Store { side, error })
}

async fn between(source: &SqlStore, target: &SqlStore) -> Result<Vec<Moved>, TransferError> {
    let at = |side| move |error| TransferError::Store { side, error };
    let mut from = source.begin_sql(Mode::Read).await.map_err(at(FROM))?;
    let mut to = target.begin_sql(Mode::Write).await.map_err(at(TO))?;
    let tables = source.columns(&mut from).await.map_err(at(FROM))?;
    let there = target.columns(&mut to).await.map_err(at(TO))?;
    if let Some(why) = differ(&tables, &there) {
        return Err(TransferError::Tables(why));
    }
    for (table, _) in TABLES {
        let any = statement(AssertSqlSafe(format!("SELECT 1 FROM {table} LIMIT 1")));
        let any = to.row(any).await;
        let error_of = |error| TransferError::Table {
            side: TO,
            table,
            error,
        };
        if any.map_err(error_of)?.is_some() {
            return Err(TransferError::NotEmpty(table));
        }
    }
    let mut all = Vec::new();
    for (table, key) in TABLES {
        let of = Table {
            name: table,
            key,
            columns: tables.get(table).map(Vec::as_slice).unwrap_or_default(),
        };
        let moved = of.copy(&mut from, &mut to).await?;
        if of.look(&mut to).await? != moved {
            return Err(TransferError::Differs(table));
        }
        all.push(moved);
    }
    Box::new(to).commit().await.map_err(at(TO))?;
    Ok(all)
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Other(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Column {
    name: String,
    kind: Kind,
}

/// Columns by their tables.
type Columns = BTreeMap<String, Vec<Column>>;

/// What one side has that the other, or this release, has not.
fn differ(here: &Columns, there: &Columns) -> Option<String> {
    let known: Vec<_> = TABLES
        .iter()
        .map(|(table, _)| (*table).to_owned())
        .collect();
    let names = here.keys().chain(there.keys()).chain(&known);
    let mut differing = names.filter(|name| {
        let is_odd = |column: &Column| matches!(column.kind, Kind::Other(_));
        !known.contains(name)
            || here.get(*name) != there.get(*name)
            || here
                .get(*name)
                .is_none_or(|columns| columns.iter().any(is_odd))
    });
    differing.next().cloned()
}

impl SqlStore {
    async fn columns(&self, tx: &mut SqlTransaction) -> Stored<Columns> {
        let catalog = statement(match self.database {
            Database::Sqlite(_) => {
                "SELECT tables.name AS in_table, columns.name AS name, columns.type AS type
                 FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
                 WHERE tables.type = 'table' AND tables.name NOT LIKE '\\_%' ESCAPE '\\'
                 ORDER BY 1, 2"
            }
            Database::Postgres(_) => {
                "SELECT table_name::TEXT AS in_table, column_name::TEXT AS name,
                 data_type::TEXT AS type FROM information_schema.columns
                 WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_%'
                 ORDER BY table_name COLLATE \"C\", column_name COLLATE \"C\""
            }
        });
        let mut tables = Columns::new();
        for row in tx.rows(catalog).await? {
            let text = |column| row.get::<String>(column).map_err(fault);
            let kind = match text("type")?.to_lowercase().as_str() {
                "text" => Kind::Text,
                "bigint" => Kind::Number,
                other => Kind::Other(other.to_owned()),
            };
            let name = text("name")?;
            let columns = tables.entry(text("in_table")?).or_default();
            columns.push(Column { name, kind });
        }
        Ok(tables)
    }
}

/// A table while it is moved.
struct Table<'a> {
    name: &'static str,
    key: &'static str,
    columns: &'a [Column],
}

impl Table<'_> {
    fn error(&self, side: &'static str) -> impl Fn(StoreError) -> TransferError {
        let table = self.name;
        move |error| TransferError::Table { side, table, error }
    }

    /// Copies all rows, and replies with what was read.
    async fn copy(
        &self,
        from: &mut SqlTransaction,
        to: &mut SqlTransaction,
    ) -> Result<Moved, TransferError> {
        let mut sum = Sum::default();
        let mut last = String::new();
        loop {
            let batch = self.batch(from, &mut last).await;
            let batch = batch.map_err(self.error(FROM))?;
            if batch.is_empty() {
                return Ok(sum.of(self.name));
            }
            for row in &batch {
                sum.add(row);
            }
            let mut insert = statement(AssertSqlSafe(self.insert(batch.len())));
            for value in batch.into_iter().flatten() {
                insert = insert.bind(value);
            }
            to.run(insert).await.map_err(self.error(TO))?;
        }
    }

    /// What the target holds.
    async fn look(&self, to: &mut SqlTransaction) -> Result<Moved, TransferError> {
        let mut sum = Sum::default();
        let mut last = String::new();
        loop {
            let batch = self.batch(to, &mut last).await;
            let batch = batch.map_err(self.error(TO))?;
            if batch.is_empty() {
                return Ok(sum.of(self.name));
            }
            for row in &batch {
                sum.add(row);
            }
        }
    }

    /// The rows after the key `last`, which becomes that of the last of them. No key is empty.
    async fn batch(
        &self,
        tx: &mut SqlTransaction,
        last: &mut String,
    ) -> Stored<Vec<Vec<Value<'static>>>> {
        let Self { name, key, .. } = self;
        let select = format!("SELECT * FROM {name} WHERE {key} > $1 ORDER BY {key} LIMIT {BATCH}");
        let rows = tx
            .rows(statement(AssertSqlSafe(select)).bind(last.as_str()))
            .await?;
        if let Some(row) = rows.last() {
            *last = row.get(key).map_err(fault)?;
        }
        rows.iter().map(|row| self.values(row)).collect()
    }

    fn values(&self, row: &SqlRow) -> Stored<Vec<Value<'static>>> {
        let value = |Column { name, kind }: &Column| match kind {
            Kind::Text => Ok(Value::from(row.get::<Option<String>>(name)?)),
            Kind::Number => Ok(Value::from(row.get::<Option<i64>>(name)?)),
            Kind::Other(other) => Err(sqlx::Error::ColumnNotFound(other.clone())),
        };
        let values = self.columns.iter().map(value);
        values.collect::<sqlx::Result<_>>().map_err(fault)
    }

    fn insert(&self, rows: usize) -> String {
        let names: Vec<_> = self
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        let width = names.len();
        let mut insert = format!("INSERT INTO {} ({}) VALUES ", self.name, names.join(", "));
        for row in 0..rows {
            insert.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..width {
                let comma = if column == 0 { "" } else { ", " };
                // Writing to a text can't fail.
                let _ = write!(insert, "{comma}${}", row * width + column + 1);
            }
            insert.push(')');
        }
        insert
    }
}

/// What rows come to, in their order.
#[derive(Default)]
struct Sum {
    rows: u64,
    digest: Sha256,
}

impl Sum {
    fn add(&mut self, row: &[Value<'_>]) {
        self.rows += 1;
        for value in row {
            match value {
                Value::Text(None) | Value::Number(None) => self.digest.update([0]),
                Value::Text(Some(text)) => {
                    self.digest.update([1]);
                    self.digest.update((text.len() as u64).to_be_bytes());
                    self.digest.update(text.as_bytes());
                }
                Value::Number(Some(number)) => {
                    self.digest.update([2]);
                    self.digest.update(number.to_be_bytes());
                }
            }
        }
    }

    fn of(self, table: &'static str) -> Moved {
        Moved {
            table,
            rows: self.rows,
            digest: hex::encode(self.digest.finalize()),
        }
    }
}
