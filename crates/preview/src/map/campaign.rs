//! The turns of a campaign: its steps are kept by the host, which says where it is gone on with.

use super::{DRAFT, Edge, name_of_business};
use crate::script::Step as Doing;
use crate::state::email_of;
use crate::words::tool;
use contract::drafts::{CreateDraft, DraftView, FinishDraft, GetDraft, SaveDraft};
use contract::problem::Problem;
use domain::draft::{
    Ad, AdGroup, BudgetMode, CallToAction, Campaign, Contents, Delivery, Objective,
    OptimizationGoal, Step,
};
use portal::client::StoredMock;
use portal::json;
use portal::route::Route;

/// Who makes it: somebody whose account is linked.
const MAKER: &str = "linked";

/// A campaign that is made, request by request.
struct Maker(StoredMock);

impl Maker {
    /// One that has just begun.
    async fn begin() -> Result<(Self, DraftView), Problem> {
        let mock = StoredMock::in_memory();
        mock.log_in(email_of(MAKER).unwrap_or_default()).await?;
        let view = mock.call(&CreateDraft { id: DRAFT }).await?;
        Ok((Self(mock), view))
    }

    /// One that is kept at a step, with all that was typed.
    async fn at(step: Step) -> Result<(Self, DraftView), Problem> {
        let (maker, view) = Self::begin().await?;
        let identity = view.identity.map(|it| it.identity_id);
        let request = SaveDraft {
            id: DRAFT,
            version: view.draft.version,
            step,
            contents: typed(identity),
        };
        maker.0.call(&request).await?;
        let view = maker.0.call(&GetDraft { id: DRAFT }).await?;
        Ok((maker, view))
    }

    async fn finish() -> Result<DraftView, Problem> {
        let (maker, view) = Self::at(Step::Ad).await?;
        let version = view.draft.version;
        maker.0.call(&FinishDraft { id: DRAFT, version }).await
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
fn doings(step: Step) -> Vec<Doing> {
    let Contents {
        campaign, ad_group, ..
    } = typed(None);
    match step {
        Step::Campaign => vec![
            Doing::choose("objective", &json::word(campaign.objective)),
            Doing::fill("campaign_name", &campaign.name),
            Doing::choose("budget_mode", &json::word(campaign.budget_mode)),
            Doing::fill("budget", &campaign.budget),
            Doing::press("campaign_continue"),
        ],
        Step::AdGroup => vec![
            Doing::fill("ad_group_name", &ad_group.name),
            Doing::choose("location", &ad_group.location),
            Doing::choose("optimization_goal", &json::word(ad_group.optimization_goal)),
            Doing::fill("schedule_start", &ad_group.schedule_start),
            Doing::press("campaign_continue"),
        ],
        // The rest stands in the scene.
        Step::Ad => vec![
            Doing::choose("delivery", &json::word(Delivery::BusinessAccount)),
            Doing::press("campaign_finish"),
        ],
    }
}

/// Every arrow of a campaign's steps, as the service says.
pub(super) async fn edges() -> Vec<Edge> {
    let begun = Maker::begin().await;
    let mut edges = vec![Edge::errand(
        ["campaigns-none", "create"],
        tool::errand_campaign(),
        vec![Doing::press("campaigns_create")],
        begun.map(|(_, view)| route(&view)),
    )];
    for (scene, steps) in ["campaign", "ad-group"]
        .into_iter()
        .zip(Step::ALL.windows(2))
    {
        if let &[step, next] = steps {
            let kept = Maker::at(next).await;
            edges.push(Edge::errand(
                [scene, "continue"],
                tool::errand_continue(),
                doings(step),
                kept.map(|(_, view)| route(&view)),
            ));
        }
    }
    let finished = Maker::finish().await;
    edges.push(Edge::errand(
        ["ad-linked", "finish"],
        tool::errand_finish(),
        doings(Step::Ad),
        finished.map(|view| route(&view)),
    ));
    edges.into_iter().flatten().collect()
}
