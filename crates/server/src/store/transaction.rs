//! A transaction in SQL. One that isn't committed is rolled back when it is dropped.

use super::fault::fault;
use super::postgres::{PostgresTransaction, within};
use super::row::{self, SqlRow};
use super::sealed;
use super::statement::{Statement, statement};
use crate::metrics::{Faults, LetterCounts};
use crate::sealer::Sealer;
use crate::span;
use async_trait::async_trait;
use domain::authorization::Phase;
use domain::email::Email;
use domain::former_email::FormerEmail;
use domain::grant::GrantHealth;
use domain::id::{AccountId, ActivityId, AuthorizationId, BrowserId, DraftId, LetterId, OpenId};
use domain::limit::Count;
use domain::passkey::Ceremony;
use domain::sign_up::SignUp;
use domain::time::Timestamp;
use domain::transfer::Transfer;
use service::row::{
    AdsAccountRow, CeremonyRow, DraftRow, KeyedRequestRow, ProfileRow, SignUpRow, SummaryRow,
};
use service::store::{
    Account, AccountHash, Activity, Grant, KEYED_MAX, KeyedRequest, LetterState, Link, ListedDraft,
    Mode, Passkey, Session, StoreError, Stored, StoredAuthorization, StoredDraft, StoredLetter,
    Sweep, Transaction, UnneededGrant, Whereabouts, former_email_id,
};
use sqlx::Sqlite;
use std::sync::Arc;
use tracing::Span;

/// Bytes of the row that is written and deleted to see whether there is room: more than what any
/// use case writes at once takes of new pages.
const PROBE_BYTES: usize = 16 * 1024;

/// A letter that has waited for so long is late: half of the time for which a code in it is of use.
const LATE_MS: i64 = 5 * 60 * 1000;

/// A transaction of either mode.
pub(super) struct SqlTransaction {
    /// Nothing once a statement has failed. PostgreSQL does nothing more in such a transaction;
    /// SQLite may have rolled back by itself (a full disk, an I/O error, no memory, an interrupt),
    /// and what came then would be a transaction of its own.
    pub(super) sql: Option<Begun>,
    pub(super) mode: Mode,
    pub(super) sealer: Arc<Sealer>,
    pub(super) faults: Faults,
    /// Of the trace. It ends with the transaction.
    pub(super) span: Span,
}

/// What a kind of database has begun.
pub(super) enum Begun {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(PostgresTransaction),
}

impl SqlTransaction {
    fn begun(&mut self) -> Stored<&mut Begun> {
        self.sql.as_mut().ok_or_else(ended)
    }

    /// What a statement gave. One that failed ends the transaction.
    fn given<T>(&mut self, given: sqlx::Result<T>) -> Stored<T> {
        if given.is_err() {
            if let Some(Begun::Postgres(sql)) = &self.sql {
                sql.judge(&given);
            }
            self.sql = None;
        }
        given.map_err(fault).inspect_err(|error| {
            self.faults.count(error);
            span::database_failed(&self.span, error);
        })
    }

    pub(super) async fn row(&mut self, statement: Statement<'_>) -> Stored<Option<SqlRow>> {
        let given = match self.begun()? {
            Begun::Sqlite(sql) => {
                let given = statement.for_sqlite().fetch_optional(&mut **sql).await;
                given.map(|row| row.map(SqlRow::Sqlite))
            }
            Begun::Postgres(sql) => {
                let answer = sql.answer;
                let given = statement.for_postgres().fetch_optional(&mut **sql);
                let given = within(answer, given).await;
                given.map(|row| row.map(SqlRow::Postgres))
            }
        };
        self.given(given)
    }

    pub(super) async fn rows(&mut self, statement: Statement<'_>) -> Stored<Vec<SqlRow>> {
        let given = match self.begun()? {
            Begun::Sqlite(sql) => {
                let given = statement.for_sqlite().fetch_all(&mut **sql).await;
                given.map(|rows| rows.into_iter().map(SqlRow::Sqlite).collect())
            }
            Begun::Postgres(sql) => {
                let answer = sql.answer;
                let given = statement.for_postgres().fetch_all(&mut **sql);
                let given = within(answer, given).await;
                given.map(|rows| rows.into_iter().map(SqlRow::Postgres).collect())
            }
        };
        self.given(given)
    }

