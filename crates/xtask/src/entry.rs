//! The entry pages: log-in, sign-up and the arrival from TikTok as HTML, in every language, drawn by
//! the app itself, so that they can be used before it is there.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::node_tools::Finishers;
use crate::shell::{Workspace, run, say};

/// Bytes of the script that works before the app, at most.
const SCRIPT_MAX: u64 = 2_000;

/// The folder of the pages within a build.
const FOLDER: &str = "entry";

/// Whether a file of the build in `home` is one of the pages.
pub(crate) fn is_entry_page(file: &Path, home: &Path) -> bool {
    file.starts_with(home.join(FOLDER))
}

/// Draws them into `home`, by what is finished there of what was built in `stage`.
pub(crate) fn draw(
    place: &Workspace,
    finishers: &Finishers,
    stage: &Path,
    home: &Path,
) -> Result<()> {
    say("Drawing the entry pages (1 minute)");
    let early = stage.join("early-small.js");
    run(finishers
        .command(place, "esbuild")
        .arg(stage.join("early.js"))
        .args(["--minify", "--log-level=warning", "--charset=utf8"])
        .arg(format!("--outfile={}", early.display())))?;
    let bytes = fs::metadata(&early)?.len();
    ensure!(
        bytes <= SCRIPT_MAX,
        "{} takes {bytes} bytes: {} over its budget",
        early.display(),
        bytes - SCRIPT_MAX
    );
    run(place
        .command("node")
        .arg(place.root.join("crates/xtask/node/entry.mjs"))
        .args([finishers.home(), home, &early]))
}
