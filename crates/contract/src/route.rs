//! The pages and dialogs of the app, and their addresses. This is the only place that spells a
//! path, both ways: links in the app, links in letters, TikTok's redirect URI. It is also how a host
//! says where to go next: a name, never an address.

pub mod query;

use core::str::FromStr as _;
use domain::authorization::Outcome;
use domain::draft::{Stage, Step};
use domain::id::DraftId;
use serde::{Deserialize, Serialize};

/// The path of the tools that a server offers while it is a demonstration. They are no page of the
/// app.
pub const DEMONSTRATION_TOOLS: &str = "/dev";

/// A page of the app, with the dialog that is open over it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Route {
    /// Redirects to the home that `get_session` names.
    Home,
    /// Sign up.
    SignUp,
    /// Type the code that was sent.
    VerifyEmail,
    /// Log in.
    LogIn {
        /// The page that asked for the log-in, to be returned to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(no_recursion))]
        then: Option<Box<Route>>,
    },
    /// Set another password where the one before is forgotten.
    ResetPassword,
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
        /// The dialog that is open over it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dialog: Option<ProfileDialog>,
    },
    /// Set an e-mail address and a password, or another address where there is one.
    AddEmail,
    /// Set another password.
    ChangePassword,
    /// Where the account is logged in.
    Sessions,
    /// The redirect URI that is registered at TikTok. No host sends anybody there.
    #[serde(skip)]
    TikTokCallback {
        /// The query of TikTok's redirect, without its `?`.
        query: String,
    },
    /// An authorization that TikTok hasn't answered yet.
    #[serde(rename = "tiktok_waiting")]
    TikTokWaiting,
    /// How an authorization ended, where that needs a page of its own.
    #[serde(rename = "tiktok_outcome")]
    TikTokOutcome {
        /// The outcome that the page explains.
        outcome: Outcome,
    },
}

/// A screen of a campaign that is being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProfileDialog {
    /// The TikTok account is linked.
    Linked,
    /// It is linked to another account.
    UnableToLink,
    /// Shall it be unlinked?
    Unlink,
    /// Is the linked TikTok account still theirs? Asked after the password was reset: whoever knew the
    /// one before may have linked their own.
    ReviewLink,
    /// Prove again who you are.
    Confirm,
}

impl CampaignScreen {
    /// Every screen.
    pub const ALL: [Self; 5] = [
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
    /// Every dialog.
    pub const ALL: [Self; 5] = [
        Self::Linked,
        Self::UnableToLink,
        Self::Unlink,
        Self::ReviewLink,
        Self::Confirm,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Linked => "linked",
            Self::UnableToLink => "unable-to-link",
            Self::Unlink => "unlink",
            Self::ReviewLink => "review-link",
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
            Self::ResetPassword => "/log-in/reset-password".to_owned(),
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
            Self::ChangePassword => "/settings/password".to_owned(),
            Self::Sessions => "/settings/sessions".to_owned(),
            Self::TikTokCallback { query } if query.is_empty() => "/tiktok/callback".to_owned(),
            Self::TikTokCallback { query } => format!("/tiktok/callback?{query}"),
            Self::TikTokWaiting => "/tiktok/waiting".to_owned(),
            Self::TikTokOutcome { outcome } => {
                format!("/tiktok/outcome/{}", outcome.name().replace('_', "-"))
            }
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
            "log-in/reset-password" => Self::ResetPassword,
            "log-in/choose" => Self::ChooseAccount,
            "link/finish" => Self::FinishLink,
            "ads-account/new" => Self::CreateAdsAccount,
            "welcome" => Self::Welcome,
            "campaigns" => Self::Campaigns,
            "business-center" => Self::BusinessCenter,
            "settings" | "settings/profile" => Self::Profile { dialog: None },
            "settings/email" => Self::AddEmail,
            "settings/password" => Self::ChangePassword,
            "settings/sessions" => Self::Sessions,
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
            let found = Outcome::ALL
                .into_iter()
                .find(|it| it.name().replace('_', "-") == name);
            found.map(|outcome| Self::TikTokOutcome { outcome })
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
            | Self::ChangePassword
            | Self::Sessions
            | Self::FinishLink => true,
            Self::Home
            | Self::SignUp
            | Self::VerifyEmail
            | Self::LogIn { .. }
            | Self::ResetPassword
            | Self::ChooseAccount
            | Self::TikTokCallback { .. }
            | Self::TikTokWaiting
            | Self::TikTokOutcome { .. } => false,
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
