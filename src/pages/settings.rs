//! User Settings.

mod email;
mod profile;

pub use email::*;
pub use profile::*;
