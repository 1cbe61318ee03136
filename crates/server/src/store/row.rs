//! Columns, read and written. [`service::row`] has the shapes of what they hold in JSON.

use domain::activity::Event;
use domain::device::{Browser, Device, System};
use domain::email::Email;
use domain::former_email::FormerEmail;
use domain::grant::{GrantFault, GrantHealth};
use domain::id::{AccountId, BrowserId, OpenId};
use domain::limit::Count;
use domain::passkey::Ceremony;
use domain::region::{Country, Language};
use domain::session::SessionTimes;
use domain::time::Timestamp;
use domain::transfer::Transfer;
use serde::de::DeserializeOwned;
use serde_json::Value;
use service::row::{
    self, AdsAccountRow, AuthorizationRow, CeremonyRow, DraftRow, GrantRow, KeyedRequestRow,
    LetterRow, ProfileRow, Row, SignUpRow, SummaryRow, Unreadable, UnreadableRow,
};
use service::store::{
    Account, AccountHash, Activity, Grant, KeyedRequest, LetterState, Link, ListedDraft, Passkey,
    Session, StoreError, Stored, StoredAuthorization, StoredDraft, StoredLetter, UnneededGrant,
    Visit, Whereabouts,
};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type};

use super::direct::DirectRow;
use super::fault::fault;
use super::{sealed, statement};
use crate::sealer::{Place, Sealer};

/// A compound value as it is stored.
pub(super) fn json<R: Row>(value: &R::Of) -> Stored<String> {
    row::write::<R>(value)
        .map(|stored| stored.to_string())
        .map_err(|error| StoreError::Failed(error.to_string()))
}

/// A row of a kind of database.
pub(super) enum SqlRow {
    Sqlite(SqliteRow),
    Direct(DirectRow),
    Postgres(PgRow),
}

impl SqlRow {
    pub(super) fn get<'r, T: Column<'r>>(&'r self, column: &str) -> sqlx::Result<T> {
        match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Direct(row) => {
                let value = row.get(column);
                let value = value.ok_or_else(|| sqlx::Error::ColumnNotFound(column.to_owned()))?;
                T::of(value).ok_or_else(|| sqlx::Error::Decode("it is of another type".into()))
            }
            Self::Postgres(row) => row.try_get(column),
        }
    }
}

/// A type that columns are read as, from a row of any kind.
pub(super) trait Column<'r>:
    Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>
{
    fn of(value: &'r statement::Value<'static>) -> Option<Self>;
}

impl Column<'_> for i64 {
    fn of(value: &statement::Value<'static>) -> Option<Self> {
        match value {
            statement::Value::Number(number) => *number,
            statement::Value::Text(_) => None,
        }
    }
}

impl<'r> Column<'r> for &'r str {
    fn of(value: &'r statement::Value<'static>) -> Option<Self> {
        match value {
            statement::Value::Text(text) => text.as_deref(),
            statement::Value::Number(_) => None,
        }
    }
}

impl Column<'_> for String {
    fn of(value: &statement::Value<'static>) -> Option<Self> {
        <&str>::of(value).map(ToOwned::to_owned)
    }
}

impl<'r, T: Column<'r>> Column<'r> for Option<T> {
    fn of(value: &'r statement::Value<'static>) -> Option<Self> {
        match value {
            statement::Value::Number(None) | statement::Value::Text(None) => Some(None),
            statement::Value::Number(Some(_)) | statement::Value::Text(Some(_)) => {
                T::of(value).map(Some)
            }
        }
    }
}

/// A row with what it is called where it can't be read.
struct Columns<'r> {
    row: &'r SqlRow,
    table: &'static str,
    id: String,
}

impl<'r> Columns<'r> {
    /// `key` is the column of the primary key.
    fn of(row: &'r SqlRow, table: &'static str, key: &'static str) -> Stored<Self> {
        let id = row.get(key).map_err(fault)?;
        Ok(Self { row, table, id })
    }

