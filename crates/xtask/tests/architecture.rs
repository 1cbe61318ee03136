//! Reads the repository and fails on what its architecture forbids: an arrow between crates
//! or modules that should not be there, a path or a style spelled in the wrong place, a
//! demonstration account outside the crates that make them.

#![expect(
    clippy::unwrap_used,
    reason = "a repository that cannot be read is a failed test"
)]

#[path = "../src/needles.rs"]
mod needles;
mod repository;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use repository::{files_below, none, root, source, sources};

/// What a crate's manifest says it needs.
struct Manifest {
    normal: Vec<String>,
    dev: Vec<String>,
}

/// Every crate of ours and the ones of ours that it may name. A crate that may be named
/// only in tests stands in the second list.
const ARROWS: [(&str, &[&str], &[&str]); 14] = [
    ("domain", &[], &[]),
    ("contract", &["domain"], &[]),
    ("scenarios", &["contract", "domain"], &[]),
    ("login-kit", &[], &["tiktok-emulator"]),
    ("webauthn", &[], &[]),
    ("tiktok-emulator", &[], &[]),
    (
        "service",
        &["contract", "domain", "login-kit", "webauthn"],
        // Itself with the personas, for its tests.
        &["scenarios", "service", "tiktok-emulator"],
    ),
    (
        "mock",
        &[
            "contract",
            "domain",
            "login-kit",
            "service",
            "tiktok-emulator",
            "webauthn",
        ],
        &["scenarios"],
    ),
    (
        "server",
        &[
            "contract",
            "domain",
            "login-kit",
            "service",
            "tiktok-emulator",
            "webauthn",
        ],
        &["scenarios"],
    ),
    // Of the server it compiles the file that reads cookies.
    ("fuzz", &["contract", "domain", "login-kit", "service"], &[]),
    ("xtask", &[], &[]),
    ("locales", &[], &[]),
    (
        "business-portal",
        &["contract", "domain", "locales", "mock"],
        &[],
    ),
    // Its dependency `portal` is the app's library.
    ("preview", &["contract", "domain", "locales"], &[]),
];

/// What is shown in a browser: the app, and the preview around it.
const SHOWN: [&str; 2] = ["src", "crates/preview/src"];

/// The Rust files of what is shown, with their folders.
fn shown() -> impl Iterator<Item = (&'static str, String, source::Source)> {
    let of = |folder| {
        sources(folder)
            .into_iter()
            .map(move |(file, it)| (folder, file, it))
    };
    SHOWN.into_iter().flat_map(of)
}

/// What brings a clock, a network, a runtime or a browser with it.
const MACHINERY: [&str; 11] = [
    "axum",
    "gloo-net",
    "js-sys",
    "leptos",
    "reqwest",
    "sqlx",
    "tokio",
    "tower",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "web-sys",
];

fn folder_of(name: &str) -> PathBuf {
    if name == "business-portal" {
        root()
    } else {
        root().join("crates").join(name)
    }
}

fn manifest(name: &str) -> Manifest {
    let text = fs::read_to_string(folder_of(name).join("Cargo.toml")).unwrap();
    let (mut normal, mut dev) = (Vec::new(), Vec::new());
    let mut section = "";
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
            // `[dependencies.name]`, and the same under a target.
            if let Some((kind, name)) = section.rsplit_once('.')
                && kind.ends_with("dependencies")
            {
                if kind.ends_with("dev-dependencies") {
                    &mut dev
                } else {
                    &mut normal
                }
                .push(name.to_owned());
            }
            continue;
        }
        let Some((name, _)) = line.split_once(['.', '=', ' ']) else {
            continue;
        };
        if section.starts_with("workspace") || name.starts_with('#') {
            continue;
        }
        if section.ends_with("dev-dependencies") {
            dev.push(name.to_owned());
        } else if section.ends_with("dependencies") {
            normal.push(name.to_owned());
        }
    }
    Manifest { normal, dev }
}

#[test]
fn every_crate_is_known_here() {
    let mut found = BTreeSet::from(["business-portal".to_owned()]);
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        found.insert(entry.unwrap().file_name().into_string().unwrap());
    }
    let known = ARROWS
        .iter()
        .map(|(name, ..)| (*name).to_owned())
        .collect::<BTreeSet<_>>();
    assert_eq!(found, known);
}

#[test]
fn crates_name_each_other_in_one_direction() {
    let ours = ARROWS.map(|(name, ..)| name);
    let mut problems = Vec::new();
    for (name, allowed, in_tests) in ARROWS {
        let Manifest { normal, dev } = manifest(name);
        for other in normal.iter().filter(|other| ours.contains(&other.as_str())) {
            if !allowed.contains(&other.as_str()) {
                problems.push(format!("{name} must not depend on {other}"));
            }
        }
        for other in dev.iter().filter(|other| ours.contains(&other.as_str())) {
            if !allowed.contains(&other.as_str()) && !in_tests.contains(&other.as_str()) {
                problems.push(format!("the tests of {name} must not depend on {other}"));
            }
        }
    }
    none(&problems);
}

