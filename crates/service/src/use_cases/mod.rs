//! The use cases, each a function of the name that the table gives it.

mod account;
mod address;
mod ads;
mod authorization;
mod drafts;
mod outcome;
mod proof;
mod session;
mod sessions;
mod settle;
mod sign_up;

pub(crate) use account::{
    change_email, change_password, get_profile, unlink_tiktok, update_profile,
};
pub(crate) use ads::{complete_ads_account, create_ads_account, get_ads_account, read_phone};
pub(crate) use authorization::{begin_authorization, complete_authorization, get_authorization};
pub(crate) use drafts::{
    create_draft, delete_draft, finish_draft, get_draft, list_drafts, save_draft,
};
pub(crate) use proof::{create_account, link_existing, link_tiktok};
pub(crate) use session::{confirm_password, get_session, log_in, log_out};
pub(crate) use sessions::{end_sessions, list_sessions};
pub(crate) use sign_up::{
    add_email, get_sign_up, resend_code, reset_password, sign_up, verify_email,
};