    fn unreadable(&self, why: Unreadable) -> StoreError {
        StoreError::Unreadable(UnreadableRow {
            table: self.table,
            id: self.id.clone(),
            why,
        })
    }

    fn malformed(&self) -> StoreError {
        self.unreadable(Unreadable::Malformed)
    }

    fn get<T: Column<'r>>(&self, column: &'static str) -> Stored<T> {
        // A column that isn't there is as bad as one of another type: the row isn't what it was.
        self.row.get(column).map_err(|_| self.malformed())
    }

    fn moment(&self, column: &'static str) -> Stored<Timestamp> {
        self.get(column).map(Timestamp)
    }

    /// An id, an address or a code of a standard, by its text.
    fn text<T: DeserializeOwned>(&self, column: &'static str) -> Stored<T> {
        self.parsed(self.get(column)?)
    }

    fn optional_text<T: DeserializeOwned>(&self, column: &'static str) -> Stored<Option<T>> {
        let text: Option<String> = self.get(column)?;
        text.map(|text| self.parsed(text)).transpose()
    }

    fn parsed<T: DeserializeOwned>(&self, text: String) -> Stored<T> {
        serde_json::from_value(Value::String(text)).map_err(|_| self.malformed())
    }

    fn value(&self, column: &'static str) -> Stored<Value> {
        let text: &str = self.get(column)?;
        serde_json::from_str(text).map_err(|_| self.malformed())
    }

    fn json<R: Row>(&self, column: &'static str) -> Stored<R::Of> {
        self.read::<R>(self.value(column)?)
    }

    fn read<R: Row>(&self, stored: Value) -> Stored<R::Of> {
        row::read::<R>(stored).map_err(|why| self.unreadable(why))
    }

    /// A secret that has a column of its own.
    fn opened<R: Row>(
        &self,
        column: &'static str,
        sealer: &Sealer,
        place: Place<'_>,
    ) -> Stored<R::Of> {
        let opened = sealer.open(place, self.value(column)?);
        self.read::<R>(opened.map_err(|why| self.unreadable(why))?)
    }
}

pub(super) fn account(row: &SqlRow) -> Stored<Account> {
    let columns = Columns::of(row, "accounts", "id")?;
    let language: &str = columns.get("language")?;
    Ok(Account {
        id: columns.text("id")?,
        email: columns.optional_text::<Email>("email")?,
        password_hash: columns.get("password_hash")?,
        name: columns.get("name")?,
        region: columns.optional_text::<Country>("region")?,
        language: Language::of_tag(language).ok_or_else(|| columns.malformed())?,
        ads_account: columns.json::<AdsAccountRow>("ads_account")?,
        created: columns.moment("created")?,
        email_added: columns.get::<Option<i64>>("email_added")?.map(Timestamp),
    })
}

pub(super) fn former_email(row: &SqlRow) -> Stored<FormerEmail> {
    let columns = Columns::of(row, "former_emails", "id")?;
    Ok(FormerEmail {
        email: columns.text("email")?,
        account: columns.text::<AccountId>("account")?,
        replaced: columns.moment("replaced")?,
    })
}

pub(super) fn passkey(row: &SqlRow) -> Stored<Passkey> {
    let columns = Columns::of(row, "passkeys", "id")?;
    let counter = u32::try_from(columns.get::<i64>("counter")?);
    Ok(Passkey {
        id: columns.get("id")?,
        account: columns.text("account")?,
        name: columns.get("name")?,
        algorithm: columns.get("algorithm")?,
        public_key: columns.get("public_key")?,
        counter: counter.map_err(|_| columns.malformed())?,
        backup_eligible: columns.get::<i64>("backup_eligible")? != 0,
        backed_up: columns.get::<i64>("backed_up")? != 0,
        created: columns.moment("created")?,
        used: columns.get::<Option<i64>>("used")?.map(Timestamp),
    })
}

pub(super) fn ceremony(row: &SqlRow) -> Stored<Ceremony> {
    Columns::of(row, "ceremonies", "browser")?.json::<CeremonyRow>("ceremony")
}