#[test]
fn the_rules_and_the_contract_need_no_machinery() {
    let mut problems = Vec::new();
    for name in [
        "domain",
        "contract",
        "scenarios",
        "service",
        "login-kit",
        "webauthn",
        "tiktok-emulator",
    ] {
        for other in manifest(name).normal {
            let excused = name == "tiktok-emulator" && ["axum", "tokio"].contains(&other.as_str());
            if MACHINERY.contains(&other.as_str()) && !excused {
                problems.push(format!("{name} must not depend on {other}"));
            }
        }
    }
    none(&problems);
}

#[test]
fn the_app_needs_the_mock_only_behind_its_feature() {
    let text = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(text.contains("mock = { workspace = true, optional = true }"));
    assert!(
        !text.contains("default = [\"mock"),
        "the feature must be asked for"
    );
}

#[test]
fn the_app_is_no_other_for_the_preview_than_for_tests_with_the_mock() {
    let text = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let features = text.split_once("\n[features]\n").unwrap().1;
    let features = features.split_once("\n[").unwrap().0.lines();
    let names = features.filter_map(|line| line.split_once(" = "));
    let names: Vec<_> = names.map(|(name, _)| name).collect();
    // A release in parts is the same app: only where its pages come from is another.
    assert_eq!(names, ["mock", "parts"]);
    let mut problems = Vec::new();
    for (file, source) in sources("src") {
        for (line, text) in source.code() {
            if text.contains("feature = \"parts\"") && file != "parts.rs" {
                problems.push(format!("src/{file}:{line}: knows of the release in parts"));
            }
        }
    }
    none(&problems);
}

#[test]
fn only_the_client_names_the_mock() {
    let mut problems = Vec::new();
    for (file, source) in sources("src") {
        if file.starts_with("client/") || file == "client.rs" {
            continue;
        }
        for (line, text) in source.code() {
            if source::names_crate(text, "mock") {
                problems.push(format!(
                    "src/{file}:{line}: only src/client/ may name the mock"
                ));
            }
        }
    }
    none(&problems);
}

#[test]
fn the_app_names_of_ours_only_the_domain_and_the_contract() {
    let mut problems = Vec::new();
    for (file, source) in sources("src") {
        for (line, text) in source.code() {
            for other in ["service", "server", "login_kit", "tiktok_emulator"] {
                if source::names_crate(text, other) {
                    problems.push(format!("src/{file}:{line}: the app must not name {other}"));
                }
            }
        }
    }
    none(&problems);
}

#[test]
fn the_parts_of_the_interface_import_nothing_of_ours() {
    let mut problems = Vec::new();
    for (file, source) in sources("src/ui") {
        let place = format!("ui/{file}");
        for (line, path) in source.paths_of_ours(&place) {
            if path != "ui" && !path.starts_with("ui::") {
                problems.push(format!("src/{place}:{line}: ui must not import {path}"));
            }
        }
        for (line, text) in source.code() {
            for other in ["contract", "domain", "mock"] {
                if source::names_crate(text, other) {
                    problems.push(format!("src/{place}:{line}: ui must not name {other}"));
                }
            }
        }
    }
    none(&problems);
}

#[test]
fn the_preview_shows_and_names_every_part_of_the_interface() {
    let mut problems = Vec::new();
    for (page, all) in [
        ("components/parts.rs", false),
        // The frame of a field and the lines within are no parts that one would place.
        ("annotations.rs", true),
    ] {
        let home = root().join("crates/preview/src");
        let text = fs::read_to_string(home.join(page)).unwrap();
        for (file, _) in sources("src/ui") {
            let part = file.trim_end_matches(".rs");
            let is_known = ["mod", "erased"].contains(&part) || (part == "field" && !all);
            if !is_known && !text.contains(&format!("\"{part}\"")) {
                problems.push(format!("crates/preview/src/{page} has no {part}"));
            }
        }
    }
    none(&problems);
}

#[test]
fn pages_do_not_import_pages() {
    let mut problems = Vec::new();
    for (file, source) in sources("src/pages") {
        if file == "mod.rs" {
            continue;
        }
        // A flow is one page in several files: its steps may share what they need.
        let own = file
            .split_once('/')
            .map_or(file.trim_end_matches(".rs"), |(flow, _)| flow);
        for (line, path) in source.paths_of_ours(&format!("pages/{file}")) {
            let mut parts = path.split("::");
            if parts.next() == Some("pages") {
                match parts.next() {
                    Some(other) if other == own => {}
                    _ => problems.push(format!("src/pages/{file}:{line}: imports {path}")),
                }
            }
        }
    }
    none(&problems);
}

