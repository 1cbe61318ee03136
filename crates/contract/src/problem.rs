//! Problems: what a host answers when all is not well (RFC 9457).

use crate::route::Route;
use domain::input::FieldFault;
use serde::{Deserialize, Serialize};

/// What went wrong, stable for programs. The app has a sentence for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Fields are wrong: `fields` says which.
    InvalidInput,
    /// The body isn't the JSON of this request, or its key is none or another request's
    /// (`idempotency-key`).
    MalformedRequest,
    /// The body is larger than 64 KiB.
    TooLarge,
    /// The body isn't `application/json`.
    UnsupportedMediaType,
    /// Nothing is there, or it is another's.
    NotFound,
    /// Only POST is allowed.
    MethodNotAllowed,
    /// The request came from another site.
    CrossSite,
    /// A page asks (`portal-account`), and its browser brings no cookie, although the answer to its
    /// first question set one: nobody can log in there. This one sets it again, so that asking again
    /// succeeds where it is kept.
    CookiesRefused,
    /// Nobody is logged in, or the session has ended.
    NotLoggedIn,
    /// The page was drawn for another account than the session's (`portal-account`): read the
    /// session anew. It says nothing about the other account.
    OtherAccount,
    /// The session is older than what this needs: prove who you are again.
    ConfirmFirst,
    /// E-mail address and password don't belong together. It is the same for every address.
    WrongCredentials,
    /// Too often: `retry_after_s` says how long to wait.
    TooManyRequests,
    /// The feature isn't there for this user.
    NotAvailable,
    /// The TikTok account is linked to another business account.
    AlreadyLinked,
    /// The business account is linked to a TikTok account already.
    AccountHasLink,
    /// No TikTok account is linked.
    NotLinked,
    /// One of the two accounts takes part in a transfer that waits.
    TransferWaits,
    /// It is the last way to log in. A passkey counts as one once it has signed.
    LastLogInMethod,
    /// The other way to log in was added, or its address took another's place, less than 72 hours ago:
    /// `retry_after_s` says how long it can't be the only one yet.
    NewLogInMethod,
    /// The proof of the TikTok account was used, is too old, or never came.
    ProofMissing,
    /// Another callback of the same authorization is being worked on: ask again in a moment.
    InProgress,
    /// No account has this passkey.
    PasskeyUnknown,
    /// What the passkey signed isn't what was asked for, or came too late.
    PasskeyRefused,
    /// The passkey is an account's already.
    PasskeyExists,
    /// No address waits to be proven in this browser, or not the one that is meant.
    NoCodePending,
    /// The account has an e-mail address and a password.
    EmailExists,
    /// The account has neither.
    EmailMissing,
    /// There is an Ads Manager account.
    AdsAccountExists,
    /// There is no Ads Manager account yet.
    AdsAccountMissing,
    /// The draft was changed elsewhere since.
    DraftChanged,
    /// The draft is finished.
    DraftFinished,
    /// TikTok can't be reached, or answers with an error.
    #[serde(rename = "tiktok_unavailable")]
    TikTokUnavailable,
    /// The server can't answer now, or works on the same request already (`idempotency-key`).
    Unavailable,
    /// The server made a mistake.
    Internal,
}

impl Code {
    /// In the enum's order.
    pub const ALL: [Self; 35] = [
        Self::InvalidInput,
        Self::MalformedRequest,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::CrossSite,
        Self::CookiesRefused,
        Self::NotLoggedIn,
        Self::OtherAccount,
        Self::ConfirmFirst,
        Self::WrongCredentials,
        Self::TooManyRequests,
        Self::NotAvailable,
        Self::AlreadyLinked,
        Self::AccountHasLink,
        Self::NotLinked,
        Self::TransferWaits,
        Self::LastLogInMethod,
        Self::NewLogInMethod,
        Self::ProofMissing,
        Self::InProgress,
        Self::PasskeyUnknown,
        Self::PasskeyRefused,
        Self::PasskeyExists,
        Self::NoCodePending,
        Self::EmailExists,
        Self::EmailMissing,
        Self::AdsAccountExists,
        Self::AdsAccountMissing,
        Self::DraftChanged,
        Self::DraftFinished,
        Self::TikTokUnavailable,
        Self::Unavailable,
        Self::Internal,
    ];