pub(super) fn link(row: &SqlRow) -> Stored<Link> {
    let columns = Columns::of(row, "links", "account")?;
    Ok(Link {
        account: columns.text::<AccountId>("account")?,
        open_id: OpenId(columns.get("open_id")?),
        union_id: columns.get("union_id")?,
        profile: columns.json::<ProfileRow>("face")?,
        linked: columns.moment("linked")?,
        health: match columns.get::<Option<&str>>("grant_fault")? {
            Some(word) => GrantHealth::Lost(GrantFault::of_word(word)),
            None => GrantHealth::Good {
                due: columns.moment("renewal_due")?,
            },
        },
    })
}

pub(super) fn account_of_link(row: &SqlRow) -> Stored<AccountId> {
    Columns::of(row, "links", "account")?.text("account")
}

pub(super) fn account_of_deletion(row: &SqlRow) -> Stored<AccountId> {
    Columns::of(row, "deletions", "account")?.text("account")
}

pub(super) fn deletion(row: &SqlRow) -> Stored<Timestamp> {
    Columns::of(row, "deletions", "account")?.moment("due")
}

pub(super) fn account_of_transfer(row: &SqlRow) -> Stored<AccountId> {
    Columns::of(row, "transfers", "from_account")?.text("from_account")
}

pub(super) fn transfer(row: &SqlRow) -> Stored<Transfer> {
    let columns = Columns::of(row, "transfers", "from_account")?;
    Ok(Transfer {
        from: columns.text("from_account")?,
        to: columns.text("to_account")?,
        open_id: OpenId(columns.get("open_id")?),
        due: columns.moment("due")?,
    })
}

pub(super) fn grant_of_link(row: &SqlRow, sealer: &Sealer) -> Stored<Grant> {
    let columns = Columns::of(row, "links", "account")?;
    let place = sealed::of_link(&columns.id, columns.get("open_id")?);
    columns.opened::<GrantRow>("tokens", sealer, place)
}

pub(super) fn session(row: &SqlRow) -> Stored<Session> {
    let columns = Columns::of(row, "sessions", "token_hash")?;
    Ok(Session {
        token_hash: columns.get("token_hash")?,
        account: columns.text::<AccountId>("account")?,
        times: SessionTimes {
            begun: columns.moment("begun")?,
            seen: columns.moment("seen")?,
            authenticated: columns.moment("authenticated")?,
        },
        whereabouts: whereabouts(&columns)?,
    })
}

/// From where; a release before wrote it of no session.
fn whereabouts(columns: &Columns<'_>) -> Stored<Whereabouts> {
    let browser: Option<&str> = columns.get("browser")?;
    let system: Option<&str> = columns.get("system")?;
    Ok(Whereabouts {
        device: browser.zip(system).map(|(browser, system)| Device {
            browser: Browser::of_word(browser),
            system: System::of_word(system),
        }),
        country: columns.optional_text::<Country>("country")?,
    })
}

/// An entry of the security activity; nothing where a later release has a word for what happened.
pub(super) fn activity(row: &SqlRow) -> Stored<Option<Activity>> {
    let columns = Columns::of(row, "activity", "id")?;
    let Some(event) = Event::of_word(columns.get("event")?) else {
        return Ok(None);
    };
    Ok(Some(Activity {
        id: columns.text("id")?,
        account: AccountHash(columns.get("account")?),
        at: columns.moment("at")?,
        event,
        whereabouts: whereabouts(&columns)?,
    }))
}

/// A session with its account and, where there is one, its link.
pub(super) fn visit(row: &SqlRow) -> Stored<Visit> {
    let open_id: Option<&str> = row.get("open_id").map_err(fault)?;
    Ok(Visit {
        session: session(row)?,
        account: account(row)?,
        link: open_id.map(|_| link(row)).transpose()?,
        deletion: row
            .get::<Option<i64>>("deletion")
            .map_err(fault)?
            .map(Timestamp),
    })
}

