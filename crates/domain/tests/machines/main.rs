//! State × command → outcome, for every state machine.

#![expect(
    clippy::unwrap_used,
    reason = "a table that can't be built is a failed test"
)]

mod ads_account;
mod authorization;
mod draft;
mod gate;
mod limit;
mod link;
mod session;
mod sign_up;
