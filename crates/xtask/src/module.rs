//! What wasm-opt can't know of the app's module: what nobody reads of it goes, and what it shares with
//! its script alone gets short names.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::ops::Range;

use anyhow::{Result, anyhow, ensure};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, DataSection, ExportSection, Function, ImportSection, Module};
use wasmparser::{DataKind, KnownCustom, Name, Operator, Parser, Payload, TypeRef, ValType};

/// The beginnings of what the standard library calls to tell of a panic and to end. The module ends
/// by a trap anyway, and the page sees that (`public/boot.js`); the words for it would be read by
/// nobody.
const PANICS: [&str; 12] = [
    "core::panicking::",
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::result::unwrap_failed",
    "core::cell::panic_already",
    "core::str::slice_error_fail",
    "core::slice::index::slice_index_fail",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::handle_error",
    "alloc::raw_vec::capacity_overflow",
    "std::panicking::",
    "__rustc::rust_begin_unwind",
];

/// What must be among them: else the standard library has changed its names.
const LAST_OF_ALL: &str = "core::panicking::panic_fmt";

/// How the standard library calls what formats values for developers.
const DEBUG: &str = "fmt::Debug>::fmt";

/// What takes a function's place.
#[derive(Clone, Copy)]
enum Body {
    /// `unreachable`.
    Trap,
    /// `Ok(())`, and nothing is written.
    Nothing,
}

/// The module without what it would say of a panic: messages, and the places in the source, which name
/// folders of the machine that built it. To be called before wasm-opt, which then finds what else
/// isn't called any more, and takes the names away.
pub(crate) fn without_panic_messages(module: &[u8]) -> Result<Vec<u8>> {
    let known = Known::read(module)?;
    let bodies = known.bodies()?;
    let places = places(&known.memory);
    let mut output = Module::new();
    Silent {
        bodies,
        next: known.imported,
        places,
    }
    .parse_core_module(&mut output, Parser::new(0), module)
    .map_err(|error| anyhow!("{error}"))?;
    Ok(output.finish())
}

/// The module and its script with short names for what one has of the other: wasm-bindgen's are long
/// and end in digits that can't be compressed.
pub(crate) fn with_short_names(module: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut names = ShortNames::default();
    let mut output = Module::new();
    names
        .parse_core_module(&mut output, Parser::new(0), module)
        .map_err(|error| anyhow!("{error}"))?;
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
    Ok((output.finish(), renamed))
}

/// What must be known before a module is written anew.
#[derive(Default)]
struct Known {
    /// How many functions are imported: those of the module are numbered after them.
    imported: u32,
    names: HashMap<u32, String>,
    /// Which types are those of what formats a value.
    formatters: Vec<bool>,
    /// The type of each function of the module.
    types: Vec<u32>,
    /// Pieces of the memory, by their address.
    memory: Vec<(u32, Vec<u8>)>,
}

impl Known {
    fn read(module: &[u8]) -> Result<Self> {
        let mut known = Self::default();
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            if let Payload::TypeSection(types) = payload {
                for function in types.into_iter_err_on_gc_types() {
                    let function = function?;
                    known.formatters.push(
                        function.params() == [ValType::I32, ValType::I32]
                            && function.results() == [ValType::I32],
                    );
                }
            } else if let Payload::ImportSection(imports) = payload {
                for import in imports.into_imports() {
                    if matches!(import?.ty, TypeRef::Func(_)) {
                        known.imported += 1;
                    }
                }
            } else if let Payload::FunctionSection(functions) = payload {
                known.types = functions.into_iter().collect::<Result<_, _>>()?;
            } else if let Payload::DataSection(data) = payload {
                for piece in data {
                    let piece = piece?;
                    if let Some(address) = address(&piece)? {
                        known.memory.push((address, piece.data.to_vec()));
                    }
                }
            } else if let Payload::CustomSection(section) = payload
                && let KnownCustom::Name(subsections) = section.as_known()
            {
                for subsection in subsections {
                    if let Name::Function(functions) = subsection? {
                        for function in functions {
                            let function = function?;
                            let name = without_hashes(function.name);
                            known.names.insert(function.index, name);
                        }
                    }
                }
            }
        }
        Ok(known)
    }

    /// What takes the place of which function.
    fn bodies(&self) -> Result<HashMap<u32, Body>> {
        ensure!(
            self.names
                .values()
                .any(|name| name.starts_with(LAST_OF_ALL)),
            "no function is named {LAST_OF_ALL}"
        );
        let is_formatter = |index: &u32| {
            let own = index.checked_sub(self.imported)?;
            let kind = self.types.get(usize::try_from(own).ok()?)?;
            self.formatters.get(usize::try_from(*kind).ok()?).copied()
        };
        let body = |(index, name): (&u32, &String)| {
            if PANICS.iter().any(|panic| name.starts_with(panic)) {
                Some((*index, Body::Trap))
            } else if name.contains(DEBUG) && is_formatter(index) == Some(true) {
                Some((*index, Body::Nothing))
            } else {
                None
            }
        };
        Ok(self.names.iter().filter_map(body).collect())
    }
}

