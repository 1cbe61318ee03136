//! Turns `locales/en.json` into one function for each sentence, with its arguments: a sentence
//! that is missing there doesn't compile. Every other language must have the same keys with the
//! same arguments, or nothing is built.

use locales::{Sentences, arguments, compare, json_files, read};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const REFERENCE: &str = "en.json";

fn main() -> Result<(), String> {
    let folder = Path::new("locales");
    println!("cargo::rerun-if-changed=locales");
    if env::var_os("CARGO_FEATURE_PARTS").is_some() {
        // What is cut apart must say what it calls.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    let reference = read(&folder.join(REFERENCE))?;
    for path in json_files(folder)? {
        compare(&reference, &read(&path)?, &path)?;
    }
    let out = env::var_os("OUT_DIR").ok_or("cargo gives OUT_DIR")?;
    let place = PathBuf::from(out).join("say.rs");
    println!("cargo::rustc-env=PORTAL_WORDS={}", place.display());
    fs::write(&place, functions(&reference)).map_err(|error| error.to_string())?;
    Ok(())
}

fn functions(reference: &Sentences) -> String {
    let mut code = String::new();
    for (place, (key, sentence)) in reference.iter().enumerate() {
        let name = key.replace('.', "_");
        let text = sentence.as_str().unwrap_or_default().replace('\n', " ");
        // Marks around a name turn the text of a comment as well, and the compiler refuses them.
        let text = text.replace(['\u{2068}', '\u{2069}'], "");
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
