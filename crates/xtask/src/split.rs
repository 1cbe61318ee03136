//! Compiles the production app for release and cuts it into parts: what trunk does for other builds,
//! with a step between the linker and wasm-bindgen for which it has no place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

use crate::build::Settings;
use crate::files::{files_below, renew};
use crate::module::{
    FIRST, functions, stand_in, without_calls_to_panics, without_panic_messages, without_stand_in,
};
use crate::node_tools::Finishers;
use crate::shell::{Workspace, run, say};
use crate::size::PARTS_STYLE;

/// The program, and what wasm-bindgen names its files by.
const NAME: &str = "business-portal";
/// The script that fetches parts, as the module imports it.
const SCRIPT: &str = "parts.js";
/// What several parts have in common is one file for all of them, but what only members' parts have is
/// another: guests shouldn't have to wait for that.
const GUESTS: [&str; 2] = ["arriving", "linking"];
const SHARED: &str = "shared";
const MEMBERS: &str = "members";
/// The folder of the parts below the stage.
pub(crate) const PARTS: &str = "parts";

/// What must not be in the first module, by the beginnings of its functions' names. What stands
/// behind the log-in and the sign-up is named here, and what only that needs.
const ELSEWHERE: [&str; 29] = [
    "portal::autosave::",
    "portal::credentials::",
    "portal::features::passkey::",
    "portal::features::transfer::",
    "portal::layout::account_menu::",
    "portal::layout::ad_account::",
    "portal::layout::member::",
    "portal::layout::onboarding::",
    "portal::layout::settings::",
    "portal::layout::wizard::",
    "portal::pages::business_center::",
    "portal::pages::campaign::",
    "portal::pages::campaigns::",
    "portal::pages::choose_account::",
    "portal::pages::create_ads_account::",
    "portal::pages::finish_link::",
    "portal::pages::log_in_by_passkey::",
    "portal::pages::reset_password::",
    "portal::pages::security::",
    "portal::pages::settings::",
    "portal::pages::tiktok::",
    "portal::pages::verify_email::",
    "portal::pages::welcome::",
    "portal::ui::data_table::",
    "portal::ui::date_time_field::",
    "portal::ui::menu::",
    "portal::ui::money_field::",
    "portal::ui::radio_cards::",
    "portal::ui::stepper::",
];

/// So much of it may be there by name: of functions that are alike, the linker keeps one, and it goes
/// by any of their names.
const ALIKE_BYTES: usize = 1_000;

/// Leaves in `stage` what is to be finished, the parts in a folder of their own.
pub(crate) fn compile(place: &Workspace, settings: &Settings, stage: &Path) -> Result<()> {
    renew(stage)?;
    let mut cargo = place.command("cargo");
    cargo
        .args(["build", "--release", "--offline"])
        .args(["--target", "wasm32-unknown-unknown"])
        .args(["--package", NAME, "--features", "parts"]);
    settings.apply(&mut cargo);
    run(&mut cargo)?;
    let linked = settings
        .target
        .join("wasm32-unknown-unknown/release")
        .join(NAME)
        .with_extension("wasm");
    say("Cutting the module into parts");
    let pieces = stage.join("pieces");
    let first = stage.join(NAME).with_extension("wasm");
    let needed = cut(&fs::read(linked)?, &pieces, &first)?;
    ensure_first_is_small(&functions(&fs::read(&first)?)?)?;
    merge(place, &pieces, &needed, &stage.join(PARTS))?;
    run(place
        .command("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .args(["--out-name", NAME, "--out-dir"])
        .arg(stage)
        .arg(&first))?;
    // Its place in `stage` is that of the one that wasm-bindgen wrote.
    fs::remove_file(first)?;
    let script = fs::read_to_string(place.root.join("public").join(SCRIPT))?;
    fs::write(stage.join(SCRIPT), with_parts(&script, &needed))?;
    copy(place, stage)
}

/// Which pieces each part needs: those that it shares with others, and its own.
type Needed = BTreeMap<String, BTreeSet<String>>;

/// Cuts a module that was linked with its relocations.
fn cut(linked: &[u8], pieces: &Path, first: &Path) -> Result<Needed> {
    let silent = without_panic_messages(linked)?;
    let mut options = Options::new(&silent);
    options.output_dir = pieces;
    options.main_out_path = first;
    options.link_name = "./parts.js";
    let split = transform(options).map_err(|error| anyhow!("{error:?}"))?;
    let needed = split.prefetch_map.into_iter();
    Ok(needed
        .map(|(part, pieces)| (part, pieces.into_iter().collect()))
        .collect())
}

/// Which file has a piece.
fn file_of<'a>(piece: &'a str, needed: &Needed) -> &'a str {
    if let Some(part) = piece.strip_prefix("split_") {
        return part;
    }
    let mut users = needed.iter().filter(|(_, pieces)| pieces.contains(piece));
    if users.any(|(part, _)| GUESTS.contains(&part.as_str())) {
        SHARED
    } else {
        MEMBERS
    }
}

