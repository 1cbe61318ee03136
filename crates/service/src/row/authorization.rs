//! Authorizations.

use super::sealable::SealableRow;
use super::{GrantRow, ProfileRow, Row, Shaped, spelled};
use crate::store::StoredAuthorization;
use domain::authorization::{Authorization, Intent, Outcome, Phase, Proof, ReturnTo};
use domain::id::{AccountId, AuthorizationId, BrowserId, DraftId, OpenId};
use domain::region::{Country, Language};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An authorization with what is needed to exchange its code.
#[derive(Serialize, Deserialize)]
pub struct AuthorizationRow {
    id: AuthorizationId,
    authorization: MachineRow,
    verifier: SealableRow<String>,
    region: Option<Country>,
    language: Language,
    grant: Option<SealableRow<Shaped<GrantRow>>>,
    /// A proof of a release before it can't be used any more: it lived for ten minutes.
    #[serde(default)]
    secret_hash: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct MachineRow {
    intent: IntentRow,
    browser: BrowserId,
    begun: Timestamp,
    #[serde(rename = "state")]
    phase: PhaseRow,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "intent", rename_all = "snake_case")]
enum IntentRow {
    SignUp,
    LogIn,
    Link {
        account: AccountId,
        #[serde(rename = "back")]
        return_to: ReturnToRow,
    },
    Confirm {
        account: AccountId,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ReturnToRow {
    Profile,
    Ad { draft: DraftId },
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
enum PhaseRow {
    Pending,
    Exchanging {
        since: Timestamp,
    },
    Proved {
        proof: ProofRow,
        outcome: OutcomeRow,
    },
    Ended {
        outcome: OutcomeRow,
    },
}

#[derive(Serialize, Deserialize)]
struct ProofRow {
    open_id: OpenId,
    union_id: Option<String>,
    #[serde(rename = "face")]
    profile: Shaped<ProfileRow>,
    proven: Timestamp,
}

impl Row for AuthorizationRow {
    type Of = StoredAuthorization;
}

impl From<StoredAuthorization> for AuthorizationRow {
    fn from(stored: StoredAuthorization) -> Self {
        let StoredAuthorization {
            id,
            authorization:
                Authorization {
                    intent,
                    browser,
                    begun,
                    phase,
                },
            verifier,
            region,
            language,
            grant,
            secret_hash,
        } = stored;
        Self {
            id,
            authorization: MachineRow {
                intent: intent.into(),
                browser,
                begun,
                phase: phase.into(),
            },
            verifier: SealableRow::of(verifier, |verifier| verifier),
            region,
            language,
            grant: grant.map(|grant| SealableRow::of(grant, Shaped)),
            secret_hash,
        }
    }
}

impl From<AuthorizationRow> for StoredAuthorization {
    fn from(row: AuthorizationRow) -> Self {
        let AuthorizationRow {
            id,
            authorization:
                MachineRow {
                    intent,
                    browser,
                    begun,
                    phase,
                },
            verifier,
            region,
            language,
            grant,
            secret_hash,
        } = row;
        Self {
            id,
            authorization: Authorization {
                intent: intent.into(),
                browser,
                begun,
                phase: phase.into(),
            },
            verifier: verifier.read(|verifier| verifier),
            region,
            language,
            grant: grant.map(|grant| grant.read(|Shaped(grant)| grant)),
            secret_hash,
        }
    }
}

impl From<Intent> for IntentRow {
    fn from(intent: Intent) -> Self {
        match intent {
            Intent::SignUp => Self::SignUp,
            Intent::LogIn => Self::LogIn,
            Intent::Link { account, return_to } => Self::Link {
                account,
                return_to: match return_to {
                    ReturnTo::Profile => ReturnToRow::Profile,
                    ReturnTo::Ad { draft } => ReturnToRow::Ad { draft },
                },
            },
            Intent::Confirm { account } => Self::Confirm { account },
        }
    }
}

impl From<IntentRow> for Intent {
    fn from(row: IntentRow) -> Self {
        match row {
            IntentRow::SignUp => Self::SignUp,
            IntentRow::LogIn => Self::LogIn,
            IntentRow::Link { account, return_to } => Self::Link {
                account,
                return_to: match return_to {
                    ReturnToRow::Profile => ReturnTo::Profile,
                    ReturnToRow::Ad { draft } => ReturnTo::Ad { draft },
                },
            },
            IntentRow::Confirm { account } => Self::Confirm { account },
        }
    }
}

impl From<Phase> for PhaseRow {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Pending => Self::Pending,
            Phase::Exchanging { since } => Self::Exchanging { since },
            Phase::Proved {
                proof:
                    Proof {
                        open_id,
                        union_id,
                        profile,
                        proven,
                    },
                outcome,
            } => Self::Proved {
                proof: ProofRow {
                    open_id,
                    union_id,
                    profile: Shaped(profile),
                    proven,
                },
                outcome: outcome.into(),
            },
            Phase::Ended { outcome } => Self::Ended {
                outcome: outcome.into(),
            },
        }
    }
}

impl From<PhaseRow> for Phase {
    fn from(row: PhaseRow) -> Self {
        match row {
            PhaseRow::Pending => Self::Pending,
            PhaseRow::Exchanging { since } => Self::Exchanging { since },
            PhaseRow::Proved {
                proof:
                    ProofRow {
                        open_id,
                        union_id,
                        profile: Shaped(profile),
                        proven,
                    },
                outcome,
            } => Self::Proved {
                proof: Proof {
                    open_id,
                    union_id,
                    profile,
                    proven,
                },
                outcome: outcome.into(),
            },
            PhaseRow::Ended { outcome } => Self::Ended {
                outcome: outcome.into(),
            },
        }
    }
}

spelled! {
    OutcomeRow of Outcome {
        SignedUp = "signed_up",
        LoggedIn = "logged_in",
        ChooseAccount = "choose_account",
        Linked = "linked",
        AlreadyYours = "already_yours",
        AlreadyLinked = "already_linked",
        AccountHasLink = "account_has_link",
        ConfirmNeeded = "confirm_needed",
        SessionEnded = "session_ended",
        Confirmed = "confirmed",
        ConfirmedByAnother = "confirmed_by_another",
        Cancelled = "cancelled",
        ScopeDenied = "scope_denied",
        TikTokFailed = "tiktok_failed",
        NotAvailable = "not_available",
        Expired = "expired",
        OtherBrowser = "other_browser",
        Unknown = "unknown",
    }
}
