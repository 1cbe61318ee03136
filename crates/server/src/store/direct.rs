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
use std::collections::HashMap;
use std::fmt::{self, Debug, Formatter};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Bytes of the file that are read where the system keeps them, without a call for each page: as much
/// as SQLite takes.
const MAPPED_MAX: i64 = 0x7fff_0000;

/// Connections that only read, as many as there are threads that ask at once.
pub(super) struct DirectReaders {
    file: PathBuf,
    /// Those that nobody uses now; nothing once the file is closed.
    free: Mutex<Option<Vec<Reader>>>,
}

/// It is to be asked by sqlx.
#[derive(Debug)]
pub(super) struct NotNow;

/// A row by its columns.
pub(super) struct DirectRow {
    columns: Columns,
    values: Vec<Value<'static>>,
}

/// The names of a statement's columns.
type Columns = Arc<[String]>;

impl DirectRow {
    pub(super) fn get(&self, column: &str) -> Option<&Value<'static>> {
        let place = self.columns.iter().position(|name| name == column)?;
        self.values.get(place)
    }
}

/// A connection, and the columns of the statements that it has done, by their texts: to ask for their
/// names takes as long as to find the row.
struct Reader {
    connection: Connection,
    columns: HashMap<String, Columns>,
}

impl DirectReaders {
    pub(super) fn new(file: PathBuf) -> Self {
        let free = Mutex::new(Some(Vec::new()));
        Self { file, free }
    }

    /// The row that a statement finds, if it finds one.
    pub(super) fn row(&self, statement: &Statement<'_>) -> Result<Option<DirectRow>, NotNow> {
        let mut reader = self.take().ok_or(NotNow)?;
        let found = reader.find(statement).map_err(|_| NotNow)?;
        if let Some(free) = &mut *self.free() {
            free.push(reader);
        }
        Ok(found)
    }

    pub(super) fn close(&self) {
        *self.free() = None;
    }

    fn free(&self) -> MutexGuard<'_, Option<Vec<Reader>>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<Reader> {
        let free = self.free().as_mut()?.pop();
        free.or_else(|| self.open().ok())
    }

    fn open(&self) -> rusqlite::Result<Reader> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.file, flags)?;
        connection.busy_timeout(Duration::ZERO)?;
        connection.pragma_update(None, "mmap_size", MAPPED_MAX)?;
        Ok(Reader {
            connection,
            columns: HashMap::new(),
        })
    }
}

impl Debug for DirectReaders {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("DirectReaders").finish_non_exhaustive()
    }
}

impl Reader {
    fn find(&mut self, statement: &Statement<'_>) -> rusqlite::Result<Option<DirectRow>> {
        let mut prepared = self.connection.prepare_cached(statement.sql())?;
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
        let mut rows = prepared.raw_query();
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        // A migration may have added columns to a table all of which are asked for.
        let count = row.as_ref().column_count();
        let known = self.columns.get(statement.sql());
        let columns = if let Some(columns) = known.filter(|known| known.len() == count) {
            Arc::clone(columns)
        } else {
            let names = row.as_ref().column_names();
            let columns: Columns = names.into_iter().map(str::to_owned).collect();
            let text = statement.sql().to_owned();
            self.columns.insert(text, Arc::clone(&columns));
            columns
        };
        let values = (0..columns.len()).map(|index| {
            Ok(match row.get_ref(index)? {
                ValueRef::Integer(number) => Value::Number(Some(number)),
                ValueRef::Null => Value::Text(None),
                text @ (ValueRef::Text(_) | ValueRef::Real(_) | ValueRef::Blob(_)) => {
                    Value::from(text.as_str()?.to_owned())
                }
            })
        });
        let values = values.collect::<rusqlite::Result<_>>()?;
        Ok(Some(DirectRow { columns, values }))
    }
}
