//! Files and folders that commands make.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Every file in a folder and below, sorted.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// An empty folder in the place of whatever is there.
pub(crate) fn renew(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    Ok(())
}

/// Moves a finished folder into place; across file systems it is copied.
pub(crate) fn replace(draft: &Path, home: &Path) -> Result<()> {
    renew(home)?;
    copy_below(draft, home)?;
    fs::remove_dir_all(draft)?;
    Ok(())
}

/// Copies every file of a folder and below, over those that are there.
pub(crate) fn copy_below(from: &Path, to: &Path) -> Result<()> {
    for file in files_below(from)? {
        let target = to.join(file.strip_prefix(from)?);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, &target)?;
    }
    Ok(())
}
