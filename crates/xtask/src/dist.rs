//! `cargo xtask dist`: both release builds and their sizes.

use anyhow::{Result, ensure};

use crate::app::build_release;
use crate::build::{Build, Flavour, Settings};
use crate::files::files_below;
use crate::shell::{Workspace, say};
use crate::size::Sizes;

/// Makes dist/app and dist/preview, prints their sizes, and fails over the budget.
pub(crate) fn dist(place: &Workspace) -> Result<()> {
    make(place)?.check_budget()?;
    say("dist/app is for the server (PORTAL_ASSETS); dist/preview for any static file host");
    Ok(())
}

fn make(place: &Workspace) -> Result<Sizes> {
    let settings = Settings::chosen(place, Build::Release);
    for flavour in [Flavour::Production, Flavour::Preview] {
        let home = place.root.join("dist").join(flavour.name());
        build_release(place, flavour, &settings, &home)?;
        ensure!(
            !files_below(&home)?.is_empty(),
            "dist/{} is empty",
            flavour.name()
        );
    }
    let preview = Sizes::of(&place.root.join("dist/preview"))?;
    println!(
        "\ndist/preview (no budget: it carries the service)\n\n{}",
        preview.table()
    );
    let app = Sizes::of(&place.root.join("dist/app"))?;
    println!("dist/app\n\n{}", app.table());
    Ok(app)
}
