//! Letters on their way.

use super::Row;
use crate::letter::{Letter, News};
use crate::store::{LetterState, StoredLetter};
use domain::email::Email;
use domain::id::LetterId;
use domain::region::Language;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A letter, by what it says. It may hold a code that is still valid.
#[derive(Serialize, Deserialize)]
pub struct LetterRow {
    to: Email,
    language: String,
    news: NewsRow,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
enum NewsRow {
    Code { code: String, minutes: u64 },
    AccountExists,
    ResetCode { code: String, minutes: u64 },
    NoAccount,
    AddressHeld,
    UndoCode { code: String, minutes: u64 },
    UndoTooLate,
    PasswordChanged,
    EmailChanged,
    EmailRemoved,
    Linked { tiktok: String },
    Unlinked { tiktok: String },
    AuthorizationLost { tiktok: String },
    TransferBegun { tiktok: String },
    TransferStopped { tiktok: String },
    Transferred { tiktok: String },
    PasskeyAdded { name: String },
    PasskeysRemoved { names: String },
    DeletionAsked,
    DeletionStopped,
    AccountDeleted,
    EmailAdded,
    ManyFailures { tries: u32 },
}

/// A letter with what is known of its way.
#[derive(Serialize, Deserialize)]
pub struct StoredLetterRow {
    id: LetterId,
    letter: LetterRow,
    written: Timestamp,
    tries: u32,
    state: StateRow,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
enum StateRow {
    Waiting { due: Timestamp },
    Dead { why: String },
}

impl Row for LetterRow {
    type Of = Letter;
}

impl Row for StoredLetterRow {
    type Of = StoredLetter;
}

impl From<Letter> for LetterRow {
    fn from(Letter { to, language, news }: Letter) -> Self {
        Self {
            to,
            language: language.tag().to_owned(),
            news: match news {
                News::Code { code, minutes } => NewsRow::Code { code, minutes },
                News::AccountExists => NewsRow::AccountExists,
                News::ResetCode { code, minutes } => NewsRow::ResetCode { code, minutes },
                News::NoAccount => NewsRow::NoAccount,
                News::AddressHeld => NewsRow::AddressHeld,
                News::UndoCode { code, minutes } => NewsRow::UndoCode { code, minutes },
                News::UndoTooLate => NewsRow::UndoTooLate,
                News::PasswordChanged => NewsRow::PasswordChanged,
                News::EmailChanged => NewsRow::EmailChanged,
                News::EmailRemoved => NewsRow::EmailRemoved,
                News::Linked { tiktok } => NewsRow::Linked { tiktok },
                News::Unlinked { tiktok } => NewsRow::Unlinked { tiktok },
                News::AuthorizationLost { tiktok } => NewsRow::AuthorizationLost { tiktok },
                News::TransferBegun { tiktok } => NewsRow::TransferBegun { tiktok },
                News::TransferStopped { tiktok } => NewsRow::TransferStopped { tiktok },
                News::Transferred { tiktok } => NewsRow::Transferred { tiktok },
                News::PasskeyAdded { name } => NewsRow::PasskeyAdded { name },
                News::PasskeysRemoved { names } => NewsRow::PasskeysRemoved { names },
                News::DeletionAsked => NewsRow::DeletionAsked,
                News::DeletionStopped => NewsRow::DeletionStopped,
                News::AccountDeleted => NewsRow::AccountDeleted,
                News::EmailAdded => NewsRow::EmailAdded,
                News::ManyFailures { tries } => NewsRow::ManyFailures { tries },
            },
        }
    }
}

impl From<LetterRow> for Letter {
    fn from(LetterRow { to, language, news }: LetterRow) -> Self {
        Self {
            to,
            // One that is spoken no more is better read in another than not at all.
            language: Language::of_tag(&language).unwrap_or_default(),
            news: match news {
                NewsRow::Code { code, minutes } => News::Code { code, minutes },
                NewsRow::AccountExists => News::AccountExists,
                NewsRow::ResetCode { code, minutes } => News::ResetCode { code, minutes },
                NewsRow::NoAccount => News::NoAccount,
                NewsRow::AddressHeld => News::AddressHeld,
                NewsRow::UndoCode { code, minutes } => News::UndoCode { code, minutes },
                NewsRow::UndoTooLate => News::UndoTooLate,
                NewsRow::PasswordChanged => News::PasswordChanged,
                NewsRow::EmailChanged => News::EmailChanged,
                NewsRow::EmailRemoved => News::EmailRemoved,
                NewsRow::Linked { tiktok } => News::Linked { tiktok },
                NewsRow::Unlinked { tiktok } => News::Unlinked { tiktok },
                NewsRow::AuthorizationLost { tiktok } => News::AuthorizationLost { tiktok },
                NewsRow::TransferBegun { tiktok } => News::TransferBegun { tiktok },
                NewsRow::TransferStopped { tiktok } => News::TransferStopped { tiktok },
                NewsRow::Transferred { tiktok } => News::Transferred { tiktok },
                NewsRow::PasskeyAdded { name } => News::PasskeyAdded { name },
                NewsRow::PasskeysRemoved { names } => News::PasskeysRemoved { names },
                NewsRow::DeletionAsked => News::DeletionAsked,
                NewsRow::DeletionStopped => News::DeletionStopped,
                NewsRow::AccountDeleted => News::AccountDeleted,
                NewsRow::EmailAdded => News::EmailAdded,
                NewsRow::ManyFailures { tries } => News::ManyFailures { tries },
            },
        }
    }
}

impl From<StoredLetter> for StoredLetterRow {
    fn from(stored: StoredLetter) -> Self {
        let StoredLetter {
            id,
            letter,
            written,
            tries,
            state,
        } = stored;
        Self {
            id,
            letter: letter.into(),
            written,
            tries,
            state: match state {
                LetterState::Waiting { due } => StateRow::Waiting { due },
                LetterState::Dead { why } => StateRow::Dead { why },
            },
        }
    }
}

impl From<StoredLetterRow> for StoredLetter {
    fn from(row: StoredLetterRow) -> Self {
        let StoredLetterRow {
            id,
            letter,
            written,
            tries,
            state,
        } = row;
        Self {
            id,
            letter: letter.into(),
            written,
            tries,
            state: match state {
                StateRow::Waiting { due } => LetterState::Waiting { due },
                StateRow::Dead { why } => LetterState::Dead { why },
            },
        }
    }
}
