//! Passkeys and the ceremonies that are under way: on the server, columns alone.

use super::Row;
use crate::store::Passkey;
use domain::id::AccountId;
use domain::passkey::{Ceremony, Purpose};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct PasskeyRow {
    id: String,
    account: AccountId,
    name: String,
    algorithm: i64,
    public_key: String,
    counter: u32,
    backup_eligible: bool,
    backed_up: bool,
    created: Timestamp,
    used: Option<Timestamp>,
}

impl Row for PasskeyRow {
    type Of = Passkey;
}

impl From<Passkey> for PasskeyRow {
    fn from(passkey: Passkey) -> Self {
        let Passkey {
            id,
            account,
            name,
            algorithm,
            public_key,
            counter,
            backup_eligible,
            backed_up,
            created,
            used,
        } = passkey;
        Self {
            id,
            account,
            name,
            algorithm,
            public_key,
            counter,
            backup_eligible,
            backed_up,
            created,
            used,
        }
    }
}

impl From<PasskeyRow> for Passkey {
    fn from(row: PasskeyRow) -> Self {
        let PasskeyRow {
            id,
            account,
            name,
            algorithm,
            public_key,
            counter,
            backup_eligible,
            backed_up,
            created,
            used,
        } = row;
        Self {
            id,
            account,
            name,
            algorithm,
            public_key,
            counter,
            backup_eligible,
            backed_up,
            created,
            used,
        }
    }
}

/// A ceremony that is under way.
#[derive(Serialize, Deserialize)]
pub struct CeremonyRow {
    purpose: PurposeRow,
    challenge: String,
    begun: Timestamp,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "purpose", rename_all = "snake_case")]
enum PurposeRow {
    Add { account: AccountId },
    LogIn,
    Confirm { account: AccountId },
}

impl Row for CeremonyRow {
    type Of = Ceremony;
}

impl From<Ceremony> for CeremonyRow {
    fn from(ceremony: Ceremony) -> Self {
        Self {
            purpose: match ceremony.purpose {
                Purpose::Add { account } => PurposeRow::Add { account },
                Purpose::LogIn => PurposeRow::LogIn,
                Purpose::Confirm { account } => PurposeRow::Confirm { account },
            },
            challenge: ceremony.challenge,
            begun: ceremony.begun,
        }
    }
}

impl From<CeremonyRow> for Ceremony {
    fn from(row: CeremonyRow) -> Self {
        Self {
            purpose: match row.purpose {
                PurposeRow::Add { account } => Purpose::Add { account },
                PurposeRow::LogIn => Purpose::LogIn,
                PurposeRow::Confirm { account } => Purpose::Confirm { account },
            },
            challenge: row.challenge,
            begun: row.begun,
        }
    }
}
