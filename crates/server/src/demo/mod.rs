//! What stands beside the portal outside production: the emulator of TikTok, the personas, and
//! pages for those who build it.

mod dev;
mod emulator;
mod page;

pub(crate) use dev::routes as dev_routes;
pub(crate) use emulator::{APP, MOUNT, Mount, routes as emulator_routes};
