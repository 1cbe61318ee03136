//! Seals with the newest key what another one has sealed, or what lies there plain, while servers
//! serve.
//!
//! Rows are read in batches and written only where they still are what was read: a token that TikTok
//! has replaced meanwhile isn't put back. Nothing says how far it came, so it can be stopped and begun
//! again: what is sealed with the newest key is passed over.

use super::SqlStore;
use super::fault::fault;
use super::keys::{KeyError, secrets_sealed_with};
use super::row::SqlRow;
use super::sealed::{self, Resealed, SealedTable, TABLES};
use super::statement::statement;
use serde_json::Value;
use service::row::{Unreadable, UnreadableRow};
use service::store::{Mode, Stored, Transaction as _};
use std::collections::BTreeSet;
use std::fmt;

/// How many rows are read at once: writing them holds up the servers for milliseconds.
const BATCH: usize = 100;

/// What became of a table's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResealedTable {
    pub name: &'static str,
    /// The newest key seals them now.
    pub sealed: u64,
    /// A server has written or deleted them between reading and writing here. They stay as they are.
    pub changed: u64,
}

/// What became of everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResealReport {
    pub tables: Vec<ResealedTable>,
    /// They stay as they are.
    pub unreadable: Vec<UnreadableRow>,
    /// Keys other than the newest that still seal something, with how many rows.
    pub needed: Vec<(String, u64)>,
    /// Keys that seal nothing any more.
    pub not_needed: Vec<String>,
}

impl ResealReport {
    /// Whether the newest key is the only one that anything needs.
    pub fn is_complete(&self) -> bool {
        self.unreadable.is_empty() && self.needed.is_empty()
    }
}

impl fmt::Display for ResealReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for table in &self.tables {
            write!(f, "{}: {} sealed", table.name, table.sealed)?;
            if table.changed > 0 {
                write!(f, ", {} changed meanwhile", table.changed)?;
            }
            writeln!(f)?;
        }
        if !self.unreadable.is_empty() {
            writeln!(
                f,
                "{} secrets stay as they are: they can't be opened",
                self.unreadable.len()
            )?;
        }
        for (key, rows) in &self.needed {
            writeln!(
                f,
                "The key `{key}` is still needed: {rows} rows are sealed with it"
            )?;
        }
        for key in &self.not_needed {
            writeln!(f, "The key `{key}` isn't needed any more")?;
        }
        Ok(())
    }
}

/// A row as it was read, and as it is to be.
struct Change {
    id: String,
    open_id: String,
    was: String,
    becomes: String,
}

impl SqlStore {
    /// Seals everything with the newest key. A key may be missing: what needs it is named, and stays.
    pub async fn reseal(&self) -> Result<ResealReport, KeyError> {
        let newest = self.sealer.newest().ok_or(KeyError::None)?.to_owned();
        let mut ids: BTreeSet<String> = self.known_keys().await?;
        ids.extend(self.sealer.ids().map(str::to_owned));
        ids.remove(&newest);
        let mut report = ResealReport {
            tables: Vec::new(),
            unreadable: Vec::new(),
            needed: Vec::new(),
            not_needed: Vec::new(),
        };
        for table in &TABLES {
            let resealed = self.reseal_table(table, &mut report.unreadable).await?;
            report.tables.push(resealed);
        }
        let mut tx = self.begin_sql(Mode::Read).await?;
        for id in ids {
            match secrets_sealed_with(&mut tx, &id).await? {
                0 => report.not_needed.push(id),
                rows => report.needed.push((id, rows)),
            }
        }
        Ok(report)
    }

    async fn reseal_table(
        &self,
        table: &SealedTable,
        unreadable: &mut Vec<UnreadableRow>,
    ) -> Stored<ResealedTable> {
        let mut resealed = ResealedTable {
            name: table.name,
            sealed: 0,
            changed: 0,
        };
        let mut last = String::new();
        loop {
            let mut tx = self.begin_sql(Mode::Read).await?;
            let most = i64::try_from(BATCH).unwrap_or(i64::MAX);
            let batch = statement(table.read).bind(last.as_str()).bind(most);
            let rows = tx.rows(batch).await?;
            drop(tx);
            let mut changes = Vec::new();
            for row in &rows {
                last = row.get("id").map_err(fault)?;
                changes.extend(self.resealed_row(table, row, unreadable)?);
            }
            self.write(table, changes, &mut resealed).await?;
            if rows.len() < BATCH {
                return Ok(resealed);
            }
        }
    }

    async fn write(
        &self,
        table: &SealedTable,
        changes: Vec<Change>,
        resealed: &mut ResealedTable,
    ) -> Stored<()> {
        if changes.is_empty() {
            return Ok(());
        }
        let mut tx = self.begin_sql(Mode::Write).await?;
        let (mut sealed, mut missed) = (0, 0);
        for change in changes {
            let write = statement(table.write)
                .bind(change.id)
                .bind(change.becomes)
                .bind(change.was)
                .bind(change.open_id);
            match tx.run(write).await? {
                0 => missed += 1,
                written => sealed += written,
            }
        }
        Box::new(tx).commit().await?;
        resealed.sealed += sealed;
        resealed.changed += missed;
        Ok(())
    }

    /// What the row is to be, where it is to change.
    fn resealed_row(
        &self,
        table: &SealedTable,
        row: &SqlRow,
        unreadable: &mut Vec<UnreadableRow>,
    ) -> Stored<Option<Change>> {
        let id: String = row.get("id").map_err(fault)?;
        let open_id: String = row.get("open_id").map_err(fault)?;
        let was: String = row.get("secret").map_err(fault)?;
        let name = |why| UnreadableRow {
            table: table.name,
            id: id.clone(),
            why,
        };
        let Ok(mut value) = serde_json::from_str::<Value>(&was) else {
            unreadable.push(name(Unreadable::Malformed));
            return Ok(None);
        };
        let mut changes = false;
        for (pointer, place) in (table.secrets)(&id, &open_id) {
            let Some(secret) = value.pointer_mut(pointer) else {
                continue;
            };
            match sealed::reseal(&self.sealer, place, secret)? {
                Resealed::Already => {}
                Resealed::Now => changes = true,
                Resealed::Unreadable(why) => unreadable.push(name(why)),
            }
        }
        Ok(changes.then(|| Change {
            id,
            open_id,
            was,
            becomes: value.to_string(),
        }))
    }
}
