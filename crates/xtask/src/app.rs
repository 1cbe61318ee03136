//! Builds the app: trunk compiles and copies, and for a release the files are then
//! shrunk, named by their content and compressed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::cargo_tools;
use crate::node_tools::Finishers;
use crate::shell::{Workspace, run, say};
use crate::size::{compress_beside, is_compressible, short_hash};

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
        fs::copy(folder.join("index.html"), folder.join("404.html"))?;
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
    finish(place, &finishers, &stage, &draft)?;
    if flavour == Flavour::Preview {
        // What static file hosts serve for a path that they do not have.
        fs::copy(draft.join("index.html"), draft.join("404.html"))?;
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
        .arg(folder);
    trunk
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env_remove("NO_COLOR");
    settings.apply(&mut trunk);
    if build == Build::Release {
        trunk.arg("--release");
    }
    if flavour == Flavour::Preview {
        trunk.args(["--features", "mock"]);
    }
    run(&mut trunk)
}

/// Shrinks what trunk left in `stage`, names it by its content and puts it into `home`.
fn finish(place: &Workspace, finishers: &Finishers, stage: &Path, home: &Path) -> Result<()> {
    let mut page = Page::read(&stage.join("index.html"))?;

    say("Shrinking the module with wasm-opt (1 minute)");
    let module = home.join("app.wasm");
    // No `--all-features`: the module's own section says what browsers will accept.
    run(finishers
        .command(place, "wasm-opt")
        .arg("-Oz")
        .arg(stage.join("business-portal_bg.wasm"))
        .arg("-o")
        .arg(&module))?;
    let module = name_by_content(&module)?;
    page.replace("business-portal_bg.wasm", &module)?;

    say("Bundling scripts and styles with esbuild");
    let esbuild = |source: &Path, target: &Path, options: &[&str]| {
        run(finishers
            .command(place, "esbuild")
            .arg(source)
            .args(["--minify", "--log-level=warning", "--charset=utf8"])
            .args(options)
            .arg(format!("--outfile={}", target.display())))
    };

    let script = home.join("app.js");
    esbuild(
        &stage.join("start.js"),
        &script,
        &["--bundle", "--format=esm"],
    )?;
    let text = fs::read_to_string(&script)?;
    ensure!(
        text.contains("business-portal_bg.wasm"),
        "the bundle does not load the module"
    );
    fs::write(&script, text.replace("business-portal_bg.wasm", &module))?;
    let script = name_by_content(&script)?;
    page.replace("start.js", &script)?;
    page.replace("business-portal.js", &script)?;

    let boot = home.join("boot.js");
    esbuild(&stage.join("boot.js"), &boot, &[])?;
    page.replace("boot.js", &name_by_content(&boot)?)?;

    let style = home.join("style.css");
    esbuild(&stage.join("style/main.css"), &style, &["--bundle"])?;
    page.replace("style/main.css", &name_by_content(&style)?)?;

    fs::copy(stage.join("favicon.svg"), home.join("favicon.svg"))?;
    fs::create_dir(home.join("locales"))?;
    // Not the words of letters below it: those are the server's.
    for entry in fs::read_dir(stage.join("locales"))? {
        let file = entry?.path();
        if file.is_file() {
            let name = file.file_name().context("a file has a name")?;
            fs::copy(&file, home.join("locales").join(name))?;
        }
    }
    page.write(&home.join("index.html"))
}

/// index.html on its way to what is served.
struct Page {
    text: String,
}

impl Page {
    fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file)
            .with_context(|| format!("trunk left no {}", file.display()))?;
        ensure!(
            !text.contains("<script>") && !text.contains("style="),
            "index.html holds an inline script or style, which the policy forbids"
        );
        Ok(Self { text })
    }

    /// Points the page at a file's final name.
    fn replace(&mut self, plain: &str, last: &str) -> Result<()> {
        let (from, to) = (format!("\"/{plain}\""), format!("\"/{last}\""));
        ensure!(
            self.text.contains(&from),
            "index.html does not load {plain}"
        );
        self.text = self.text.replace(&from, &to);
        Ok(())
    }

    /// Writes the page without its comments and indentation.
    fn write(&self, file: &Path) -> Result<()> {
        let mut text = self.text.clone();
        while let Some(start) = text.find("<!--") {
            let end = text.get(start..).and_then(|rest| rest.find("-->"));
            let end = end.context("a comment in index.html has no end")?;
            text.replace_range(start..start + end + "-->".len(), "");
        }
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        fs::write(file, lines.collect::<Vec<_>>().join("\n"))?;
        Ok(())
    }
}

/// Renames `app.js` to `app-<hash>.js`, and gives that name: such a file never changes.
fn name_by_content(file: &Path) -> Result<String> {
    let stem = file
        .file_stem()
        .context("a file has a name")?
        .to_string_lossy();
    let extension = file
        .extension()
        .context("a file has an extension")?
        .to_string_lossy();
    let name = format!("{stem}-{}.{extension}", short_hash(&fs::read(file)?));
    fs::rename(file, file.with_file_name(&name))?;
    Ok(name)
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
