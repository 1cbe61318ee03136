//! What is kept of an account, for its owner to have, and the account's end.

use crate::session::{ActivityPlace, ListedActivity, ListedSession};
use crate::transfer::PendingTransfer;
use domain::ads_account::AdsAccount;
use domain::authorization::TikTokProfile;
use domain::draft::Draft;
use domain::grant::GrantFault;
use domain::id::{AccountId, DraftId};
use domain::region::{Country, Language};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Asks for all that is kept of the account, one part after the other: first for [`DataPart::Account`], then
/// for what [`MyData::next`] names until it names nothing. Needs a fresh session.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GetMyData {
    /// Which part.
    pub part: DataPart,
}

/// A part of what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum DataPart {
    /// The account with all that there is once or seldom.
    Account,
    /// Drafts.
    Drafts {
        /// The one after which they go on, in the order of their ids.
        #[serde(default)]
        after: Option<DraftId>,
    },
    /// The security activity.
    Activity {
        /// The one after which it goes on, the newest first.
        #[serde(default)]
        after: Option<ActivityPlace>,
    },
}

/// A part of what is kept of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyData {
    /// The account, in the part of that name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<MyAccount>,
    /// Drafts, in theirs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<MyDraft>,
    /// Security activity of the last 180 days, in its.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activity: Vec<ListedActivity>,
    /// The part that comes next; none after the last.
    pub next: Option<DataPart>,
}

/// What is kept of an account, without secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyAccount {
    /// The account's id.
    pub id: AccountId,
    /// When it was made.
    pub created: Timestamp,
    /// The verified e-mail address.
    pub email: Option<String>,
    /// When the account got an address, if it had none at first.
    pub email_added: Option<Timestamp>,
    /// Whether there is a password, of which only a hash is kept.
    pub has_password: bool,
    /// The addresses before.
    pub former_emails: Vec<MyFormerEmail>,
    /// The person's name.
    pub name: Option<String>,
    /// The country or region.
    pub region: Option<Country>,
    /// The language of the e-mails.
    pub language: Language,
    /// The Ads Manager account.
    pub ads_account: AdsAccount,
    /// The linked TikTok account.
    pub tiktok: Option<MyTikTok>,
    /// The passkeys; the oldest first.
    #[serde(default)]
    pub passkeys: Vec<MyPasskey>,
    /// The transfer of a link that it takes part in.
    #[serde(default)]
    pub transfer: Option<PendingTransfer>,
    /// Where the account is logged in.
    pub sessions: Vec<ListedSession>,
    /// When the account is deleted, where that was asked for.
    pub deletion: Option<Timestamp>,
}

/// A passkey, of which only the public key is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyPasskey {
    /// The credential's id.
    pub id: String,
    /// The name that its owner gave it.
    pub name: String,
    /// When it was added.
    pub created: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
    /// Whether it may be kept on more than one device.
    pub backup_eligible: bool,
    /// Whether it is.
    pub backed_up: bool,
    /// The signatures that its authenticator has counted; 0 where it counts none.
    pub counter: u32,
    /// The number that COSE has for its algorithm.
    pub algorithm: i64,
    /// The public key: `SubjectPublicKeyInfo` in DER, in base64url.
    pub public_key: String,
}

/// An address that the account had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyFormerEmail {
    /// The address.
    pub email: String,
    /// When another took its place.
    pub replaced: Timestamp,
}

/// The linked TikTok account, as TikTok told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyTikTok {
    /// TikTok's id of it for this app.
    pub open_id: String,
    /// TikTok's id of it for this app's developer.
    pub union_id: Option<String>,
    /// How it shows itself.
    pub profile: TikTokProfile,
    /// When it was linked.
    pub linked: Timestamp,
    /// What its owner allowed: names of TikTok's scopes.
    pub scopes: Vec<String>,
    /// Why TikTok doesn't take what they granted any more.
    pub authorize_again: Option<GrantFault>,
}

/// A draft of a campaign, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyDraft {
    /// The draft's id.
    pub id: DraftId,
    /// When it was last changed.
    pub changed: Timestamp,
    /// Its contents, stage and version.
    pub draft: Draft,
}

/// Has the account deleted in 14 days. What was asked for before stands. Every other session ends. Needs a
/// fresh session.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeleteAccount {}

/// Keeps an account that was to be deleted. It answers so even where that wasn't asked for.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KeepAccount {}
