//! Drafts of campaigns. All of them need a completed or created Ads Manager account.

use domain::authorization::TikTokProfile;
use domain::currency::Currency;
use domain::draft::{BudgetMode, Contents, Draft, Objective, Stage, Step};
use domain::grant::GrantFault;
use domain::id::DraftId;
use domain::region::{Country, TimeZone};
use domain::rollout::Availability;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Asks for all drafts, the last changed first.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ListDrafts {}

/// All drafts of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftList {
    /// The last changed first.
    pub drafts: Vec<DraftRow>,
    /// Why the owner of the linked TikTok account has to authorize it again, where TikTok doesn't take
    /// what they granted any more.
    #[serde(default)]
    pub authorize_again: Option<GrantFault>,
    /// The currency of the ad account.
    pub currency: Currency,
    /// The time zone of the ad account.
    pub time_zone: TimeZone,
}

impl DraftList {
    /// Leaves out the drafts in which nobody has typed: one is no campaign yet, but the next that is
    /// begun. Gives the last changed of them.
    pub fn take_untouched(&mut self) -> Option<DraftId> {
        let untouched = self.drafts.iter().find(|row| row.untouched);
        let untouched = untouched.map(|row| row.id);
        self.drafts.retain(|row| !row.untouched);
        untouched
    }
}

/// A draft in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftRow {
    /// The draft's id.
    pub id: DraftId,
    /// The campaign's name; it may be empty. Of one with more than 100 characters the first 100.
    pub name: String,
    /// Whether it is finished, or the step that was last open.
    pub stage: Stage,
    /// When it was last changed.
    pub changed: Timestamp,
    /// What the campaign is for.
    pub objective: Option<Objective>,
    /// In minor units of the list's currency, where what is typed is an amount.
    pub budget: Option<i64>,
    /// Whether the budget is for a day or in total.
    pub budget_mode: Option<BudgetMode>,
    /// Where the people are whom the ad reaches.
    pub location: Option<Country>,
    /// `YYYY-MM-DDTHH:MM` in the list's time zone; empty where nothing of the kind is typed.
    pub schedule_start: String,
    /// Likewise; empty also where the campaign runs on.
    pub schedule_end: String,
    /// Whether the ad has an identity.
    pub has_identity: bool,
    /// Whether it says no more than what a new one may begin with.
    pub untouched: bool,
    /// The version to name where it is edited again.
    pub version: u32,
}

/// Begins a draft. Asked twice with one id, it begins one.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateDraft {
    /// Chosen by the browser at random.
    pub id: DraftId,
    /// The draft whose contents it begins with, under a name of its own. Without one it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<DraftId>,
}

/// Asks for a draft.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GetDraft {
    /// The draft's id.
    pub id: DraftId,
}

/// A draft with all that its pages need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftView {
    /// The draft's id.
    pub id: DraftId,
    /// Its contents, stage and version.
    pub draft: Draft,
    /// The currency of the ad account.
    pub currency: Currency,
    /// The time zone of the ad account.
    pub time_zone: TimeZone,
    /// The identity that the account's link gives.
    pub identity: Option<Identity>,
    /// Whether a TikTok account can be linked.
    pub availability: Availability,
}

/// A TikTok account under which an ad runs: an identity of the type `TT_USER`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Identity {
    /// `identity_id` of the API for Business; here the link's `open_id`.
    pub identity_id: String,
    /// What TikTok shows of the account.
    #[serde(rename = "face")]
    pub profile: TikTokProfile,
}

/// Saves what is typed, valid or not, unless it is far longer than anything valid.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    /// The draft's id.
    pub id: DraftId,
    /// The version that was changed.
    pub version: u32,
    /// The step that is open.
    pub step: Step,
    /// All three steps, as typed.
    pub contents: Contents,
}

/// The draft is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Saved {
    /// The version to name with the next change.
    pub version: u32,
    /// When it was saved.
    pub changed: Timestamp,
}

/// Finishes a draft, if every step is right.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FinishDraft {
    /// The draft's id.
    pub id: DraftId,
    /// The version that is finished.
    pub version: u32,
}

/// Makes what was finished a draft again.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReopenDraft {
    /// The draft's id.
    pub id: DraftId,
    /// The version that was finished.
    pub version: u32,
}

/// Deletes a draft. It answers so even where there is none.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeleteDraft {
    /// The draft's id.
    pub id: DraftId,
}
