//! The crates that are built for this machine: their lints, their tests, and the programs that the
//! tests need.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::cargo_tools;
use crate::shell::{Workspace, run};
use crate::system_tools::{HAPROXY, install_postgres, install_programs};

/// One selection for all: with another, what the crates stand on is compiled anew, with other
/// features.
const SELECTION: [&str; 7] = [
    "--workspace",
    "--exclude",
    "business-portal",
    "--exclude",
    "preview",
    "--features",
    "server/openapi",
];

/// Tests of `xtask` that read the project's files and run nothing of it. They take a second, but
/// cargo goes by the crates' names: what they find would be told after ten minutes of others.
const OF_SOURCES: [&str; 6] = [
    "architecture",
    "circles",
    "docstrings",
    "style",
    "terms",
    "words",
];

/// With Clippy, tests and benchmarks included; a warning is an error.
pub(crate) fn lint(place: &Workspace) -> Result<()> {
    cargo_tools::install_toolchain(place)?;
    let mut clippy = place.command("cargo");
    clippy.args(["clippy", "--quiet"]).args(SELECTION);
    run(clippy.args(["--all-targets", "--", "-D", "warnings"]))
}

pub(crate) fn test(place: &Workspace) -> Result<()> {
    cargo_tools::install_toolchain(place)?;
    install_postgres(place)?;
    let [haproxy] = install_programs(place, [&HAPROXY])?;
    let mut sources = place.command("cargo");
    sources.arg("test").args(SELECTION);
    for name in OF_SOURCES {
        sources.args(["--test", name]);
    }
    run(&mut sources)?;
    let mut test = place.command("cargo");
    run(test.arg("test").args(SELECTION).env("HAPROXY", haproxy))
}

/// A benchmark of the server, built as the server is released; its own words are to follow.
pub(crate) fn bench(place: &Workspace, name: &str) -> Command {
    let mut bench = place.command("cargo");
    bench.args(["bench", "--quiet", "--package", "server"]);
    bench.args(["--profile", "server", "--bench", name, "--"]);
    bench
}

/// Where a program lies that the tests have built; built now where it isn't yet.
pub(crate) fn program(place: &Workspace, name: &str) -> Result<PathBuf> {
    cargo_tools::install_toolchain(place)?;
    let mut build = place.command("cargo");
    run(build.args(["test", "--quiet", "--no-run"]).args(SELECTION))?;
    Ok(place.target.join("debug").join(name))
}
