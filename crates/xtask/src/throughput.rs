//! `throughput`: answers a second beside an older build and Better Auth (crates/server/benches/throughput).

use std::path;

use anyhow::{Context, Result};

use crate::cargo_tools;
use crate::native;
use crate::node_tools;
use crate::older;
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
        None => older::server_of(place, BEFORE)
            .context("or give a binary of it: --before-server FILE")?,
    };
    install_postgres(place)?;
    node_tools::install_better_auth(place)?;
    cargo_tools::install_toolchain(place)?;
    say("Building the server as it is released, and what loads it (6 minutes the first time)");
    let mut bench = native::bench(place, "throughput");
    bench
        .args(words)
        .arg(BEFORE_SERVER)
        .arg(before)
        .env("NODE", place.find_program("node").context("no Node")?);
    run(&mut bench)
}
