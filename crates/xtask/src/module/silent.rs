//! A module that says nothing of panics.

use std::collections::HashMap;
use std::convert::Infallible;
use std::ops::Range;

use anyhow::{Result, ensure};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, CustomSection, Encode as _, Function, Module, RawSection};
use wasmparser::{
    DataKind, KnownCustom, Name, Operator, Parser, Payload, RelocSectionReader, TypeRef, ValType,
};

use super::rewritten;

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

/// What a library brings along for a server's functions, of which the app has none: streams that the
/// page's scripts could read. They never do, but where code is cut apart, all that can be called from
/// outside stays with all that it needs.
const UNUSED: [&str; 2] = ["intounderlying", "__wbg_intounderlying"];

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

/// The linked module without what it would say of a panic: messages, and the places in the source,
/// which name folders of the machine that built it. It stays as it was linked: no function and no piece
/// of the memory moves, and what it says of its relocations is less by what went. To be called before
/// it is split, so that a part takes along nothing for the sake of a panic.
pub(crate) fn without_panic_messages(linked: &[u8]) -> Result<Vec<u8>> {
    let known = Known::read(linked)?;
    known.ensure_names()?;
    let bodies = known.bodies();
    let mut edited = linked.to_vec();
    // What has been written over, as places in the file.
    let mut gone = Vec::new();
    for (number, body) in &bodies {
        let own = number
            .checked_sub(known.imported)
            .and_then(|own| usize::try_from(own).ok());
        let Some(range) = own.and_then(|own| known.code.get(own)).cloned() else {
            continue;
        };
        let new: &[u8] = match body {
            Body::Trap => &[0x00, 0x00],
            Body::Nothing => &[0x00, 0x41, 0x00],
        };
        let place = edited.get_mut(range.clone()).unwrap_or_default();
        let Some((end, rest)) = place.split_last_mut() else {
            continue;
        };
        if rest.len() < new.len() {
            continue;
        }
        rest.fill(0x01);
        for (byte, new) in rest.iter_mut().zip(new) {
            *byte = *new;
        }
        *end = 0x0b;
        gone.push(range);
    }
    let pieces: Vec<_> = known
        .memory
        .iter()
        .map(|(address, _, bytes)| (*address, bytes.clone()))
        .collect();
    for place in places(&pieces) {
        for (address, start, bytes) in &known.memory {
            let from = place
                .start
                .checked_sub(*address)
                .and_then(|from| usize::try_from(from).ok());
            if let Some(from) = from.filter(|from| from + place.len() <= bytes.len()) {
                let range = start + from..start + from + place.len();
                edited.get_mut(range.clone()).unwrap_or_default().fill(0);
                gone.push(range);
            }
        }
    }
    gone.sort_by_key(|range| range.start);
    let is_gone = |at: usize| {
        let next = gone.partition_point(|range| range.end <= at);
        gone.get(next).is_some_and(|range| range.contains(&at))
    };
    let mut output = Module::new();
    // Where the content of each section begins.
    let mut starts = Vec::new();
    for payload in Parser::new(0).parse_all(linked) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else {
            continue;
        };
        let range = start_of(&range)..usize::try_from(range.end)?;
        starts.push(range.start);
        if let Payload::CustomSection(section) = &payload
            && let KnownCustom::Reloc(relocations) = section.as_known()
        {
            let base = starts
                .get(usize::try_from(relocations.section_index())?)
                .copied();
            let data = fewer(&relocations, base.unwrap_or(usize::MAX), &is_gone)?;
            output.section(&CustomSection {
                name: section.name().into(),
                data: data.into(),
            });
        } else {
            let data = edited.get(range).unwrap_or_default();
            output.section(&RawSection { id, data });
        }
    }
    Ok(output.finish())
}

fn start_of<T: Copy + TryInto<usize>>(range: &Range<T>) -> usize {
    range.start.try_into().unwrap_or(usize::MAX)
}

