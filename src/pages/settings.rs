//! User Settings.

mod linked;
mod personal_info;
mod profile;
mod review_link;
mod tiktok_account;
mod unlink;

pub use linked::*;
pub use personal_info::*;
pub use profile::*;
pub use review_link::*;
pub use tiktok_account::*;
pub use unlink::*;
