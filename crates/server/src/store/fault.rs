//! What a failure of the database is to the service.

use service::store::StoreError;

/// SQLite's primary result codes for what passes: busy, locked, no memory, interrupted, I/O error,
/// the disk is full, the file can't be opened (which no free descriptor is, too).
const PASSING: [i32; 7] = [5, 6, 7, 9, 10, 13, 14];

/// What went wrong, in the words of the service. It names tables and columns, never values.
#[expect(clippy::needless_pass_by_value, reason = "it stands behind `map_err`")]
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "sqlx may add errors, and all that aren't named have failed"
)]
pub(super) fn fault(error: sqlx::Error) -> StoreError {
    let passes = match &error {
        sqlx::Error::Database(told) if told.is_unique_violation() => return StoreError::Conflict,
        sqlx::Error::Database(told) => {
            let code = told.code().and_then(|code| code.parse::<i32>().ok());
            // The low byte is the primary code.
            code.is_some_and(|code| PASSING.contains(&(code & 0xff)))
        }
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
