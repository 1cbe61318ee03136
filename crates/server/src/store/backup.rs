//! A copy of a database that is in use, as of one moment: `VACUUM INTO` of SQLite's.
//!
//! It reads in a transaction of its own, so writers go on beside it. The copy is written under another
//! name first, synced and looked at: where anything fails, there is no file that looks like a backup.

use super::Address;
use super::sqlite::OWNER_ALONE;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(
        "a database of PostgreSQL has a program of its own for it, which copies while servers serve: \
         pg_dump --format=custom --file=FILE postgres://USER@HOST/DATABASE"
    )]
    Postgres,
    #[error("{0} is there already: name a file that isn't")]
    Exists(PathBuf),
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the copy isn't sound: {0}")]
    Damaged(String),
}

/// Copies the database at an address into a new file, for its owner alone. Gives its length.
pub async fn backup(address: &Address, file: &Path) -> Result<u64, BackupError> {
    let database = match address {
        Address::Sqlite(options) => options.as_ref().clone().create_if_missing(false),
        Address::Postgres(_) => return Err(BackupError::Postgres),
    };
    if file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let mut unfinished = OsString::from(file);
    unfinished.push(".part");
    let unfinished = PathBuf::from(unfinished);
    let copied = copy(database, &unfinished, file).await;
    if copied.is_err() {
        // What is left of it is no backup. Where it isn't even there, nothing is left.
        let _ = fs::remove_file(&unfinished);
    }
    copied
}

async fn copy(
    database: SqliteConnectOptions,
    unfinished: &Path,
    file: &Path,
) -> Result<u64, BackupError> {
    let of_file = |error| BackupError::File(unfinished.to_owned(), error);
    // Whoever may read the copy may read what the database holds. SQLite takes an empty file for none.
    let mut new = OpenOptions::new();
    new.write(true)
        .create(true)
        .truncate(true)
        .mode(OWNER_ALONE);
    let written = new.open(unfinished).map_err(of_file)?;
    let mut connection = database.connect().await?;
    let into = unfinished.to_string_lossy().into_owned();
    let vacuum = sqlx::query("VACUUM INTO $1").bind(into);
    vacuum.execute(&mut connection).await?;
    connection.close().await?;
    check(unfinished).await?;
    written.sync_all().map_err(of_file)?;
    let length = written.metadata().map_err(of_file)?.len();
    fs::rename(unfinished, file).map_err(of_file)?;
    // The name, too, is to outlive the machine.
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = File::open(folder.unwrap_or(Path::new("."))).map_err(of_file)?;
    folder.sync_all().map_err(of_file)?;
    Ok(length)
}

/// Whether the file is whole.
async fn check(file: &Path) -> Result<(), BackupError> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let checked = sqlx::query_scalar("PRAGMA integrity_check");
    let told: String = checked.fetch_one(&mut connection).await?;
    connection.close().await?;
    if told == "ok" {
        Ok(())
    } else {
        Err(BackupError::Damaged(told))
    }
}