/// The relocations without those of places that are gone. They are counted from `base`.
fn fewer(
    relocations: &RelocSectionReader<'_>,
    base: usize,
    is_gone: &impl Fn(usize) -> bool,
) -> Result<Vec<u8>> {
    let (mut entries, mut count) = (Vec::new(), 0_u32);
    let section = relocations.section_index();
    for entry in relocations.entries() {
        let entry = entry?;
        if is_gone(base + usize::try_from(entry.offset)?) {
            continue;
        }
        count += 1;
        entries.push(entry.ty as u8);
        entry.offset.encode(&mut entries);
        entry.index.encode(&mut entries);
        if entry.ty.addend_kind() != wasmparser::RelocAddendKind::None {
            entry.addend.encode(&mut entries);
        }
    }
    let mut data = Vec::new();
    section.encode(&mut data);
    count.encode(&mut data);
    data.append(&mut entries);
    Ok(data)
}

/// A module's functions: their names, as they are written in Rust, and the lengths of their bodies.
pub(crate) fn functions(module: &[u8]) -> Result<Vec<(String, usize)>> {
    let mut known = Known::read(module)?;
    let own = (known.imported..).zip(&known.code);
    let named = own.map(|(number, body)| {
        let name = known.names.remove(&number).unwrap_or_default();
        (name, body.len())
    });
    Ok(named.collect())
}

/// One of the modules of a split without the calls to what would tell of a panic in another.
pub(crate) fn without_calls_to_panics(module: &[u8]) -> Result<Vec<u8>> {
    let known = Known::read(module)?;
    let mut silent = Silent {
        bodies: known.bodies(),
        next: known.imported,
    };
    rewritten(&mut silent, module)
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
    /// Where the functions' bodies lie in the file.
    code: Vec<Range<usize>>,
    /// Pieces of the memory: their address, where they lie in the file, and what they are.
    memory: Vec<(u32, usize, Vec<u8>)>,
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
            } else if let Payload::CodeSectionEntry(body) = &payload {
                let range = body.range();
                known
                    .code
                    .push(start_of(&range)..usize::try_from(range.end)?);
            } else if let Payload::DataSection(data) = payload {
                for piece in data {
                    let piece = piece?;
                    if let Some(address) = address(&piece)? {
                        let start = usize::try_from(piece.range.end)? - piece.data.len();
                        known.memory.push((address, start, piece.data.to_vec()));
                    }
                }
            } else if let Payload::CustomSection(section) = payload
                && let KnownCustom::Name(subsections) = section.as_known()
            {
                for subsection in subsections {
                    // The splitter leaves subsections of no known kind.
                    if let Ok(Name::Function(functions)) = subsection {
                        for function in functions {
                            let function = function?;
                            let name = without_hashes(&demangled(function.name));
                            known.names.insert(function.index, name);
                        }
                    }
                }
            }
        }
        Ok(known)
    }

    fn ensure_names(&self) -> Result<()> {
        ensure!(
            self.names
                .values()
                .any(|name| name.starts_with(LAST_OF_ALL)),
            "no function is named {LAST_OF_ALL}"
        );
        Ok(())
    }

    /// What takes the place of which function.
    fn bodies(&self) -> HashMap<u32, Body> {
        let is_formatter = |index: &u32| {
            let own = index.checked_sub(self.imported)?;
            let kind = self.types.get(usize::try_from(own).ok()?)?;
            self.formatters.get(usize::try_from(*kind).ok()?).copied()
        };
        let body = |(index, name): (&u32, &String)| {
            if PANICS
                .iter()
                .chain(&UNUSED)
                .any(|start| name.starts_with(start))
            {
                Some((*index, Body::Trap))
            } else if name.contains(DEBUG) && is_formatter(index) == Some(true) {
                Some((*index, Body::Nothing))
            } else {
                None
            }
        };
        self.names.iter().filter_map(body).collect()
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

/// A function's name as it is written in Rust. The splitter adds words to the names of those that stand
/// for another module's.
fn demangled(name: &str) -> String {
    let (symbol, rest) = name.split_once(' ').unwrap_or((name, ""));
    if symbol.starts_with("_R") || symbol.starts_with("_ZN") {
        format!("{} {rest}", rustc_demangle::demangle(symbol))
    } else {
        name.to_owned()
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
pub(super) fn places(memory: &[(u32, Vec<u8>)]) -> Vec<Range<u32>> {
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
}