    /// What a statement counted, in the column `counted`.
    pub(super) async fn counted(&mut self, statement: Statement<'_>) -> Stored<u32> {
        let count = match self.row(statement).await? {
            Some(row) => row.get::<i64>("counted").map_err(fault)?,
            None => 0,
        };
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Does it, and says how many rows it changed.
    pub(super) async fn run(&mut self, statement: Statement<'_>) -> Stored<u64> {
        // The database would refuse it, too; a refusal of PostgreSQL's could also mean that nobody
        // may write now, which passes.
        if self.mode == Mode::Read {
            return Err(StoreError::Failed(
                "a reading transaction writes".to_owned(),
            ));
        }
        let given = match self.begun()? {
            Begun::Sqlite(sql) => {
                let given = statement.for_sqlite().execute(&mut **sql).await;
                given.map(|given| given.rows_affected())
            }
            Begun::Postgres(sql) => {
                let answer = sql.answer;
                let given = statement.for_postgres().execute(&mut **sql);
                let given = within(answer, given).await;
                given.map(|given| given.rows_affected())
            }
        };
        self.given(given)
    }

    async fn one_authorization(
        &mut self,
        statement: Statement<'_>,
    ) -> Stored<Option<StoredAuthorization>> {
        let found = self.row(statement).await?;
        let stored = found.map(|found| row::authorization(&found, &self.sealer));
        stored.transpose()
    }

    /// Writes and commits something that isn't there afterwards. Only a commit tells whether the
    /// disk takes it.
    pub(super) async fn probe(mut self) -> Stored<()> {
        let length = match self.begun()? {
            Begun::Sqlite(_) => PROBE_BYTES,
            // It writes ahead whatever it is, and its indexes hold no longer keys.
            Begun::Postgres(_) => "readiness".len(),
        };
        let key = "readiness".repeat(length / "readiness".len());
        let insert = statement("INSERT INTO counts (key, since, tries) VALUES ($1, 0, 0)");
        self.run(insert.bind(key.as_str())).await?;
        let delete = statement("DELETE FROM counts WHERE key = $1");
        self.run(delete.bind(key.as_str())).await?;
        Box::new(self).commit().await
    }

    pub(super) async fn letter_counts(&mut self, now: Timestamp) -> Stored<LetterCounts> {
        let waiting = statement("SELECT COUNT(*) AS counted FROM letters WHERE due IS NOT NULL");
        let late = statement(
            "SELECT COUNT(*) AS counted FROM letters WHERE due IS NOT NULL AND written <= $1",
        );
        let dead = statement("SELECT COUNT(*) AS counted FROM letters WHERE due IS NULL");
        Ok(LetterCounts {
            waiting: self.counted(waiting).await?,
            late: self.counted(late.bind(now.0 - LATE_MS)).await?,
            dead: self.counted(dead).await?,
        })
    }

    /// Whether an account has an address of this pattern.
    pub(super) async fn has_addresses_like(&mut self, pattern: &str) -> Stored<bool> {
        let found = statement("SELECT 1 WHERE EXISTS (SELECT 1 FROM accounts WHERE email LIKE $1)");
        Ok(self.row(found.bind(pattern)).await?.is_some())
    }
}

/// Looks a session up.
pub(super) fn session_by(token_hash: &str) -> Statement<'_> {
    statement(
        "SELECT sessions.token_hash, account, begun, seen, authenticated, browser, system, country
         FROM sessions LEFT JOIN session_places
         ON session_places.token_hash = sessions.token_hash WHERE sessions.token_hash = $1",
    )
    .bind(token_hash)
}

fn with_passkey<'a>(statement: Statement<'a>, passkey: &'a Passkey) -> Statement<'a> {
    statement
        .bind(passkey.id.as_str())
        .bind(passkey.account.to_string())
        .bind(passkey.name.as_str())
        .bind(passkey.algorithm)
        .bind(passkey.public_key.as_str())
        .bind(i64::from(passkey.counter))
        .bind(i64::from(passkey.backup_eligible))
        .bind(i64::from(passkey.backed_up))
        .bind(passkey.created.0)
        .bind(passkey.used.map(|used| used.0))
}

fn ended() -> StoreError {
    StoreError::Failed("the transaction has ended: a statement of it failed".to_owned())
}

#[async_trait]
impl Transaction for SqlTransaction {
    async fn commit(self: Box<Self>) -> Stored<()> {
        let committed = match self.sql.ok_or_else(ended)? {
            Begun::Sqlite(sql) => sql.commit().await,
            Begun::Postgres(sql) => sql.commit().await,
        };
        committed.map_err(fault).inspect_err(|error| {
            self.faults.count(error);
            span::database_failed(&self.span, error);
        })
    }

    async fn account(&mut self, id: AccountId) -> Stored<Option<Account>> {
        let found = statement("SELECT * FROM accounts WHERE id = $1").bind(id.to_string());
        self.row(found)
            .await?
            .as_ref()
            .map(row::account)
            .transpose()
    }

    async fn account_by_email(&mut self, email: &Email) -> Stored<Option<Account>> {
        let found = statement("SELECT * FROM accounts WHERE email = $1").bind(email.as_str());
        self.row(found)
            .await?
            .as_ref()
            .map(row::account)
            .transpose()
    }

    async fn insert_account(&mut self, account: &Account) -> Stored<()> {
        let insert = statement(
            "INSERT INTO accounts
             (id, email, password_hash, name, region, language, ads_account, created,
              email_added)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        );
        self.run(with_account(insert, account)?).await.map(drop)
    }

    async fn update_account(&mut self, account: &Account) -> Stored<()> {
        let update = statement(
            "UPDATE accounts SET email = $2, password_hash = $3, name = $4, region = $5,
             language = $6, ads_account = $7, created = $8, email_added = $9 WHERE id = $1",
        );
        self.run(with_account(update, account)?).await.map(drop)
    }

    async fn delete_account(&mut self, id: AccountId) -> Stored<()> {
        // Those that refer to it before it.
        for delete in [
            "DELETE FROM deletions WHERE account = $1",
            "DELETE FROM former_emails WHERE account = $1",
            "DELETE FROM links WHERE account = $1",
            "DELETE FROM transfers WHERE from_account = $1 OR to_account = $1",
            "DELETE FROM passkeys WHERE account = $1",
            "DELETE FROM ceremonies WHERE account = $1",
            "DELETE FROM sessions WHERE account = $1",
            "DELETE FROM drafts WHERE account = $1",
            "DELETE FROM accounts WHERE id = $1",
        ] {
            self.run(statement(delete).bind(id.to_string())).await?;
        }
        Ok(())
    }

