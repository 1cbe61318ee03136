//! Modules that were cut out of another and live in its memory: what they have of it, and how several
//! of them become one.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use anyhow::{Result, anyhow, ensure};
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{CustomSection, EntityType, ExportKind, ExportSection, ImportSection, Module};
use wasmparser::{Parser, Payload};

use super::rewritten;

/// The module that parts import everything from, by the name that `wasm_split_cli_support` gives it.
pub(crate) const FIRST: &str = "__wasm_split";
/// The same, for [`stand_in`].
const BEHIND: &str = "first";
const FEATURES: &str = "target_features";

/// The names of what parts import of the first module.
pub(crate) fn shared_names(parts: &[Vec<u8>]) -> Result<BTreeSet<String>> {
    Ok(shared(parts)?.into_keys().collect())
}

fn shared(parts: &[Vec<u8>]) -> Result<BTreeMap<String, EntityType>> {
    let mut shared = BTreeMap::new();
    for part in parts {
        for payload in Parser::new(0).parse_all(part) {
            let Payload::ImportSection(imports) = payload? else {
                continue;
            };
            for import in imports.into_imports() {
                let import = import?;
                ensure!(
                    import.module == FIRST,
                    "a part imports {} of {}, not of the first module",
                    import.name,
                    import.module
                );
                let kind = RoundtripReencoder
                    .entity_type(import.ty)
                    .map_err(|error| anyhow!("{error}"))?;
                shared.insert(import.name.to_owned(), kind);
            }
        }
    }
    Ok(shared)
}

/// A module that gives what `parts` import of the first one: by way of it, wasm-merge makes one memory
/// of theirs and not one for each.
pub(crate) fn stand_in(parts: &[Vec<u8>]) -> Result<Vec<u8>> {
    let (mut imports, mut exports) = (ImportSection::new(), ExportSection::new());
    let (mut tables, mut memories, mut globals) = (0, 0, 0);
    for (name, kind) in shared(parts)? {
        let (export, next) = match kind {
            EntityType::Table(_) => (ExportKind::Table, &mut tables),
            EntityType::Memory(_) => (ExportKind::Memory, &mut memories),
            EntityType::Global(_) => (ExportKind::Global, &mut globals),
            EntityType::Function(_) | EntityType::FunctionExact(_) | EntityType::Tag(_) => {
                return Err(anyhow!("parts share {name}, which is a function or a tag"));
            }
        };
        imports.import(BEHIND, &name, kind);
        exports.export(&name, export, *next);
        *next += 1;
    }
    let mut module = Module::new();
    module.section(&imports).section(&exports);
    if let Some(features) = parts.first().and_then(|part| features(part)) {
        module.section(&features);
    }
    Ok(module.finish())
}

/// What a module says of the WebAssembly that it needs: without it, tools take it for the oldest.
fn features(module: &[u8]) -> Option<CustomSection<'_>> {
    let mut payloads = Parser::new(0).parse_all(module);
    payloads.find_map(|payload| match payload {
        Ok(Payload::CustomSection(section)) if section.name() == FEATURES => Some(CustomSection {
            name: FEATURES.into(),
            data: section.data().into(),
        }),
        _ => None,
    })
}

/// What wasm-merge made by way of [`stand_in`], as a part that imports of the first module itself.
pub(crate) fn without_stand_in(merged: &[u8]) -> Result<Vec<u8>> {
    rewritten(&mut Direct, merged)
}

struct Direct;

impl Reencode for Direct {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for import in section.into_imports() {
            let import = import?;
            let module = if import.module == BEHIND {
                FIRST
            } else {
                import.module
            };
            let kind = self.entity_type(import.ty)?;
            imports.import(module, import.name, kind);
        }
        Ok(())
    }

    /// Nobody imports of a part.
    fn parse_export_section(
        &mut self,
        _: &mut ExportSection,
        _: wasmparser::ExportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        Ok(())
    }
}
