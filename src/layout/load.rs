//! What a page shows while it reads, and when it can't.

use crate::client::Failure;
use crate::document;
use crate::form::RouteLink;
use crate::resource::Resource;
use crate::session::{CurrentSession, use_session};
use crate::text::{self, live, say};
use crate::ui::{Button, Glyph, ProblemPanel, Skeleton, dynamic};
use leptos::prelude::*;

/// What was read, or the way to it: an outline while it is being read, a panel with "Try again"
/// where it couldn't be.
#[component]
pub fn Loaded<T: Clone + 'static>(
    resource: Resource<T>,
    /// What is shown of it.
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let session = use_session();
    dynamic(move || match resource.get() {
        None => waiting(),
        Some(Ok(value)) => show(value),
        Some(Err(failure)) => failed(failure, session, Callback::new(move |()| resource.again())),
    })
}

fn waiting() -> AnyView {
    view! { <Skeleton label=live(say::loading)/> }.into_any()
}

fn failed(failure: Failure, session: CurrentSession, retry: Callback<()>) -> AnyView {
    session.on_failure(&failure);
    view! { <LoadFailed failure=failure on_retry=retry/> }.into_any()
}

/// The sign of why something couldn't be read.
pub const fn failure_glyph(failure: &Failure) -> Glyph {
    match failure {
        Failure::Offline => Glyph::Offline,
        Failure::Problem(_) | Failure::Unreadable | Failure::NoPasskeys => Glyph::Problem,
    }
}

/// Something couldn't be read.
#[component]
pub fn LoadFailed(failure: Failure, on_retry: Callback<()>) -> impl IntoView {
    let glyph = failure_glyph(&failure);
    // What comes in its place has another heading.
    on_cleanup(document::follow_heading);
    let go = failure.problem().and_then(|problem| problem.go.clone());
    view! {
        <ProblemPanel
            glyph=glyph
            title=live(say::load_failed_title)
            text=Signal::derive(move || text::failure(&failure))
        >
            <Button on_click=on_retry>{say::retry}</Button>
            {go.map(|route| view! { <RouteLink route/> })}
        </ProblemPanel>
    }
}