#[test]
fn what_is_below_the_pages_does_not_know_them() {
    // The table of routes, and what mounts it.
    const ABOVE: [&str; 4] = ["app.rs", "lib.rs", "main.rs", "start.rs"];
    let is_page = |file: &str| file == "pages.rs" || file.starts_with("pages/");
    let is_table = |file: &str| file == "parts.rs" || file.starts_with("parts/");
    let mut problems = Vec::new();
    for (file, source) in sources("src") {
        if ABOVE.contains(&file.as_str()) || is_page(&file) || is_table(&file) {
            continue;
        }
        for (line, path) in source.paths_of_ours(&file) {
            let top = path.split("::").next().unwrap_or_default();
            if top == "pages" || top == "app" {
                problems.push(format!("src/{file}:{line}: imports {path}"));
            }
        }
    }
    none(&problems);
}

#[test]
fn only_the_route_spells_a_path() {
    let mut problems = Vec::new();
    for (folder, file, source) in shown() {
        // The preview's own pages stand beside the app's.
        let is_speller = match folder {
            "src" => file == "route.rs" || file.starts_with("route/"),
            _ => file == "address.rs",
        };
        if is_speller {
            continue;
        }
        for (line, text) in source.literals() {
            let is_path = text.strip_prefix('/').is_some_and(|rest| {
                rest.starts_with(|first: char| first.is_ascii_lowercase() || first == ':')
            });
            // A request's is the host's, not the app's.
            let excused = text.starts_with("/api/") && file.starts_with("client");
            if is_path && !excused {
                problems.push(format!(
                    "{folder}/{file}:{line}: \"{text}\" belongs into src/route.rs"
                ));
            }
        }
    }
    none(&problems);
}

#[test]
fn no_element_has_an_inline_style() {
    let mut problems = Vec::new();
    for (folder, file, source) in shown() {
        for (line, text) in source.code() {
            // `style:width=…` sets a property and is allowed by the policy; `style=` is not.
            if source::has_attribute(text, "style") {
                problems.push(format!("{folder}/{file}:{line}: an inline style"));
            }
        }
    }
    let page = fs::read_to_string(root().join("index.html")).unwrap();
    for (number, text) in page.lines().enumerate() {
        if source::has_attribute(text, "style") || text.contains("<style") {
            problems.push(format!("index.html:{}: an inline style", number + 1));
        }
        if text.contains("<script>") || text.contains(" onclick=") {
            problems.push(format!("index.html:{}: an inline script", number + 1));
        }
    }
    none(&problems);
}

#[test]
fn no_demonstration_account_stands_in_the_app() {
    let mut files = files_below(&root().join("src"), "rs");
    files.extend(files_below(&root().join("locales"), "json"));
    files.extend(files_below(&root().join("public"), "js"));
    files.extend(files_below(&root().join("style"), "css"));
    // Scenes name accounts: they are what people do.
    for (folder, kind) in [
        ("src", "rs"),
        ("locales", "json"),
        ("page", "js"),
        ("page", "css"),
    ] {
        files.extend(files_below(
            &root().join("crates/preview").join(folder),
            kind,
        ));
    }
    files.push(root().join("index.html"));
    let mut problems = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for needle in needles::DEMONSTRATION.iter().chain(&needles::SECRET) {
            if text.contains(needle) {
                problems.push(format!("{} holds `{needle}`", file.display()));
            }
        }
    }
    none(&problems);
}

#[test]
fn every_file_says_at_its_head_what_it_is_for() {
    let mut problems = Vec::new();
    for folder in ["src", "crates", "tests"] {
        for file in files_below(&root().join(folder), "rs") {
            if !fs::read_to_string(&file).unwrap().starts_with("//!") {
                problems.push(format!("{} does not open with `//!`", file.display()));
            }
        }
    }
    none(&problems);
}

#[test]
fn no_test_is_switched_off() {
    let mut problems = Vec::new();
    for folder in ["src", "crates", "tests"] {
        for (file, source) in sources(folder) {
            for (line, text) in source.code() {
                if text.trim_start().starts_with("#[ignore") {
                    problems.push(format!("{folder}/{file}:{line}: repair it or remove it"));
                }
            }
        }
    }
    none(&problems);
}

#[test]
fn no_test_of_the_app_is_one_that_a_browser_would_pass_over() {
    let mut problems = Vec::new();
    for folder in SHOWN.into_iter().chain(["tests"]) {
        for (file, source) in sources(folder) {
            for (line, text) in source.code() {
                if text.trim() == "#[test]" {
                    problems.push(format!("{folder}/{file}:{line}: use #[wasm_bindgen_test]"));
                }
            }
        }
    }
    none(&problems);
}
