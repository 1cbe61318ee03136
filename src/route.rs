//! Where one can be in the app. This is the only place that spells a path, both ways.

mod placed;
pub mod query;

pub use placed::{Placement, place};

/// Where a server that is a demonstration has its tools: pages of its own, not of the app.
pub const DEMONSTRATION_TOOLS: &str = "/dev";

use crate::json;
use contract::view::Place;
use core::str::FromStr as _;
use domain::authorization::Outcome;
use domain::draft::{Stage, Step};
use domain::id::DraftId;

/// A screen, or a dialog over one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Leads on, by who is there.
    Home,
    /// Sign up.
    SignUp,
    /// Type the code that was sent.
    VerifyEmail,
    /// Log in.
    LogIn {
        /// Where they wanted to go.
        then: Option<Box<Route>>,
    },
    /// The fork after TikTok.
    ChooseAccount,
    /// Finish a link that waits for a log-in or a password.
    FinishLink,
    /// Name the business.
    CreateAdsAccount,
    /// Welcome to TikTok Ads Manager.
    Welcome,
    /// The campaigns.
    Campaigns,
    /// A campaign that is being made.
    Campaign {
        /// Its draft.
        draft: DraftId,
        /// Which of its screens.
        screen: CampaignScreen,
    },
    /// Business Center.
    BusinessCenter,
    /// User Settings > Personal Info > Profile.
    Profile {
        /// What lies over it.
        dialog: Option<ProfileDialog>,
    },
    /// Set an e-mail address and a password.
    AddEmail,
    /// Where TikTok sends the browser back to.
    TikTokCallback {
        /// What it brings, without the `?`.
        query: String,
    },
    /// Nothing came back from TikTok.
    TikTokWaiting,
    /// How an authorization ended.
    TikTokOutcome {
        /// How.
        outcome: Outcome,
    },
}

/// A screen of a campaign that is being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CampaignScreen {
    /// The campaign.
    Campaign,
    /// Its ad group.
    AdGroup,
    /// Its ad.
    Ad,
    /// "Unable to link", over the ad.
    UnableToLink,
    /// It is finished.
    Done,
}

/// A dialog over the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileDialog {
    /// The TikTok account is linked.
    Linked,
    /// It is linked to another account.
    UnableToLink,
    /// Shall it be unlinked?
    Unlink,
    /// Prove again who you are.
    Confirm,
}

/// Who may see a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Anyone,
    /// Those who aren't logged in; others go on to where they belong.
    Guest,
    /// Those who are; others log in first.
    Member,
}

impl CampaignScreen {
    const ALL: [Self; 5] = [
        Self::Campaign,
        Self::AdGroup,
        Self::Ad,
        Self::UnableToLink,
        Self::Done,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Campaign => "campaign",
            Self::AdGroup => "ad-group",
            Self::Ad => "ad",
            Self::UnableToLink => "ad/unable-to-link",
            Self::Done => "done",
        }
    }
}

impl ProfileDialog {
    const ALL: [Self; 4] = [
        Self::Linked,
        Self::UnableToLink,
        Self::Unlink,
        Self::Confirm,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Linked => "linked",
            Self::UnableToLink => "unable-to-link",
            Self::Unlink => "unlink",
            Self::Confirm => "confirm",
        }
    }
}

const THEN: &str = "then";

