//! What is typed in a draft and not saved yet, as this tab keeps it: over a reload, a log-in, or
//! while the host can't be reached. It may keep nothing; then it is lost with the page.

use crate::json;
use crate::storage;
use domain::draft::{Contents, Step};
use domain::id::DraftId;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Unsaved {
    /// The version of which it is a change.
    pub(super) version: u32,
    pub(super) step: Step,
    pub(super) contents: Contents,
}

fn key(draft: DraftId) -> String {
    format!("portal.draft.{draft}")
}

/// What isn't saved of a draft.
pub(super) fn read(draft: DraftId) -> Option<Unsaved> {
    let text = storage::read_in_tab(&key(draft))?;
    json::read(&text).ok()
}

pub(super) fn write(draft: DraftId, mine: &Unsaved) {
    // Where there is no room, it is still in the page.
    storage::write_in_tab(&key(draft), &json::write(mine));
}

/// It is saved, or not wanted any more.
pub(super) fn forget(draft: DraftId) {
    storage::remove_in_tab(&key(draft));
}
