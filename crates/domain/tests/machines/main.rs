//! State × command → outcome, for every state machine.

mod ads_account;
mod authorization;
mod draft;
mod gate;
mod limit;
mod link;
mod session;
mod sign_up;
