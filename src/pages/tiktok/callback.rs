//! Where TikTok's redirect arrives. It hands the query on once and goes to what came of it; the
//! way back skips this page.

use crate::client::{Client, Failure, use_client};
use crate::document::follow_heading;
use crate::features::authorization::note_arrival;
use crate::navigate::{History, Navigator};
use crate::route::{Page as _, Route};
use crate::text::{self, live, say};
use crate::timer::pause;
use crate::ui::{
    Button, ButtonKind, Glyph, Link, PageHeading, ProblemPanel, ProgressBar, dynamic, effect,
};
use contract::authorization::{CompleteAuthorization, Completed};
use contract::problem::Code;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How often it is asked again while another tab's callback is being worked on: longer than an
/// exchange may take.
const TRIES: u32 = 40;

#[component]
pub fn Callback(
    /// What it brings, without the `?`.
    query: String,
) -> impl IntoView {
    let arrival = Arrival {
        query: StoredValue::new(query),
        failure: RwSignal::new(None),
        client: StoredValue::new_local(use_client()),
        go: StoredValue::new_local(Navigator::new()),
    };
    effect(move || {
        note_arrival();
        arrival.complete();
    });
    let retry = leptos::callback::Callback::new(move |()| arrival.complete());
    dynamic(move || match arrival.failure.get() {
        None => view! {
            <PageHeading text=live(say::callback_title) lead=live(say::callback_text)/>
            <ProgressBar label=live(say::loading)/>
            // The stylesheet says when: on the page that stands before the app does, too.
            <p class="muted late">
                {say::callback_still} " "
                <Link href=Route::Home.address()>{say::go_home}</Link>
            </p>
        }
        .into_any(),
        Some(failure) => {
            let glyph = match failure {
                Failure::Offline => Glyph::Offline,
                Failure::Problem(_) | Failure::Unreadable | Failure::NoPasskeys => Glyph::Problem,
            };
            view! {
                <ProblemPanel
                    glyph=glyph
                    title=live(say::callback_failed_title)
                    text=live(move || text::failure(&failure))
                >
                    <Button kind=ButtonKind::Primary on_click=retry>{say::retry}</Button>
                </ProblemPanel>
            }
            .into_any()
        }
    })
}

/// An arrival from TikTok.
#[derive(Clone, Copy)]
struct Arrival {
    query: StoredValue<String>,
    failure: RwSignal<Option<Failure>>,
    client: StoredValue<Client, LocalStorage>,
    go: StoredValue<Navigator, LocalStorage>,
}

impl Arrival {
    fn complete(self) {
        self.failure.set(None);
        let (client, go) = (self.client.get_value(), self.go.get_value());
        let request = CompleteAuthorization {
            query: self.query.get_value(),
        };
        spawn_local(async move {
            match complete_with_retries(&client, &request).await {
                Ok(completed) => go.follow(&completed.to, History::Replace).await,
                Err(failure) => {
                    self.failure.try_set(Some(failure));
                    follow_heading();
                }
            }
        });
    }
}

/// Asks until no other callback of the same authorization is being worked on.
async fn complete_with_retries(
    client: &Client,
    request: &CompleteAuthorization,
) -> Result<Completed, Failure> {
    for _ in 0..TRIES {
        match client.call(request).await {
            Err(Failure::Problem(problem)) if problem.code == Code::InProgress => {
                let seconds = problem.retry_after_s.unwrap_or(1).max(1);
                pause(Duration::from_secs(seconds.into())).await;
            }
            settled => return settled,
        }
    }
    client.call(request).await
}
