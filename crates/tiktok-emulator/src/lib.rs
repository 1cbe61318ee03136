//! TikTok in memory: Login Kit's endpoints and pages, quirks included.
//!
//! One [`http::Request`] goes in, one [`http::Response`] comes out: a server can mount it, the
//! binary of this crate serves it alone, a test calls it, and a browser tab can show its pages in a
//! frame. It has no clock, no chance and no network of its own: [`Emulator::handle`] is given the
//! time and a source of random bytes, and everything that it remembers is a [`World`].
//!
//! [`visitor`] is the person at the browser, for tests of anyone's Login Kit code.

// A library that can be used without the portal.
#![warn(missing_docs)]

mod account;
mod answer;
mod authorize;
mod call;
mod config;
mod consent;
mod emulator;
mod form;
mod log_in;
mod pages;
mod pkce;
mod redirect;
mod rehearsal;
mod resume;
mod scope;
mod session;
mod sign_up;
mod token;
mod user;
pub mod visitor;
mod words;
mod world;

pub use account::{Account, avatar_url, open_id, union_id};
pub use config::{App, Config, Lifetimes, Revocation};
pub use emulator::Emulator;
pub use pkce::Pkce;
pub use redirect::{BadRedirectUri, Kind};
pub use rehearsal::Rehearsal;
pub use scope::Scope;
pub use session::SESSION_COOKIE;
pub use world::World;

/// The examples of the README, which must hold.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
