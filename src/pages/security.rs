//! The ways to log in, and what came of them.

mod email;
mod move_link;
mod my_data;
mod passkeys;
mod password;
mod sessions;

pub use email::*;
pub use move_link::*;
pub use my_data::*;
pub use passkeys::*;
pub use password::*;
pub use sessions::*;
