//! A file per screen, a folder per flow; names match routes. Pages never import pages.

pub mod home;

pub mod log_in;
pub mod log_in_by_passkey;
pub mod reset_password;
pub mod sign_up;
pub mod verify_email;

pub mod choose_account;
pub mod finish_link;
pub mod tiktok;

pub mod create_ads_account;
pub mod welcome;

pub mod business_center;
pub mod campaign;
pub mod campaigns;
pub mod security;
pub mod settings;

pub mod not_found;
