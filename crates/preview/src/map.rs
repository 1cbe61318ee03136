//! The map of flows: for each scene at which a flow branches, where each branch leads. That is asked
//! of the service, in mocks of their own, wherever its reply has a destination. Where it has none
//! (a sign-up, an address that is added, an unlinking, leaving for TikTok) the page decides, and the
//! end is written in `map/`; tests walk every arrow.

mod authorizations;
mod campaign;
mod requests;
pub mod transition;

use super::frame::Thumbnail;
use super::heading::ToolHeading;
use super::state::State;
use super::tool_text::{self, tool};
use leptos::prelude::*;
use transition::{AT_TIKTOK, Transition};

/// What tests walked: the arrows of this list, by their names.
const WALKED: &str = include_str!("../../../tests/journeys/walked.json");

pub async fn transitions() -> Vec<Transition> {
    let mut transitions = requests::transitions().await;
    transitions.extend(campaign::transitions().await);
    transitions.extend(authorizations::transitions().await);
    transitions
}

#[component]
pub fn Map() -> impl IntoView {
    let transitions = LocalResource::new(transitions);
    view! {
        <ToolHeading title=tool::map lead=tool::map_lead/>
        <p class="tool-legend">
            <span class="tool-arrow">{tool::map_walked()}</span>
            " "
            <span class="tool-arrow tool-arrow-unwalked">{tool::map_unwalked()}</span>
        </p>
        {move || match transitions.get() {
            None => view! { <p role="status">{tool::opening()}</p> }.into_any(),
            Some(transitions) => {
                let mut starts: Vec<&str> = Vec::new();
                for transition in &transitions {
                    if !starts.contains(&transition.from.as_str()) {
                        starts.push(&transition.from);
                    }
                }
                let flows = starts.into_iter().map(|start| flow(start, &transitions));
                flows.collect_view().into_any()
            }
        }}
    }
}

/// One place and all that leads away from it: the arrows to one target stand together.
fn flow(start: &str, transitions: &[Transition]) -> impl IntoView + use<> {
    let own: Vec<_> = transitions
        .iter()
        .filter(|transition| transition.from == start)
        .collect();
    let mut targets: Vec<&str> = Vec::new();
    for transition in &own {
        if !targets.contains(&transition.to.as_str()) {
            targets.push(&transition.to);
        }
    }
    let targets = targets.into_iter().map(|target| {
        let arrows: Vec<Transition> = own
            .iter()
            .filter(|transition| transition.to == target)
            .map(|transition| (*transition).clone())
            .collect();
        view! { <Target to=target.to_owned() arrows/> }
    });
    let scene = State {
        scene: Some(start.to_owned()),
        ..State::default()
    };
    let (title, id) = (tool_text::scene(start), format!("flow-{start}"));
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
fn Target(to: String, arrows: Vec<Transition>) -> impl IntoView {
    let walked: Vec<String> = serde_json::from_str(WALKED).unwrap_or_default();
    let first = arrows.first().map(Transition::state).unwrap_or_default();
    let rows = arrows.into_iter().map(|transition| {
        let is_walked = walked.contains(&transition.full_name());
        let address = transition.state().address();
        view! {
            <li>
                <a
                    class="tool-arrow"
                    class=("tool-arrow-unwalked", !is_walked)
                    href=address
                >
                    {transition.label}
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
