//! `cargo xtask run` and what else needs the server's binary.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::app;
use crate::build::{Build, Flavour, Settings};
use crate::cargo_tools;
use crate::native;
use crate::shell::{Workspace, read, run as run_command, say};

/// The OpenAPI document's place.
pub(crate) const OPENAPI: &str = "docs/openapi.json";

/// Builds the app and the server, then becomes the server.
pub(crate) fn run(place: &Workspace, build: Build) -> Result<()> {
    let assets = match build {
        Build::Debug => app::build_debug(place, Flavour::Production)?,
        Build::Release => {
            let home = place.root.join("dist/app");
            let settings = Settings::chosen(place, build);
            app::build_release(place, Flavour::Production, &settings, &home)?;
            home
        }
    };
    let server = build_server(place, build)?;
    say("Starting the server; stop it with Ctrl-C");
    let mut command = place.command(&server.to_string_lossy());
    command.env("PORTAL_ASSETS", assets);
    // Replaced, not started: signals reach the server, and nothing is left behind.
    Err(command.exec()).context("could not start the server")
}

/// Builds the server and gives its binary.
pub(crate) fn build_server(place: &Workspace, build: Build) -> Result<PathBuf> {
    cargo_tools::install_toolchain(place)?;
    say("Building the server (4 minutes the first time)");
    let profile = match build {
        Build::Debug => "dev",
        Build::Release => "server",
    };
    run_command(
        place
            .command("cargo")
            .args(["build", "-p", "server", "--bin", "server"])
            .args(["--profile", profile]),
    )?;
    let folder = match build {
        Build::Debug => "debug",
        Build::Release => "server",
    };
    Ok(place.target.join(folder).join("server"))
}

/// Builds the server without the emulator and whatever else is for demonstrations, and gives its
/// binary.
pub(crate) fn build_production_server(place: &Workspace) -> Result<PathBuf> {
    cargo_tools::install_toolchain(place)?;
    say("Building the server without its demonstration (4 minutes the first time)");
    run_command(
        place
            .command("cargo")
            .args(["build", "-p", "server", "--bin", "server"])
            .args(["--profile", "server", "--no-default-features"]),
    )?;
    Ok(place.target.join("server/server"))
}

/// Writes the OpenAPI document.
pub(crate) fn write_openapi(place: &Workspace) -> Result<()> {
    fs::write(place.root.join(OPENAPI), generate_openapi(place)?)?;
    say(&format!("Wrote {OPENAPI}"));
    Ok(())
}

/// Fails if the committed OpenAPI document is not what the code says.
pub(crate) fn check_openapi(place: &Workspace) -> Result<()> {
    let committed = fs::read_to_string(place.root.join(OPENAPI))
        .with_context(|| format!("{OPENAPI} is missing: `cargo xtask openapi` writes it"))?;
    if committed != generate_openapi(place)? {
        bail!("{OPENAPI} is out of date: `cargo xtask openapi` writes it anew");
    }
    Ok(())
}

fn generate_openapi(place: &Workspace) -> Result<String> {
    say("Asking the server for its OpenAPI document");
    let program = native::program(place, "openapi")?;
    let document = read(&mut place.command(&program.to_string_lossy()))?;
    Ok(format!("{}\n", document.trim_end()))
}
