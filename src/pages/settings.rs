//! User Settings.

mod email;
mod linked;
mod password;
mod personal_info;
mod profile;
mod review_link;
mod sessions;
mod tiktok_account;
mod unlink;

pub use email::*;
pub use linked::*;
pub use password::*;
pub use personal_info::*;
pub use profile::*;
pub use review_link::*;
pub use sessions::*;
pub use tiktok_account::*;
pub use unlink::*;
