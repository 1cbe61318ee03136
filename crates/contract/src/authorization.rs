//! An authorization at TikTok, and what its proof is used for.

use crate::check::Check;
use crate::route::{CampaignScreen, ProfileDialog, Route};
use crate::session::Credentials;
use domain::authorization::{Outcome, ReturnTo, TikTokProfile};
use domain::id::AuthorizationId;
use domain::input::{Faults, Field, FieldFault, agreed};
use domain::region::{Country, Language};
use serde::{Deserialize, Serialize};

/// What an authorization is begun for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Purpose {
    /// Journey J1. The terms must be agreed to before.
    SignUp {
        /// True, or the request is refused.
        terms: bool,
    },
    /// Journeys J2 and J3.
    LogIn,
    /// Journeys J4 and J5. Needs a fresh session.
    Link {
        /// The page to which the user returns once the link is made.
        to: ReturnTo,
    },
    /// To prove again who sits at a session whose account logs in by TikTok alone.
    Confirm,
}

impl Purpose {
    /// The page on which it is begun, and to which "Back" returns.
    pub const fn origin(self) -> Route {
        match self {
            Self::SignUp { .. } => Route::SignUp,
            Self::LogIn => Route::LogIn { then: None },
            Self::Link {
                to: ReturnTo::Profile,
            }
            | Self::Confirm => Route::Profile { dialog: None },
            Self::Link {
                to: ReturnTo::Ad { draft },
            } => Route::Campaign {
                draft,
                screen: CampaignScreen::Ad,
            },
        }
    }

    /// Where the owner of a session confirms who they are before it is begun (`confirm_first`).
    pub const fn confirmation(self) -> Route {
        match self {
            // The ad opens the dialog by itself, once its link is asked for.
            Self::Link {
                to: ReturnTo::Ad { .. },
            }
            | Self::SignUp { .. }
            | Self::LogIn => self.origin(),
            Self::Link {
                to: ReturnTo::Profile,
            }
            | Self::Confirm => Route::Profile {
                dialog: Some(ProfileDialog::Confirm),
            },
        }
    }
}

/// Begins an authorization at TikTok.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginAuthorization {
    /// What the proof will be used for.
    pub purpose: Purpose,
    /// The country or region that a guest chose.
    #[serde(default)]
    pub region: Option<Country>,
    /// The language of the page.
    #[serde(default)]
    pub language: Language,
}

impl Check for BeginAuthorization {
    type Checked = ();
    fn check(&self) -> Result<(), Vec<FieldFault>> {
        let mut faults = Faults::new();
        match self.purpose {
            Purpose::SignUp { terms } => faults.take(Field::Terms, agreed(terms)),
            Purpose::LogIn | Purpose::Link { .. } | Purpose::Confirm => Some(()),
        }
        .ok_or_else(|| faults.found())
    }
}

/// The two addresses of TikTok's that the browser needs next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Begun {
    /// TikTok's authorize page with everything it needs.
    pub authorize_url: String,
    /// TikTok's log-out, to be opened before when another account is wanted.
    pub log_out_url: String,
}

/// Hands on what TikTok's redirect brought.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompleteAuthorization {
    /// The whole query of the redirect as it came, without its `?`.
    pub query: String,
}

/// How an authorization ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Completed {
    /// The outcome, the same each time the callback is posted.
    pub outcome: Outcome,
    /// The page or the dialog to go to.
    pub to: Route,
}

/// Asks for the last authorization of this browser.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GetAuthorization {}

/// The last authorization of this browser, if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastAuthorization {
    /// Which one it is, for the request that uses its proof; nothing where no proof waits.
    pub id: Option<AuthorizationId>,
    /// The purpose with which it began; nothing where there is no authorization.
    pub purpose: Option<Purpose>,
    /// The page or the dialog that it leads to now.
    pub to: Route,
    /// Whether it is pending, proved or ended.
    #[serde(rename = "standing")]
    pub status: AuthorizationStatus,
}

/// The status of the last authorization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuthorizationStatus {
    /// This browser has begun no authorization, or it was forgotten.
    None,
    /// The user is at TikTok, or the code is being exchanged.
    Pending {
        /// Seconds until it expires.
        left_s: u32,
    },
    /// It came back; its proof can be used.
    Proved {
        /// The TikTok account that was proven.
        #[serde(rename = "face")]
        profile: TikTokProfile,
        /// What the proof waits for.
        outcome: Outcome,
        /// Seconds for which the proof can be used.
        left_s: u32,
    },
    /// It ended, or its proof is too old.
    Ended {
        /// Why it ended, or what came of it.
        outcome: Outcome,
    },
}

/// Uses a proof to create a business account, linked from the start (journey J2).
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateAccount {
    /// The authorization whose proof the page shows: in this browser another may have come back
    /// since. A client that shows none leaves it out, and means the last one.
    #[serde(default)]
    pub authorization: Option<AuthorizationId>,
    /// Whether the terms are agreed to.
    pub terms: bool,
    /// The country or region that the guest chose.
    pub region: Option<Country>,
    /// The language of the account's e-mails.
    pub language: Language,
}

impl Check for CreateAccount {
    type Checked = ();
    fn check(&self) -> Result<(), Vec<FieldFault>> {
        let mut faults = Faults::new();
        faults
            .take(Field::Terms, agreed(self.terms))
            .ok_or_else(|| faults.found())
    }
}

/// Uses a proof to link a business account whose credentials are given, and logs in to it (J3).
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkExisting {
    /// The authorization whose proof the page shows: in this browser another may have come back
    /// since. A client that shows none leaves it out, and means the last one.
    #[serde(default)]
    pub authorization: Option<AuthorizationId>,
    /// The business account's e-mail address, as typed.
    pub email: String,
    /// Its password, as typed.
    pub password: String,
}

impl Check for LinkExisting {
    type Checked = Credentials;
    fn check(&self) -> Result<Credentials, Vec<FieldFault>> {
        Credentials::check(&self.email, &self.password)
    }
}

/// Uses the proof of a link that waited for a log-in or a password. Needs a fresh session.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkTikTok {
    /// The authorization whose proof the page shows: in this browser another may have come back
    /// since. A client that shows none leaves it out, and means the last one.
    #[serde(default)]
    pub authorization: Option<AuthorizationId>,
}
