//! What may be typed: what is accepted and as what it is kept, and what is refused and why.

#![expect(
    clippy::unwrap_used,
    reason = "a table that can't be built is a failed test"
)]

mod activity;
mod address;
mod business;
mod device;
mod email;
mod id;
mod input;
mod moment;
mod money;
mod password;
mod phone;
mod region;
mod strength;
mod unicode;
