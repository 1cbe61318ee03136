//! The map of flows: for each place at which a journey turns, where each way leads. Nobody wrote the
//! arrows down: the service itself is asked, in worlds of their own.

mod campaign;
mod errands;
pub mod trips;

use super::frame::Thumbnail;
use super::script::Step;
use super::state::State;
use super::tools::Head;
use super::words::{self, tool};
use contract::problem::Problem;
use domain::id::DraftId;
use leptos::prelude::*;
use portal::client::personas;
use portal::route::Route;
use serde::{Deserialize, Serialize};
use trips::Trip;
use uuid::Uuid;

/// Where an answer leads that doesn't come back.
const AT_TIKTOK: &str = "tiktok";

/// The draft of the map's worlds.
const DRAFT: DraftId = DraftId(Uuid::from_u128(0x018f_3c5e_7b1a_7c3d_9e4f_0123_4567_89ab));

/// What stands in a path for a draft's id.
const DRAFT_ID: &str = "{draft}";

/// What tests walked: the arrows of this list, by their names.
const WALKED: &str = include_str!("../../../tests/journeys/walked.json");

/// One arrow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// From which scene.
    pub from: String,
    /// What it is called among those of its scene: no words of a language.
    pub name: String,
    /// What is done, in words.
    pub label: String,
    /// What is done, where it is a trip to TikTok.
    pub trip: Option<Trip>,
    /// What is done, as a script says it.
    pub steps: Vec<Step>,
    /// Where it leads: a path, `tiktok` where it stays there.
    pub to: String,
}

impl Edge {
    /// What is sent to the host itself, and where its reply leads; none where it is refused.
    fn errand(
        [from, name]: [&str; 2],
        label: String,
        steps: Vec<Step>,
        to: Result<Route, Problem>,
    ) -> Option<Self> {
        Some(Self {
            from: from.to_owned(),
            name: name.to_owned(),
            label,
            trip: None,
            steps,
            to: path(&to.ok()?),
        })
    }

    /// Its name among all.
    fn full_name(&self) -> String {
        format!("{} {}", self.from, self.name)
    }

    /// The state that it leads to.
    fn state(&self) -> State {
        State {
            scene: Some(self.from.clone()),
            steps: self.steps.clone(),
            ..State::default()
        }
    }
}

/// The path of a route; another world's draft has another id.
fn path(route: &Route) -> String {
    route.path().replace(&DRAFT.to_string(), DRAFT_ID)
}

/// What a business may be called: as the first persona's.
fn name_of_business() -> &'static str {
    personas::BUSINESS.first().map_or("", |it| it.business)
}

/// Every arrow, as the service says.
pub async fn edges() -> Vec<Edge> {
    let mut edges = errands::edges().await;
    edges.extend(campaign::edges().await);
    edges.extend(trips::edges().await);
    edges
}

/// The page.
#[component]
pub fn Map() -> impl IntoView {
    let edges = LocalResource::new(edges);
    view! {
        <Head title=tool::map lead=tool::map_lead/>
        <p class="tool-legend">
            <span class="tool-arrow">{tool::map_walked()}</span>
            " "
            <span class="tool-arrow tool-arrow-unwalked">{tool::map_unwalked()}</span>
        </p>
        {move || match edges.get() {
            None => view! { <p role="status">{tool::opening()}</p> }.into_any(),
            Some(edges) => {
                let mut starts: Vec<&str> = Vec::new();
                for edge in &edges {
                    if !starts.contains(&edge.from.as_str()) {
                        starts.push(&edge.from);
                    }
                }
                let flows = starts.into_iter().map(|start| flow(start, &edges));
                flows.collect_view().into_any()
            }
        }}
    }
}

/// One place and all that leads away from it: the arrows to one target stand together.
fn flow(start: &str, edges: &[Edge]) -> impl IntoView + use<> {
    let own: Vec<_> = edges.iter().filter(|edge| edge.from == start).collect();
    let mut targets: Vec<&str> = Vec::new();
    for edge in &own {
        if !targets.contains(&edge.to.as_str()) {
            targets.push(&edge.to);
        }
    }
    let targets = targets.into_iter().map(|target| {
        let arrows: Vec<Edge> = own
            .iter()
            .filter(|edge| edge.to == target)
            .map(|edge| (*edge).clone())
            .collect();
        view! { <Target to=target.to_owned() arrows/> }
    });
    let scene = State {
        scene: Some(start.to_owned()),
        ..State::default()
    };
    let (title, id) = (words::scene(start), format!("flow-{start}"));
    let words = title.clone();
    view! {
        <section class="tool-flow" aria-labelledby=id.clone()>
            <div class="tool-flow-start">
                <h2 id=id.clone()>{title}</h2>
                <a href=scene.address() aria-label=words.clone()>
                    <Thumbnail
                        address=scene.address_of_app(None)
                        width=360
                        title=words.clone()
                        shown=180
                    />
                </a>
            </div>
            <ul class="tool-flow-targets">{targets.collect_view()}</ul>
        </section>
    }
}

#[component]
fn Target(to: String, arrows: Vec<Edge>) -> impl IntoView {
    let walked: Vec<String> = serde_json::from_str(WALKED).unwrap_or_default();
    let first = arrows.first().map(Edge::state).unwrap_or_default();
    let rows = arrows.into_iter().map(|edge| {
        let is_walked = walked.contains(&edge.full_name());
        let address = edge.state().address();
        view! {
            <li>
                <a
                    class="tool-arrow"
                    class=("tool-arrow-unwalked", !is_walked)
                    href=address
                >
                    {edge.label}
                </a>
                {(!is_walked).then(|| view! { <span class="visually-hidden">{tool::map_unwalked()}</span> })}
            </li>
        }
    });
    view! {
        <li class="tool-flow-target">
            <ul class="tool-arrows">{rows.collect_view()}</ul>
            <a class="tool-flow-end" href=first.address()>
                <Thumbnail
                    address=first.address_of_app(None)
                    width=360
                    title=to.clone()
                    shown=140
                />
                <code>{if to == AT_TIKTOK { tool::at_tiktok() } else { to }}</code>
            </a>
        </li>
    }
}
