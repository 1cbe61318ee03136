//! The service behind axum: SQL store, mail, sessions, static files.
pub mod store;
