//! Reads of SQLite's file by the thread that asks.
//!
//! sqlx has a thread for each connection, and each statement goes there and back. For one that finds a
//! row by its key, waking the two threads costs many times what the statement does. So such a statement
//! is done where it is asked, on a connection that only reads. It waits for nobody: where another
//! process holds the file, or anything else is wrong, it gives nothing, and is to be asked by sqlx,
//! which may wait, and says why.

use super::statement::{Statement, Value};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::fmt::{self, Debug, Formatter};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Connections that only read, as many as there are threads that ask at once.
pub(super) struct DirectReaders {
    file: PathBuf,
    /// Those that nobody uses now; nothing once the file is closed.
    free: Mutex<Option<Vec<Connection>>>,
}

/// It is to be asked by sqlx.
#[derive(Debug)]
pub(super) struct NotNow;

/// A row by its columns.
pub(super) struct DirectRow(Vec<(String, Value<'static>)>);

impl DirectRow {
    pub(super) fn get(&self, column: &str) -> Option<&Value<'static>> {
        let mut columns = self.0.iter();
        columns.find_map(|(name, value)| (name == column).then_some(value))
    }
}

impl DirectReaders {
    pub(super) fn new(file: PathBuf) -> Self {
        let free = Mutex::new(Some(Vec::new()));
        Self { file, free }
    }

    /// The row that a statement finds, if it finds one.
    pub(super) fn row(&self, statement: &Statement<'_>) -> Result<Option<DirectRow>, NotNow> {
        let connection = self.take().ok_or(NotNow)?;
        let found = find(&connection, statement).map_err(|_| NotNow)?;
        if let Some(free) = &mut *self.free() {
            free.push(connection);
        }
        Ok(found)
    }

    pub(super) fn close(&self) {
        *self.free() = None;
    }

    fn free(&self) -> MutexGuard<'_, Option<Vec<Connection>>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<Connection> {
        let free = self.free().as_mut()?.pop();
        free.or_else(|| self.open().ok())
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.file, flags)?;
        connection.busy_timeout(Duration::ZERO)?;
        Ok(connection)
    }
}

impl Debug for DirectReaders {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("DirectReaders").finish_non_exhaustive()
    }
}

fn find(connection: &Connection, statement: &Statement<'_>) -> rusqlite::Result<Option<DirectRow>> {
    let mut prepared = connection.prepare_cached(statement.sql())?;
    for (place, value) in (1_u32..).zip(statement.values()) {
        // SQLite counts parameters by where they stand, whatever number they bear.
        let Some(index) = prepared.parameter_index(&format!("${place}"))? else {
            continue;
        };
        match value {
            Value::Text(text) => prepared.raw_bind_parameter(index, text.as_deref())?,
            Value::Number(number) => prepared.raw_bind_parameter(index, number)?,
        }
    }
    let names: Vec<_> = prepared
        .column_names()
        .iter()
        .map(ToString::to_string)
        .collect();
    let mut rows = prepared.raw_query();
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let mut columns = Vec::with_capacity(names.len());
    for (index, name) in names.into_iter().enumerate() {
        let value = match row.get_ref(index)? {
            ValueRef::Integer(number) => Value::Number(Some(number)),
            ValueRef::Null => Value::Text(None),
            text @ (ValueRef::Text(_) | ValueRef::Real(_) | ValueRef::Blob(_)) => {
                Value::from(text.as_str()?.to_owned())
            }
        };
        columns.push((name, value));
    }
    Ok(Some(DirectRow(columns)))
}
