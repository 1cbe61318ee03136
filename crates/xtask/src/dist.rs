//! `cargo xtask dist`: both release builds and their sizes.

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Result, ensure};

use crate::app::{compile_release, finish_release};
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

/// Makes dist/app alone, for whoever works on its size.
pub(crate) fn dist_app(place: &Workspace) -> Result<()> {
    let settings = Settings::chosen(place, Build::Release);
    let stage = compile_release(place, Flavour::Production, &settings)?;
    finish_into_dist(place, Flavour::Production, &stage)?;
    measured(place)?.check_budget()
}

fn make(place: &Workspace) -> Result<Sizes> {
    let settings = Settings::chosen(place, Build::Release);
    let production = compile_release(place, Flavour::Production, &settings)?;
    // Shrinking keeps one core busy, and so does the end of a compilation.
    thread::scope(|scope| {
        let finished = scope.spawn(|| finish_into_dist(place, Flavour::Production, &production));
        let preview = compile_release(place, Flavour::Preview, &settings)?;
        finish_into_dist(place, Flavour::Preview, &preview)?;
        match finished.join() {
            Ok(result) => result,
            Err(panic) => resume_unwind(panic),
        }
    })?;
    let preview = Sizes::of(&dist_of(place, Flavour::Preview))?;
    println!(
        "\ndist/preview (no budget: it carries the service)\n\n{}",
        preview.table()
    );
    measured(place)
}

fn measured(place: &Workspace) -> Result<Sizes> {
    let app = Sizes::of(&dist_of(place, Flavour::Production))?;
    println!("dist/app\n\n{}", app.table());
    Ok(app)
}

fn dist_of(place: &Workspace, flavour: Flavour) -> PathBuf {
    place.root.join("dist").join(flavour.name())
}

fn finish_into_dist(place: &Workspace, flavour: Flavour, stage: &Path) -> Result<()> {
    let home = dist_of(place, flavour);
    finish_release(place, flavour, stage, &home)?;
    ensure!(
        !files_below(&home)?.is_empty(),
        "{} is empty",
        home.display()
    );
    Ok(())
}
