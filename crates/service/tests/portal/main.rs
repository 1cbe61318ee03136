//! The service over the store in memory and the emulator: the scenarios of the contract, and those
//! who try to break it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what can't be set up is a failed test"
)]

mod harness;

mod scenarios;

mod activity;
mod copies;
mod day_of_limits;
mod deletions;
mod delivery;
mod endings;
mod grants;
mod hijacks;
mod limits;
mod memory;
mod network;
mod outages;
mod passkeys;
mod production;
mod races;
mod renewals;
mod repeats;
mod replays;
mod sequences;
mod strangers;
mod tabs;
mod transfers;
mod ways;
mod weight;
