//! What is typed in a draft and not saved yet, as this tab keeps it: over a reload, a log-in, or
//! while the host can't be reached. It may keep nothing; then it is lost with the page.

use domain::draft::{Contents, Step};
use domain::id::DraftId;
use serde::{Deserialize, Serialize};

/// What isn't saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Unsaved {
    /// The version of which it is a change.
    pub(super) version: u32,
    /// The step that is open.
    pub(super) step: Step,
    /// What is typed.
    pub(super) contents: Contents,
}

fn tab() -> Option<web_sys::Storage> {
    // It throws where the user has forbidden it.
    web_sys::window()?.session_storage().ok().flatten()
}

fn key(draft: DraftId) -> String {
    format!("portal.draft.{draft}")
}

/// What isn't saved of a draft.
pub(super) fn read(draft: DraftId) -> Option<Unsaved> {
    let text = tab()?.get_item(&key(draft)).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

/// Keeps it.
pub(super) fn write(draft: DraftId, mine: &Unsaved) {
    if let (Some(tab), Ok(text)) = (tab(), serde_json::to_string(mine)) {
        // Where there is no room, it is still in the page.
        let _ = tab.set_item(&key(draft), &text);
    }
}

/// It is saved, or not wanted any more.
pub(super) fn forget(draft: DraftId) {
    if let Some(tab) = tab() {
        // Nothing to forget is as good.
        let _ = tab.remove_item(&key(draft));
    }
}
