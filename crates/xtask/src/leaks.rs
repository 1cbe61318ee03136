//! Reads the release builds for what must not be in them.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::files::files_below;
use crate::needles::{DEMONSTRATION, SECRET};
use crate::shell::{Workspace, say};

/// What only the preview has: its tools, its scripts, the names that it puts on the page.
const PREVIEW: [&str; 6] = [
    "tool-frame",
    "portalOrder",
    "portalAdvance",
    "campaign_saving",
    "sign-up-agreed",
    "Director",
];

/// The ends of names of files of source code, as panics would name them: they lie in folders of the
/// machine that built it. The preview keeps them.
const SOURCES: [&str; 2] = ["/src/lib.rs", "/html/event.rs"];

/// Fails if dist/app holds a demonstration account, a secret or anything of the preview's.
/// dist/preview, which must hold all but secrets, shows that the search can find them.
pub(crate) fn check(place: &Workspace) -> Result<()> {
    say("Reading every file of dist/app");
    let app = place.root.join("dist/app");
    let preview = place.root.join("dist/preview");
    for needle in DEMONSTRATION
        .iter()
        .chain(&PREVIEW)
        .chain(&SOURCES)
        .chain(&SECRET)
    {
        let found = files_with(&app, needle)?;
        ensure!(
            found.is_empty(),
            "`{needle}` is in the production app: {}",
            found.join(", ")
        );
    }
    for needle in DEMONSTRATION.iter().chain(&PREVIEW).chain(&SOURCES) {
        ensure!(
            !files_with(&preview, needle)?.is_empty(),
            "`{needle}` is not in the preview either: the list in needles.rs is out of date"
        );
    }
    Ok(())
}

fn files_with(folder: &Path, needle: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for file in files_below(folder)? {
        let content = fs::read(&file)?;
        if content
            .windows(needle.len())
            .any(|window| window == needle.as_bytes())
        {
            found.push(file.strip_prefix(folder)?.display().to_string());
        }
    }
    Ok(found)
}
