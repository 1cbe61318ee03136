//! The server over real HTTP, on databases of its own.

#![expect(clippy::unwrap_used, reason = "what a test can't do without fails it")]

mod browser;
mod database;
mod harness;
mod postgres;
mod postgres_programs;
mod process;
mod requests;
mod visit;
mod watched;

mod activity;
mod backup;
mod beside;
mod configuration;
mod crash;
mod deletion;
mod drain;
mod files;
mod full;
mod hijack;
mod http;
mod log;
mod metrics;
mod out_of_reach;
mod pages;
mod plans;
mod race;
mod renewal;
mod replay;
mod reseal;
mod rolling;
mod scenarios;
mod sealed;
mod sequences;
mod slow;
mod smtp;
mod store;
mod stored;
mod tls;
mod traces;
mod transfer;
mod transfer_race;
mod unread;
