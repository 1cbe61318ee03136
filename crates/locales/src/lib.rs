//! Files of sentences, `locales/<tag>.json`: each an object of sentences by their keys. Build scripts
//! read them, and refuse a language that has other keys than another, or other arguments.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A language's sentences by their keys, in the order of the keys.
pub type Sentences = BTreeMap<String, Value>;

/// A language's sentences by their keys, sorted as the file must be: a sentence is known by its
/// place in it.
///
/// # Errors
///
/// A file that can't be read, is no object in JSON, or isn't sorted by its keys.
pub fn read(path: &Path) -> Result<Sentences, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let sentences: Sentences =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut rest = text.as_str();
    for key in sentences.keys() {
        (_, rest) = rest
            .split_once(&format!("\n  \"{key}\":"))
            .ok_or_else(|| format!("{}: {key} is out of order", path.display()))?;
    }
    Ok(sentences)
}

/// The JSON files of a folder, not of those in it.
///
/// # Errors
///
/// A folder that can't be read.
pub fn json_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
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
pub fn arguments(sentence: &Value) -> BTreeSet<&str> {
    let text = sentence.as_str().unwrap_or_default();
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

/// Whether another language, of the file `path`, has the keys of the reference and their arguments.
///
/// # Errors
///
/// Every key that is missing, empty, left over, or has other arguments.
pub fn compare(reference: &Sentences, other: &Sentences, path: &Path) -> Result<(), String> {
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
        let _ = writeln!(wrong, "  {key} is not in the reference");
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("{}:\n{wrong}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_language_lacks_no_sentence_and_no_argument() {
        let of = |value| serde_json::from_value::<Sentences>(value).unwrap_or_default();
        let path = Path::new("xx.json");
        let reference = of(json!({ "hello": "Hello, {name}", "bye": "Bye" }));
        let same = of(json!({ "hello": "{name}, xin chào", "bye": "Tạm biệt" }));
        assert_eq!(compare(&reference, &same, path), Ok(()));
        let other = of(json!({ "hello": "Xin chào", "bye": " ", "new": "Mới" }));
        let wrong = "xx.json:\n  bye says nothing\n  hello has other arguments\n  \
                     new is not in the reference\n";
        assert_eq!(compare(&reference, &other, path), Err(wrong.to_owned()));
        let none = of(json!({}));
        let wrong = "xx.json:\n  bye is missing\n  hello is missing\n";
        assert_eq!(compare(&reference, &none, path), Err(wrong.to_owned()));
    }
}
