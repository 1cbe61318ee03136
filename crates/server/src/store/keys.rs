//! Whether the keys are those that sealed what is stored: asked at the start, before anything is
//! sealed with a wrong one.

use super::SqlStore;
use super::fault::fault;
use super::sealed::{TABLES, failed, of_probe};
use super::statement::statement;
use super::transaction::SqlTransaction;
use serde_json::Value;
use service::store::{Mode, StoreError, Stored, Transaction as _};
use std::collections::BTreeSet;

/// Why the keys can't be used. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error(
        "the key `{id}` isn't the one that sealed what is stored: give that one back, and a new key \
         an id of its own"
    )]
    Wrong { id: String },
    #[error(
        "the key `{id}` is missing, and {secrets} stored secrets are sealed with it: add it behind \
         the others"
    )]
    Missing { id: String, secrets: u64 },
    #[error("none is set, so nothing can be sealed: `server key` prints one")]
    None,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SqlStore {
    /// Refuses a key that is another than it was, and to be without one that is needed; and notes the
    /// one that seals from now on.
    pub async fn check_keys(&self) -> Result<(), KeyError> {
        let mut tx = self.begin_sql(Mode::Write).await?;
        for id in self.recognize_all(&mut tx).await? {
            if self.sealer.has(&id) {
                continue;
            }
            let secrets = secrets_sealed_with(&mut tx, &id).await?;
            if secrets > 0 {
                return Err(KeyError::Missing { id, secrets });
            }
            // It is of no use any more.
            let forget = statement("DELETE FROM keys_that_sealed WHERE id = $1");
            tx.run(forget.bind(id)).await?;
        }
        self.note_newest(&mut tx).await?;
        Box::new(tx).commit().await?;
        Ok(())
    }

    /// The keys that have sealed. Refuses one that is another than it was, and lets one be missing; and
    /// notes the one that seals from now on.
    pub(super) async fn known_keys(&self) -> Result<BTreeSet<String>, KeyError> {
        let mut tx = self.begin_sql(Mode::Write).await?;
        let known = self.recognize_all(&mut tx).await?;
        self.note_newest(&mut tx).await?;
        Box::new(tx).commit().await?;
        Ok(known)
    }

    async fn recognize_all(&self, tx: &mut SqlTransaction) -> Result<BTreeSet<String>, KeyError> {
        let known = statement("SELECT id, probe FROM keys_that_sealed");
        let mut ids = BTreeSet::new();
        for row in tx.rows(known).await? {
            let id: String = row.get("id").map_err(fault)?;
            let probe: String = row.get("probe").map_err(fault)?;
            if self.sealer.has(&id) {
                self.recognize(&id, &probe)?;
            }
            ids.insert(id);
        }
        Ok(ids)
    }

    async fn note_newest(&self, tx: &mut SqlTransaction) -> Stored<()> {
        if let Some(id) = self.sealer.newest() {
            let probe = self.sealer.seal(of_probe(id), Value::Bool(true));
            let probe = probe.map_err(failed)?.to_string();
            let note = statement(
                "INSERT INTO keys_that_sealed (id, probe) VALUES ($1, $2)
                 ON CONFLICT (id) DO NOTHING",
            );
            tx.run(note.bind(id).bind(probe)).await?;
        }
        Ok(())
    }

    fn recognize(&self, id: &str, probe: &str) -> Result<(), KeyError> {
        let probe = serde_json::from_str(probe).ok();
        let opened = probe.map(|probe| self.sealer.open(of_probe(id), probe));
        match opened {
            Some(Ok(_)) => Ok(()),
            Some(Err(_)) | None => Err(KeyError::Wrong { id: id.to_owned() }),
        }
    }
}

/// How many rows hold a secret that is sealed with a key.
pub(super) async fn secrets_sealed_with(tx: &mut SqlTransaction, id: &str) -> Stored<u64> {
    let mut all = 0;
    for table in &TABLES {
        // No character of an id means something in a pattern, nor could such quotes stand in a text.
        let like = format!("%\"sealed\":{{\"key\":\"{id}\",%");
        all += u64::from(tx.counted(statement(table.count).bind(like)).await?);
    }
    Ok(all)
}
