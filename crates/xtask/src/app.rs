//! Builds the app: trunk compiles and copies, and for a release the files are then
//! shrunk, named by their content and compressed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::cargo_tools;
use crate::finish::finish;
use crate::node_tools::Finishers;
use crate::preview_page;
use crate::pseudo;
use crate::shell::{Workspace, run, say};
use crate::size::{compress_beside, is_compressible};

/// Which host answers the app.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// The server.
    Production,
    /// The mock inside the tab.
    Preview,
}

/// How much time a build takes for how much good.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// Quick to build, large, with names in a panic's backtrace.
    Debug,
    /// What travels to users.
    Release,
}

/// What `cargo xtask sizes` varies in a release build.
#[derive(Clone)]
pub(crate) struct Settings {
    /// Overrides the manifest's `opt-level`.
    pub(crate) opt_level: Option<&'static str>,
    /// Whether leptos erases the types of views.
    pub(crate) erases_components: bool,
    /// Cargo's target directory: settings that differ must not share one.
    pub(crate) target: PathBuf,
}

/// Whether a release erases the types of views; docs/sizes.md has the comparison.
pub(crate) const RELEASE_ERASES_COMPONENTS: bool = true;

const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";
/// Erased views compile in half the time.
const ERASE_COMPONENTS: &str = "--cfg erase_components";

impl Settings {
    /// The settings of a build that is not an experiment.
    pub(crate) fn chosen(place: &Workspace, build: Build) -> Self {
        let erases_components = match build {
            Build::Debug => true,
            Build::Release => RELEASE_ERASES_COMPONENTS,
        };
        Self {
            opt_level: None,
            erases_components,
            target: place.target.clone(),
        }
    }

    /// Gives a command the environment that makes cargo build this way.
    pub(crate) fn apply(&self, command: &mut Command) {
        command.env("CARGO_TARGET_DIR", &self.target);
        // A variable of its own for the target, so that native crates are not rebuilt for it.
        if self.erases_components {
            command.env(RUSTFLAGS, ERASE_COMPONENTS);
        } else {
            command.env_remove(RUSTFLAGS);
        }
        if let Some(level) = self.opt_level {
            command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", level);
        }
    }
}

impl Flavour {
    /// Its name in paths.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Production => "app",
            Self::Preview => "preview",
        }
    }
}

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
    let finishers = Finishers::install(place)?;
    say(&format!(
        "Building dist/{} for release (3 minutes)",
        flavour.name()
    ));
    let portal = settings.target.join("portal");
    let stage = portal.join(format!("release-{}", flavour.name()));
    trunk(place, flavour, Build::Release, settings, &stage)?;
    let draft = portal.join(format!("finished-{}", flavour.name()));
    renew(&draft)?;
    finish(place, &finishers, &stage, &draft, flavour)?;
    if flavour == Flavour::Preview {
        preview_page::make_relative(&draft)?;
    }
    compress_all(&draft)?;
    replace(&draft, home)
}

fn trunk(
    place: &Workspace,
    flavour: Flavour,
    build: Build,
    settings: &Settings,
    folder: &Path,
) -> Result<()> {
    cargo_tools::install(place)?;
    cargo_tools::check_wasm_bindgen(place)?;
    // trunk looks for tools in the network unless it is told to be offline, and then so is
    // cargo: what the lock file names must be there before.
    run(place.command("cargo").args(["fetch", "--quiet"]))?;
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
    let fonts = folder.join("fonts");
    renew(&fonts)?;
    for font in files_below(&Finishers::install(place)?.fonts())? {
        let name = font.file_name().context("a file has a name")?;
        fs::copy(&font, fonts.join(name))?;
    }
    match flavour {
        Flavour::Production => Ok(()),
        Flavour::Preview => {
            preview_page::tidy(folder)?;
            pseudo::add(folder)
        }
    }
}

fn compress_all(folder: &Path) -> Result<()> {
    say("Compressing (10 seconds)");
    for file in files_below(folder)? {
        if is_compressible(&file) {
            compress_beside(&file)?;
        }
    }
    Ok(())
}

/// Every file in a folder and below, sorted.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn renew(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    Ok(())
}

/// Moves a finished folder into place; across file systems it is copied.
fn replace(draft: &Path, home: &Path) -> Result<()> {
    renew(home)?;
    for file in files_below(draft)? {
        let target = home.join(file.strip_prefix(draft)?);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, &target)?;
    }
    fs::remove_dir_all(draft)?;
    Ok(())
}
