//! `cargo xtask bench`: the log-in page, measured beside the same page as others would build it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::app::compress_all;
use crate::build::{Build, Flavour, Settings};
use crate::cargo_tools;
use crate::files::renew;
use crate::node_tools::{self, Finishers};
use crate::run::build_server;
use crate::shell::{Workspace, run, say};
use crate::surroundings::Surroundings;
use crate::system_tools::{HEADLESS_SHELL, install_programs};

/// Builds the pages, visits each of them and dist/app in turn, and writes docs/speed.md; fails if
/// a promise that stands there isn't kept. The words go to bench.mjs, which knows what they mean.
pub(crate) fn bench(place: &Workspace, words: &[&str]) -> Result<()> {
    let home = place.root.join("crates/xtask/bench");
    node_tools::install_playwright(place)?;
    let [browser] = install_programs(place, [&HEADLESS_SHELL])?;
    let pages = build_pages(place, &home)?;
    let mut node = Surroundings::prepare(place)?.command(place, "node");
    node.arg(home.join("bench.mjs"))
        .arg("--pages")
        .arg(pages)
        .arg("--browser")
        .arg(browser)
        .args(words);
    if !words.contains(&"--server") {
        node.arg("--server")
            .arg(build_server(place, Build::Release)?);
    }
    say("Visiting each page in turn (6 minutes; leave the machine alone)");
    run(&mut node)
}

/// Builds the pages to compare with, compressed as dist/app is, and gives the folder of all.
fn build_pages(place: &Workspace, home: &Path) -> Result<PathBuf> {
    node_tools::install_bench(place)?;
    build_floor(place, &home.join("pages/leptos"))?;
    say("Building the pages to compare with");
    let pages = place.target.join("portal/bench");
    renew(&pages)?;
    run(place
        .command("node")
        .arg(home.join("build.mjs"))
        .arg(&pages))?;
    compress_all(&pages, Flavour::Production)?;
    Ok(pages)
}

/// Builds the page in Leptos as trunk would, up to the module and the script that starts it.
fn build_floor(place: &Workspace, source: &Path) -> Result<()> {
    cargo_tools::install(place)?;
    let finishers = Finishers::install(place)?;
    say("Building the page in Leptos (3 minutes the first time)");
    let settings = Settings::chosen(place, Build::Release);
    let mut cargo = place.command("cargo");
    settings.apply(&mut cargo);
    run(cargo
        .args(["build", "--quiet", "--release", "--locked"])
        .args(["--target", "wasm32-unknown-unknown", "--manifest-path"])
        .arg(source.join("Cargo.toml")))?;
    let made = source.join("made");
    let module = "wasm32-unknown-unknown/release/floor.wasm";
    run(place
        .command("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--out-dir"])
        .arg(&made)
        .arg(settings.target.join(module)))?;
    let (large, small) = (made.join("floor_bg.wasm"), made.join("floor_bg.small.wasm"));
    run(finishers
        .command(place, "wasm-opt")
        .args(["-Oz", "--low-memory-unused"])
        .arg(&large)
        .arg("-o")
        .arg(&small))?;
    fs::rename(small, large).context("wasm-opt left nothing")
}
