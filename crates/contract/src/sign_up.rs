//! An e-mail address with a password: signing up by them, adding them to an account, or setting
//! another password where the one before is forgotten.

use crate::check::Check;
use domain::email::Email;
use domain::input::{Faults, Field, FieldFault, agreed};
use domain::password::Password;
use domain::region::{Country, Language};
use domain::sign_up::code;
use serde::{Deserialize, Serialize};

/// Signs up by e-mail address and password. Whether the address has an account can't be seen in
/// the reply: the e-mail alone tells its owner.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    /// The e-mail address, as typed.
    pub email: String,
    /// The password, as typed.
    pub password: String,
    /// The country or region, as chosen; empty when nothing is.
    pub region: String,
    /// Whether the terms are agreed to.
    pub terms: bool,
    /// The language of the page, and of the e-mails from then on.
    pub language: Language,
}

/// A sign-up without faults.
#[derive(Debug)]
pub struct NewAccount {
    /// A valid address, in lower case.
    pub email: Email,
    /// A password that may be set.
    pub password: Password,
    /// The country or region.
    pub region: Country,
}

impl Check for SignUp {
    type Checked = NewAccount;
    fn check(&self) -> Result<NewAccount, Vec<FieldFault>> {
        let mut faults = Faults::new();
        let region = faults.take(Field::Region, Country::parse(&self.region));
        let email = faults.take(Field::Email, Email::parse_new(&self.email));
        let password = faults.take(
            Field::Password,
            Password::parse(&self.password, email.as_ref()),
        );
        let terms = faults.take(Field::Terms, agreed(self.terms));
        match (region, email, password, terms) {
            (Some(region), Some(email), Some(password), Some(())) => Ok(NewAccount {
                email,
                password,
                region,
            }),
            (_, _, _, _) => Err(faults.found()),
        }
    }
}

/// Gives an account that has only TikTok an e-mail address and a password. Needs a fresh session.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddEmail {
    /// The e-mail address, as typed.
    pub email: String,
    /// The password, as typed.
    pub password: String,
}

/// An address and a new password.
#[derive(Debug)]
pub struct NewLogIn {
    /// A valid address, in lower case.
    pub email: Email,
    /// A password that may be set.
    pub password: Password,
}

impl NewLogIn {
    /// Checks both as typed; the password in the `field` that asks for it.
    fn check(email: &str, password: &str, field: Field) -> Result<Self, Vec<FieldFault>> {
        let mut faults = Faults::new();
        let email = faults.take(Field::Email, Email::parse_new(email));
        let password = faults.take(field, Password::parse(password, email.as_ref()));
        match (email, password) {
            (Some(email), Some(password)) => Ok(Self { email, password }),
            (None, _) | (_, None) => Err(faults.found()),
        }
    }
}

impl Check for AddEmail {
    type Checked = NewLogIn;
    fn check(&self) -> Result<NewLogIn, Vec<FieldFault>> {
        NewLogIn::check(&self.email, &self.password, Field::Password)
    }
}

/// Sets another password for the account of an address, once its owner has typed the code that is
/// sent there. Whether the address has an account can't be seen in the reply.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    /// The e-mail address, as typed.
    pub email: String,
    /// The password that is wanted from then on, as typed.
    pub new_password: String,
    /// The language of the page.
    pub language: Language,
}

impl Check for ResetPassword {
    type Checked = NewLogIn;
    fn check(&self) -> Result<NewLogIn, Vec<FieldFault>> {
        NewLogIn::check(&self.email, &self.new_password, Field::NewPassword)
    }
}

/// Asks which address waits to be proven in this browser.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GetSignUp {}

/// The address that waits, if one does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingCode {
    /// The e-mail that went out.
    pub sent: Option<CodeSent>,
}

/// Asks for another code.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResendCode {
    /// The address that the page shows, in any spelling: in this browser another may wait by now. A
    /// client that shows none leaves it out, and means whichever waits.
    #[serde(default)]
    pub email: Option<String>,
}

/// An e-mail went out, with a code or with the news that there is an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeSent {
    /// The recipient's address as it is shown: its domain in letters, where those can't be taken for
    /// others, else in A-labels.
    pub email: String,
    /// Seconds until another can be asked for.
    pub resend_after_s: u32,
    /// Minutes for which a code can be typed.
    pub code_life_minutes: u32,
    /// Digits of the code.
    #[serde(default = "digits_of_first_release")]
    pub code_digits: u32,
    /// What comes of the right code.
    #[serde(default)]
    pub purpose: CodePurpose,
}

/// A server of the release before doesn't say it.
const fn digits_of_first_release() -> u32 {
    6
}

/// What comes of the right code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CodePurpose {
    /// A new account.
    #[default]
    SignUp,
    /// The account that asked has an address and a password.
    AddEmail,
    /// The account that asked has another address.
    ChangeEmail,
    /// The account of the address has another password.
    ResetPassword,
}

/// Proves the address by the code that was sent to it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VerifyEmail {
    /// The address that the page shows, as for [`ResendCode`]. The code of another costs no try.
    #[serde(default)]
    pub email: Option<String>,
    /// The code, as typed; white space is ignored.
    pub code: String,
}

impl Check for VerifyEmail {
    type Checked = String;
    fn check(&self) -> Result<String, Vec<FieldFault>> {
        let mut faults = Faults::new();
        let code = faults.take(Field::Code, code(&self.code));
        code.ok_or_else(|| faults.found())
    }
}
