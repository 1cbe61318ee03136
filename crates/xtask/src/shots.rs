//! `cargo xtask shots`: pictures of the preview's scenes, for people.

use anyhow::Result;

use crate::app::build_release;
use crate::build::{Build, Flavour, Settings};
use crate::node_tools;
use crate::preview;
use crate::shell::{Workspace, run, say};
use crate::surroundings::Surroundings;
use crate::system_tools::{HEADLESS_SHELL, install_programs};

/// Builds the preview and takes the pictures that the words ask for; dist/shots has them, with a
/// page that shows all and a contact sheet for each journey.
pub(crate) fn shots(place: &Workspace, words: &[&str]) -> Result<()> {
    node_tools::install_playwright(place)?;
    let [browser] = install_programs(place, [&HEADLESS_SHELL])?;
    let home = place.root.join("dist/preview");
    let settings = Settings::chosen(place, Build::Release);
    build_release(place, Flavour::Preview, &settings, &home)?;
    say("Taking pictures (5 minutes for all of them)");
    let folder = place.root.join("tests/journeys");
    run(Surroundings::prepare(place)?
        .command(place, "node")
        .arg(folder.join("shots.mjs"))
        .arg("--out")
        .arg(place.root.join("dist/shots"))
        .args(words)
        .current_dir(&folder)
        .env("PORTAL_PREVIEW", preview::host(place)?)
        .env("PORTAL_BROWSER", browser))
}