/// Makes few files of many pieces: each of them would be a request, and packed alone.
fn merge(place: &Workspace, pieces: &Path, needed: &Needed, parts: &Path) -> Result<()> {
    let finishers = Finishers::install(place)?;
    fs::create_dir(parts)?;
    let mut files: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for piece in needed.values().flatten() {
        files
            .entry(file_of(piece, needed))
            .or_default()
            .insert(piece);
    }
    for (name, held) in files {
        let mut modules = Vec::new();
        for piece in &held {
            let module = fs::read(pieces.join(piece).with_extension("wasm"))?;
            modules.push((piece, without_calls_to_panics(&module)?));
        }
        let whole = parts.join(name).with_extension("wasm");
        if let [(_, module)] = modules.as_slice() {
            fs::write(whole, module)?;
            continue;
        }
        let bytes: Vec<_> = modules.iter().map(|(_, module)| module.clone()).collect();
        let first = pieces.join("first.wasm");
        fs::write(&first, stand_in(&bytes)?)?;
        let mut wasm_merge = finishers.command(place, "wasm-merge");
        wasm_merge.arg(first).arg(FIRST);
        for (piece, module) in modules {
            let file = pieces.join(piece).with_extension("silent.wasm");
            fs::write(&file, module)?;
            wasm_merge.arg(file).arg(piece);
        }
        let merged = pieces.join(name).with_extension("merged.wasm");
        run(wasm_merge
            .args(["--rename-export-conflicts", "-g", "-o"])
            .arg(&merged))?;
        fs::write(whole, without_stand_in(&fs::read(merged)?)?)?;
    }
    Ok(())
}

/// The script, with what the module imports of it.
fn with_parts(script: &str, needed: &Needed) -> String {
    let mut script = script.to_owned();
    for (part, pieces) in needed {
        let files: BTreeSet<_> = pieces.iter().map(|piece| file_of(piece, needed)).collect();
        let mut names: Vec<_> = files
            .iter()
            .map(|file| format!("\"{file}.wasm\""))
            .collect();
        names.push(format!("\"{PARTS_STYLE}\""));
        // Writing to a string cannot fail.
        let _ = writeln!(
            script,
            "export const __wasm_split_load_{part} = part({});",
            names.join(", ")
        );
    }
    script
}

/// Fails if the first module has functions of what should be in a part.
fn ensure_first_is_small(functions: &[(String, usize)]) -> Result<()> {
    let is_elsewhere = |name: &str| {
        // In names of methods a type stands in angle brackets.
        let name = name.trim_start_matches(['<', '&']);
        ELSEWHERE.iter().any(|place| name.starts_with(place))
    };
    let found = functions.iter().filter(|(name, _)| is_elsewhere(name));
    let (names, bytes): (Vec<_>, Vec<usize>) =
        found.map(|(name, bytes)| (name.as_str(), *bytes)).unzip();
    ensure!(
        bytes.into_iter().sum::<usize>() <= ALIKE_BYTES,
        "the first module has what belongs into parts:\n{}",
        names.join("\n")
    );
    ensure!(
        functions
            .iter()
            .any(|(name, _)| name.starts_with("portal::pages::log_in::")),
        "the first module has no log-in: its functions have no names, or others"
    );
    Ok(())
}

/// Copies what index.html says that trunk copies, and the page without saying so.
fn copy(place: &Workspace, stage: &Path) -> Result<()> {
    let page = fs::read_to_string(place.root.join("index.html"))?;
    let mut text = String::new();
    for line in page.lines() {
        if !line.contains("data-trunk") {
            text += line;
            text.push('\n');
            continue;
        }
        let path = line
            .split_once("href=\"")
            .and_then(|(_, rest)| rest.split_once('"'));
        let (path, _) = path.with_context(|| format!("index.html copies nothing by `{line}`"))?;
        let source = place.root.join(path);
        let name = source.file_name().context("a file has a name")?;
        if source.is_file() {
            fs::copy(&source, stage.join(name))?;
            continue;
        }
        for file in files_below(&source)? {
            let target = stage.join(name).join(file.strip_prefix(&source)?);
            fs::create_dir_all(target.parent().context("a file lies in a folder")?)?;
            fs::copy(&file, target)?;
        }
    }
    fs::write(stage.join("index.html"), text)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needed() -> Needed {
        let pieces = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        BTreeMap::from([
            (
                "ads".to_owned(),
                pieces(&["chunk_1", "chunk_2", "split_ads"]),
            ),
            (
                "arriving".to_owned(),
                pieces(&["chunk_1", "split_arriving"]),
            ),
            ("wizard".to_owned(), pieces(&["chunk_2", "split_wizard"])),
        ])
    }

    #[test]
    fn what_guests_need_waits_for_nothing_of_members() {
        let script = with_parts("// Loads.\n", &needed());
        assert_eq!(
            script,
            "// Loads.\n\
             export const __wasm_split_load_ads = part(\"ads.wasm\", \"members.wasm\", \"shared.wasm\", \"parts.css\");\n\
             export const __wasm_split_load_arriving = part(\"arriving.wasm\", \"shared.wasm\", \"parts.css\");\n\
             export const __wasm_split_load_wizard = part(\"members.wasm\", \"wizard.wasm\", \"parts.css\");\n"
        );
    }

    #[test]
    fn a_first_module_with_a_page_behind_the_log_in_is_refused() {
        let log_in = "portal::pages::log_in::LogIn::h0123";
        let check = |names: &[&str]| {
            let functions: Vec<_> = names.iter().map(|name| ((*name).to_owned(), 600)).collect();
            ensure_first_is_small(&functions)
        };
        assert!(check(&[log_in, "portal::ui::button::Button::h4567"]).is_ok());
        let (own, other) = (
            "portal::pages::settings::Profile",
            "<portal::autosave::Draft as Drop>",
        );
        assert!(check(&[log_in, own]).is_ok(), "one that is alike");
        assert!(check(&[log_in, own, other]).is_err());
        assert!(check(&[]).is_err(), "names that can't be read show nothing");
    }
}
