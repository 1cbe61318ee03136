//! The use cases, each a function of the name that the table gives it.

mod account;
mod address;
mod ads;
mod authorization;
mod begin_transfer;
mod drafts;
mod methods;
mod my_data;
mod outcome;
mod passkeys;
mod proof;
mod session;
mod sessions;
mod settle;
mod sign_up;
mod transfer;

pub(crate) use account::{
    change_email, change_password, get_profile, stop_transfer, unlink_tiktok, update_profile,
};
pub(crate) use ads::{complete_ads_account, create_ads_account, get_ads_account, read_phone};
pub(crate) use authorization::{begin_authorization, complete_authorization, get_authorization};
pub(crate) use begin_transfer::{begin_transfer, begin_transfer_by_passkey};
pub(crate) use drafts::{
    create_draft, delete_draft, drop_identity, finish_draft, get_draft, list_drafts, reopen_draft,
    save_draft,
};
pub(crate) use my_data::{delete_account, get_my_data, keep_account};
pub(crate) use passkeys::{
    add_passkey, ask_for_passkey, begin_passkey, confirm_by_passkey, list_passkeys,
    log_in_by_passkey, remove_passkey,
};
pub(crate) use proof::{create_account, link_existing, link_tiktok};
pub(crate) use session::{confirm_password, get_session, log_in, log_out};
pub(crate) use sessions::{end_sessions, list_activity, list_sessions};
pub(crate) use sign_up::{
    add_email, get_sign_up, resend_code, reset_password, sign_up, verify_email,
};
pub(crate) use transfer::{end as end_transfer, sides, transfer_of};
