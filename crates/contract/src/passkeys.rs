//! Passkeys: made, used and removed. What comes from and goes to an authenticator is in base64url without padding,
//! by the names that Web Authentication has for it.

use crate::check::Check;
use crate::route::Route;
use domain::input::{Faults, Field, FieldFault};
use domain::passkey;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Begins to add a passkey. Needs a fresh session.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginPasskey {}

/// What `navigator.credentials.create` is asked with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPasskey {
    /// To be signed within five minutes.
    pub challenge: String,
    /// The RP ID.
    pub rp_id: String,
    /// The user handle, which says nothing of the account.
    pub user_id: String,
    /// How the authenticator shows the account: its address, or its TikTok account's name.
    pub user_name: String,
    /// Numbers of COSE's algorithms, the best first.
    pub algorithms: Vec<i64>,
    /// The passkeys that the account has: an authenticator makes no second one.
    pub exclude: Vec<String>,
}

/// Adds the passkey that an authenticator has made. It logs in from now on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddPasskey {
    /// By what name its owner will know it, as typed.
    pub name: String,
    /// `response.clientDataJSON`.
    pub client_data: String,
    /// `response.getAuthenticatorData()`.
    pub authenticator_data: String,
    /// `response.getPublicKey()`.
    pub public_key: String,
    /// `response.getPublicKeyAlgorithm()`.
    pub algorithm: i64,
}

impl Check for AddPasskey {
    type Checked = String;
    fn check(&self) -> Result<String, Vec<FieldFault>> {
        let mut faults = Faults::new();
        faults
            .take(Field::Name, passkey::name(&self.name))
            .ok_or_else(|| faults.found())
    }
}

/// Asks for the passkeys of the account.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ListPasskeys {}

/// The passkeys of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyList {
    /// The oldest first.
    pub passkeys: Vec<ListedPasskey>,
}

/// A passkey as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListedPasskey {
    /// The credential's id.
    pub id: String,
    /// The name that its owner gave it.
    pub name: String,
    /// When it was added.
    pub created: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
    /// Whether it is kept on more than one device.
    pub backed_up: bool,
}

/// Removes a passkey. Needs a fresh session, and another way to log in: of passkeys, one that has signed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RemovePasskey {
    /// The credential's id.
    pub id: String,
}

/// Begins to use a passkey.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskForPasskey {
    /// What for.
    pub purpose: PasskeyPurpose,
}

/// What a passkey is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PasskeyPurpose {
    /// To log in.
    LogIn,
    /// To prove again who sits at a session.
    Confirm,
}

/// What `navigator.credentials.get` is asked with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyRequest {
    /// To be signed within five minutes.
    pub challenge: String,
    /// The RP ID.
    pub rp_id: String,
    /// The passkeys that will do; all, where it is empty.
    pub allow: Vec<String>,
}

/// What an authenticator has signed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Assertion {
    /// The credential's id.
    pub id: String,
    /// `response.clientDataJSON`.
    pub client_data: String,
    /// `response.authenticatorData`.
    pub authenticator_data: String,
    /// `response.signature`.
    pub signature: String,
    /// `response.userHandle`, where it is told.
    pub user_handle: Option<String>,
}

/// Logs in by a passkey.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LogInByPasskey {
    /// What was signed.
    pub assertion: Assertion,
    /// The page that asked for the log-in. The reply leads back to it.
    pub then: Option<Route>,
}

/// Proves again who sits at a session, by a passkey of its account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmByPasskey {
    /// What was signed.
    pub assertion: Assertion,
}
