//! A module that says nothing of panics.

use std::collections::HashMap;
use std::convert::Infallible;
use std::ops::Range;

use anyhow::{Result, ensure};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, DataSection, Function};
use wasmparser::{DataKind, KnownCustom, Name, Operator, Parser, Payload, TypeRef, ValType};

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
    let mut silent = Silent {
        bodies,
        next: known.imported,
        places,
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
