//! The use cases of the portal: check → load → rule → save → reply.

pub mod env;
pub mod store;
