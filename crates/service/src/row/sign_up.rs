//! Addresses that wait to be proven.

use super::Row;
use domain::email::Email;
use domain::id::AccountId;
use domain::region::{Country, Language};
use domain::sign_up::{Purpose, SignUp, State};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An address that waits to be proven.
#[derive(Serialize, Deserialize)]
pub struct SignUpRow {
    email: Email,
    /// One of a release before has it always.
    password_hash: Option<String>,
    purpose: PurposeRow,
    state: StateRow,
    /// Nobody can go on with one of a release before: it lived for ten minutes.
    #[serde(default)]
    secret_hash: String,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "purpose", rename_all = "snake_case")]
enum PurposeRow {
    SignUp { region: Country, language: Language },
    AddEmail { account: AccountId },
    ChangeEmail { account: AccountId },
    ResetPassword { language: Language },
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
enum StateRow {
    AwaitingCode {
        code: Option<String>,
        sent: Timestamp,
        tries: u32,
        #[serde(default)]
        older: Vec<String>,
    },
    Verified,
}

impl Row for SignUpRow {
    type Of = SignUp;
}

impl From<SignUp> for SignUpRow {
    fn from(sign_up: SignUp) -> Self {
        let SignUp {
            email,
            password_hash,
            purpose,
            state,
            secret_hash,
        } = sign_up;
        Self {
            email,
            password_hash,
            purpose: match purpose {
                Purpose::SignUp { region, language } => PurposeRow::SignUp { region, language },
                Purpose::AddEmail { account } => PurposeRow::AddEmail { account },
                Purpose::ChangeEmail { account } => PurposeRow::ChangeEmail { account },
                Purpose::ResetPassword { language } => PurposeRow::ResetPassword { language },
            },
            state: match state {
                State::AwaitingCode {
                    code,
                    sent,
                    tries,
                    older,
                } => StateRow::AwaitingCode {
                    code,
                    sent,
                    tries,
                    older,
                },
                State::Verified => StateRow::Verified,
            },
            secret_hash,
        }
    }
}

impl From<SignUpRow> for SignUp {
    fn from(row: SignUpRow) -> Self {
        let SignUpRow {
            email,
            password_hash,
            purpose,
            state,
            secret_hash,
        } = row;
        Self {
            // It becomes an account's: in the spelling by which that is found.
            email: Email::respelled(email.as_str()).unwrap_or(email),
            password_hash,
            purpose: match purpose {
                PurposeRow::SignUp { region, language } => Purpose::SignUp { region, language },
                PurposeRow::AddEmail { account } => Purpose::AddEmail { account },
                PurposeRow::ChangeEmail { account } => Purpose::ChangeEmail { account },
                PurposeRow::ResetPassword { language } => Purpose::ResetPassword { language },
            },
            state: match state {
                StateRow::AwaitingCode {
                    code,
                    sent,
                    tries,
                    older,
                } => State::AwaitingCode {
                    code,
                    sent,
                    tries,
                    older,
                },
                StateRow::Verified => State::Verified,
            },
            secret_hash,
        }
    }
}