/// Where a piece of the memory begins.
fn address(piece: &wasmparser::Data<'_>) -> wasmparser::Result<Option<u32>> {
    if let DataKind::Active { offset_expr, .. } = &piece.kind
        && let Operator::I32Const { value } = offset_expr.get_operators_reader().read()?
    {
        Ok(Some(value.cast_unsigned()))
    } else {
        Ok(None)
    }
}

/// A function's name without what tells versions of crates apart: `core[c5930c85a12de822]::fmt`.
fn without_hashes(name: &str) -> String {
    let mut parts = name.split('[');
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if hash.len() == 16 && u64::from_str_radix(hash, 16).is_ok() => {
                bare.push_str(rest);
            }
            Some(_) | None => {
                bare.push('[');
                bare.push_str(part);
            }
        }
    }
    bare
}

/// Where the memory says places in the source (`core::panic::Location`: the address and the length of
/// a file's name, line, column), and those names.
fn places(memory: &[(u32, Vec<u8>)]) -> Vec<Range<u32>> {
    let text = |address: u32, length: u32| {
        memory.iter().find_map(|(start, piece)| {
            let from = usize::try_from(address.checked_sub(*start)?).ok()?;
            piece.get(from..from.checked_add(usize::try_from(length).ok()?)?)
        })
    };
    let mut found = Vec::new();
    for (start, piece) in memory {
        // They lie at multiples of four.
        let first = start.wrapping_neg() % 4;
        for at in (first..).step_by(4) {
            let Some(words) = usize::try_from(at)
                .ok()
                .and_then(|at| piece.get(at..)?.first_chunk::<16>())
            else {
                break;
            };
            let word = |index: usize| {
                let bytes = words.get(index * 4..)?.first_chunk::<4>()?;
                Some(u32::from_le_bytes(*bytes))
            };
            if let (Some(address), Some(length), Some(1..100_000), Some(1..1_000)) =
                (word(0), word(1), word(2), word(3))
                && (1..300).contains(&length)
                && text(address, length).is_some_and(|name| name.ends_with(b".rs"))
            {
                found.push(start + at..start + at + 16);
                found.push(address..address + length);
            }
        }
    }
    found
}

/// Writes a module without panics' messages.
struct Silent {
    bodies: HashMap<u32, Body>,
    /// The number of the next function.
    next: u32,
    places: Vec<Range<u32>>,
}

