//! A link that moves from one business account to another, by the owner of both.

use crate::check::Check;
use crate::passkeys::Assertion;
use crate::session::Credentials;
use domain::input::FieldFault;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Begins to move the link of another account to this one, which has none: in 24 hours, unless one of the two stops
/// it. Needs a fresh session, and what logs in to the other account.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginTransfer {
    /// The e-mail address of the other account, as typed.
    pub email: String,
    /// Its password, as typed.
    pub password: String,
}

impl Check for BeginTransfer {
    type Checked = Credentials;
    fn check(&self) -> Result<Credentials, Vec<FieldFault>> {
        Credentials::check(&self.email, &self.password)
    }
}

/// Begins to move the link of another account to this one, as [`BeginTransfer`] does, by a passkey of the other
/// account, which has signed a challenge to log in. One that was added less than 72 hours ago moves nothing.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginTransferByPasskey {
    /// What was signed.
    pub assertion: Assertion,
}

/// Stops the transfer that waits, from either side. Where none does, the reply says what has become of it.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StopTransfer {}

/// A transfer that waits, as either side sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingTransfer {
    /// Whether the link comes to this account; else it leaves it.
    pub arrives: bool,
    /// The name of the TikTok account.
    pub tiktok: String,
    /// When it moves.
    pub due: Timestamp,
}