    /// The HTTP status with which a host sends it.
    pub const fn status(self) -> u16 {
        match self {
            Self::MalformedRequest => 400,
            Self::NotLoggedIn => 401,
            Self::CrossSite | Self::CookiesRefused | Self::NotAvailable | Self::ConfirmFirst => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::OtherAccount
            | Self::AlreadyLinked
            | Self::AccountHasLink
            | Self::NotLinked
            | Self::TransferWaits
            | Self::LastLogInMethod
            | Self::NewLogInMethod
            | Self::ProofMissing
            | Self::InProgress
            | Self::PasskeyExists
            | Self::NoCodePending
            | Self::EmailExists
            | Self::EmailMissing
            | Self::AdsAccountExists
            | Self::AdsAccountMissing
            | Self::DraftChanged
            | Self::DraftFinished => 409,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::InvalidInput
            | Self::WrongCredentials
            | Self::PasskeyUnknown
            | Self::PasskeyRefused => 422,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::TikTokUnavailable => 502,
            Self::Unavailable => 503,
        }
    }
}

/// `application/problem+json`. Members without a value are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The code, stable for programs.
    pub code: Code,
    /// The HTTP status again.
    pub status: u16,
    /// Every field that is wrong, in the order of the form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldFault>,
    /// Seconds after which trying again may help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
    /// The page that mends it, where that is the same for everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub go: Option<Route>,
    /// To quote to those who read the logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl Problem {
    /// A problem with its way forward, where it has one for everybody.
    pub fn new(code: Code) -> Self {
        let go = match code {
            Code::NotLoggedIn | Code::ProofMissing => Some(Route::LogIn { then: None }),
            Code::LastLogInMethod | Code::EmailMissing => Some(Route::AddEmail),
            Code::NoCodePending => Some(Route::SignUp),
            Code::AdsAccountMissing => Some(Route::CreateAdsAccount),
            Code::AdsAccountExists => Some(Route::Campaigns),
            Code::InvalidInput
            | Code::MalformedRequest
            | Code::TooLarge
            | Code::UnsupportedMediaType
            | Code::NotFound
            | Code::MethodNotAllowed
            | Code::CrossSite
            | Code::CookiesRefused
            | Code::OtherAccount
            | Code::ConfirmFirst
            | Code::WrongCredentials
            | Code::TooManyRequests
            | Code::NotAvailable
            | Code::AlreadyLinked
            | Code::AccountHasLink
            | Code::NotLinked
            | Code::TransferWaits
            | Code::NewLogInMethod
            | Code::InProgress
            | Code::PasskeyUnknown
            | Code::PasskeyRefused
            | Code::PasskeyExists
            | Code::EmailExists
            | Code::DraftChanged
            | Code::DraftFinished
            | Code::TikTokUnavailable
            | Code::Unavailable
            | Code::Internal => None,
        };
        Self {
            code,
            status: code.status(),
            fields: Vec::new(),
            retry_after_s: None,
            go,
            request_id: None,
        }
    }

    /// Wrong fields.
    pub fn fields(fields: Vec<FieldFault>) -> Self {
        Self {
            fields,
            ..Self::new(Code::InvalidInput)
        }
    }

    /// Too often.
    pub fn wait(seconds: u32) -> Self {
        Self {
            retry_after_s: Some(seconds),
            ..Self::new(Code::TooManyRequests)
        }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<Vec<FieldFault>> for Problem {
    fn from(fields: Vec<FieldFault>) -> Self {
        Self::fields(fields)
    }
}
