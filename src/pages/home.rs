//! Wherever someone belongs: the log-in, or what is next to do.

use crate::layout::{LoadFailed, PageShell};
use crate::navigate::Navigator;
use crate::session::{SessionState, use_session};
use crate::text::{live, say};
use crate::ui::{Skeleton, effect};
use leptos::prelude::*;

#[component]
pub fn Home() -> impl IntoView {
    let session = use_session();
    let go = StoredValue::new_local(Navigator::new());
    effect(move || match session.get() {
        SessionState::Guest(_) | SessionState::Member(..) => {
            let home = untrack(|| session.home());
            go.with_value(|go| go.replace(&home));
        }
        SessionState::Unknown | SessionState::Failed(_) => {}
    });
    let retry = Callback::new(move |()| session.refresh_soon());
    view! {
        <PageShell>
            {move || match session.get() {
                SessionState::Failed(failure) => {
                    view! { <LoadFailed failure=failure on_retry=retry/> }.into_any()
                }
                SessionState::Unknown | SessionState::Guest(_) | SessionState::Member(..) => {
                    view! { <Skeleton label=live(say::loading)/> }.into_any()
                }
            }}
        </PageShell>
    }
}
