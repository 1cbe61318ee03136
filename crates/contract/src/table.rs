//! The one table of use cases.

use serde::{Serialize, de::DeserializeOwned};

/// Something that the app can ask of a host: a request that knows its name and its reply.
pub trait UseCase: Serialize + DeserializeOwned + 'static {
    /// Verb and object: `link_existing`.
    const NAME: &'static str;
    /// What a host answers when all is well.
    type Reply: Serialize + DeserializeOwned + 'static;
}

/// Hands the table to the macro `$with`, as rows `name: Request => Reply;`. What is built for every
/// use case (routes, dispatch, the OpenAPI document) is built by such a macro, and only so.
#[macro_export]
macro_rules! use_cases {
    ($with:ident) => {
        $with! {
            // Who is there?
            get_session: $crate::session::GetSession => $crate::session::Session;
            log_in: $crate::session::LogIn => $crate::view::Moved;
            log_out: $crate::session::LogOut => $crate::view::Moved;
            confirm_password: $crate::session::ConfirmPassword => $crate::view::Done;
            list_sessions: $crate::session::ListSessions => $crate::session::SessionList;
            list_activity: $crate::session::ListActivity => $crate::session::ActivityList;
            end_sessions: $crate::session::EndSessions => $crate::view::Done;

            // An e-mail address and a password.
            sign_up: $crate::sign_up::SignUp => $crate::sign_up::CodeSent;
            add_email: $crate::sign_up::AddEmail => $crate::sign_up::CodeSent;
            reset_password: $crate::sign_up::ResetPassword => $crate::sign_up::CodeSent;
            get_sign_up: $crate::sign_up::GetSignUp => $crate::sign_up::PendingCode;
            resend_code: $crate::sign_up::ResendCode => $crate::sign_up::CodeSent;
            verify_email: $crate::sign_up::VerifyEmail => $crate::view::Moved;

            // An authorization at TikTok.
            begin_authorization: $crate::authorization::BeginAuthorization => $crate::authorization::Begun;
            complete_authorization: $crate::authorization::CompleteAuthorization => $crate::authorization::Completed;
            get_authorization: $crate::authorization::GetAuthorization => $crate::authorization::LastAuthorization;

            // What a proof is used for.
            create_account: $crate::authorization::CreateAccount => $crate::view::Moved;
            link_existing: $crate::authorization::LinkExisting => $crate::view::Moved;
            link_tiktok: $crate::authorization::LinkTikTok => $crate::authorization::Completed;
            unlink_tiktok: $crate::account::UnlinkTikTok => $crate::account::Profile;
            begin_transfer: $crate::transfer::BeginTransfer => $crate::view::Done;
            begin_transfer_by_passkey: $crate::transfer::BeginTransferByPasskey => $crate::view::Done;
            stop_transfer: $crate::transfer::StopTransfer => $crate::account::Profile;

            // The account.
            get_profile: $crate::account::GetProfile => $crate::account::Profile;
            update_profile: $crate::account::UpdateProfile => $crate::account::Profile;
            change_password: $crate::account::ChangePassword => $crate::view::Done;
            change_email: $crate::account::ChangeEmail => $crate::sign_up::CodeSent;
            begin_passkey: $crate::passkeys::BeginPasskey => $crate::passkeys::NewPasskey;
            add_passkey: $crate::passkeys::AddPasskey => $crate::view::Done;
            list_passkeys: $crate::passkeys::ListPasskeys => $crate::passkeys::PasskeyList;
            remove_passkey: $crate::passkeys::RemovePasskey => $crate::view::Done;
            ask_for_passkey: $crate::passkeys::AskForPasskey => $crate::passkeys::PasskeyRequest;
            log_in_by_passkey: $crate::passkeys::LogInByPasskey => $crate::view::Moved;
            confirm_by_passkey: $crate::passkeys::ConfirmByPasskey => $crate::view::Done;
            get_my_data: $crate::my_data::GetMyData => $crate::my_data::MyData;
            delete_account: $crate::my_data::DeleteAccount => $crate::view::Done;
            keep_account: $crate::my_data::KeepAccount => $crate::view::Done;
            create_ads_account: $crate::ads::CreateAdsAccount => $crate::view::Moved;
            read_phone: $crate::ads::ReadPhone => $crate::ads::ReadNumber;
            get_ads_account: $crate::ads::GetAdsAccount => $crate::ads::AdsAccountView;
            complete_ads_account: $crate::ads::CompleteAdsAccount => $crate::view::Moved;

            // Campaigns.
            list_drafts: $crate::drafts::ListDrafts => $crate::drafts::DraftList;
            create_draft: $crate::drafts::CreateDraft => $crate::drafts::DraftView;
            get_draft: $crate::drafts::GetDraft => $crate::drafts::DraftView;
            save_draft: $crate::drafts::SaveDraft => $crate::drafts::Saved;
            finish_draft: $crate::drafts::FinishDraft => $crate::drafts::DraftView;
            reopen_draft: $crate::drafts::ReopenDraft => $crate::drafts::DraftView;
            delete_draft: $crate::drafts::DeleteDraft => $crate::view::Done;
        }
    };
}

macro_rules! declare {
    ($($name:ident: $request:ty => $reply:ty;)+) => {
        $(impl UseCase for $request {
            const NAME: &'static str = stringify!($name);
            type Reply = $reply;
        })+

        /// Every name, in the order of the table.
        pub const NAMES: &[&str] = &[$(stringify!($name)),+];
    };
}

use_cases!(declare);

/// Where a use case is asked for over HTTP: `/api/link-existing`.
pub fn path(name: &str) -> String {
    format!("/api/{}", name.replace('_', "-"))
}
