//! The facts about Login Kit, each as a test: what the emulator must do because TikTok does it.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "what isn't as it must be has failed the test"
)]

mod authorize;
mod consent;
mod log_in;
mod page;
mod rehearsal;
mod sign_up;
mod stage;
mod token;
mod user;
