//! The server over real HTTP, on databases of its own.

#![expect(clippy::unwrap_used, reason = "what a test can't do without fails it")]

mod harness;

mod configuration;
mod hijack;
mod http;
mod replay;
mod scenarios;
mod smtp;
mod store;