    async fn deletion_of(&mut self, account: AccountId) -> Stored<Option<Timestamp>> {
        let found = statement("SELECT account, due FROM deletions WHERE account = $1")
            .bind(account.to_string());
        let found = self.row(found).await?;
        found.as_ref().map(row::deletion).transpose()
    }

    async fn put_deletion(&mut self, account: AccountId, due: Timestamp) -> Stored<()> {
        let put = statement(
            "INSERT INTO deletions (account, due) VALUES ($1, $2)
             ON CONFLICT (account) DO UPDATE SET due = excluded.due",
        )
        .bind(account.to_string())
        .bind(due.0);
        self.run(put).await.map(drop)
    }

    async fn drop_deletion(&mut self, account: AccountId) -> Stored<()> {
        let delete =
            statement("DELETE FROM deletions WHERE account = $1").bind(account.to_string());
        self.run(delete).await.map(drop)
    }

    async fn due_deletions(&mut self, now: Timestamp, most: u32) -> Stored<Vec<AccountId>> {
        let due = statement(
            "SELECT account FROM deletions WHERE due <= $1 ORDER BY due, account LIMIT $2",
        )
        .bind(now.0)
        .bind(i64::from(most));
        let rows = self.rows(due).await?;
        row::readable(&rows, row::account_of_deletion)
    }

    async fn transfer_of(&mut self, account: AccountId) -> Stored<Option<Transfer>> {
        let found = statement("SELECT * FROM transfers WHERE from_account = $1 OR to_account = $1")
            .bind(account.to_string());
        let found = self.row(found).await?;
        found.as_ref().map(row::transfer).transpose()
    }

    async fn insert_transfer(&mut self, transfer: &Transfer) -> Stored<()> {
        let insert = statement(
            "INSERT INTO transfers (from_account, to_account, open_id, due)
             VALUES ($1, $2, $3, $4)",
        )
        .bind(transfer.from.to_string())
        .bind(transfer.to.to_string())
        .bind(transfer.open_id.0.clone())
        .bind(transfer.due.0);
        self.run(insert).await.map(drop)
    }

    async fn delete_transfer_of(&mut self, account: AccountId) -> Stored<()> {
        let delete = statement("DELETE FROM transfers WHERE from_account = $1 OR to_account = $1");
        self.run(delete.bind(account.to_string())).await.map(drop)
    }

    async fn due_transfers(&mut self, now: Timestamp, most: u32) -> Stored<Vec<AccountId>> {
        let due = statement(
            "SELECT from_account FROM transfers WHERE due <= $1
             ORDER BY due, from_account LIMIT $2",
        )
        .bind(now.0)
        .bind(i64::from(most));
        let rows = self.rows(due).await?;
        row::readable(&rows, row::account_of_transfer)
    }

    async fn former_email(&mut self, email: &Email) -> Stored<Option<FormerEmail>> {
        let found = statement("SELECT * FROM former_emails WHERE id = $1");
        let found = self.row(found.bind(former_email_id(email))).await?;
        found.as_ref().map(row::former_email).transpose()
    }

    async fn last_former_email(&mut self, account: AccountId) -> Stored<Option<FormerEmail>> {
        let last = statement(
            "SELECT * FROM former_emails WHERE account = $1 ORDER BY replaced DESC LIMIT 1",
        );
        let last = self.row(last.bind(account.to_string())).await?;
        last.as_ref().map(row::former_email).transpose()
    }

    async fn former_emails_of(&mut self, account: AccountId) -> Stored<Vec<FormerEmail>> {
        let all =
            statement("SELECT * FROM former_emails WHERE account = $1 ORDER BY replaced DESC")
                .bind(account.to_string());
        let rows = self.rows(all).await?;
        row::readable(&rows, row::former_email)
    }

    async fn put_former_email(&mut self, former: &FormerEmail) -> Stored<()> {
        let put = statement(
            "INSERT INTO former_emails (id, email, account, replaced) VALUES ($1, $2, $3, $4)
             ON CONFLICT (id) DO UPDATE SET email = excluded.email, account = excluded.account,
             replaced = excluded.replaced",
        )
        .bind(former_email_id(&former.email))
        .bind(former.email.as_str())
        .bind(former.account.to_string())
        .bind(former.replaced.0);
        self.run(put).await.map(drop)
    }

    async fn delete_former_emails(&mut self, account: AccountId, since: Timestamp) -> Stored<()> {
        let delete = statement("DELETE FROM former_emails WHERE account = $1 AND replaced >= $2")
            .bind(account.to_string())
            .bind(since.0);
        self.run(delete).await.map(drop)
    }

    async fn link_of_account(&mut self, account: AccountId) -> Stored<Option<Link>> {
        let found = statement(
            "SELECT account, open_id, union_id, face, linked, renewal_due, grant_fault FROM links
             WHERE account = $1",
        )
        .bind(account.to_string());
        self.row(found).await?.as_ref().map(row::link).transpose()
    }

    async fn link_by_open_id(&mut self, open_id: &OpenId) -> Stored<Option<Link>> {
        let found = statement(
            "SELECT account, open_id, union_id, face, linked, renewal_due, grant_fault FROM links
             WHERE open_id = $1",
        )
        .bind(open_id.0.as_str());
        self.row(found).await?.as_ref().map(row::link).transpose()
    }

    async fn grant_of_link(&mut self, account: AccountId) -> Stored<Option<Grant>> {
        let found = statement("SELECT account, open_id, tokens FROM links WHERE account = $1")
            .bind(account.to_string());
        let found = self.row(found).await?;
        let grant = found.map(|found| row::grant_of_link(&found, &self.sealer));
        grant.transpose()
    }