impl Route {
    /// Its address: the path, with the query where it has one.
    pub fn path(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::SignUp => "/sign-up".to_owned(),
            Self::VerifyEmail => "/sign-up/verify".to_owned(),
            Self::LogIn { then: None } => "/log-in".to_owned(),
            Self::LogIn { then: Some(then) } => {
                format!("/log-in?{THEN}={}", query::encode(&then.path()))
            }
            Self::ChooseAccount => "/log-in/choose".to_owned(),
            Self::FinishLink => "/link/finish".to_owned(),
            Self::CreateAdsAccount => "/ads-account/new".to_owned(),
            Self::Welcome => "/welcome".to_owned(),
            Self::Campaigns => "/campaigns".to_owned(),
            Self::Campaign { draft, screen } => format!("/campaigns/{draft}/{}", screen.path()),
            Self::BusinessCenter => "/business-center".to_owned(),
            Self::Profile { dialog: None } => "/settings/profile".to_owned(),
            Self::Profile {
                dialog: Some(dialog),
            } => format!("/settings/profile/{}", dialog.path()),
            Self::AddEmail => "/settings/email".to_owned(),
            Self::TikTokCallback { query } if query.is_empty() => "/tiktok/callback".to_owned(),
            Self::TikTokCallback { query } => format!("/tiktok/callback?{query}"),
            Self::TikTokWaiting => "/tiktok/waiting".to_owned(),
            Self::TikTokOutcome { outcome } => format!("/tiktok/outcome/{}", spell(*outcome)),
        }
    }

    /// The route of a path and its query (without the `?`). A `then` that is none of ours is
    /// dropped: nobody can send a user elsewhere through our address.
    pub fn parse(path: &str, query: &str) -> Option<Self> {
        let path = path.strip_prefix('/')?;
        let path = path.strip_suffix('/').unwrap_or(path);
        Some(match path {
            "" => Self::Home,
            "sign-up" => Self::SignUp,
            "sign-up/verify" => Self::VerifyEmail,
            "log-in" => Self::LogIn {
                then: query::value(query, THEN)
                    .and_then(|then| Self::parse_address(&then))
                    .filter(Self::may_follow_log_in)
                    .map(Box::new),
            },
            "log-in/choose" => Self::ChooseAccount,
            "link/finish" => Self::FinishLink,
            "ads-account/new" => Self::CreateAdsAccount,
            "welcome" => Self::Welcome,
            "campaigns" => Self::Campaigns,
            "business-center" => Self::BusinessCenter,
            "settings" | "settings/profile" => Self::Profile { dialog: None },
            "settings/email" => Self::AddEmail,
            "tiktok/callback" => Self::TikTokCallback {
                query: query.to_owned(),
            },
            "tiktok/waiting" => Self::TikTokWaiting,
            other => return Self::parse_deeper(other),
        })
    }

    /// The routes with something in their path.
    fn parse_deeper(path: &str) -> Option<Self> {
        if let Some(name) = path.strip_prefix("settings/profile/") {
            let found = ProfileDialog::ALL.into_iter().find(|it| it.path() == name);
            found.map(|dialog| Self::Profile {
                dialog: Some(dialog),
            })
        } else if let Some(rest) = path.strip_prefix("campaigns/") {
            let (draft, name) = rest.split_once('/').unwrap_or((rest, "campaign"));
            let found = CampaignScreen::ALL.into_iter().find(|it| it.path() == name);
            Some(Self::Campaign {
                draft: DraftId::from_str(draft).ok()?,
                screen: found?,
            })
        } else if let Some(name) = path.strip_prefix("tiktok/outcome/") {
            let outcome = outcome(name)?;
            Some(Self::TikTokOutcome { outcome })
        } else {
            None
        }
    }

    /// The route of an address such as [`Route::path`] spells, and of no other: not of one with a
    /// host, a scheme, a backslash or an escape in its path.
    fn parse_address(address: &str) -> Option<Self> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let route = Self::parse(path, query)?;
        (route.path() == address).then_some(route)
    }

    /// The page of a route, without what lies over it and without its step: while this stays the
    /// same, the page stays, and with it all that is typed.
    #[must_use]
    pub fn page(&self) -> Self {
        match self {
            Self::Profile { dialog: _ } => Self::Profile { dialog: None },
            Self::Campaign { draft, screen: _ } => Self::Campaign {
                draft: *draft,
                screen: CampaignScreen::Campaign,
            },
            Self::Home
            | Self::SignUp
            | Self::VerifyEmail
            | Self::LogIn { .. }
            | Self::ChooseAccount
            | Self::FinishLink
            | Self::CreateAdsAccount
            | Self::Welcome
            | Self::Campaigns
            | Self::BusinessCenter
            | Self::AddEmail
            | Self::TikTokCallback { .. }
            | Self::TikTokWaiting
            | Self::TikTokOutcome { .. } => self.clone(),
        }
    }

    /// The page under one heading: that of [`Self::page`], and of a campaign each step.
    #[must_use]
    pub fn heading(&self) -> Self {
        match self {
            Self::Campaign {
                draft,
                screen: CampaignScreen::UnableToLink,
            } => Self::Campaign {
                draft: *draft,
                screen: CampaignScreen::Ad,
            },
            Self::Campaign { .. } => self.clone(),
            Self::Home
            | Self::SignUp
            | Self::VerifyEmail
            | Self::LogIn { .. }
            | Self::ChooseAccount
            | Self::FinishLink
            | Self::CreateAdsAccount
            | Self::Welcome
            | Self::Campaigns
            | Self::BusinessCenter
            | Self::Profile { .. }
            | Self::AddEmail
            | Self::TikTokCallback { .. }
            | Self::TikTokWaiting
            | Self::TikTokOutcome { .. } => self.page(),
        }
    }

    /// Who may see it.
    pub const fn access(&self) -> Access {
        match self {
            Self::SignUp | Self::LogIn { .. } => Access::Guest,
            Self::CreateAdsAccount
            | Self::Welcome
            | Self::Campaigns
            | Self::Campaign { .. }
            | Self::BusinessCenter
            | Self::Profile { .. }
            | Self::AddEmail => Access::Member,
            Self::Home
            | Self::VerifyEmail
            | Self::ChooseAccount
            | Self::FinishLink
            | Self::TikTokCallback { .. }
            | Self::TikTokWaiting
            | Self::TikTokOutcome { .. } => Access::Anyone,
        }
    }

    /// Whether a log-in can lead there.
    pub const fn may_follow_log_in(&self) -> bool {
        match self {
            Self::CreateAdsAccount
            | Self::Welcome
            | Self::Campaigns
            | Self::Campaign { .. }
            | Self::BusinessCenter
            | Self::Profile { .. }
            | Self::AddEmail
            | Self::FinishLink => true,
            Self::Home
            | Self::SignUp
            | Self::VerifyEmail
            | Self::LogIn { .. }
            | Self::ChooseAccount
            | Self::TikTokCallback { .. }
            | Self::TikTokWaiting
            | Self::TikTokOutcome { .. } => false,
        }
    }

    /// The place as the contract names it, where it has a name: the nearest one, which the log-in
    /// may answer with.
    pub const fn place(&self) -> Option<Place> {
        match self {
            Self::SignUp => Some(Place::SignUp),
            Self::VerifyEmail => Some(Place::VerifyEmail),
            Self::LogIn { .. } => Some(Place::LogIn),
            Self::ChooseAccount => Some(Place::ChooseAccount),
            Self::FinishLink => Some(Place::FinishLink),
            Self::CreateAdsAccount => Some(Place::CreateAdsAccount),
            Self::Welcome => Some(Place::Welcome),
            Self::Campaigns => Some(Place::Campaigns),
            Self::Campaign { draft, .. } => Some(Place::Ad { draft: *draft }),
            Self::BusinessCenter => Some(Place::BusinessCenter),
            Self::Profile { .. } => Some(Place::Profile),
            Self::AddEmail => Some(Place::AddEmail),
            Self::Home
            | Self::TikTokCallback { .. }
            | Self::TikTokWaiting
            | Self::TikTokOutcome { .. } => None,
        }
    }
}

