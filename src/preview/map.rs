//! The map of flows: for each place from which one goes to TikTok, where each of its answers leads.
//! Nobody wrote the arrows down: the service itself is asked, in worlds of their own.

use super::director::words_of;
use super::frame::Thumbnail;
use super::script::Step;
use super::state::{State, email_of};
use super::tools::Head;
use super::words::{spoken, tool};
use crate::client::{Keep, Rehearsal, TikTokAnswer, Trip, personas};
use crate::outcome;
use contract::authorization::Purpose;
use contract::drafts::CreateDraft;
use domain::authorization::Back;
use domain::id::DraftId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Minutes that outlive an authorization.
const TOO_LATE: u64 = 11;

/// One arrow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// From which scene.
    pub from: String,
    /// What is pressed there, by the key of its words.
    pub press: String,
    /// What TikTok answers.
    pub answer: String,
    /// Whose account it is.
    pub username: String,
    /// How many minutes later.
    pub minutes: u64,
    /// Whether TikTok knows them already.
    pub is_known: bool,
    /// Where it leads: a path, `TikTok` where it stays there.
    pub to: String,
}

/// Where a journey goes to TikTok.
struct Start {
    scene: &'static str,
    persona: Option<&'static str>,
    press: &'static str,
    purpose: fn(DraftId) -> Purpose,
    /// Who proves themselves there, where it isn't just anybody.
    owner: fn() -> Option<&'static str>,
}

const STARTS: [Start; 6] = [
    Start {
        scene: "sign-up-agreed",
        persona: None,
        press: "tiktok_sign_up",
        purpose: |_| Purpose::SignUp { terms: true },
        owner: || None,
    },
    Start {
        scene: "log-in",
        persona: None,
        press: "tiktok_log_in",
        purpose: |_| Purpose::LogIn,
        owner: || None,
    },
    Start {
        scene: "profile",
        persona: Some("email-only"),
        press: "link_tiktok_account",
        purpose: |_| Purpose::Link { to: Back::Profile },
        owner: || None,
    },
    Start {
        scene: "dialog-unable-to-link",
        persona: Some("email-only"),
        press: "log_out",
        purpose: |_| Purpose::Link { to: Back::Profile },
        owner: || None,
    },
    Start {
        scene: "ad-link",
        persona: Some("email-only"),
        press: "ad_link_account",
        purpose: |draft| Purpose::Link {
            to: Back::Ad { draft },
        },
        owner: || None,
    },
    Start {
        scene: "add-email-stale",
        persona: None,
        press: "confirm_with_tiktok",
        purpose: |_| Purpose::Confirm,
        owner: alone,
    },
];

/// Where an answer leads that doesn't come back.
const AT_TIKTOK: &str = "tiktok";

/// The account at TikTok of the one who logs in by it alone.
fn alone() -> Option<&'static str> {
    let mut all = personas::BUSINESS.iter();
    all.find(|it| it.email.is_none()).and_then(|it| it.tiktok)
}

/// The draft of the maps' ad.
const DRAFT: u128 = 0x018f_3c5e_7b1a_7c3d_9e4f_0123_4567_89ab;

/// What stands in a path for a draft's id.
const DRAFT_ID: &str = "{draft}";

/// What tests walked: the arrows of this list, by their names.
const WALKED: &str = include_str!("../../tests/journeys/walked.json");

impl Edge {
    /// Its name.
    pub fn name(&self) -> String {
        let late = if self.minutes == 0 { "" } else { " late" };
        format!("{} {} {}{late}", self.from, self.answer, self.username)
    }