    async fn insert_link(&mut self, link: &Link, grant: &Grant) -> Stored<()> {
        let insert = statement(
            "INSERT INTO links
             (account, open_id, union_id, face, tokens, linked, renewal_due, grant_fault)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        );
        let tokens = sealed::link(&self.sealer, link, grant)?;
        self.run(with_link(insert, link, tokens)?).await.map(drop)
    }

    async fn update_link(&mut self, link: &Link, grant: &Grant) -> Stored<()> {
        let update = statement(
            "UPDATE links SET open_id = $2, union_id = $3, face = $4, tokens = $5, linked = $6,
             renewal_due = $7, grant_fault = $8 WHERE account = $1",
        );
        let tokens = sealed::link(&self.sealer, link, grant)?;
        self.run(with_link(update, link, tokens)?).await.map(drop)
    }

    async fn set_grant_health(&mut self, account: AccountId, health: GrantHealth) -> Stored<()> {
        let update =
            statement("UPDATE links SET renewal_due = $2, grant_fault = $3 WHERE account = $1")
                .bind(account.to_string());
        self.run(with_health(update, health)).await.map(drop)
    }

    async fn due_grants(&mut self, now: Timestamp, most: u32) -> Stored<Vec<AccountId>> {
        let due = statement(
            "SELECT account FROM links WHERE grant_fault IS NULL AND renewal_due <= $1
             ORDER BY renewal_due, account LIMIT $2",
        )
        .bind(now.0)
        .bind(i64::from(most));
        let rows = self.rows(due).await?;
        row::readable(&rows, row::account_of_link)
    }

    async fn delete_link(&mut self, account: AccountId) -> Stored<()> {
        let delete = statement("DELETE FROM links WHERE account = $1").bind(account.to_string());
        self.run(delete).await.map(drop)
    }

    async fn session(&mut self, token_hash: &str) -> Stored<Option<Session>> {
        self.row(session_by(token_hash))
            .await?
            .as_ref()
            .map(row::session)
            .transpose()
    }

    async fn put_session(&mut self, session: &Session) -> Stored<()> {
        let put = statement(
            "INSERT INTO sessions (token_hash, account, begun, seen, authenticated)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (token_hash) DO UPDATE SET account = excluded.account,
             begun = excluded.begun, seen = excluded.seen,
             authenticated = excluded.authenticated",
        )
        .bind(session.token_hash.as_str())
        .bind(session.account.to_string())
        .bind(session.times.begun.0)
        .bind(session.times.seen.0)
        .bind(session.times.authenticated.0);
        self.run(put).await?;
        let Whereabouts { device, country } = session.whereabouts;
        let put = statement(
            "INSERT INTO session_places (token_hash, browser, system, country)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (token_hash) DO UPDATE SET browser = excluded.browser,
             system = excluded.system, country = excluded.country",
        )
        .bind(session.token_hash.as_str())
        .bind(device.map(|device| device.browser.word()))
        .bind(device.map(|device| device.system.word()))
        .bind(country.map(String::from));
        self.run(put).await.map(drop)
    }

    async fn delete_session(&mut self, token_hash: &str) -> Stored<()> {
        let delete = statement("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash);
        self.run(delete).await.map(drop)
    }

    async fn sessions_of(&mut self, account: AccountId) -> Stored<Vec<Session>> {
        let all = statement(
            "SELECT sessions.token_hash, account, begun, seen, authenticated, browser, system,
             country FROM sessions LEFT JOIN session_places
             ON session_places.token_hash = sessions.token_hash
             WHERE account = $1 ORDER BY sessions.token_hash",
        )
        .bind(account.to_string());
        let rows = self.rows(all).await?;
        row::readable(&rows, row::session)
    }

    async fn trim_sessions(&mut self, account: AccountId, keep: &str, most: u32) -> Stored<()> {
        let delete = statement(
            "DELETE FROM sessions WHERE account = $1 AND token_hash <> $2 AND token_hash NOT IN
             (SELECT token_hash FROM sessions WHERE account = $1
              ORDER BY seen DESC, token_hash LIMIT $3)",
        )
        .bind(account.to_string())
        .bind(keep)
        .bind(i64::from(most));
        self.run(delete).await.map(drop)
    }

    async fn delete_other_sessions(&mut self, account: AccountId, keep: &str) -> Stored<()> {
        let delete = statement("DELETE FROM sessions WHERE account = $1 AND token_hash <> $2")
            .bind(account.to_string())
            .bind(keep);
        self.run(delete).await.map(drop)
    }

    async fn passkey(&mut self, id: &str) -> Stored<Option<Passkey>> {
        let found = statement("SELECT * FROM passkeys WHERE id = $1").bind(id);
        let found = self.row(found).await?;
        found.as_ref().map(row::passkey).transpose()
    }

    async fn passkeys_of(&mut self, account: AccountId) -> Stored<Vec<Passkey>> {
        let all = statement("SELECT * FROM passkeys WHERE account = $1 ORDER BY created, id")
            .bind(account.to_string());
        let rows = self.rows(all).await?;
        row::readable(&rows, row::passkey)
    }

    async fn insert_passkey(&mut self, passkey: &Passkey) -> Stored<()> {
        let insert = statement(
            "INSERT INTO passkeys (id, account, name, algorithm, public_key, counter,
             backup_eligible, backed_up, created, used)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        );
        self.run(with_passkey(insert, passkey)).await.map(drop)
    }

