//! What wasm-opt can't know of the app's module: what nobody reads of it goes, and what it shares with
//! its script alone gets short names.

mod short_names;
mod silent;
#[cfg(test)]
mod tests;

pub(crate) use short_names::with_short_names;
pub(crate) use silent::without_panic_messages;

use anyhow::{Result, anyhow};
use wasm_encoder::Module;
use wasm_encoder::reencode::Reencode;
use wasmparser::Parser;

/// The module as `writer` writes it.
fn rewritten<W: Reencode>(writer: &mut W, module: &[u8]) -> Result<Vec<u8>>
where
    W::Error: std::fmt::Display,
{
    let mut output = Module::new();
    writer
        .parse_core_module(&mut output, Parser::new(0), module)
        .map_err(|error| anyhow!("{error}"))?;
    Ok(output.finish())
}
