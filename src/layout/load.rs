//! What a page shows while it reads, and when it can't.

use crate::client::Failure;
use crate::document;
use crate::form::PlaceLink;
use crate::session::use_session;
use crate::text::{self, live, say};
use crate::ui::{Button, Glyph, ProblemPanel, Skeleton};
use leptos::prelude::*;

/// What was read, or the way to it: an outline while it is being read, a panel with "Try again"
/// where it couldn't be.
#[component]
pub fn Loaded<T, V>(
    /// What is read.
    resource: LocalResource<Result<T, Failure>>,
    /// What is shown of it.
    show: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + 'static,
    V: IntoView + 'static,
{
    let session = use_session();
    move || match resource.get() {
        None => view! { <Skeleton label=live(say::loading)/> }.into_any(),
        Some(Ok(value)) => show(value).into_any(),
        Some(Err(failure)) => {
            session.heed(&failure);
            let retry = Callback::new(move |()| resource.refetch());
            view! { <LoadFailed failure=failure on_retry=retry/> }.into_any()
        }
    }
}

/// Something couldn't be read.
#[component]
pub fn LoadFailed(
    /// Why.
    failure: Failure,
    /// Told to try again.
    on_retry: Callback<()>,
) -> impl IntoView {
    let glyph = match &failure {
        Failure::Offline => Glyph::Offline,
        Failure::Problem(_) | Failure::Unreadable => Glyph::Problem,
    };
    // What comes in its place has another heading.
    on_cleanup(document::follow_heading);
    let go = failure.problem().and_then(|problem| problem.go);
    view! {
        <ProblemPanel
            glyph=glyph
            title=live(say::load_failed_title)
            text=Signal::derive(move || text::failure(&failure))
        >
            <Button on_click=on_retry>{say::retry}</Button>
            {go.map(|place| view! { <PlaceLink place/> })}
        </ProblemPanel>
    }
}
