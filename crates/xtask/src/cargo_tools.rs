//! What comes from rustup and crates.io: the toolchain's parts, wasm-bindgen, trunk, Firefox's
//! driver, cargo-deny and cargo-fuzz.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::shell::{Workspace, read, run, say, succeeds};

/// A program that `cargo install` builds.
pub(crate) struct CargoTool {
    name: &'static str,
    version: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
    minutes: u8,
}

const TOOLS: [CargoTool; 5] = [WASM_BINDGEN, TRUNK, GECKODRIVER, CARGO_DENY, CARGO_FUZZ];

/// The folders of their programs, below the cache of tools.
pub(crate) fn program_folders() -> Vec<PathBuf> {
    let folder = |tool: &CargoTool| PathBuf::from(tool.folder()).join("bin");
    TOOLS.iter().map(folder).collect()
}

const WASM_BINDGEN: CargoTool = CargoTool {
    name: "wasm-bindgen-cli",
    // Equal to the crate's version in Cargo.toml, or it refuses the module.
    version: "0.2.130",
    program: "wasm-bindgen",
    // Not `--locked`: its lock file names a crate version that was withdrawn.
    arguments: &[],
    minutes: 3,
};

const TRUNK: CargoTool = CargoTool {
    name: "trunk",
    // The next version needs a newer compiler than rust-toolchain.toml names.
    version: "0.21.14",
    program: "trunk",
    // It mostly waits for other programs: an unoptimised one is built in half the time.
    arguments: &[
        "--locked",
        "--debug",
        "--no-default-features",
        "--features",
        "rustls",
    ],
    minutes: 4,
};

const GECKODRIVER: CargoTool = CargoTool {
    name: "geckodriver",
    version: "0.37.1",
    program: "geckodriver",
    arguments: &["--locked", "--debug"],
    minutes: 3,
};

const CARGO_DENY: CargoTool = CargoTool {
    name: "cargo-deny",
    version: "0.20.2",
    program: "cargo-deny",
    arguments: &["--locked", "--debug"],
    minutes: 1,
};

const CARGO_FUZZ: CargoTool = CargoTool {
    name: "cargo-fuzz",
    version: "0.13.2",
    program: "cargo-fuzz",
    arguments: &["--locked", "--debug"],
    minutes: 1,
};

impl CargoTool {
    /// The tool's folder in the cache.
    fn folder(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }
}

/// Installs whatever is missing of what builds the app.
pub(crate) fn install(place: &Workspace) -> Result<()> {
    install_toolchain(place)?;
    for tool in [&WASM_BINDGEN, &TRUNK] {
        install_tool(place, tool)?;
    }
    Ok(())
}

/// Where the driver of Firefox lies, which Debian has no package of.
pub(crate) fn install_geckodriver(place: &Workspace) -> Result<PathBuf> {
    install_tool(place, &GECKODRIVER)?;
    Ok(program(place, &GECKODRIVER))
}

pub(crate) fn install_deny(place: &Workspace) -> Result<()> {
    install_tool(place, &CARGO_DENY)
}

pub(crate) fn install_fuzz(place: &Workspace) -> Result<()> {
    install_tool(place, &CARGO_FUZZ)
}

fn program(place: &Workspace, tool: &CargoTool) -> PathBuf {
    place
        .tools
        .join(tool.folder())
        .join("bin")
        .join(tool.program)
}

/// Installs the compiler's parts that rust-toolchain.toml names.
pub(crate) fn install_toolchain(place: &Workspace) -> Result<()> {
    if toolchain_is_whole(place) {
        return Ok(());
    }
    say("Installing the Rust toolchain of rust-toolchain.toml (1 minute)");
    if place.find_program("rustup").is_none() {
        bail!(
            "rustup is missing: get it from https://rustup.rs, or give your own toolchain the \
             target wasm32-unknown-unknown, rustfmt and clippy"
        );
    }
    run(place.command("rustup").args(["toolchain", "install"]))
        .context("a rustup older than 1.28 cannot do this: `rustup self update` first")
}

fn toolchain_is_whole(place: &Workspace) -> bool {
    let mut rustc = place.command("rustc");
    rustc.args([
        "--print",
        "target-libdir",
        "--target",
        "wasm32-unknown-unknown",
    ]);
    rustc.stderr(std::process::Stdio::null());
    let target = rustc
        .output()
        .ok()
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .is_some_and(|folder| std::path::Path::new(folder.trim()).is_dir());
    target
        && succeeds(place.command("cargo").args(["fmt", "--version"]))
        && succeeds(place.command("cargo").args(["clippy", "--version"]))
}

/// Builds a tool beside the cache and moves it in whole: an interrupted build leaves nothing
/// that a later command could take for a tool.
fn install_tool(place: &Workspace, tool: &CargoTool) -> Result<()> {
    let home = place.tools.join(tool.folder());
    if program(place, tool).is_file() {
        return Ok(());
    }
    say(&format!(
        "Building {} {} into {} ({} minutes)",
        tool.name,
        tool.version,
        home.display(),
        tool.minutes
    ));
    let draft = place
        .tools
        .join(format!(".{}-{}", tool.folder(), std::process::id()));
    run(place
        .command("cargo")
        .args([
            "install",
            tool.name,
            "--version",
            tool.version,
            "--quiet",
            "--root",
        ])
        .arg(&draft)
        .args(tool.arguments)
        .env("CARGO_TARGET_DIR", draft.join("target"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env_remove("RUSTFLAGS"))?;
    std::fs::remove_dir_all(draft.join("target"))?;
    // Whatever is there lacks its program, or another command was quicker: replace it.
    if home.exists() {
        std::fs::remove_dir_all(&home)?;
    }
    std::fs::rename(&draft, &home)
        .with_context(|| format!("could not move {} into place", tool.name))
}

/// Fails unless the crate and the program of wasm-bindgen are of one version.
pub(crate) fn check_wasm_bindgen(place: &Workspace) -> Result<()> {
    let lock = std::fs::read_to_string(place.root.join("Cargo.lock"))?;
    let wanted = format!(
        "name = \"wasm-bindgen\"\nversion = \"{}\"",
        WASM_BINDGEN.version
    );
    if !lock.contains(&wanted) {
        bail!(
            "Cargo.lock names another wasm-bindgen than xtask's {}",
            WASM_BINDGEN.version
        );
    }
    let found = read(place.command("wasm-bindgen").arg("--version"))?;
    if !found.contains(WASM_BINDGEN.version) {
        bail!(
            "wasm-bindgen on PATH is {}, not {}",
            found.trim(),
            WASM_BINDGEN.version
        );
    }
    Ok(())
}
