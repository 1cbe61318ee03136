//! What crosses the wire, byte by byte: names, statuses, shapes and checks.

#![expect(
    clippy::unwrap_used,
    reason = "what can't be written or read is a failed test"
)]

mod checks;
mod problems;
mod repeat;
mod routes;
mod shapes;
mod table;
