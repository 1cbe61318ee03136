//! Drafts.

use super::{Row, Shaped, spelled};
use crate::store::StoredDraft;
use domain::draft::{
    Ad, AdGroup, BudgetMode, CallToAction, Campaign, Contents, Delivery, Draft, Objective,
    OptimizationGoal, Stage, Step, Summary,
};
use domain::id::{AccountId, DraftId};
use domain::region::{Country, Language};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A draft with its owner, whole: the server has a column for each field.
#[derive(Serialize, Deserialize)]
pub struct OwnedDraftRow {
    id: DraftId,
    account: AccountId,
    draft: Shaped<DraftRow>,
    changed: Timestamp,
}

impl Row for OwnedDraftRow {
    type Of = StoredDraft;
}

impl From<StoredDraft> for OwnedDraftRow {
    fn from(stored: StoredDraft) -> Self {
        let StoredDraft {
            id,
            account,
            draft,
            changed,
        } = stored;
        Self {
            id,
            account,
            draft: Shaped(draft),
            changed,
        }
    }
}

impl From<OwnedDraftRow> for StoredDraft {
    fn from(row: OwnedDraftRow) -> Self {
        let OwnedDraftRow {
            id,
            account,
            draft: Shaped(draft),
            changed,
        } = row;
        Self {
            id,
            account,
            draft,
            changed,
        }
    }
}

/// A draft. What it says may be empty, so a field that a later release adds is empty in the rows of
/// this one.
#[derive(Serialize, Deserialize)]
pub struct DraftRow {
    stage: StageRow,
    #[serde(default)]
    contents: ContentsRow,
    version: u32,
}

/// What a list shows of a draft: on the server a column of its own, so that no list reads what is
/// typed into drafts. A summary has all of its fields: what an older release wrote can't be read, and
/// is made anew of its draft.
#[derive(Serialize, Deserialize)]
pub struct SummaryRow {
    name: String,
    stage: StageRow,
    objective: Option<ObjectiveRow>,
    budget: String,
    budget_language: Option<Language>,
    budget_mode: Option<BudgetModeRow>,
    location: Option<Country>,
    schedule_start: String,
    schedule_end: String,
    has_identity: bool,
    untouched: bool,
    version: u32,
}

impl Row for SummaryRow {
    type Of = Summary;
}

impl From<Summary> for SummaryRow {
    fn from(summary: Summary) -> Self {
        let Summary {
            name,
            stage,
            objective,
            budget,
            budget_language,
            budget_mode,
            location,
            schedule_start,
            schedule_end,
            has_identity,
            untouched,
            version,
        } = summary;
        Self {
            name,
            stage: stage.into(),
            objective: objective.map(Into::into),
            budget,
            budget_language,
            budget_mode: budget_mode.map(Into::into),
            location,
            schedule_start,
            schedule_end,
            has_identity,
            untouched,
            version,
        }
    }
}

