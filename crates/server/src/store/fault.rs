//! What a failure of the database is to the service.

use service::store::StoreError;
use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;
use std::io;

/// SQLite's primary result codes for what passes: busy, locked, no memory, interrupted, I/O error,
/// the disk is full, the file can't be opened (which no free descriptor is, too).
const PASSING: [i32; 7] = [BUSY, 6, 7, 9, 10, 13, 14];

/// SQLite's primary result code for a file that another process holds.
const BUSY: i32 = 5;

/// PostgreSQL's classes of what passes: the connection is broken or refused (the user, the password,
/// the database: an operator mends it), the transaction was rolled back for another's sake (a
/// deadlock, a serialization), something has run out (the disk, memory, connections), the operator
/// intervened (a shutdown, a start, a time-out of a statement), the system failed (I/O).
const PASSING_CLASSES: [&str; 7] = ["08", "28", "3D", "40", "53", "57", "58"];

/// PostgreSQL's codes of what passes, of classes that else don't: the database takes no writes now,
/// a transaction that did nothing for too long was ended, a lock wasn't to be had in time.
const PASSING_STATES: [&str; 3] = [TAKES_NO_WRITES, "25P03", "55P03"];

const TAKES_NO_WRITES: &str = "25006";

/// PostgreSQL's codes of a server that ends, has crashed or begins.
const ENDING_STATES: [&str; 3] = ["57P01", "57P02", "57P03"];

/// SQLite's primary result code, which the low byte of the extended one is.
fn primary_code(told: &dyn DatabaseError) -> Option<i32> {
    let code = told.code()?.parse::<i32>().ok()?;
    Some(code & 0xff)
}

/// Whether another process holds SQLite's file.
pub(super) fn is_held(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(|told| primary_code(told) == Some(BUSY))
}

/// Whether the database itself is out of reach, for whoever asks.
pub(super) fn is_out_of_reach(error: &sqlx::Error) -> bool {
    match error.as_database_error() {
        Some(told) => told.code().is_some_and(|state| {
            state.starts_with("08") || ENDING_STATES.contains(&state.as_ref())
        }),
        None => matches!(error, sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut),
    }
}

/// Whether another connection may do better: this one is broken, or leads to a server that takes no
/// writes, which another may have replaced.
pub(super) fn is_of_the_connection(error: &sqlx::Error) -> bool {
    let state = error.as_database_error().and_then(DatabaseError::code);
    is_out_of_reach(error) || state.is_some_and(|state| state == TAKES_NO_WRITES)
}

/// Nothing came in time.
pub(super) fn no_answer() -> sqlx::Error {
    sqlx::Error::Io(io::Error::new(
        io::ErrorKind::TimedOut,
        "it doesn't answer in time",
    ))
}

/// Another process holds the file, as somebody else has found.
pub(super) fn held() -> StoreError {
    StoreError::Unavailable("another process holds the file".to_owned())
}

/// Whether the database itself says that it will pass.
fn passes(told: &dyn DatabaseError) -> bool {
    match told.try_downcast_ref::<PgDatabaseError>() {
        Some(told) => {
            let state = told.code();
            let class = state.get(..2).unwrap_or_default();
            PASSING_CLASSES.contains(&class) || PASSING_STATES.contains(&state)
        }
        None => primary_code(told).is_some_and(|code| PASSING.contains(&code)),
    }
}

/// What went wrong, in the words of the service. It names tables and columns, never values.
#[expect(clippy::needless_pass_by_value, reason = "it stands behind `map_err`")]
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "sqlx may add errors, and all that aren't named have failed"
)]
pub(super) fn fault(error: sqlx::Error) -> StoreError {
    let passes = match &error {
        sqlx::Error::Database(told) if told.is_unique_violation() => return StoreError::Conflict,
        sqlx::Error::Database(told) => passes(&**told),
        error => matches!(
            error,
            sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed
                | sqlx::Error::Io(_)
        ),
    };
    if passes {
        StoreError::Unavailable(error.to_string())
    } else {
        StoreError::Failed(error.to_string())
    }
}
