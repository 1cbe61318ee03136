//! The transitions of a campaign: the host keeps its step, and a draft's stage says where to go on.

use super::transition::{DRAFT, Transition};
use crate::people::{email_of, name_of_business};
use crate::script::Step as ScriptStep;
use crate::tool_text::tool;
use contract::drafts::{CreateDraft, DraftView, FinishDraft, GetDraft, SaveDraft};
use contract::problem::Problem;
use domain::draft::{
    Ad, AdGroup, BudgetMode, CallToAction, Campaign, Contents, Delivery, Objective,
    OptimizationGoal, Step,
};
use portal::client::StoredMock;
use portal::json;
use portal::route::{CampaignScreen, Route};

/// The persona that makes it: one with a linked account.
const ADVERTISER: &str = "linked";

/// A mock in which a campaign is being made.
struct CampaignFixture(StoredMock);

impl CampaignFixture {
    /// One that has just begun.
    async fn begin() -> Result<(Self, DraftView), Problem> {
        let mock = StoredMock::in_memory();
        mock.log_in(email_of(ADVERTISER).unwrap_or_default())
            .await?;
        let view = mock
            .call(&CreateDraft {
                id: DRAFT,
                copy_of: None,
            })
            .await?;
        Ok((Self(mock), view))
    }

    /// One that is kept at a step, with all that was typed.
    async fn at(step: Step) -> Result<(Self, DraftView), Problem> {
        let (fixture, view) = Self::begin().await?;
        let identity = view.identity.map(|it| it.identity_id);
        let request = SaveDraft {
            id: DRAFT,
            version: view.draft.version,
            step,
            contents: typed(identity),
        };
        fixture.0.call(&request).await?;
        let view = fixture.0.call(&GetDraft { id: DRAFT }).await?;
        Ok((fixture, view))
    }

    async fn finish() -> Result<DraftView, Problem> {
        let (fixture, view) = Self::at(Step::Ad).await?;
        let version = view.draft.version;
        fixture.0.call(&FinishDraft { id: DRAFT, version }).await
    }
}

/// Where the host says that a draft stands.
fn route(view: &DraftView) -> Route {
    Route::Campaign {
        draft: view.id,
        screen: view.draft.stage.into(),
    }
}

/// All that is typed.
fn typed(identity: Option<String>) -> Contents {
    let name = name_of_business();
    Contents {
        campaign: Campaign {
            objective: Some(Objective::WebConversions),
            name: name.to_owned(),
            budget_mode: Some(BudgetMode::Daily),
            budget: "2000000".to_owned(),
            budget_language: None,
        },
        ad_group: AdGroup {
            name: name.to_owned(),
            location: "VN".to_owned(),
            optimization_goal: Some(OptimizationGoal::Click),
            schedule_start: "2027-01-04T09:00".to_owned(),
            schedule_end: String::new(),
        },
        ad: Ad {
            name: name.to_owned(),
            identity_on: true,
            delivery: Some(Delivery::BusinessAccount),
            identity,
            ads_only: false,
            text: name.to_owned(),
            call_to_action: Some(CallToAction::ShopNow),
            landing_page: "https://coffee.example/".to_owned(),
        },
    }
}

/// What is done on a step to go on.
fn steps_to_continue(step: Step) -> Vec<ScriptStep> {
    let Contents {
        campaign, ad_group, ..
    } = typed(None);
    match step {
        Step::Campaign => vec![
            ScriptStep::choose("objective", &json::word(campaign.objective)),
            ScriptStep::fill("campaign_name", &campaign.name),
            ScriptStep::choose("budget_mode", &json::word(campaign.budget_mode)),
            ScriptStep::fill("budget", &campaign.budget),
            ScriptStep::press("campaign_continue"),
        ],
        Step::AdGroup => vec![
            ScriptStep::fill("ad_group_name", &ad_group.name),
            ScriptStep::choose("location", &ad_group.location),
            ScriptStep::choose("optimization_goal", &json::word(ad_group.optimization_goal)),
            ScriptStep::fill("schedule_start", &ad_group.schedule_start),
            ScriptStep::press("campaign_continue"),
        ],
        // The rest stands in the scene.
        Step::Ad => vec![
            ScriptStep::choose("delivery", &json::word(Delivery::BusinessAccount)),
            ScriptStep::press("campaign_continue"),
        ],
    }
}

/// Every transition of a campaign.
pub(super) async fn transitions() -> Vec<Transition> {
    let begun = CampaignFixture::begin().await;
    let mut transitions = vec![Transition::of_request(
        ["campaigns-none", "create"],
        tool::request_campaign(),
        vec![ScriptStep::press("campaigns_create")],
        begun.map(|(_, view)| route(&view)),
    )];
    for (scene, steps) in ["campaign", "ad-group"]
        .into_iter()
        .zip(Step::ALL.windows(2))
    {
        if let &[step, next] = steps {
            let kept = CampaignFixture::at(next).await;
            transitions.push(Transition::of_request(
                [scene, "continue"],
                tool::request_continue(),
                steps_to_continue(step),
                kept.map(|(_, view)| route(&view)),
            ));
        }
    }
    let finished = CampaignFixture::finish().await;
    transitions.push(Transition::of_request(
        ["ad-linked", "continue"],
        tool::request_continue(),
        steps_to_continue(Step::Ad),
        Ok(Route::Campaign {
            draft: DRAFT,
            screen: CampaignScreen::Review,
        }),
    ));
    transitions.push(Transition::of_request(
        ["campaign-review", "finish"],
        tool::request_finish(),
        vec![ScriptStep::press("campaign_finish")],
        finished.map(|view| route(&view)),
    ));
    transitions.into_iter().flatten().collect()
}
