//! `throughput`: answers a second beside an older build and Better Auth (crates/server/benches/throughput).

use std::fs;
use std::path::{self, Path, PathBuf};

use anyhow::{Context, Result};

use crate::cargo_tools;
use crate::files::renew;
use crate::node_tools;
use crate::shell::{Workspace, run, say};
use crate::system_tools::install_postgres;

/// The build that this one is measured by.
const BEFORE: &str = "d023a62dcefe1afcba9e351632ecbf09bdd2524a";
/// Names a binary of it.
const BEFORE_SERVER: &str = "--before-server";

/// Runs the bench, which fails where a line that is wanted doesn't hold. The words go to it.
pub(crate) fn throughput(place: &Workspace, words: &[&str]) -> Result<()> {
    let mut words = words.to_vec();
    let before = match words.iter().position(|word| *word == BEFORE_SERVER) {
        Some(at) => {
            let given: Vec<&str> = words.drain(at..words.len().min(at + 2)).collect();
            let file = given.get(1).context("--before-server FILE")?;
            // The bench runs elsewhere.
            path::absolute(file)?
        }
        None => build_before(place)?,
    };
    install_postgres(place)?;
    node_tools::install_better_auth(place)?;
    cargo_tools::install_toolchain(place)?;
    say("Building the server as it is released, and what loads it (6 minutes the first time)");
    let mut bench = place.command("cargo");
    bench
        .args([
            "bench",
            "--quiet",
            "--package",
            "server",
            "--profile",
            "server",
        ])
        .args(["--bench", "throughput", "--"])
        .args(words)
        .arg(BEFORE_SERVER)
        .arg(before)
        .env("NODE", place.find_program("node").context("no Node")?);
    run(&mut bench)
}

/// Builds the server of that commit, once for all.
fn build_before(place: &Workspace) -> Result<PathBuf> {
    let home = place.target.join("portal/throughput").join(BEFORE);
    let server = home.join("target/server/server");
    // Cargo puts it there when it is whole.
    if server.is_file() {
        return Ok(server);
    }
    say("Building the server of d023a62 (5 minutes, once)");
    let source = home.join("source");
    unpack(place, &source).context("or give a binary of it: --before-server FILE")?;
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

/// Lays the files of that commit out in a folder.
fn unpack(place: &Workspace, folder: &Path) -> Result<()> {
    renew(folder)?;
    let archive = folder.with_extension("tar");
    run(place
        .command("git")
        .args(["archive", "--output"])
        .arg(&archive)
        .arg(BEFORE))?;
    run(place
        .command("tar")
        .arg("--extract")
        .arg("--file")
        .arg(&archive)
        .current_dir(folder))?;
    Ok(fs::remove_file(archive)?)
}
