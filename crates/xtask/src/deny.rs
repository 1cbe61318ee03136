//! What the portal is built from: its licences, where it comes from, and what is known against it
//! (`deny.toml`).

use anyhow::Result;

use crate::cargo_tools;
use crate::shell::{Workspace, run, say, succeeds};

pub(crate) fn check(place: &Workspace) -> Result<()> {
    cargo_tools::install_toolchain(place)?;
    cargo_tools::install_deny(place)?;
    run(place
        .command("cargo-deny")
        .args(["check", "licenses", "bans", "sources"]))?;
    // The advisories are no package of a registry but a repository, and no step needs the network.
    if succeeds(place.command("cargo-deny").args(["fetch", "db"])) {
        return run(place.command("cargo-deny").args(["check", "advisories"]));
    }
    say("NOT looked at: known holes, since RustSec's database can't be fetched from here");
    Ok(())
}
