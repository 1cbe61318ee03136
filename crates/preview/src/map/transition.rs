//! A transition of the map: what is done in a scene, and where it leads.

use crate::script::Step;
use crate::state::State;
use contract::problem::Problem;
use domain::id::DraftId;
use portal::route::Route;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where an answer leads that doesn't come back.
pub(super) const AT_TIKTOK: &str = "tiktok";

/// The draft in the map's mocks.
pub(super) const DRAFT: DraftId =
    DraftId(Uuid::from_u128(0x018f_3c5e_7b1a_7c3d_9e4f_0123_4567_89ab));

/// What stands in a path for a draft's id.
pub(super) const DRAFT_ID: &str = "{draft}";

/// An authorization, as the director's panel sets it up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TikTokVisit {
    /// What is pressed, by the key of its words.
    pub press: String,
    pub answer: String,
    /// Whose account it is.
    pub username: String,
    /// How many minutes later.
    pub minutes: u64,
    /// Whether TikTok knows them already.
    pub is_known: bool,
}

/// An arrow of the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transition {
    pub from: String,
    /// What it is called among those of its scene: no words of a language.
    pub name: String,
    /// What is done, in words.
    pub label: String,
    /// The authorization that is done, where it is one.
    pub visit: Option<TikTokVisit>,
    /// What is done, as a script says it.
    pub steps: Vec<Step>,
    /// Where it leads: a path, `tiktok` where it stays there.
    pub to: String,
}

impl Transition {
    /// By a request to the portal itself, and where it leads; none where it is refused.
    pub(super) fn of_request(
        [from, name]: [&str; 2],
        label: String,
        steps: Vec<Step>,
        to: Result<Route, Problem>,
    ) -> Option<Self> {
        Some(Self {
            from: from.to_owned(),
            name: name.to_owned(),
            label,
            visit: None,
            steps,
            to: path(&to.ok()?),
        })
    }

    /// Its name among all.
    pub(super) fn full_name(&self) -> String {
        format!("{} {}", self.from, self.name)
    }

    /// The state that it leads to.
    pub(super) fn state(&self) -> State {
        State {
            scene: Some(self.from.clone()),
            steps: self.steps.clone(),
            ..State::default()
        }
    }
}

/// The path of a route, with [`DRAFT_ID`] for the draft's: in the page's own mock it has another.
pub(super) fn path(route: &Route) -> String {
    route.path().replace(&DRAFT.to_string(), DRAFT_ID)
}
