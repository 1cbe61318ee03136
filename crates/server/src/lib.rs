//! The service behind axum: SQL store, mail, sessions, static files.
//!
//! `start` puts it together from a [`config::Config`] and a [`machine::Machine`]; the binary
//! `server` does no more than read the one and take the other.

pub mod config;
pub mod setting;

pub mod start;

pub mod activity;
pub mod announce;

pub mod letters;
pub mod machine;
pub mod mail;
pub mod otlp;
pub mod outbox;
pub mod passwords;
pub mod resource_limits;
pub mod sealer;
pub mod store;
pub mod tiktok;

mod api;
mod app;
mod assets;
mod caller;
mod cookie;
mod drain;
mod guard;
mod host;
mod language;
mod metrics;
mod monitor;
mod router;
mod run_to_end;
mod serve;
mod span;
mod trace;

#[cfg(feature = "demo")]
mod demo;

mod negotiation;
#[cfg(any(test, feature = "openapi"))]
pub mod openapi;
mod origin;
mod outgoing;
mod page;
