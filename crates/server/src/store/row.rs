//! What rows hold, read and written.

use domain::email::Email;
use domain::id::{AccountId, OpenId};
use domain::limit::Count;
use domain::region::{Country, Language};
use domain::session::SessionTimes;
use domain::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use service::store::{Account, Link, Session, StoreError, Stored, StoredDraft};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Type};

use super::fault;

/// A compound value as it is kept.
pub(super) fn json<T: Serialize>(value: &T) -> Stored<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Failed(error.to_string()))
}

/// A compound value as it was kept.
pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> Stored<T> {
    // The error of serde may quote what it read, and a row may hold a token.
    serde_json::from_str(text).map_err(|_| unreadable())
}

/// An id, an address or a code of ours, by its text.
fn from_text<T: DeserializeOwned>(text: String) -> Stored<T> {
    serde_json::from_value(Value::String(text)).map_err(|_| unreadable())
}

fn unreadable() -> StoreError {
    StoreError::Failed("a row can't be read".to_owned())
}

fn get<'r, T>(row: &'r SqliteRow, column: &'static str) -> Stored<T>
where
    T: sqlx::Decode<'r, Sqlite> + Type<Sqlite>,
{
    row.try_get(column).map_err(fault)
}

fn moment(row: &SqliteRow, column: &'static str) -> Stored<Timestamp> {
    get(row, column).map(Timestamp)
}

pub(super) fn account(row: &SqliteRow) -> Stored<Account> {
    let email: Option<String> = get(row, "email")?;
    let region: Option<String> = get(row, "region")?;
    let language: String = get(row, "language")?;
    Ok(Account {
        id: from_text(get(row, "id")?)?,
        email: email.map(from_text::<Email>).transpose()?,
        password_hash: get(row, "password_hash")?,
        name: get(row, "name")?,
        region: region.map(from_text::<Country>).transpose()?,
        language: Language::of_tag(&language).ok_or_else(unreadable)?,
        ads_account: from_json(get(row, "ads_account")?)?,
        created: moment(row, "created")?,
    })
}

pub(super) fn link(row: &SqliteRow) -> Stored<Link> {
    Ok(Link {
        account: from_text::<AccountId>(get(row, "account")?)?,
        open_id: OpenId(get(row, "open_id")?),
        union_id: get(row, "union_id")?,
        profile: from_json(get(row, "face")?)?,
        grant: from_json(get(row, "tokens")?)?,
        linked: moment(row, "linked")?,
    })
}

pub(super) fn session(row: &SqliteRow) -> Stored<Session> {
    Ok(Session {
        token_hash: get(row, "token_hash")?,
        account: from_text::<AccountId>(get(row, "account")?)?,
        times: SessionTimes {
            begun: moment(row, "begun")?,
            seen: moment(row, "seen")?,
            authenticated: moment(row, "authenticated")?,
        },
    })
}

pub(super) fn draft(row: &SqliteRow) -> Stored<StoredDraft> {
    Ok(StoredDraft {
        id: from_text(get(row, "id")?)?,
        account: from_text::<AccountId>(get(row, "account")?)?,
        draft: from_json(get(row, "draft")?)?,
        changed: moment(row, "changed")?,
    })
}

pub(super) fn count(row: &SqliteRow) -> Stored<Count> {
    let tries: i64 = get(row, "tries")?;
    Ok(Count {
        since: moment(row, "since")?,
        tries: u32::try_from(tries).map_err(|_| unreadable())?,
    })
}

/// The one column of a row that holds a compound value.
pub(super) fn compound<T: DeserializeOwned>(row: &SqliteRow) -> Stored<T> {
    from_json(row.try_get(0).map_err(fault)?)
}
