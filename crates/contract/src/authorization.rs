//! An authorization at TikTok, and what its proof is used for.

use crate::check::Check;
use crate::session::Credentials;
use crate::view::Place;
use domain::authorization::{Outcome, ReturnTo, TikTokProfile};
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
        /// Whether they are.
        terms: bool,
    },
    /// Journeys J2 and J3.
    LogIn,
    /// Journeys J4 and J5. Needs a fresh session.
    Link {
        /// Where it leads back to.
        to: ReturnTo,
    },
    /// To prove again who sits at a session whose account logs in by TikTok alone.
    Confirm,
}

/// Begins an authorization at TikTok.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginAuthorization {
    /// What for.
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

/// Where to send the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Begun {
    /// TikTok's authorize page with everything it needs.
    pub authorize_url: String,
    /// TikTok's log-out, to be opened before when another account is wanted.
    pub log_out_url: String,
}

/// What TikTok's redirect brought, as the query of the callback has it, decoded.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompleteAuthorization {
    /// Ours, unchanged.
    pub state: String,
    /// On success.
    pub code: Option<String>,
    /// On success: what was granted, separated by commas.
    pub scopes: Option<String>,
    /// On failure: a word of OAuth's.
    pub error: Option<String>,
    /// On failure, maybe.
    pub error_description: Option<String>,
}

/// How an authorization ended, and what it was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Completed {
    /// How it ended.
    pub outcome: Outcome,
    /// What for; nothing where this browser may not know.
    pub purpose: Option<Purpose>,
    /// Where to go on when there is nothing to say.
    pub to: Option<Place>,
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
    /// What for.
    pub purpose: Option<Purpose>,
    /// Where it stands.
    #[serde(rename = "standing")]
    pub status: AuthorizationStatus,
}

/// Where the last authorization stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuthorizationStatus {
    /// There is none.
    None,
    /// Nothing came back yet.
    Pending {
        /// Seconds for which it still may.
        left_s: u32,
    },
    /// It came back; its proof can be used.
    Proved {
        /// Whose it is.
        #[serde(rename = "face")]
        profile: TikTokProfile,
        /// How it ended.
        outcome: Outcome,
        /// Seconds for which the proof can be used.
        left_s: u32,
    },
    /// It ended, or its proof is too old.
    Ended {
        /// How.
        outcome: Outcome,
    },
}

/// Uses a proof to create a business account, linked from the start (journey J2).
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateAccount {
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
    /// As typed.
    pub email: String,
    /// As typed.
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
pub struct LinkTikTok {}
