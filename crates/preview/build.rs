//! Turns the words of the tools (`locales/`) and the keys of the app's sentences into code: each
//! sentence a function in two languages. A scene without a name in both doesn't compile.

use locales::{compare, json_files, read};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The sentences of the app, which it knows by their places in this file.
const OF_THE_APP: &str = "../../locales/en.json";

fn main() -> Result<(), String> {
    for read in [OF_THE_APP, "locales", "src/scenes"] {
        println!("cargo::rerun-if-changed={read}");
    }
    write("keys.rs", "PREVIEW_KEYS", &keys()?)?;
    write("tools.rs", "PREVIEW_TOOL_WORDS", &tool_words()?)?;
    write("scenes.rs", "PREVIEW_SCENE_NAMES", &scene_names()?)
}

/// Writes a file and says in a variable where it is.
fn write(name: &str, variable: &str, code: &str) -> Result<(), String> {
    let out = env::var_os("OUT_DIR").ok_or("cargo gives OUT_DIR")?;
    let place = PathBuf::from(out).join(name);
    println!("cargo::rustc-env={variable}={}", place.display());
    fs::write(&place, code).map_err(|error| error.to_string())
}

/// The keys of the app's sentences.
fn keys() -> Result<String, String> {
    let sentences = read(Path::new(OF_THE_APP))?;
    let count = sentences.len();
    let keys: Vec<_> = sentences.keys().map(|key| format!("{key:?}")).collect();
    let keys = keys.join(", ");
    Ok(format!(
        "/// By their places.\npub const KEYS: [&str; {count}] = [{keys}];\n"
    ))
}

/// The words of the tools.
fn tool_words() -> Result<String, String> {
    let path = Path::new("locales/vi.json");
    let english = read(Path::new("locales/en.json"))?;
    let vietnamese = read(path)?;
    compare(&english, &vietnamese, path)?;
    let mut code = String::new();
    for (key, sentence) in &english {
        let other = vietnamese.get(key).and_then(Value::as_str);
        let (sentence, other) = (sentence.as_str(), other.unwrap_or_default());
        let sentence = sentence.unwrap_or_default();
        let _ = writeln!(
            code,
            "/// `{sentence}`\n\
             pub fn {key}() -> String {{\n    super::pick({sentence:?}, {other:?}).to_owned()\n}}\n"
        );
    }
    Ok(code)
}

/// What scenes and journeys are called: each has a name in both languages.
fn scene_names() -> Result<String, String> {
    let [reference, path] =
        ["en", "vi"].map(|tag| PathBuf::from(format!("locales/scenes/{tag}.json")));
    let (english, vietnamese) = (read(&reference)?, read(&path)?);
    compare(&english, &vietnamese, &path)?;
    let mut wanted = BTreeSet::from(["journey:problems".to_owned()]);
    for file in json_files(Path::new("src/scenes"))? {
        let text = fs::read_to_string(&file).map_err(|error| error.to_string())?;
        let listed: Vec<Value> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let listed = listed.iter().filter_map(|scene| scene["name"].as_str());
        wanted.extend(listed.map(str::to_owned));
        let journey = file.file_stem().unwrap_or_default().to_string_lossy();
        wanted.insert(format!("journey:{journey}"));
    }
    let there = english.keys().cloned().collect();
    if let Some(name) = wanted.symmetric_difference(&there).next() {
        let reference = reference.display();
        return Err(format!("{reference}: {name} is missing or left over"));
    }
    let names = english.iter().zip(vietnamese.values());
    let rows = names
        .map(|((name, english), vietnamese)| format!("    ({name:?}, {english}, {vietnamese}),\n"));
    let rows: String = rows.collect();
    Ok(format!(
        "const NAMES: &[(&str, &str, &str)] = &[\n{rows}];\n\n\
         /// What the one of a name is called.\n\
         pub(super) fn called(name: &str) -> Option<&'static str> {{\n    \
         let (_, english, other) = NAMES.iter().find(|(it, _, _)| *it == name)?;\n    \
         Some(super::pick(english, other))\n}}\n"
    ))
}
