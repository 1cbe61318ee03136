//! What the portal is built from: its licences, where it comes from, and what is known against it
//! (`deny.toml`).

use std::process::Command;

use anyhow::Result;

use crate::cargo_tools;
use crate::shell::{Workspace, run, say, succeeds};

pub(crate) fn check(place: &Workspace) -> Result<()> {
    cargo_tools::install_toolchain(place)?;
    cargo_tools::install_deny(place)?;
    run(cargo_deny(place).args(["check", "licenses", "bans", "sources"]))?;
    // The advisories are no package of a registry but a repository, and no step needs the network.
    if succeeds(cargo_deny(place).args(["fetch", "db"])) {
        return run(cargo_deny(place).args(["check", "advisories"]));
    }
    say("NOT looked at: known holes, since RustSec's database can't be fetched from here");
    Ok(())
}

/// Without `--workspace` it would look at what the app is built from, and not at the server.
fn cargo_deny(place: &Workspace) -> Command {
    let mut deny = place.command("cargo-deny");
    deny.arg("--workspace");
    deny
}
