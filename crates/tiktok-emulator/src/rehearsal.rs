//! Rehearsals: failures that a person chooses on the consent page, so that each can be reached by
//! hand.

use serde::{Deserialize, Serialize};

/// What TikTok should answer instead of what was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rehearsal {
    /// The browser comes back with `error=invalid_request`.
    InvalidRequest,
    /// … `error=invalid_client`.
    InvalidClient,
    /// … `error=invalid_grant`.
    InvalidGrant,
    /// … `error=invalid_scope`.
    InvalidScope,
    /// … `error=unauthorized_client`.
    UnauthorizedClient,
    /// … `error=unsupported_grant_type`.
    UnsupportedGrantType,
    /// … `error=unsupported_response_type`.
    UnsupportedResponseType,
    /// … `error=server_error`.
    ServerError,
    /// … `error=temporarily_unavailable`.
    TemporarilyUnavailable,
    /// A code comes back that has expired already.
    ExpiredCode,
    /// A code comes back whose exchange fails with `server_error`.
    TokenFails,
    /// A grant comes whose token user info doesn't know: `access_token_invalid`.
    TokenInvalid,
    /// A grant comes for which user info is at its limit: `rate_limit_exceeded`.
    UserInfoLimited,
    /// A grant comes for which user info fails: `internal_error`.
    UserInfoFails,
    /// A grant comes that can't be renewed: its user has taken the access away since.
    RemovedLater,
    /// A grant comes that is renewed without `user.info.profile`: its user has turned it off since.
    ScopeRemovedLater,
    /// The browser never comes back: TikTok shows its own error page.
    NeverBack,
}

impl Rehearsal {
    /// All, in the order of the consent page.
    pub const ALL: [Self; 17] = [
        Self::InvalidRequest,
        Self::InvalidClient,
        Self::InvalidGrant,
        Self::InvalidScope,
        Self::UnauthorizedClient,
        Self::UnsupportedGrantType,
        Self::UnsupportedResponseType,
        Self::ServerError,
        Self::TemporarilyUnavailable,
        Self::ExpiredCode,
        Self::TokenFails,
        Self::TokenInvalid,
        Self::UserInfoLimited,
        Self::UserInfoFails,
        Self::RemovedLater,
        Self::ScopeRemovedLater,
        Self::NeverBack,
    ];

    /// The value of the consent page's `rehearse`; OAuth's word where the browser comes back with
    /// it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidScope => "invalid_scope",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::ExpiredCode => "expired_code",
            Self::TokenFails => "token_fails",
            Self::TokenInvalid => "token_invalid",
            Self::UserInfoLimited => "user_info_limited",
            Self::UserInfoFails => "user_info_fails",
            Self::RemovedLater => "removed_later",
            Self::ScopeRemovedLater => "scope_removed_later",
            Self::NeverBack => "never_back",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }

    /// The word with which the browser comes back.
    pub(crate) const fn error_word(self) -> Option<&'static str> {
        match self {
            Self::InvalidRequest
            | Self::InvalidClient
            | Self::InvalidGrant
            | Self::InvalidScope
            | Self::UnauthorizedClient
            | Self::UnsupportedGrantType
            | Self::UnsupportedResponseType
            | Self::ServerError
            | Self::TemporarilyUnavailable => Some(self.as_str()),
            Self::ExpiredCode
            | Self::TokenFails
            | Self::TokenInvalid
            | Self::UserInfoLimited
            | Self::UserInfoFails
            | Self::RemovedLater
            | Self::ScopeRemovedLater
            | Self::NeverBack => None,
        }
    }
}
