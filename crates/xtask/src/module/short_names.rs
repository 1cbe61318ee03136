//! A module and its script that call each other by short names.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;

use anyhow::{Result, ensure};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{ExportSection, ImportSection};

use super::rewritten;

/// The module and its script with short names for what one has of the other: wasm-bindgen's are long
/// and end in digits that can't be compressed.
pub(crate) fn with_short_names(module: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut names = ShortNames::default();
    let module = rewritten(&mut names, module)?;
    let mut renamed = String::with_capacity(script.len());
    let mut used = HashSet::new();
    let is_of_a_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut rest = script;
    while let Some(start) = rest.find(is_of_a_name) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c| !is_of_a_name(c)).unwrap_or(from.len());
        let (name, after) = from.split_at(end);
        renamed.push_str(before);
        if let Some(short) = names.short.get(name) {
            used.insert(name);
            renamed.push_str(short);
        } else {
            renamed.push_str(name);
        }
        rest = after;
    }
    renamed.push_str(rest);
    for name in names.short.keys() {
        ensure!(
            used.contains(name.as_str()),
            "the script doesn't name {name}"
        );
    }
    Ok((module, renamed))
}

/// Writes a module with short names.
#[derive(Default)]
struct ShortNames {
    short: HashMap<String, String>,
}

impl ShortNames {
    /// A short name for one that nobody types: wasm-bindgen's begin so.
    fn shorten(&mut self, name: &str) -> String {
        let starts = ["__wb", "wasm_bindgen__", "__externref"];
        if !starts.iter().any(|start| name.starts_with(start)) {
            return name.to_owned();
        }
        let next = nth_name(self.short.len());
        self.short.entry(name.to_owned()).or_insert(next).clone()
    }
}

impl Reencode for ShortNames {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for import in section.into_imports() {
            let import = import?;
            let name = self.shorten(import.name);
            let kind = self.entity_type(import.ty)?;
            imports.import(import.module, &name, kind);
        }
        Ok(())
    }

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: wasmparser::Export<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let name = self.shorten(export.name);
        utils::parse_export(
            self,
            exports,
            wasmparser::Export {
                name: &name,
                ..export
            },
        )
    }
}

/// `a` to `z`, `A` to `Z`, `aa` …
pub(super) fn nth_name(number: usize) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::new();
    let mut rest = number;
    loop {
        let letter = LETTERS.get(rest % LETTERS.len()).copied();
        name.push(char::from(letter.unwrap_or(b'_')));
        rest /= LETTERS.len();
        if rest == 0 {
            return name;
        }
        rest -= 1;
    }
}
