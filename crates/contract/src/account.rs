//! User Settings: personal info and the TikTok account.

use crate::check::Check;
use crate::transfer::PendingTransfer;
use domain::authorization::TikTokProfile;
use domain::business::person_name;
use domain::email::Email;
use domain::grant::GrantFault;
use domain::input::{Fault, Faults, Field, FieldFault};
use domain::link::LogInMethods;
use domain::password::Password;
use domain::region::{Country, Language};
use domain::rollout::Availability;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Asks for the profile.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GetProfile {}

/// What User Settings show of the account that is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    /// The person's name; empty where it isn't given.
    pub name: String,
    /// The verified e-mail address as it is shown, where there is one.
    pub email: Option<String>,
    /// The country or region.
    pub region: Option<Country>,
    /// The language of the e-mails.
    pub language: Language,
    /// The linked TikTok account.
    pub tiktok: Option<TikTokProfile>,
    /// When it was linked.
    #[serde(default)]
    pub linked: Option<Timestamp>,
    /// Why its owner has to authorize it again, where TikTok doesn't take what they granted any more.
    #[serde(default)]
    pub authorize_again: Option<GrantFault>,
    /// The transfer of a link that this account takes part in.
    #[serde(default)]
    pub transfer: Option<PendingTransfer>,
    /// Whether one can be linked.
    pub availability: Availability,
    /// The ways to log in.
    pub methods: LogInMethods,
    /// Whether what changes log-in methods asks for the password first.
    pub confirm_first: bool,
}

/// Changes the personal info.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateProfile {
    /// As typed; it may be empty.
    pub name: String,
    /// The language of the e-mails.
    pub language: Language,
}

impl Check for UpdateProfile {
    type Checked = Option<String>;
    fn check(&self) -> Result<Option<String>, Vec<FieldFault>> {
        let mut faults = Faults::new();
        faults
            .take(Field::Name, person_name(&self.name))
            .ok_or_else(|| faults.found())
    }
}

/// Sets another password, and ends every other session. Needs a fresh session.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password that is wanted from now on, as typed.
    pub new_password: String,
}

impl ChangePassword {
    /// The password, for the account of an address: a page may not know it.
    pub fn check_for(&self, email: Option<&Email>) -> Result<Password, Vec<FieldFault>> {
        let mut faults = Faults::new();
        faults
            .take(
                Field::NewPassword,
                Password::parse(&self.new_password, email),
            )
            .ok_or_else(|| faults.found())
    }
}

impl Check for ChangePassword {
    type Checked = Password;
    fn check(&self) -> Result<Password, Vec<FieldFault>> {
        self.check_for(None)
    }
}

/// Has a code sent to another address, which is the account's once the code is typed. Whether the
/// address has an account can't be seen in the reply. Needs a fresh session.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeEmail {
    /// The address that is wanted from now on, as typed.
    pub new_email: String,
}

impl ChangeEmail {
    /// The address, for an account that has another `now`.
    pub fn check_for(&self, now: Option<&Email>) -> Result<Email, Vec<FieldFault>> {
        let mut faults = Faults::new();
        let new = Email::parse_new(&self.new_email).and_then(|new| {
            if now == Some(&new) {
                Err(Fault::Unchanged)
            } else {
                Ok(new)
            }
        });
        faults
            .take(Field::NewEmail, new)
            .ok_or_else(|| faults.found())
    }
}

impl Check for ChangeEmail {
    type Checked = Email;
    fn check(&self) -> Result<Email, Vec<FieldFault>> {
        self.check_for(None)
    }
}

/// Ends the link, and the grant at TikTok. Needs a fresh session, and another way to log in.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UnlinkTikTok {}
