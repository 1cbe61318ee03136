//! The security activity of an account: what happened to the ways to log in to it, for its owner to see and
//! for an operator to export. It is kept as it was written.

use core::time::Duration;
use serde::{Deserialize, Serialize};

/// How long it is kept.
pub const KEPT: Duration = Duration::from_hours(180 * 24);
/// Entries of one page, as the owner sees them.
pub const LISTED: u32 = 100;

macro_rules! events {
    ($($(#[$doc:meta])* $event:ident = $word:literal;)+) => {
        /// What happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum Event {
            $($(#[$doc])* #[serde(rename = $word)] $event,)+
        }

        impl Event {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$event),+];

            /// How it is spelled where it is stored and exported.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$event => $word,)+
                }
            }
        }
    };
}

events! {
    /// The account was made.
    SignedUp = "signed_up";
    /// Somebody logged in by the password.
    LoggedInByPassword = "logged_in_by_password";
    /// Somebody logged in by the linked TikTok account.
    LoggedInByTiktok = "logged_in_by_tiktok";
    /// Somebody logged in by a passkey.
    LoggedInByPasskey = "logged_in_by_passkey";
    /// A passkey was added.
    PasskeyAdded = "passkey_added";
    /// A passkey was removed.
    PasskeyRemoved = "passkey_removed";
    /// Somebody tried a wrong password.
    LogInFailed = "log_in_failed";
    /// Somebody proved by the password or a passkey that the account is theirs, so as to make or move a link, and was
    /// refused.
    ProofRefused = "proof_refused";
    /// Sessions were ended by hand.
    SessionsEnded = "sessions_ended";
    /// The password was changed in the settings.
    PasswordChanged = "password_changed";
    /// The password was set by a code from a letter.
    PasswordReset = "password_reset";
    /// An address and a password were added.
    EmailAdded = "email_added";
    /// Another address took the place of the one before.
    EmailChanged = "email_changed";
    /// The address before took the account back.
    TakenBack = "taken_back";
    /// A TikTok account was linked.
    Linked = "linked";
    /// The TikTok account was unlinked.
    Unlinked = "unlinked";
    /// It was begun to move the link of an account to another.
    TransferBegun = "transfer_begun";
    /// Nothing moves after all.
    TransferStopped = "transfer_stopped";
    /// TikTok accepts the authorization of the linked account no more.
    AuthorizationLost = "authorization_lost";
    /// The linked account was authorized again.
    AuthorizedAgain = "authorized_again";
    /// What is kept of the account was downloaded.
    DataDownloaded = "data_downloaded";
    /// Its deletion was asked for.
    DeletionAsked = "deletion_asked";
    /// It was decided that it stays.
    DeletionStopped = "deletion_stopped";
    /// It was deleted.
    Deleted = "deleted";
}

impl Event {
    /// The one that is spelled so. A later release may know more of them.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.word() == word)
    }
}
