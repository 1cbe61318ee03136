//! What several pages share, a folder or a file for each feature.

pub mod account_badge;
pub mod account_bond;
pub mod authorization;
pub mod campaign_actions;
pub mod confirm;
pub mod deletion;
pub mod log_out;
pub mod passkey;
pub mod sign_up_fields;
pub mod transfer;