pub(super) fn authorization(row: &SqlRow, sealer: &Sealer) -> Stored<StoredAuthorization> {
    let columns = Columns::of(row, "authorizations", "id")?;
    let mut value = columns.value("stored")?;
    sealed::open_members(sealer, &columns.id, &mut value);
    let mut stored = columns.read::<AuthorizationRow>(value)?;
    sealed::explain(sealer, &mut stored);
    Ok(stored)
}

pub(super) fn unneeded_grant(row: &SqlRow, sealer: &Sealer) -> Stored<UnneededGrant> {
    let columns = Columns::of(row, "unneeded_grants", "id")?;
    let place = sealed::of_unneeded(&columns.id, columns.get("open_id")?);
    Ok(UnneededGrant {
        open_id: OpenId(columns.get("open_id")?),
        grant: columns.opened::<GrantRow>("tokens", sealer, place)?,
        since: columns.moment("since")?,
    })
}

pub(super) fn sign_up(row: &SqlRow) -> Stored<domain::sign_up::SignUp> {
    Columns::of(row, "sign_ups", "browser")?.json::<SignUpRow>("sign_up")
}

pub(super) fn keyed_request(row: &SqlRow) -> Stored<KeyedRequest> {
    Columns::of(row, "keyed_requests", "id")?.json::<KeyedRequestRow>("keyed")
}

/// A sign-up with the browser in which it waits.
pub(super) fn sign_up_of(row: &SqlRow) -> Stored<(BrowserId, domain::sign_up::SignUp)> {
    let browser = Columns::of(row, "sign_ups", "browser")?.get("browser")?;
    Ok((BrowserId(browser), sign_up(row)?))
}

pub(super) fn draft(row: &SqlRow) -> Stored<StoredDraft> {
    let columns = Columns::of(row, "drafts", "id")?;
    Ok(StoredDraft {
        id: columns.text("id")?,
        account: columns.text::<AccountId>("account")?,
        draft: columns.json::<DraftRow>("draft")?,
        changed: columns.moment("changed")?,
    })
}

pub(super) fn listed_draft(row: &SqlRow) -> Stored<ListedDraft> {
    let columns = Columns::of(row, "drafts", "id")?;
    Ok(ListedDraft {
        id: columns.text("id")?,
        summary: columns.json::<SummaryRow>("summary")?,
        changed: columns.moment("changed")?,
    })
}

/// Those of the rows that can be read. The operator is told of the others.
pub(super) fn readable<T>(rows: &[SqlRow], read: impl Fn(&SqlRow) -> Stored<T>) -> Stored<Vec<T>> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        match read(row) {
            Ok(thing) => all.push(thing),
            Err(StoreError::Unreadable(UnreadableRow { table, id, why })) => {
                tracing::error!(table, id, %why, "a row can't be read, and is left out of a list");
            }
            Err(
                error @ (StoreError::Conflict | StoreError::Unavailable(_) | StoreError::Failed(_)),
            ) => return Err(error),
        }
    }
    Ok(all)
}

/// A letter with what is known of its way.
pub(super) fn letter(row: &SqlRow, sealer: &Sealer) -> Stored<StoredLetter> {
    let columns = Columns::of(row, "letters", "id")?;
    let tries: i64 = columns.get("tries")?;
    let due: Option<i64> = columns.get("due")?;
    Ok(StoredLetter {
        id: columns.text("id")?,
        letter: columns.opened::<LetterRow>("letter", sealer, sealed::of_letter(&columns.id))?,
        written: columns.moment("written")?,
        tries: u32::try_from(tries).map_err(|_| columns.malformed())?,
        state: match due {
            Some(due) => LetterState::Waiting {
                due: Timestamp(due),
            },
            None => LetterState::Dead {
                why: columns.get("why")?,
            },
        },
    })
}

pub(super) fn count(row: &SqlRow) -> Stored<Count> {
    let columns = Columns::of(row, "counts", "key")?;
    let tries: i64 = columns.get("tries")?;
    Ok(Count {
        since: columns.moment("since")?,
        tries: u32::try_from(tries).map_err(|_| columns.malformed())?,
        ends: columns.moment("ends")?,
    })
}
