//! What comes from the system's packages: the browser and its driver.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::shell::{Workspace, read, run, say, succeeds};

/// A browser and the program that drives it.
pub(crate) struct Browser {
    /// The browser itself.
    pub(crate) chromium: PathBuf,
    /// What speaks to it for a test.
    pub(crate) driver: PathBuf,
}

/// Finds Chromium, or installs it from Debian's packages.
pub(crate) fn install_browser(place: &Workspace) -> Result<Browser> {
    if let Some(browser) = find_browser(place) {
        return Ok(browser);
    }
    say("Installing Chromium and its driver from the system's packages (2 minutes)");
    apt_install(place, &["chromium", "chromium-driver"])
        .context("or set CHROMIUM and CHROMEDRIVER to a browser and a driver of your own")?;
    find_browser(place).context("Chromium was installed, but is not on PATH")
}

fn find_browser(place: &Workspace) -> Option<Browser> {
    let from = |variable: &str, names: &[&str]| {
        std::env::var_os(variable)
            .map(PathBuf::from)
            .filter(|file| file.is_file())
            .or_else(|| names.iter().find_map(|name| place.find_program(name)))
    };
    Some(Browser {
        chromium: from(
            "CHROMIUM",
            &["chromium", "chromium-browser", "google-chrome"],
        )?,
        driver: from("CHROMEDRIVER", &["chromedriver"])?,
    })
}

/// Installs Debian packages, as root or by a sudo that asks nothing.
pub(crate) fn apt_install(place: &Workspace, packages: &[&str]) -> Result<()> {
    let by_hand = format!(
        "run this, then try again:\n\n    sudo apt-get update && sudo apt-get install {}\n",
        packages.join(" ")
    );
    if place.find_program("apt-get").is_none() {
        bail!(
            "this machine has no apt-get: install {} with its own package manager, then try again",
            packages.join(" and ")
        );
    }
    let root = read(place.command("id").arg("-u"))?.trim() == "0";
    if !root && !succeeds(place.command("sudo").args(["-n", "true"])) {
        bail!("only root can install packages, and sudo wants a password: {by_hand}");
    }
    let apt = |arguments: &[&str]| {
        let mut command = place.command(if root { "env" } else { "sudo" });
        if !root {
            command.args(["-n", "env"]);
        }
        command
            .arg("DEBIAN_FRONTEND=noninteractive")
            .arg("apt-get")
            .args(arguments);
        command
    };
    run(&mut apt(&["update", "-qq"])).with_context(|| by_hand.clone())?;
    let mut install = apt(&["install", "-y", "-qq", "--no-install-recommends"]);
    run(install.args(packages)).with_context(|| by_hand)
}
