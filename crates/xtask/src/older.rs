//! The server as it was at an older commit.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cargo_tools;
use crate::files::renew;
use crate::shell::{Workspace, read, run, say};

/// Builds the server of a commit with the profile `server`, once for all.
pub(crate) fn server_of(place: &Workspace, commit: &str) -> Result<PathBuf> {
    let commit = read(
        place
            .command("git")
            .args(["rev-parse", "--verify"])
            .arg(format!("{commit}^{{commit}}")),
    )
    .context("the older commit isn't in this clone")?;
    let commit = commit.trim();
    let home = place.target.join("portal/older").join(commit);
    let server = home.join("target/server/server");
    // Cargo puts it there when it is whole.
    if server.is_file() {
        return Ok(server);
    }
    say(&format!(
        "Building the server of {commit} (5 minutes, once)"
    ));
    let source = home.join("source");
    unpack(place, commit, &source)?;
    cargo_tools::install_toolchain(place)?;
    run(place
        .command("cargo")
        .current_dir(&source)
        .args(["build", "--locked", "-p", "server", "--bin", "server"])
        .args(["--profile", "server"])
        .env("CARGO_TARGET_DIR", home.join("target")))?;
    fs::remove_dir_all(source)?;
    Ok(server)
}

/// The last commit whose tables were those before the newest migration.
pub(crate) fn before_the_newest_migration(place: &Workspace) -> Result<String> {
    let mut log = place.command("git");
    log.args([
        "log",
        "-1",
        "--format=%H^",
        "--",
        "crates/server/migrations",
    ]);
    Ok(read(&mut log)?.trim().to_owned())
}

/// Lays the files of a commit out in a folder.
fn unpack(place: &Workspace, commit: &str, folder: &Path) -> Result<()> {
    renew(folder)?;
    let archive = folder.with_extension("tar");
    run(place
        .command("git")
        .args(["archive", "--output"])
        .arg(&archive)
        .arg(commit))?;
    run(place
        .command("tar")
        .arg("--extract")
        .arg("--file")
        .arg(&archive)
        .current_dir(folder))?;
    Ok(fs::remove_file(archive)?)
}
