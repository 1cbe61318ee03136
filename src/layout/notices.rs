//! What to know about this browser, above every page: somebody else is logged in now, or it
//! refuses cookies.

use crate::client::{Client, use_client};
use crate::document;
use crate::session::use_session;
use crate::text::say;
use crate::ui::{Button, Show, effect};
use leptos::prelude::*;

#[component]
pub fn Notices() -> impl IntoView {
    let session = use_session();
    let switched = Memo::new(move |_| session.switched());
    let words = move || say::session_switched(&switched.get().unwrap_or_default());
    effect(move || {
        if switched.get().is_some() {
            // What had the focus has gone with the page before.
            document::follow_heading();
        }
    });
    let client = StoredValue::new_local(use_client());
    // Asked again with each answer of the host's: they may be allowed by now.
    let refuses_cookies =
        move || session.known().is_some() && !client.with_value(Client::keeps_cookies);
    view! {
        <Show when=refuses_cookies>
            <div class="notice-bar" role="alert">{say::problem_cookies_refused}</div>
        </Show>
        <Show when=move || switched.get().is_some()>
            <div class="notice-bar" role="status">
                <span>{words}</span>
                <Button on_click=Callback::new(move |()| session.note_switch())>{say::close}</Button>
            </div>
        </Show>
    }
}
