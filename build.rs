//! Turns `locales/en.json` into one function for each sentence, with its arguments: a sentence
//! that is missing there doesn't compile. Every other language must have the same keys with the
//! same arguments, or nothing is built.

use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const REFERENCE: &str = "en.json";

fn main() -> Result<(), String> {
    let folder = Path::new("locales");
    println!("cargo::rerun-if-changed=locales");
    let reference = read(&folder.join(REFERENCE))?;
    for path in json_files(folder)? {
        compare(&reference, &read(&path)?, &path)?;
    }
    let out = env::var_os("OUT_DIR").ok_or("cargo gives OUT_DIR")?;
    let place = PathBuf::from(out).join("say.rs");
    println!("cargo::rustc-env=PORTAL_WORDS={}", place.display());
    fs::write(&place, functions(&reference)).map_err(|error| error.to_string())?;
    if env::var_os("CARGO_FEATURE_PREVIEW").is_some() {
        for_previews(folder, &reference)?;
    }
    Ok(())
}

/// The keys by their places, and the words of the preview's own tools, in two languages.
fn for_previews(folder: &Path, reference: &Map<String, Value>) -> Result<(), String> {
    let out = env::var_os("OUT_DIR").ok_or("cargo gives OUT_DIR")?;
    let write = |name: &str, variable: &str, code: String| {
        let place = PathBuf::from(&out).join(name);
        println!("cargo::rustc-env={variable}={}", place.display());
        fs::write(&place, code).map_err(|error| error.to_string())
    };
    let count = reference.len();
    let keys: Vec<_> = reference.keys().map(|key| format!("{key:?}")).collect();
    let keys = keys.join(", ");
    let keys = format!("/// By their places.\npub const KEYS: [&str; {count}] = [{keys}];\n");
    write("keys.rs", "PORTAL_KEYS", keys)?;

    let path = folder.join("preview/vi.json");
    let english = read(&folder.join("preview/en.json"))?;
    let vietnamese = read(&path)?;
    compare(&english, &vietnamese, &path)?;
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
    write("tools.rs", "PORTAL_TOOL_WORDS", code)?;
    write("scenes.rs", "PORTAL_SCENE_NAMES", scene_names(folder)?)
}

/// What scenes and journeys are called: each has a name in both languages.
fn scene_names(folder: &Path) -> Result<String, String> {
    let scenes = Path::new("src/preview/scenes");
    println!("cargo::rerun-if-changed={}", scenes.display());
    let [reference, path] =
        ["en", "vi"].map(|tag| folder.join(format!("preview/scenes/{tag}.json")));
    let (english, vietnamese) = (read(&reference)?, read(&path)?);
    compare(&english, &vietnamese, &path)?;
    let mut wanted = BTreeSet::from(["journey:problems".to_owned()]);
    for file in json_files(scenes)? {
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
    let arms = names.map(|((name, english), vietnamese)| {
        format!("        {name:?} => super::pick({english}, {vietnamese}),\n")
    });
    let arms: String = arms.collect();
    Ok(format!(
        "/// What the one of a name is called.\n\
         pub(super) fn called(name: &str) -> Option<&'static str> {{\n    \
         Some(match name {{\n{arms}        _ => return None,\n    }})\n}}\n"
    ))
}

/// A language's sentences by their keys, sorted as the file must be: a sentence is known by its
/// place in it.
fn read(path: &Path) -> Result<Map<String, Value>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let sentences: Map<String, Value> =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut rest = text.as_str();
    for key in sentences.keys() {
        (_, rest) = rest
            .split_once(&format!("\n  \"{key}\":"))
            .ok_or_else(|| format!("{}: {key} is out of order", path.display()))?;
    }
    Ok(sentences)
}

fn json_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            found.push(path);
        }
    }
    Ok(found)
}

/// The arguments of a sentence: what stands between braces.
fn arguments(sentence: &Value) -> BTreeSet<&str> {
    let text = sentence.as_str().unwrap_or_default();
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

fn compare(
    reference: &Map<String, Value>,
    other: &Map<String, Value>,
    path: &Path,
) -> Result<(), String> {
    let mut wrong = String::new();
    for (key, sentence) in reference {
        match other.get(key) {
            None => {
                let _ = writeln!(wrong, "  {key} is missing");
            }
            Some(said) if said.as_str().is_none_or(|text| text.trim().is_empty()) => {
                let _ = writeln!(wrong, "  {key} says nothing");
            }
            Some(said) if arguments(said) != arguments(sentence) => {
                let _ = writeln!(wrong, "  {key} has other arguments");
            }
            Some(_) => {}
        }
    }
    for key in other.keys().filter(|key| !reference.contains_key(*key)) {
        let _ = writeln!(wrong, "  {key} is not in {REFERENCE}");
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("{}:\n{wrong}", path.display()))
    }
}

fn functions(reference: &Map<String, Value>) -> String {
    let mut code = String::new();
    for (place, (key, sentence)) in reference.iter().enumerate() {
        let name = key.replace('.', "_");
        let text = sentence.as_str().unwrap_or_default().replace('\n', " ");
        // In code marks, so that nothing in it is read as markup.
        let arguments = arguments(sentence);
        let parameters: Vec<_> = arguments
            .iter()
            .map(|argument| format!("{argument}: &str"))
            .collect();
        let filled: Vec<_> = arguments
            .iter()
            .map(|argument| format!("(\"{argument}\", {argument})"))
            .collect();
        let _ = writeln!(code, "/// `{text}`");
        if arguments.is_empty() {
            // A pointer and not a function: as a type of its own, each sentence would have the
            // views that show it compiled for it alone.
            let _ = writeln!(
                code,
                "#[expect(non_upper_case_globals, reason = \"called like the sentences with arguments\")]\n\
                 pub const {name}: fn() -> String = || crate::text::sentence({place});\n"
            );
        } else {
            let _ = writeln!(
                code,
                "pub fn {name}({}) -> String {{\n    crate::text::filled({place}, &[{}])\n}}\n",
                parameters.join(", "),
                filled.join(", ")
            );
        }
    }
    code
}
