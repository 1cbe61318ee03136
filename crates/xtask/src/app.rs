//! Builds the app: trunk compiles and copies, but for the released app, which is cut into parts; and
//! for a release the files are then shrunk, named by their content and compressed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::build::{Build, Flavour, Settings};
use crate::cargo_tools;
use crate::entry;
use crate::files::{files_below, renew, replace};
use crate::finish::finish;
use crate::node_tools::Finishers;
use crate::preview_page;
use crate::pseudo;
use crate::shell::{Workspace, run, say};
use crate::size::{compress_beside, compress_open, is_compressible};
use crate::split;

/// Builds the app for development and gives the folder to serve.
pub(crate) fn build_debug(place: &Workspace, flavour: Flavour) -> Result<PathBuf> {
    let settings = Settings::chosen(place, Build::Debug);
    say("Building the app for development (3 minutes the first time, then seconds)");
    let folder = settings
        .target
        .join("portal")
        .join(format!("debug-{}", flavour.name()));
    trunk(place, flavour, Build::Debug, &settings, &folder)?;
    if flavour == Flavour::Preview {
        preview_page::make_relative(&folder)?;
    }
    Ok(folder)
}

/// Makes a release build in `home`, which it replaces.
pub(crate) fn build_release(
    place: &Workspace,
    flavour: Flavour,
    settings: &Settings,
    home: &Path,
) -> Result<()> {
    let stage = compile_release(place, flavour, settings)?;
    finish_release(place, flavour, &stage, home)
}

/// Gives the folder of what is to be finished.
pub(crate) fn compile_release(
    place: &Workspace,
    flavour: Flavour,
    settings: &Settings,
) -> Result<PathBuf> {
    say(&format!(
        "Building dist/{} for release (3 minutes)",
        flavour.name()
    ));
    let portal = settings.target.join("portal");
    let stage = portal.join(format!("release-{}", flavour.name()));
    match flavour {
        Flavour::Production => {
            prepare(place)?;
            split::compile(place, settings, &stage)?;
            copy_fonts(place, &stage)?;
        }
        Flavour::Preview => trunk(place, flavour, Build::Release, settings, &stage)?,
    }
    Ok(stage)
}

/// Shrinks, names and compresses what [`compile_release`] left, in `home`.
pub(crate) fn finish_release(
    place: &Workspace,
    flavour: Flavour,
    stage: &Path,
    home: &Path,
) -> Result<()> {
    let finishers = Finishers::install(place)?;
    let draft = stage.with_file_name(format!("finished-{}", flavour.name()));
    renew(&draft)?;
    finish(place, &finishers, stage, &draft, flavour)?;
    match flavour {
        Flavour::Production => entry::draw(place, &finishers, stage, &draft)?,
        Flavour::Preview => preview_page::make_relative(&draft)?,
    }
    compress_all(&draft, flavour)?;
    replace(&draft, home)
}

fn trunk(
    place: &Workspace,
    flavour: Flavour,
    build: Build,
    settings: &Settings,
    folder: &Path,
) -> Result<()> {
    prepare(place)?;
    fs::create_dir_all(folder)?;
    let page = match flavour {
        Flavour::Production => place.root.join("index.html"),
        Flavour::Preview => preview_page::write(&place.root, &settings.target.join("portal"))?,
    };
    let mut trunk = place.command("trunk");
    trunk
        .args([
            "build",
            "--offline",
            "--color",
            "never",
            "--log",
            "warn",
            "--dist",
        ])
        .arg(folder)
        .arg(page);
    trunk
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env_remove("NO_COLOR");
    settings.apply(&mut trunk);
    if build == Build::Release {
        trunk.arg("--release");
    }
    run(&mut trunk)?;
    copy_fonts(place, folder)?;
    match flavour {
        Flavour::Production => Ok(()),
        Flavour::Preview => {
            preview_page::tidy(folder)?;
            pseudo::add(folder)
        }
    }
}

/// Installs what compiles the app, and all that its lock file names: trunk looks for tools in the
/// network unless it is told to be offline, and then so is cargo.
fn prepare(place: &Workspace) -> Result<()> {
    cargo_tools::install(place)?;
    cargo_tools::check_wasm_bindgen(place)?;
    run(place.command("cargo").args(["fetch", "--quiet"]))
}

fn copy_fonts(place: &Workspace, stage: &Path) -> Result<()> {
    let fonts = stage.join("fonts");
    renew(&fonts)?;
    for font in files_below(&Finishers::install(place)?.fonts())? {
        let name = font.file_name().context("a file has a name")?;
        fs::copy(&font, fonts.join(name))?;
    }
    Ok(())
}

/// Compresses each file of a build that is worth it, as its host will send it.
pub(crate) fn compress_all(folder: &Path, flavour: Flavour) -> Result<()> {
    say("Compressing (10 seconds)");
    for file in files_below(folder)? {
        let is_page = file.extension().is_some_and(|kind| kind == "html");
        if flavour == Flavour::Production && is_page {
            compress_open(&file)?;
        }
        if is_compressible(&file) && !entry::is_entry_page(&file, folder) {
            compress_beside(&file)?;
        }
    }
    Ok(())
}