    /// The state that it leads to.
    pub fn state(&self) -> State {
        let state = State {
            scene: Some(self.from.clone()),
            ..State::default()
        };
        let press = Step::Press(self.press.clone());
        if self.minutes == 0 {
            let answer = Step::Answer {
                tiktok: Some(self.answer.clone()),
                username: Some(self.username.clone()),
            };
            return State {
                steps: vec![answer, press],
                ..state
            };
        }
        // One goes there, waits at TikTok's pages, and decides then.
        let own_pages = Step::Answer {
            tiktok: None,
            username: None,
        };
        let log_in = [
            ("username", self.username.as_str()),
            ("password", personas::PASSWORD),
        ];
        let send = |to: &str, with: &[(&str, &str)]| Step::TikTok {
            to: to.to_owned(),
            with: with
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        };
        let mut steps = vec![own_pages, press];
        if !self.is_known {
            steps.push(send("login", &log_in));
        }
        steps.push(Step::Advance(self.minutes));
        steps.push(send("consent", &[("decision", "authorize")]));
        State { steps, ..state }
    }
}

/// Every arrow, as the service says.
pub async fn edges() -> Vec<Edge> {
    let mut edges = Vec::new();
    for start in &STARTS {
        let somebody = (start.owner)().unwrap_or(super::state::SOMEBODY);
        let others = personas::TIKTOK.iter().map(|it| it.username);
        let others = others.filter(|username| *username != somebody);
        let trips = TikTokAnswer::all()
            .map(|answer| (answer, somebody, 0))
            .chain(others.map(|username| (TikTokAnswer::Authorize, username, 0)))
            .chain([(TikTokAnswer::Authorize, somebody, TOO_LATE)]);
        for (answer, username, minutes) in trips {
            if let Some(to) = walk(start, answer, username, minutes).await {
                edges.push(Edge {
                    from: start.scene.to_owned(),
                    press: start.press.to_owned(),
                    answer: answer.as_str().to_owned(),
                    username: username.to_owned(),
                    minutes,
                    is_known: (start.owner)() == Some(username),
                    to,
                });
            }
        }
    }
    edges
}

/// Where the service leads, in a world of its own.
async fn walk(start: &Start, answer: TikTokAnswer, username: &str, minutes: u64) -> Option<String> {
    let keep = Keep::aside();
    let draft = DraftId(uuid::Uuid::from_u128(DRAFT));
    if let Some(email) = start.persona.and_then(email_of) {
        keep.log_in(email).await.ok()?;
        keep.call(&CreateDraft { id: draft }).await.ok()?;
    } else if let Some(owner) = (start.owner)() {
        let trip = keep.trip(Purpose::LogIn, TikTokAnswer::Authorize, owner, 0);
        trip.await.ok()?;
    }
    // Whoever leaves doesn't come back, and the page stays.
    if answer == TikTokAnswer::Leave || answer == TikTokAnswer::Rehearse(Rehearsal::NeverBack) {
        return Some(AT_TIKTOK.to_owned());
    }
    let purpose = (start.purpose)(draft);
    match keep.trip(purpose, answer, username, minutes).await.ok()? {
        Trip::Back(completed) => {
            let path = outcome::route(&completed).path();
            // Another world's draft has another id.
            Some(path.replace(&draft.to_string(), DRAFT_ID))
        }
        Trip::Stayed => Some(AT_TIKTOK.to_owned()),
    }
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
            Some(edges) => STARTS
                .iter()
                .map(|start| flow(start, &edges))
                .collect_view()
                .into_any(),
        }}
    }
}

/// One place and all that leads away from it: the arrows to one target stand together.
fn flow(start: &Start, edges: &[Edge]) -> impl IntoView + use<> {
    let own: Vec<_> = edges
        .iter()
        .filter(|edge| edge.from == start.scene)
        .collect();
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
        scene: Some(start.scene.to_owned()),
        ..State::default()
    };
    let (title, id) = (spoken(start.scene), format!("flow-{}", start.scene));
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
        let answer = TikTokAnswer::parse(&edge.answer).map(words_of).unwrap_or_default();
        let late = (edge.minutes > 0).then(tool::map_late);
        let is_walked = walked.contains(&edge.name());
        let address = edge.state().address();
        view! {
            <li>
                <a
                    class="tool-arrow"
                    class=("tool-arrow-unwalked", !is_walked)
                    href=address
                >
                    {answer} " " <span class="muted">"@" {edge.username}</span>
                    {late.map(|words| format!(" · {words}"))}
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
