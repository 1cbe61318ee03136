//! TikTok Login Kit for Web, typed: the authorize URL, the callback, and the token, revoke and user
//! info endpoints, spoken over a [`Transport`] that is given to it.
//!
//! It follows TikTok where TikTok leaves OAuth: `client_key` for `client_id`, scopes separated by
//! commas, a challenge in hex, refresh tokens that rotate, answers that are flat from one endpoint and in an envelope from another.

// A library that can be used without the portal.
#![warn(missing_docs)]

mod answer;
mod authorize;
mod callback;
mod client;
mod config;
mod error;
mod pkce;
mod scope;
mod token;
mod transport;
mod user;

pub use answer::check;
pub use authorize::Authorize;
pub use callback::{Callback, OAuthError};
pub use client::LoginKit;
pub use config::{Config, PkceEncoding};
pub use error::Error;
pub use pkce::{BadVerifier, Verifier};
pub use scope::{Scope, parse_scopes};
pub use token::{AccessToken, Grant, RefreshToken};
pub use transport::{Transport, TransportError};
pub use user::{User, UserField};
