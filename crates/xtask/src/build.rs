//! What a build of the app is: for which host, with how much effort, by which settings.

use std::path::PathBuf;
use std::process::Command;

use crate::shell::Workspace;

/// Which host answers the app.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// The server, over HTTP.
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