impl From<SummaryRow> for Summary {
    fn from(row: SummaryRow) -> Self {
        let SummaryRow {
            name,
            stage,
            objective,
            budget,
            budget_language,
            budget_mode,
            location,
            schedule_start,
            schedule_end,
            has_identity,
            untouched,
            version,
        } = row;
        Self {
            name,
            stage: stage.into(),
            objective: objective.map(Into::into),
            budget,
            budget_language,
            budget_mode: budget_mode.map(Into::into),
            location,
            schedule_start,
            schedule_end,
            has_identity,
            untouched,
            version,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StageRow {
    Editing { step: StepRow },
    Finished,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct ContentsRow {
    campaign: CampaignRow,
    ad_group: AdGroupRow,
    ad: AdRow,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct CampaignRow {
    objective: Option<ObjectiveRow>,
    name: String,
    budget_mode: Option<BudgetModeRow>,
    budget: String,
    budget_language: Option<Language>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct AdGroupRow {
    name: String,
    location: String,
    optimization_goal: Option<OptimizationGoalRow>,
    schedule_start: String,
    schedule_end: String,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct AdRow {
    name: String,
    identity_on: bool,
    delivery: Option<DeliveryRow>,
    identity: Option<String>,
    ads_only: bool,
    text: String,
    call_to_action: Option<CallToActionRow>,
    landing_page: String,
}

impl Row for DraftRow {
    type Of = Draft;
}

impl From<Draft> for DraftRow {
    fn from(draft: Draft) -> Self {
        let Draft {
            stage,
            contents:
                Contents {
                    campaign,
                    ad_group,
                    ad,
                },
            version,
        } = draft;
        Self {
            stage: stage.into(),
            contents: ContentsRow {
                campaign: campaign.into(),
                ad_group: ad_group.into(),
                ad: ad.into(),
            },
            version,
        }
    }
}

impl From<DraftRow> for Draft {
    fn from(row: DraftRow) -> Self {
        let DraftRow {
            stage,
            contents:
                ContentsRow {
                    campaign,
                    ad_group,
                    ad,
                },
            version,
        } = row;
        Self {
            stage: stage.into(),
            contents: Contents {
                campaign: campaign.into(),
                ad_group: ad_group.into(),
                ad: ad.into(),
            },
            version,
        }
    }
}

impl From<Stage> for StageRow {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Editing { step } => Self::Editing { step: step.into() },
            Stage::Finished => Self::Finished,
        }
    }
}

impl From<StageRow> for Stage {
    fn from(row: StageRow) -> Self {
        match row {
            StageRow::Editing { step } => Self::Editing { step: step.into() },
            StageRow::Finished => Self::Finished,
        }
    }
}

impl From<Campaign> for CampaignRow {
    fn from(campaign: Campaign) -> Self {
        let Campaign {
            objective,
            name,
            budget_mode,
            budget,
            budget_language,
        } = campaign;
        Self {
            objective: objective.map(Into::into),
            name,
            budget_mode: budget_mode.map(Into::into),
            budget,
            budget_language,
        }
    }
}

impl From<CampaignRow> for Campaign {
    fn from(row: CampaignRow) -> Self {
        let CampaignRow {
            objective,
            name,
            budget_mode,
            budget,
            budget_language,
        } = row;
        Self {
            objective: objective.map(Into::into),
            name,
            budget_mode: budget_mode.map(Into::into),
            budget,
            budget_language,
        }
    }
}

impl From<AdGroup> for AdGroupRow {
    fn from(ad_group: AdGroup) -> Self {
        let AdGroup {
            name,
            location,
            optimization_goal,
            schedule_start,
            schedule_end,
        } = ad_group;
        Self {
            name,
            location,
            optimization_goal: optimization_goal.map(Into::into),
            schedule_start,
            schedule_end,
        }
    }
}

impl From<AdGroupRow> for AdGroup {
    fn from(row: AdGroupRow) -> Self {
        let AdGroupRow {
            name,
            location,
            optimization_goal,
            schedule_start,
            schedule_end,
        } = row;
        Self {
            name,
            location,
            optimization_goal: optimization_goal.map(Into::into),
            schedule_start,
            schedule_end,
        }
    }
}

impl From<Ad> for AdRow {
    fn from(ad: Ad) -> Self {
        let Ad {
            name,
            identity_on,
            delivery,
            identity,
            ads_only,
            text,
            call_to_action,
            landing_page,
        } = ad;
        Self {
            name,
            identity_on,
            delivery: delivery.map(Into::into),
            identity,
            ads_only,
            text,
            call_to_action: call_to_action.map(Into::into),
            landing_page,
        }
    }
}

impl From<AdRow> for Ad {
    fn from(row: AdRow) -> Self {
        let AdRow {
            name,
            identity_on,
            delivery,
            identity,
            ads_only,
            text,
            call_to_action,
            landing_page,
        } = row;
        Self {
            name,
            identity_on,
            delivery: delivery.map(Into::into),
            identity,
            ads_only,
            text,
            call_to_action: call_to_action.map(Into::into),
            landing_page,
        }
    }
}

spelled! {
    StepRow of Step {
        Campaign = "campaign",
        AdGroup = "ad_group",
        Ad = "ad",
    }

    ObjectiveRow of Objective {
        WebConversions = "WEB_CONVERSIONS",
        LeadGeneration = "LEAD_GENERATION",
        AppPromotion = "APP_PROMOTION",
    }

    BudgetModeRow of BudgetMode {
        Daily = "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
        Total = "BUDGET_MODE_TOTAL",
    }

    OptimizationGoalRow of OptimizationGoal {
        Click = "CLICK",
        Conversion = "CONVERSION",
        Reach = "REACH",
    }

    DeliveryRow of Delivery {
        BusinessAccount = "business_account",
    }

    CallToActionRow of CallToAction {
        LearnMore = "LEARN_MORE",
        ShopNow = "SHOP_NOW",
        SignUp = "SIGN_UP",
        DownloadNow = "DOWNLOAD_NOW",
        ContactUs = "CONTACT_US",
    }
}
