//! `cargo xtask fuzz`: libFuzzer looks for inputs by which the parsers of what comes from outside break
//! what must hold of them (crates/fuzz).

pub(crate) mod corpus;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::cargo_tools;
use crate::files::{files_below, renew};
use crate::shell::{Workspace, run, say};
use crate::system_tools::apt_install;

#[derive(Clone, Copy)]
struct Target {
    name: &'static str,
    /// Bytes of an input at most: somewhat more than the parser takes.
    longest: u32,
}

const TARGETS: [Target; 6] = [
    Target {
        name: "callback",
        longest: 500,
    },
    Target {
        name: "cookies",
        longest: 600,
    },
    Target {
        name: "amounts",
        longest: 100,
    },
    Target {
        name: "emails",
        longest: 400,
    },
    Target {
        name: "phones",
        longest: 100,
    },
    // All texts of a draft together have 7,200 bytes at most.
    Target {
        name: "drafts",
        longest: 9_000,
    },
];

/// Of each target, without `--minutes`.
const MINUTES: u32 = 60;

/// `words` may be `--minutes N` and the names of targets; without names it is all of them.
pub(crate) fn fuzz(place: &Workspace, words: &[&str]) -> Result<()> {
    let (minutes, targets) = understand(words)?;
    cargo_tools::install_toolchain(place)?;
    cargo_tools::install_fuzz(place)?;
    if place.find_program("c++").is_none() {
        apt_install(place, &["g++"])?;
    }
    let mut failed = Vec::new();
    for target in targets {
        say(&format!("{} ({minutes} minutes)", target.name));
        if let Err(problem) = try_out(place, target, minutes) {
            eprintln!("\n{}: {problem:#}", target.name);
            failed.push(target.name);
        }
    }
    if !failed.is_empty() {
        bail!("not all is well with {}", failed.join(", "));
    }
    Ok(())
}

fn understand(words: &[&str]) -> Result<(u32, Vec<&'static Target>)> {
    let (minutes, names) = match words {
        ["--minutes", number, names @ ..] => (number.parse().context("--minutes N")?, names),
        names => (MINUTES, names),
    };
    if names.is_empty() {
        return Ok((minutes, TARGETS.iter().collect()));
    }
    let find = |name: &&str| {
        let target = TARGETS.iter().find(|target| target.name == *name);
        let all = TARGETS.map(|target| target.name).join(", ");
        target.with_context(|| format!("no target `{name}`: there are {all}"))
    };
    Ok((minutes, names.iter().map(find).collect::<Result<_>>()?))
}

/// Runs a target with what is kept of it, and keeps what is worth keeping of what it found.
fn try_out(place: &Workspace, target: &Target, minutes: u32) -> Result<()> {
    let home = place.root.join("crates/fuzz");
    let work = place.target.join("portal/fuzz").join(target.name);
    let [kept, found, merged] = ["kept", "found", "merged"].map(|name| work.join(name));
    let file = |folder: &str| home.join(folder).join(format!("{}.txt", target.name));
    let (seeds, corpus) = (file("seeds"), file("corpora"));
    renew(&kept)?;
    spread(&[&seeds, &corpus], &kept)?;
    // What earlier runs on this machine found stays, however little of it is kept.
    fs::create_dir_all(&found)?;
    let broken = home.join("artifacts").join(target.name);
    renew(&broken)?;
    let seconds = format!("-max_total_time={}", minutes * 60);
    let mut fuzzing = cargo_fuzz(place, &home, target, &[&found, &kept]);
    if let Err(problem) = run(fuzzing.args([&seconds, "-timeout=60", "-print_funcs=0"])) {
        for input in files_below(&broken)? {
            println!("  ✗ {}", corpus::line(&fs::read(input)?));
        }
        return Err(problem);
    }

    renew(&merged)?;
    spread(&[&seeds], &merged)?;
    // The fewest that reach all the code which all of them reach, however often each reaches it.
    let mut merging = cargo_fuzz(place, &home, target, &[&merged, &kept, &found]);
    run(merging.args(["-set_cover_merge=1", "-use_counters=0"]))?;
    let lines = gather(&merged, &seeds)?;
    fs::write(&corpus, lines.concat())?;
    say(&format!("{} inputs in {}", lines.len(), corpus.display()));
    Ok(())
}

/// libFuzzer over the folders of inputs: into the first it writes. Its own arguments may follow.
fn cargo_fuzz(place: &Workspace, home: &Path, target: &Target, folders: &[&PathBuf]) -> Command {
    let mut cargo = place.command("cargo");
    cargo
        .args(["fuzz", "run", "--fuzz-dir"])
        .arg(home)
        // The sanitizers need a nightly compiler, and look for what safe Rust doesn't do. What
        // overflows is looked for.
        .args(["--sanitizer", "none", "--debug-assertions"])
        .args(["--features", "libfuzzer", target.name])
        .args(folders)
        .args(["--", &format!("-max_len={}", target.longest)])
        // The release profile of the workspace is the app's: small, and slow to build.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "2")
        .env("CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS", "true")
        .env("CARGO_PROFILE_RELEASE_STRIP", "none")
        .env_remove("RUSTFLAGS");
    cargo
}

/// Writes each input of the files into a file of its own.
fn spread(files: &[&PathBuf], folder: &Path) -> Result<()> {
    let mut number = 0;
    for file in files {
        let text = fs::read_to_string(file).with_context(|| format!("no {}", file.display()))?;
        let inputs = corpus::inputs(&text);
        for input in inputs.with_context(|| format!("{} is misspelled", file.display()))? {
            fs::write(folder.join(format!("{number:05}")), input)?;
            number += 1;
        }
    }
    Ok(())
}

/// The lines of what lies in a folder and isn't a seed, the shortest first.
fn gather(folder: &Path, seeds: &Path) -> Result<Vec<String>> {
    let seeds = fs::read_to_string(seeds)?;
    let seeds: BTreeSet<&str> = seeds.lines().collect();
    let mut lines = BTreeSet::new();
    for file in files_below(folder)? {
        let line = corpus::line(&fs::read(file)?);
        if !seeds.contains(line.as_str()) {
            lines.insert((line.len(), line + "\n"));
        }
    }
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}
