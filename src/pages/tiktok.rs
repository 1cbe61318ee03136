//! Back from TikTok.

mod callback;
mod outcome;
mod waiting;

pub use callback::*;
pub use outcome::*;
pub use waiting::*;