    async fn update_passkey(&mut self, passkey: &Passkey) -> Stored<()> {
        let update = statement(
            "UPDATE passkeys SET account = $2, name = $3, algorithm = $4, public_key = $5,
             counter = $6, backup_eligible = $7, backed_up = $8, created = $9, used = $10
             WHERE id = $1",
        );
        self.run(with_passkey(update, passkey)).await.map(drop)
    }

    async fn delete_passkey(&mut self, id: &str) -> Stored<()> {
        let delete = statement("DELETE FROM passkeys WHERE id = $1").bind(id);
        self.run(delete).await.map(drop)
    }

    async fn ceremony(&mut self, browser: &BrowserId) -> Stored<Option<Ceremony>> {
        let found =
            statement("SELECT * FROM ceremonies WHERE browser = $1").bind(browser.0.as_str());
        let found = self.row(found).await?;
        found.as_ref().map(row::ceremony).transpose()
    }

    async fn put_ceremony(&mut self, browser: &BrowserId, ceremony: &Ceremony) -> Stored<()> {
        let put = statement(
            "INSERT INTO ceremonies (browser, ceremony, account, begun) VALUES ($1, $2, $3, $4)
             ON CONFLICT (browser) DO UPDATE SET ceremony = excluded.ceremony,
             account = excluded.account, begun = excluded.begun",
        )
        .bind(browser.0.as_str())
        .bind(row::json::<CeremonyRow>(ceremony)?)
        .bind(
            ceremony
                .purpose
                .account()
                .map(|account| account.to_string()),
        )
        .bind(ceremony.begun.0);
        self.run(put).await.map(drop)
    }

    async fn delete_ceremony(&mut self, browser: &BrowserId) -> Stored<()> {
        let delete =
            statement("DELETE FROM ceremonies WHERE browser = $1").bind(browser.0.as_str());
        self.run(delete).await.map(drop)
    }

