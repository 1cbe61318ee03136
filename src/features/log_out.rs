//! Logging out, which also ends what waits in this browser.

use crate::autosave;
use crate::client::use_client;
use crate::navigate::{History, Navigator};
use crate::session::use_session;
use crate::{storage, text};
use contract::session::LogOut;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Logs out and goes on. A failure is shown where the session's `log_out_failure` is.
pub fn use_log_out() -> Callback<()> {
    let session = use_session();
    let client = StoredValue::new_local(use_client());
    let go = StoredValue::new_local(Navigator::new());
    Callback::new(move |()| {
        let client = client.get_value();
        spawn_local(async move {
            // What was just typed is still on its way.
            autosave::settle_all().await;
            match client.call(&LogOut {}).await {
                Ok(moved) => {
                    // Whoever sits here next finds nothing of it in the tab.
                    storage::clear_tab(text::KEY);
                    let go = go.get_value();
                    go.follow(&moved.to, History::Push).await;
                }
                Err(failure) => session.note_log_out_failure(failure),
            }
        });
    })
}
