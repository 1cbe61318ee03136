//! State × command → outcome, for every state machine.

#![expect(
    clippy::unwrap_used,
    reason = "a table that can't be built is a failed test"
)]

mod ads_account;
mod authorization;
mod draft;
mod former_email;
mod grant;
mod limit;
mod link;
mod passkey;
mod rollout;
mod session;
mod sign_up;
mod transfer;
