//! `server activity`: the security activity of all accounts, for an operator's own archive.

use crate::store::{ActivityLine, SqlStore};
use service::store::StoreError;
use std::io::{self, ErrorKind, Write};

/// Why not all was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("what was read can't be written: {0}")]
    Io(#[from] io::Error),
}

/// Entries that are read at once.
const PAGE: u32 = 1_000;

/// Writes a line of JSON for each entry, the oldest first: `id`, `account` by SHA-256 of its id in hex, `at` in
/// milliseconds since 1970, `event` by the words of [`domain::activity::Event`], and `browser`, `system` and `country` as far as they
/// are known. Those that are written meanwhile come as well.
///
/// Errors: the store's, and those of writing. That nobody reads any more is none: it ends there.
pub async fn export(store: &SqlStore, to: &mut dyn Write) -> Result<(), ExportError> {
    let mut after = None;
    loop {
        let page = store.activity_after(after.as_ref(), PAGE).await?;
        for line in &page {
            let line = serde_json::to_string(line).map_err(io::Error::from)?;
            if !goes_on(writeln!(to, "{line}"))? {
                return Ok(());
            }
        }
        let Some(last) = page.last() else {
            goes_on(to.flush())?;
            return Ok(());
        };
        after = Some(ActivityLine::clone(last));
    }
}

/// Whether somebody still reads.
fn goes_on(written: io::Result<()>) -> io::Result<bool> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        written => written.map(|()| true),
    }
}