    async fn insert_activity(&mut self, activity: &Activity) -> Stored<()> {
        let Whereabouts { device, country } = activity.whereabouts;
        let insert = statement(
            "INSERT INTO activity (id, account, at, event, browser, system, country)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(activity.id.to_string())
        .bind(activity.account.0.clone())
        .bind(activity.at.0)
        .bind(activity.event.word())
        .bind(device.map(|device| device.browser.word()))
        .bind(device.map(|device| device.system.word()))
        .bind(country.map(String::from));
        self.run(insert).await.map(drop)
    }

    async fn activity_of(
        &mut self,
        account: &AccountHash,
        since: Timestamp,
        before: Option<(Timestamp, ActivityId)>,
        most: u32,
    ) -> Stored<Vec<Activity>> {
        let (at, id) = before.map_or((i64::MAX, String::new()), |(at, id)| (at.0, id.to_string()));
        let newest = statement(
            "SELECT * FROM activity WHERE account = $1 AND at >= $2 AND (at, id) < ($3, $4)
             ORDER BY at DESC, id DESC LIMIT $5",
        )
        .bind(account.0.clone())
        .bind(since.0)
        .bind(at)
        .bind(id)
        .bind(i64::from(most));
        let rows = self.rows(newest).await?;
        let read = row::readable(&rows, row::activity)?;
        Ok(read.into_iter().flatten().collect())
    }

    async fn authorization(&mut self, id: AuthorizationId) -> Stored<Option<StoredAuthorization>> {
        let found = statement("SELECT * FROM authorizations WHERE id = $1").bind(id.to_string());
        self.one_authorization(found).await
    }

    async fn last_authorization(
        &mut self,
        browser: &BrowserId,
    ) -> Stored<Option<StoredAuthorization>> {
        let found = statement(
            "SELECT authorizations.* FROM authorizations
             JOIN last_authorizations ON authorization_id = id WHERE browser = $1",
        )
        .bind(browser.0.as_str());
        self.one_authorization(found).await
    }

    async fn put_authorization(&mut self, stored: &StoredAuthorization) -> Stored<()> {
        let id = stored.id.to_string();
        let compound = sealed::authorization(&self.sealer, stored)?;
        let pending = i64::from(stored.authorization.phase == Phase::Pending);
        let (open_id, proven) = stored
            .waits()
            .map(|(open_id, proven)| (open_id.0.as_str(), proven.0))
            .unzip();
        let update = statement(
            "UPDATE authorizations SET stored = $2, open_id = $3, proven = $4, pending = $5 WHERE id = $1",
        )
        .bind(id.as_str())
        .bind(compound.as_str())
        .bind(open_id)
        .bind(proven)
        .bind(pending);
        if self.run(update).await? > 0 {
            return Ok(());
        }
        let insert = statement(
            "INSERT INTO authorizations (id, begun, stored, open_id, proven, pending)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id.as_str())
        .bind(stored.authorization.begun.0)
        .bind(compound.as_str())
        .bind(open_id)
        .bind(proven)
        .bind(pending);
        self.run(insert).await?;
        let last = statement(
            "INSERT INTO last_authorizations (browser, authorization_id) VALUES ($1, $2)
             ON CONFLICT (browser) DO UPDATE SET authorization_id = excluded.authorization_id",
        )
        .bind(stored.authorization.browser.0.as_str())
        .bind(id.as_str());
        self.run(last).await.map(drop)
    }

    async fn waiting_proofs(&mut self, proven: Timestamp) -> Stored<Vec<StoredAuthorization>> {
        // Ordered there, SQLite would rather read all there are by their ids.
        let all = statement("SELECT * FROM authorizations WHERE proven <= $1").bind(proven.0);
        let rows = self.rows(all).await?;
        let mut waiting = row::readable(&rows, |found| row::authorization(found, &self.sealer))?;
        waiting.sort_by_key(|stored| stored.id);
        Ok(waiting)
    }

    async fn waiting_proofs_of(&mut self, open_id: &OpenId) -> Stored<Vec<StoredAuthorization>> {
        let own = statement("SELECT * FROM authorizations WHERE open_id = $1 ORDER BY id")
            .bind(open_id.0.as_str());
        let rows = self.rows(own).await?;
        row::readable(&rows, |found| row::authorization(found, &self.sealer))
    }

    async fn is_grant_held(&mut self, open_id: &OpenId) -> Stored<bool> {
        let held = statement(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM links WHERE open_id = $1)
             OR EXISTS (SELECT 1 FROM authorizations WHERE open_id = $1)",
        )
        .bind(open_id.0.as_str());
        Ok(self.row(held).await?.is_some())
    }

    async fn unneeded_grants(&mut self, open_id: &OpenId) -> Stored<Vec<UnneededGrant>> {
        let own = statement("SELECT * FROM unneeded_grants WHERE open_id = $1 ORDER BY since, id")
            .bind(open_id.0.as_str());
        let rows = self.rows(own).await?;
        let read = |found| row::unneeded_grant(found, &self.sealer);
        rows.iter().map(read).collect()
    }

    async fn revocable_grants(
        &mut self,
        since: Timestamp,
        kept: u32,
        most: u32,
    ) -> Stored<Vec<UnneededGrant>> {
        // Most of them are to be kept for long: each is looked at once, and again when something
        // has changed of what it depends on.
        let keep = statement(
            "UPDATE unneeded_grants SET kept = 1 WHERE kept = 0 AND since < $1
             AND COALESCE(
                (SELECT 1 FROM links WHERE links.open_id = unneeded_grants.open_id LIMIT 1),
                (SELECT 1 FROM authorizations
                 WHERE authorizations.open_id = unneeded_grants.open_id LIMIT 1)
             ) = 1
             AND (SELECT COUNT(*) FROM (
                SELECT 1 FROM unneeded_grants AS newer
                WHERE newer.open_id = unneeded_grants.open_id
                AND (newer.since, newer.id) > (unneeded_grants.since, unneeded_grants.id)
                LIMIT $2
             ) AS counted) < $2",
        )
        .bind(since.0)
        .bind(i64::from(kept));
        self.run(keep).await?;
        let revocable = statement(
            "SELECT * FROM unneeded_grants WHERE kept = 0 AND since < $1
             ORDER BY since, id LIMIT $2",
        )
        .bind(since.0)
        .bind(i64::from(most));
        let rows = self.rows(revocable).await?;
        row::readable(&rows, |found| row::unneeded_grant(found, &self.sealer))
    }

    async fn has_unneeded_grant(&mut self, id: &str) -> Stored<bool> {
        let found = statement("SELECT 1 FROM unneeded_grants WHERE id = $1").bind(id);
        Ok(self.row(found).await?.is_some())
    }

    async fn put_unneeded_grant(&mut self, unneeded: &UnneededGrant) -> Stored<()> {
        let id = unneeded.grant.id();
        let tokens = sealed::unneeded(&self.sealer, &id, unneeded)?;
        let put = statement(
            "INSERT INTO unneeded_grants (id, open_id, tokens, since) VALUES ($1, $2, $3, $4)
             ON CONFLICT (id) DO UPDATE SET open_id = excluded.open_id, tokens = excluded.tokens,
             since = excluded.since",
        )
        .bind(id)
        .bind(unneeded.open_id.0.as_str())
        .bind(tokens)
        .bind(unneeded.since.0);
        self.run(put).await?;
        // There is a newer one of the same account now.
        let look_again =
            statement("UPDATE unneeded_grants SET kept = 0 WHERE open_id = $1 AND kept = 1");
        let look_again = look_again.bind(unneeded.open_id.0.as_str());
        self.run(look_again).await.map(drop)
    }

    async fn delete_unneeded_grant(&mut self, id: &str) -> Stored<()> {
        let delete = statement("DELETE FROM unneeded_grants WHERE id = $1").bind(id);
        self.run(delete).await.map(drop)
    }

    async fn sign_up(&mut self, browser: &BrowserId) -> Stored<Option<SignUp>> {
        let found = statement("SELECT * FROM sign_ups WHERE browser = $1").bind(browser.0.as_str());
        self.row(found)
            .await?
            .as_ref()
            .map(row::sign_up)
            .transpose()
    }

    async fn put_sign_up(
        &mut self,
        browser: &BrowserId,
        sign_up: &SignUp,
        now: Timestamp,
    ) -> Stored<()> {
        let put = statement(
            "INSERT INTO sign_ups (browser, sign_up, put, email) VALUES ($1, $2, $3, $4)
             ON CONFLICT (browser) DO UPDATE SET sign_up = excluded.sign_up, put = excluded.put,
             email = excluded.email",
        )
        .bind(browser.0.as_str())
        .bind(row::json::<SignUpRow>(sign_up)?)
        .bind(now.0)
        .bind(sign_up.email.as_str());
        self.run(put).await.map(drop)
    }

    async fn delete_sign_up(&mut self, browser: &BrowserId) -> Stored<()> {
        let delete = statement("DELETE FROM sign_ups WHERE browser = $1").bind(browser.0.as_str());
        self.run(delete).await.map(drop)
    }

    async fn sign_ups_of(&mut self, email: &Email) -> Stored<Vec<(BrowserId, SignUp)>> {
        let all = statement("SELECT * FROM sign_ups WHERE email = $1 ORDER BY browser")
            .bind(email.as_str());
        let rows = self.rows(all).await?;
        row::readable(&rows, row::sign_up_of)
    }

    async fn draft(&mut self, id: DraftId) -> Stored<Option<StoredDraft>> {
        let found = statement("SELECT * FROM drafts WHERE id = $1").bind(id.to_string());
        self.row(found).await?.as_ref().map(row::draft).transpose()
    }

    async fn drafts(&mut self, account: AccountId) -> Stored<Vec<StoredDraft>> {
        let all =
            statement("SELECT * FROM drafts WHERE account = $1 ORDER BY changed DESC, id ASC")
                .bind(account.to_string());
        let rows = self.rows(all).await?;
        row::readable(&rows, row::draft)
    }

    async fn listed_drafts(&mut self, account: AccountId) -> Stored<Vec<ListedDraft>> {
        let all = statement(
            "SELECT id, changed, summary FROM drafts WHERE account = $1
             ORDER BY changed DESC, id ASC",
        )
        .bind(account.to_string());
        let rows = self.rows(all).await?;
        match rows.iter().map(row::listed_draft).collect() {
            // An older release wrote less beside a draft, and still does while this one is started.
            Err(StoreError::Unreadable(_)) => {
                let drafts = self.drafts(account).await?;
                Ok(drafts.into_iter().map(Into::into).collect())
            }
            listed => listed,
        }
    }

    async fn draft_count(&mut self, account: AccountId) -> Stored<u32> {
        let own = statement("SELECT COUNT(*) AS counted FROM drafts WHERE account = $1");
        self.counted(own.bind(account.to_string())).await
    }

    async fn put_draft(&mut self, draft: &StoredDraft) -> Stored<()> {
        let put = statement(
            "INSERT INTO drafts (id, account, draft, changed, summary)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (id) DO UPDATE SET account = excluded.account, draft = excluded.draft,
             changed = excluded.changed, summary = excluded.summary",
        )
        .bind(draft.id.to_string())
        .bind(draft.account.to_string())
        .bind(row::json::<DraftRow>(&draft.draft)?)
        .bind(draft.changed.0)
        .bind(row::json::<SummaryRow>(&draft.draft.summary())?);
        self.run(put).await.map(drop)
    }

    async fn delete_draft(&mut self, id: DraftId) -> Stored<()> {
        let delete = statement("DELETE FROM drafts WHERE id = $1").bind(id.to_string());
        self.run(delete).await.map(drop)
    }

    async fn keyed_request(&mut self, id: &str) -> Stored<Option<KeyedRequest>> {
        let found = statement("SELECT * FROM keyed_requests WHERE id = $1").bind(id);
        self.row(found)
            .await?
            .as_ref()
            .map(row::keyed_request)
            .transpose()
    }

    async fn put_keyed_request(&mut self, request: &KeyedRequest) -> Stored<()> {
        let put = statement(
            "INSERT INTO keyed_requests (id, browser, begun, keyed) VALUES ($1, $2, $3, $4)
             ON CONFLICT (id) DO UPDATE SET browser = excluded.browser, begun = excluded.begun,
             keyed = excluded.keyed",
        )
        .bind(request.id.as_str())
        .bind(request.browser.0.as_str())
        .bind(request.begun.0)
        .bind(row::json::<KeyedRequestRow>(request)?);
        self.run(put).await?;
        let too_many = statement(
            "DELETE FROM keyed_requests WHERE browser = $1 AND id NOT IN
             (SELECT id FROM keyed_requests WHERE browser = $1 ORDER BY begun DESC, id ASC LIMIT $2)",
        )
        .bind(request.browser.0.as_str())
        .bind(i64::from(KEYED_MAX));
        self.run(too_many).await.map(drop)
    }

    async fn delete_keyed_request(&mut self, id: &str) -> Stored<()> {
        let delete = statement("DELETE FROM keyed_requests WHERE id = $1").bind(id);
        self.run(delete).await.map(drop)
    }

    async fn delete_keyed_requests(&mut self, browser: &BrowserId) -> Stored<()> {
        let delete =
            statement("DELETE FROM keyed_requests WHERE browser = $1").bind(browser.0.as_str());
        self.run(delete).await.map(drop)
    }

    async fn count(&mut self, key: &str) -> Stored<Option<Count>> {
        let found = statement("SELECT * FROM counts WHERE key = $1").bind(key);
        self.row(found).await?.as_ref().map(row::count).transpose()
    }

    async fn put_count(&mut self, key: &str, count: Count) -> Stored<()> {
        let put = statement(
            "INSERT INTO counts (key, since, tries, ends) VALUES ($1, $2, $3, $4)
             ON CONFLICT (key) DO UPDATE SET since = excluded.since, tries = excluded.tries,
             ends = excluded.ends",
        )
        .bind(key)
        .bind(count.since.0)
        .bind(i64::from(count.tries))
        .bind(count.ends.0);
        self.run(put).await.map(drop)
    }

    async fn delete_count(&mut self, key: &str) -> Stored<()> {
        let delete = statement("DELETE FROM counts WHERE key = $1").bind(key);
        self.run(delete).await.map(drop)
    }

    async fn put_letter(&mut self, stored: &StoredLetter) -> Stored<()> {
        let (due, why) = match &stored.state {
            LetterState::Waiting { due } => (Some(due.0), None),
            LetterState::Dead { why } => (None, Some(why.as_str())),
        };
        let id = stored.id.to_string();
        let letter = sealed::letter(&self.sealer, &id, &stored.letter)?;
        let put = statement(
            "INSERT INTO letters (id, letter, asked_for, written, tries, due, why)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (id) DO UPDATE SET letter = excluded.letter,
             asked_for = excluded.asked_for, written = excluded.written, tries = excluded.tries,
             due = excluded.due, why = excluded.why",
        )
        .bind(id)
        .bind(letter)
        .bind(i64::from(stored.letter.news.is_asked_for()))
        .bind(stored.written.0)
        .bind(i64::from(stored.tries))
        .bind(due)
        .bind(why);
        self.run(put).await.map(drop)
    }

    async fn letter(&mut self, id: LetterId) -> Stored<Option<StoredLetter>> {
        let found = statement("SELECT * FROM letters WHERE id = $1").bind(id.to_string());
        let found = self.row(found).await?;
        let letter = found.map(|found| row::letter(&found, &self.sealer));
        letter.transpose()
    }

    async fn delete_letter(&mut self, id: LetterId) -> Stored<()> {
        let delete = statement("DELETE FROM letters WHERE id = $1").bind(id.to_string());
        self.run(delete).await.map(drop)
    }

    async fn asked_for_letters(&mut self) -> Stored<u32> {
        self.counted(statement(
            "SELECT COUNT(*) AS counted FROM letters WHERE asked_for = 1 AND due IS NOT NULL",
        ))
        .await
    }

    async fn claim_letters(
        &mut self,
        now: Timestamp,
        until: Timestamp,
        most: u32,
    ) -> Stored<Vec<StoredLetter>> {
        // Also those that can't be read, or they would stand before the others each time. With
        // both values named, those of each that are due are found by the index.
        let claim = statement(
            "UPDATE letters SET due = $2, tries = tries + 1 WHERE id IN
             (SELECT id FROM letters WHERE asked_for IN (0, 1) AND due <= $1
              ORDER BY asked_for, due, id LIMIT $3)
             RETURNING *",
        )
        .bind(now.0)
        .bind(until.0)
        .bind(i64::from(most));
        let rows = self.rows(claim).await?;
        let mut letters = row::readable(&rows, |found| row::letter(found, &self.sealer))?;
        letters.sort_by_key(StoredLetter::turn);
        Ok(letters)
    }

    async fn dead_letters(&mut self) -> Stored<Vec<StoredLetter>> {
        let dead = statement("SELECT * FROM letters WHERE due IS NULL ORDER BY written, id");
        let rows = self.rows(dead).await?;
        row::readable(&rows, |found| row::letter(found, &self.sealer))
    }

    async fn sweep(&mut self, before: &Sweep) -> Stored<()> {
        for (delete, before) in [
            ("DELETE FROM sessions WHERE seen < $1", before.sessions),
            (
                "DELETE FROM authorizations WHERE begun < $1 AND pending = 1",
                before.pending,
            ),
            // One that has a TikTok account holds a grant, which is to be revoked first.
            (
                "DELETE FROM authorizations WHERE begun < $1 AND open_id IS NULL",
                before.others,
            ),
            ("DELETE FROM sign_ups WHERE put < $1", before.others),
            ("DELETE FROM ceremonies WHERE begun < $1", before.ceremonies),
            ("DELETE FROM counts WHERE ends < $1", before.counts),
            ("DELETE FROM keyed_requests WHERE begun < $1", before.keyed),
            (
                "DELETE FROM letters WHERE written < $1 AND due IS NULL",
                before.dead_letters,
            ),
            (
                "DELETE FROM former_emails WHERE replaced < $1",
                before.former_emails,
            ),
            ("DELETE FROM activity WHERE at < $1", before.activity),
        ] {
            self.run(statement(delete).bind(before.0)).await?;
        }
        Ok(())
    }
}

/// Binds `$1` to `$9`, in the order of the columns.
fn with_account<'q>(statement: Statement<'q>, account: &Account) -> Stored<Statement<'q>> {
    Ok(statement
        .bind(account.id.to_string())
        .bind(account.email.as_ref().map(ToString::to_string))
        .bind(account.password_hash.clone())
        .bind(account.name.clone())
        .bind(account.region.map(String::from))
        .bind(account.language.tag())
        .bind(row::json::<AdsAccountRow>(&account.ads_account)?)
        .bind(account.created.0)
        .bind(account.email_added.map(|added| added.0)))
}

/// Binds `$1` to `$8`, in the order of the columns.
fn with_link<'q>(statement: Statement<'q>, link: &Link, tokens: String) -> Stored<Statement<'q>> {
    let statement = statement
        .bind(link.account.to_string())
        .bind(link.open_id.0.clone())
        .bind(link.union_id.clone())
        .bind(row::json::<ProfileRow>(&link.profile)?)
        .bind(tokens)
        .bind(link.linked.0);
    Ok(with_health(statement, link.health))
}

/// Binds the columns `renewal_due` and `grant_fault`.
fn with_health(statement: Statement<'_>, health: GrantHealth) -> Statement<'_> {
    let (due, fault) = match health {
        GrantHealth::Good { due } => (due.0, None),
        GrantHealth::Lost(fault) => (0, Some(fault.word())),
    };
    statement.bind(due).bind(fault)
}
