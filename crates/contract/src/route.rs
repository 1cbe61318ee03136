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
    /// Log in by a passkey. No host sends anybody there.
    #[serde(skip)]
    LogInByPasskey {
        /// As of a log-in.
        then: Option<Box<Route>>,
    },
    /// Set another password where the one before is forgotten.
    ResetPassword,
    /// The fork after TikTok.
    ChooseAccount,
    /// Finish a link that waits for a log-in or a password.
    FinishLink,
    /// Move the link of another account to this one.
    MoveLink,
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
    /// The passkeys of the account.
    Passkeys,
    /// Where the account is logged in.
    Sessions,
    /// What is kept of the account, and its deletion.
    MyData,
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
    /// All of it on one page: what is missing, and the way to finish it; once it is finished, what it
    /// says.
    Review,
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
        Self::Review,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Campaign => "campaign",
            Self::AdGroup => "ad-group",
            Self::Ad => "ad",
            Self::UnableToLink => "ad/unable-to-link",
            Self::Review => "review",
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
const LOG_IN: &str = "log-in";
const LOG_IN_BY_PASSKEY: &str = "log-in/passkey";
const CALLBACK: &str = "tiktok/callback";

/// The routes that are one address each, without the `/` that it begins with. Both ways read it.
static FIXED: [(Route, &str); 18] = [
    (Route::Home, ""),
    (Route::SignUp, "sign-up"),
    (Route::VerifyEmail, "sign-up/verify"),
    (Route::ResetPassword, "log-in/reset-password"),
    (Route::ChooseAccount, "log-in/choose"),
    (Route::FinishLink, "link/finish"),
    (Route::MoveLink, "link/move"),
    (Route::CreateAdsAccount, "ads-account/new"),
    (Route::Welcome, "welcome"),
    (Route::Campaigns, "campaigns"),
    (Route::BusinessCenter, "business-center"),
    (Route::Profile { dialog: None }, "settings/profile"),
    (Route::AddEmail, "settings/email"),
    (Route::ChangePassword, "settings/password"),
    (Route::Passkeys, "settings/passkeys"),
    (Route::Sessions, "settings/sessions"),
    (Route::MyData, "settings/data"),
    (Route::TikTokWaiting, "tiktok/waiting"),
];

impl Route {
    /// Its address: the path, with the query where it has one.
    pub fn path(&self) -> String {
        match self {
            Self::LogIn { then } => with_then(LOG_IN, then.as_deref()),
            Self::LogInByPasskey { then } => with_then(LOG_IN_BY_PASSKEY, then.as_deref()),
            Self::Campaign { draft, screen } => format!("/campaigns/{draft}/{}", screen.path()),
            Self::Profile {
                dialog: Some(dialog),
            } => format!("/settings/profile/{}", dialog.path()),
            Self::TikTokCallback { query } if query.is_empty() => format!("/{CALLBACK}"),
            Self::TikTokCallback { query } => format!("/{CALLBACK}?{query}"),
            Self::TikTokOutcome { outcome } => {
                format!("/tiktok/outcome/{}", outcome.name().replace('_', "-"))
            }
            Self::Home
            | Self::SignUp
            | Self::VerifyEmail
            | Self::ResetPassword
            | Self::ChooseAccount
            | Self::FinishLink
            | Self::MoveLink
            | Self::CreateAdsAccount
            | Self::Welcome
            | Self::Campaigns
            | Self::BusinessCenter
            | Self::Profile { dialog: None }
            | Self::AddEmail
            | Self::ChangePassword
            | Self::Passkeys
            | Self::Sessions
            | Self::MyData
            | Self::TikTokWaiting => {
                let fixed = FIXED.iter().find(|(route, _)| route == self);
                format!("/{}", fixed.map_or("", |(_, path)| path))
            }
        }
    }

    /// The route of a path and its query (without the `?`). A `then` that is none of ours is
    /// dropped: nobody can send a user elsewhere through our address.
    pub fn parse(path: &str, query: &str) -> Option<Self> {
        let path = path.strip_prefix('/')?;
        let path = path.strip_suffix('/').unwrap_or(path);
        if let Some((route, _)) = FIXED.iter().find(|(_, fixed)| *fixed == path) {
            return Some(route.clone());
        }
        Some(match path {
            LOG_IN => Self::LogIn {
                then: Self::parse_then(query),
            },
            LOG_IN_BY_PASSKEY => Self::LogInByPasskey {
                then: Self::parse_then(query),
            },
            "settings" => Self::Profile { dialog: None },
            CALLBACK => Self::TikTokCallback {
                query: query.to_owned(),
            },
            other => return Self::parse_deeper(other),
        })
    }

    /// Where a log-in is to lead.
    fn parse_then(query: &str) -> Option<Box<Self>> {
        let then = query::value(query, THEN)?;
        Self::parse_address(&then)
            .filter(Self::may_follow_log_in)
            .map(Box::new)
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
            // As it was spelled until December 2026: it may be bookmarked.
            let name = if name == "done" { "review" } else { name };
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
            | Self::Passkeys
            | Self::Sessions
            | Self::MyData
            | Self::FinishLink
            | Self::MoveLink => true,
            Self::Home
            | Self::SignUp
            | Self::VerifyEmail
            | Self::LogIn { .. }
            | Self::LogInByPasskey { .. }
            | Self::ResetPassword
            | Self::ChooseAccount
            | Self::TikTokCallback { .. }
            | Self::TikTokWaiting
            | Self::TikTokOutcome { .. } => false,
        }
    }
}

/// The address of a log-in that leads on to a page.
fn with_then(path: &str, then: Option<&Route>) -> String {
    then.map_or_else(
        || format!("/{path}"),
        |then| format!("/{path}?{THEN}={}", query::encode(&then.path())),
    )
}

impl From<Stage> for CampaignScreen {
    /// Where a draft is gone on with, or read.
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Editing { step } => step.into(),
            Stage::Finished => Self::Review,
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
