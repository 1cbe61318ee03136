//! The security activity as an operator reads it, of all accounts.

use super::SqlStore;
use super::fault::fault;
use super::row::SqlRow;
use super::statement::statement;
use serde::Serialize;
use service::store::{Mode, Stored};

/// An entry, with what stands in its columns: a later release may have more words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActivityLine {
    pub id: String,
    /// [`AccountHash`](service::store::AccountHash).
    pub account: String,
    /// Milliseconds since 1970.
    pub at: i64,
    pub event: String,
    pub browser: Option<String>,
    pub system: Option<String>,
    pub country: Option<String>,
}

impl ActivityLine {
    fn of(row: &SqlRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account: row.get("account")?,
            at: row.get("at")?,
            event: row.get("event")?,
            browser: row.get("browser")?,
            system: row.get("system")?,
            country: row.get("country")?,
        })
    }
}

impl SqlStore {
    /// The oldest entries after one, up to `most` of them.
    pub async fn activity_after(
        &self,
        after: Option<&ActivityLine>,
        most: u32,
    ) -> Stored<Vec<ActivityLine>> {
        let (at, id) = after.map_or((i64::MIN, ""), |line| (line.at, line.id.as_str()));
        let page =
            statement("SELECT * FROM activity WHERE (at, id) > ($1, $2) ORDER BY at, id LIMIT $3")
                .bind(at)
                .bind(id)
                .bind(i64::from(most));
        let rows = self.begin_sql(Mode::Read).await?.rows(page).await?;
        let lines: sqlx::Result<_> = rows.iter().map(ActivityLine::of).collect();
        lines.map_err(fault)
    }
}