impl Reencode for Silent {
    type Error = Infallible;

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        function: wasmparser::FunctionBody<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let body = self.bodies.get(&self.next);
        self.next += 1;
        let mut new = Function::new([]);
        match body {
            None => return utils::parse_function_body(self, code, function),
            Some(Body::Trap) => new.instructions().unreachable().end(),
            Some(Body::Nothing) => new.instructions().i32_const(0).end(),
        };
        code.function(&new);
        Ok(())
    }

    fn parse_data(
        &mut self,
        data: &mut DataSection,
        piece: wasmparser::Data<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let mut bytes = piece.data.to_vec();
        if let Some(address) = address(&piece)? {
            for place in &self.places {
                let start = place.start.checked_sub(address);
                let start = start.and_then(|start| usize::try_from(start).ok());
                if let Some(bytes) =
                    start.and_then(|start| bytes.get_mut(start..start.checked_add(place.len())?))
                {
                    bytes.fill(0);
                }
            }
        }
        utils::parse_data(
            self,
            data,
            wasmparser::Data {
                data: &bytes,
                ..piece
            },
        )
    }
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
fn nth_name(number: usize) -> String {
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

#[cfg(test)]
mod tests {
    use super::{nth_name, places, with_short_names, without_panic_messages};
    use wasm_encoder::{
        CodeSection, ConstExpr, DataSection, EntityType, ExportKind, ExportSection, Function,
        FunctionSection, ImportSection, MemorySection, MemoryType, Module, NameMap, NameSection,
        TypeSection, ValType,
    };
    use wasmparser::{Parser, Payload};

    const FILE: &[u8] = b"/home/lan/src/app.rs";
    const FILE_AT: u32 = 1024;
    const PLACE_AT: u32 = 1048;

    fn memory() -> Vec<u8> {
        let length = u32::try_from(FILE.len()).expect("a short name");
        let mut bytes = FILE.to_vec();
        bytes.resize(24, b'#');
        for word in [FILE_AT, length, 30, 7] {
            bytes.extend(word.to_le_bytes());
        }
        bytes
    }

    /// A function that is imported, and three of its own that each give one.
    fn module(names: [&str; 3]) -> Vec<u8> {
        let mut types = TypeSection::new();
        let two = [ValType::I32, ValType::I32];
        types.ty().function(two, [ValType::I32]);
        let mut imports = ImportSection::new();
        imports.import(
            "glue",
            "__wbg_log_0123456789abcdef",
            EntityType::Function(0),
        );
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        let mut map = NameMap::new();
        for (index, name) in (1..).zip(names) {
            functions.function(0);
            let mut body = Function::new([]);
            body.instructions().i32_const(1).end();
            code.function(&body);
            map.append(index, name);
        }
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0);
        exports.export("__wbindgen_malloc", ExportKind::Func, 1);
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(1024), memory());
        let mut section = NameSection::new();
        section.functions(&map);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions);
        module.section(&memories).section(&exports).section(&code);
        module.section(&data).section(&section);
        module.finish()
    }

    fn bodies(module: &[u8]) -> Vec<Vec<u8>> {
        let mut bodies = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            if let Payload::CodeSectionEntry(body) = payload.expect("a module") {
                bodies.push(body.as_bytes().to_vec());
            }
        }
        bodies
    }

    const PANIC: &str = "core[c5930c85a12de822]::panicking::panic_fmt";
    const FORMATS: &str = "<char as core[c5930c85a12de822]::fmt::Debug>::fmt";

    #[test]
    fn what_tells_of_a_panic_traps_and_what_formats_for_developers_writes_nothing() {
        let silent = without_panic_messages(&module([PANIC, FORMATS, "app::add"]));
        let [panic, formats, own] = &bodies(&silent.expect("a module"))[..] else {
            panic!("three functions");
        };
        assert_eq!(panic, &[0, 0x00, 0x0b], "unreachable");
        assert_eq!(formats, &[0, 0x41, 0, 0x0b], "i32.const 0");
        assert_eq!(own, &[0, 0x41, 1, 0x0b], "as it was");
    }

    #[test]
    fn a_module_whose_panics_have_other_names_is_refused() {
        let refused = without_panic_messages(&module(["core::trouble", FORMATS, "app::add"]));
        let words = refused.expect_err("nothing to take out").to_string();
        assert!(words.contains("core::panicking::panic_fmt"), "{words}");
    }

    #[test]
    fn places_in_the_source_go_with_the_names_of_their_files() {
        let found = places(&[(FILE_AT, memory())]);
        assert_eq!(found, [PLACE_AT..PLACE_AT + 16, FILE_AT..FILE_AT + 20]);
        let silent = without_panic_messages(&module([PANIC, FORMATS, "app::add"]));
        let silent = silent.expect("a module");
        let holds = |text: &[u8]| silent.windows(text.len()).any(|piece| piece == text);
        assert!(!holds(b"lan"));
        assert!(holds(b"####"), "what lies between stays");
    }

    #[test]
    fn a_module_and_its_script_get_the_same_short_names() {
        let script = "f({__wbg_log_0123456789abcdef:e=>e},o.__wbindgen_malloc,o.memory)";
        let long = module([PANIC, FORMATS, "app::add"]);
        let (short, script) = with_short_names(&long, script).expect("both");
        assert_eq!(script, "f({a:e=>e},o.b,o.memory)");
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(&short) {
            let payload = payload.expect("a module");
            if let Payload::ImportSection(imports) = payload {
                for import in imports.into_imports() {
                    names.push(import.expect("an import").name.to_owned());
                }
            } else if let Payload::ExportSection(exports) = payload {
                for export in exports {
                    names.push(export.expect("an export").name.to_owned());
                }
            }
        }
        assert_eq!(names, ["a", "memory", "b"]);
        let other = with_short_names(&long, "f(o.memory)");
        assert!(other.is_err(), "a script of another module");
    }

    #[test]
    fn short_names_are_never_the_same() {
        let names: Vec<_> = [0, 25, 26, 51, 52, 53, 103, 104].map(nth_name).into();
        assert_eq!(names, ["a", "z", "A", "Z", "aa", "ba", "Za", "ab"]);
        let all: std::collections::HashSet<_> = (0..3_000).map(nth_name).collect();
        assert_eq!(all.len(), 3_000);
    }
}
