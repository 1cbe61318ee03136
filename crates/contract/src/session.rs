//! Who is there: log in, log out, and prove again who you are.

use crate::check::Check;
use crate::route::Route;
use domain::activity::Event;
use domain::email::Email;
use domain::id::{AccountId, ActivityId};
use domain::input::{Faults, Field, FieldFault};
use domain::password::Password;
use domain::region::{Country, Language};
use domain::rollout::Availability;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The request header in which a page says for whom it was drawn: the id of an account, or
/// [`NOBODY`]. Where the session is another's, what runs for a member is refused with
/// `other_account`. A client without pages leaves it out, and acts for its session.
pub const ACCOUNT_HEADER: &str = "portal-account";

/// What a page says in [`ACCOUNT_HEADER`] that was drawn while nobody was logged in.
pub const NOBODY: &str = "none";

/// Asks who is logged in, and whether the TikTok buttons work for them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GetSession {
    /// The country or region that a guest chose. A host that knows better (by the network, or by
    /// the account) doesn't ask.
    pub region: Option<Country>,
}

/// Who is logged in, and whether the TikTok buttons work for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The member, where someone is logged in.
    pub member: Option<Member>,
    /// The page for who is on the way to no other: the log-in, or the next unfinished step.
    pub home: Route,
    /// Whether the TikTok buttons work.
    pub tiktok: Availability,
    /// The region by which that was decided, where one is known.
    pub region: Option<Country>,
    /// Whether this host stands in for TikTok by an emulator: a banner says so.
    pub demonstration: bool,
}

/// Someone who is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// The id of their business account.
    pub account: AccountId,
    /// How to call them: their name, their TikTok account's, or their e-mail address.
    pub name: String,
    /// Their e-mail address as it is shown, where they have one.
    pub email: Option<String>,
    /// How far their Ads Manager account is.
    pub ads_account: AdsStage,
    /// The language of their e-mails.
    pub language: Language,
    /// When the account is deleted, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deletion: Option<Timestamp>,
}

/// How far an Ads Manager account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AdsStage {
    /// No Ads Manager account has been created.
    Missing,
    /// It is created and waits to be completed.
    Created,
    /// It is ready for campaigns.
    Complete,
}

/// Logs in by e-mail address and password.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// The e-mail address, as typed.
    pub email: String,
    /// The password, as typed.
    pub password: String,
    /// The page that asked for the log-in. The reply leads back to it.
    pub then: Option<Route>,
}

/// An e-mail address and a password that may belong together.
#[derive(Debug)]
pub struct Credentials {
    /// A valid address.
    pub email: Email,
    /// The password to try.
    pub password: Password,
}

impl Credentials {
    /// Checks both as typed.
    pub fn check(email: &str, password: &str) -> Result<Self, Vec<FieldFault>> {
        let mut faults = Faults::new();
        let email = faults.take(Field::Email, Email::parse(email));
        let password = faults.take(Field::Password, Password::tried(password));
        match (email, password) {
            (Some(email), Some(password)) => Ok(Self { email, password }),
            (None, _) | (_, None) => Err(faults.found()),
        }
    }
}

impl Check for LogIn {
    type Checked = Credentials;
    fn check(&self) -> Result<Credentials, Vec<FieldFault>> {
        Credentials::check(&self.email, &self.password)
    }
}

/// Ends the session. It answers so even where there is none.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LogOut {}

/// Asks in which browsers the account is logged in.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ListSessions {}

/// Ends a session of the account, or each but the one that asks. One that has ended already is as good.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EndSessions {
    /// Which of them ([`ListedSession::id`]); without it each but the one that asks.
    pub id: Option<String>,
}

/// The sessions of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionList {
    /// The one that asks, then the last seen first.
    pub sessions: Vec<ListedSession>,
}

/// A session in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListedSession {
    /// By which it is ended. It changes with the session's token, as when its owner proves again who they
    /// are.
    pub id: String,
    /// The product's name of the browser, where it is known.
    pub browser: Option<String>,
    /// The product's name of its system, where it is known.
    pub system: Option<String>,
    /// Where it was seen last, where the network told.
    pub country: Option<Country>,
    /// When its owner logged in.
    pub begun: Timestamp,
    /// When it was seen last, to a minute.
    pub seen: Timestamp,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// Asks for the security activity of the account.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ListActivity {
    /// The entry after which the list goes on; from the newest on where it isn't given.
    #[serde(default)]
    pub after: Option<ActivityPlace>,
}

/// The security activity of an account in the last 180 days, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivityList {
    /// The newest first, 100 at most.
    pub activity: Vec<ListedActivity>,
    /// The last of them, where there are older ones.
    pub next: Option<ActivityPlace>,
}

/// The place of an entry of the security activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ActivityPlace {
    /// When it happened.
    pub at: Timestamp,
    /// The entry's id.
    pub id: ActivityId,
}

/// Something that happened to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListedActivity {
    /// What happened.
    pub event: Event,
    /// When.
    pub at: Timestamp,
    /// The product's name of the browser, where it is known.
    pub browser: Option<String>,
    /// The product's name of its system, where it is known.
    pub system: Option<String>,
    /// Where from, where the network told.
    pub country: Option<Country>,
}

/// Proves again who sits at a session, which is fresh then for ten minutes.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmPassword {
    /// The password, as typed.
    pub password: String,
}

impl Check for ConfirmPassword {
    type Checked = Password;
    fn check(&self) -> Result<Password, Vec<FieldFault>> {
        let mut faults = Faults::new();
        let password = faults.take(Field::Password, Password::tried(&self.password));
        password.ok_or_else(|| faults.found())
    }
}