impl From<Place> for Route {
    fn from(place: Place) -> Self {
        match place {
            Place::LogIn => Self::LogIn { then: None },
            Place::SignUp => Self::SignUp,
            Place::VerifyEmail => Self::VerifyEmail,
            Place::ChooseAccount => Self::ChooseAccount,
            Place::CreateAdsAccount => Self::CreateAdsAccount,
            Place::Welcome => Self::Welcome,
            Place::Campaigns => Self::Campaigns,
            Place::BusinessCenter => Self::BusinessCenter,
            Place::Profile => Self::Profile { dialog: None },
            Place::AddEmail => Self::AddEmail,
            Place::FinishLink => Self::FinishLink,
            Place::Ad { draft } => Self::Campaign {
                draft,
                screen: CampaignScreen::Ad,
            },
        }
    }
}

impl From<Stage> for CampaignScreen {
    /// Where a draft is gone on with, or read.
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Editing { step } => step.into(),
            Stage::Finished => Self::Done,
        }
    }
}

impl From<Step> for CampaignScreen {
    fn from(step: Step) -> Self {
        match step {
            Step::Campaign => Self::Campaign,
            Step::AdGroup => Self::AdGroup,
            Step::Ad => Self::Ad,
        }
    }
}

/// The contract's own code of an outcome, with dashes.
fn spell(outcome: Outcome) -> String {
    json::word(outcome).replace('_', "-")
}

fn outcome(name: &str) -> Option<Outcome> {
    if name.contains('_') {
        return None;
    }
    json::choice(&name.replace('-', "_"))
}

#[cfg(test)]
mod tests;
