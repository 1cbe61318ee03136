//! `upgrade`: servers of an older build are replaced by this one's while people use them, on one
//! database (crates/server/tests/suite/rolling.rs).

use anyhow::Result;

use crate::cargo_tools;
use crate::older;
use crate::shell::{Workspace, run};
use crate::system_tools::{HAPROXY, install_postgres, install_programs};

/// From the build of that commit; without one, from the last build whose tables were others.
pub(crate) fn upgrade(place: &Workspace, commit: Option<&str>) -> Result<()> {
    let commit = match commit {
        Some(commit) => commit.to_owned(),
        None => older::before_the_newest_migration(place)?,
    };
    let before = older::server_of(place, &commit)?;
    install_postgres(place)?;
    let [haproxy] = install_programs(place, [&HAPROXY])?;
    cargo_tools::install_toolchain(place)?;
    run(place
        .command("cargo")
        .args([
            "test",
            "--package",
            "server",
            "--features",
            "server/openapi",
        ])
        .args(["--test", "suite", "rolling"])
        .env("HAPROXY", haproxy)
        .env("PORTAL_SERVER_BEFORE", before))
}
