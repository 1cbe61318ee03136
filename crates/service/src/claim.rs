//! Work that only one does at a time, on whatever server: who does it has a claim in the store.
//!
//! It is a count of one, which ends by itself where whoever made it has died.

use crate::store::{Mode, Store, Stored, Transaction};
use core::time::Duration;
use domain::limit::Count;
use domain::time::Timestamp;

pub(crate) struct Claim {
    key: String,
    count: Count,
}

impl Claim {
    /// Nothing where somebody else has one that hasn't ended. It is made with the transaction.
    pub(crate) async fn make(
        tx: &mut dyn Transaction,
        key: String,
        now: Timestamp,
        life: Duration,
    ) -> Stored<Option<Self>> {
        if Self::is_made(tx, &key, now).await? {
            return Ok(None);
        }
        let count = Count {
            since: now,
            tries: 1,
            ends: now.plus(life),
        };
        tx.put_count(&key, count).await?;
        Ok(Some(Self { key, count }))
    }

    /// Whether somebody has one that hasn't ended.
    pub(crate) async fn is_made(
        tx: &mut dyn Transaction,
        key: &str,
        now: Timestamp,
    ) -> Stored<bool> {
        let made = tx.count(key).await?;
        Ok(made.is_some_and(|count| now < count.ends))
    }

    /// Ends it, unless it has ended by itself and somebody else has another one.
    pub(crate) async fn end_in(&self, tx: &mut dyn Transaction) -> Stored<()> {
        if tx.count(&self.key).await? == Some(self.count) {
            tx.delete_count(&self.key).await?;
        }
        Ok(())
    }

    pub(crate) async fn end(self, store: &dyn Store) -> Stored<()> {
        let mut tx = store.begin(Mode::Write).await?;
        self.end_in(&mut *tx).await?;
        tx.commit().await
    }
}
