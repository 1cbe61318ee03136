//! The rules of the portal: checked input and state machines.
//!
//! Nothing here waits, asks the clock, draws a random number or knows a user
//! interface: time, chance and ids are parameters, and a refusal is a code.
//! Reading order: `time` and `id`, then `input` and the checked types, then the
//! machines in the order in which an advertiser meets them.

// docs/openapi.json quotes these docs.
#![warn(missing_docs)]

pub mod currency;
pub mod id;
pub mod time;
pub mod unicode;

pub mod input;

pub mod address;
pub mod business;
pub mod email;
pub mod former_email;
pub mod moment;
pub mod money;
pub mod password;
pub mod phone;
pub mod region;
pub mod strength;

pub mod activity;
pub mod deletion;
pub mod device;
pub mod passkey;

pub mod limit;
pub mod rollout;
pub mod session;

pub mod sign_up;

pub mod authorization;
pub mod grant;
pub mod link;
pub mod transfer;

pub mod ad_text;
pub mod ads_account;
pub mod draft;
