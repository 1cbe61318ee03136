//! What wasm-opt can't know of the app's modules: what nobody reads of them goes, what the first one
//! shares with its script alone gets short names, and parts that travel together become one.

mod alike;
mod apart;
mod short_names;
mod silent;
#[cfg(test)]
mod tests;

pub(crate) use alike::with_alike_together;
pub(crate) use apart::{FIRST, shared_names, stand_in, without_stand_in};
pub(crate) use short_names::with_short_names;
pub(crate) use silent::{functions, without_calls_to_panics, without_panic_messages};

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
