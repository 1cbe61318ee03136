//! The service in this tab, with what stands in for the rest of the world: TikTok's pages in a
//! frame, an outbox, a clock that can be set ahead.

mod authorize;
mod behavior;
mod frame;
mod machine;
mod stored_mock;

pub use authorize::*;
pub use behavior::*;
pub use frame::*;
pub use stored_mock::*;

use super::Failure;
use super::patience::LOST;
use crate::address::{Address, History};
use crate::json;
use crate::route::{Page as _, Route};
use crate::text::{live, say};
use crate::timer::pause;
use ::mock::Visit;
pub use ::mock::{Rehearsal, Sent, TikTokAnswer, personas};
use contract::problem::Problem;
use core::time::Duration;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone)]
pub struct MockClient {
    stored: StoredMock,
    shown: Shown,
    /// TikTok sent the browser back at once, with this query.
    left: RwSignal<Option<String>>,
}

impl MockClient {
    /// The mock as it was kept.
    pub fn new() -> Self {
        Self {
            stored: StoredMock::default(),
            shown: Shown(RwSignal::new(None)),
            left: RwSignal::new(None),
        }
    }

    pub(super) async fn answer(
        &self,
        name: &str,
        said: [Option<&str>; 2],
        body: String,
    ) -> Result<String, Failure> {
        let (simulated, latency_ms) =
            behavior(|behavior| (behavior.simulate(), behavior.latency_ms));
        let simulated = match simulated {
            Simulated::Silent => {
                // It arrives, whatever comes of it: the page must be able to ask again.
                let _ = self.stored.answer(said, name, body.as_bytes()).await;
                behavior(|behavior| behavior.note(noted(name, &body, None)));
                pause(LOST).await;
                return Err(Failure::Offline);
            }
            other @ (Simulated::Answered | Simulated::Refused(_) | Simulated::Lost) => other,
        };
        behavior(|behavior| behavior.waiting += 1);
        if latency_ms > 0 {
            pause(Duration::from_millis(latency_ms.into())).await;
        }
        let reply = match simulated {
            Simulated::Answered => Some(self.stored.answer(said, name, body.as_bytes()).await),
            Simulated::Refused(problem) => Some(Err(problem)),
            Simulated::Lost | Simulated::Silent => None,
        };
        behavior(|behavior| {
            behavior.waiting = behavior.waiting.saturating_sub(1);
            behavior.note(RecordedRequest {
                arrived: reply.is_some(),
                ..noted(name, &body, reply.as_ref())
            });
        });
        let reply = reply.ok_or(Failure::Offline)?;
        let reply = reply.map_err(|problem| Failure::Problem(Box::new(problem)))?;
        String::from_utf8(reply).map_err(|_| Failure::Unreadable)
    }

    /// Shows a page of TikTok's.
    pub(super) fn open(&self, url: &str) {
        let (mock, url) = (self.clone(), url.to_owned());
        let answer = behavior(|behavior| {
            let answer = behavior.answer?;
            Some((answer, behavior.username.clone()))
        });
        spawn_local(async move {
            let visit = match answer {
                // They never come back.
                Some((TikTokAnswer::Leave, _)) => return,
                Some((answer, username)) => {
                    mock.stored.answer_at_tiktok(&url, answer, &username).await
                }
                None => mock.stored.visit("get", &url, None).await,
            };
            match visit {
                Ok(Visit::Page { html }) => mock.shown.0.set(Some(html)),
                Ok(Visit::Left { query }) => mock.left.set(Some(query)),
                Err(_) => mock.shown.0.set(None),
            }
        });
    }

    /// Ends TikTok's session, unseen.
    pub(super) fn log_out(&self, url: &str) {
        let (stored, url) = (self.stored.clone(), url.to_owned());
        spawn_local(async move {
            // What it shows nobody needs to see.
            let _ = stored.visit("get", &url, None).await;
        });
    }

    /// TikTok's pages, over the app.
    pub fn overlay(self) -> impl IntoView {
        let here = Address::here();
        let arrive = Callback::new(move |query: String| {
            here.go(&Route::TikTokCallback { query }.address(), History::Push);
        });
        let left = self.left;
        Effect::new(move || {
            if let Some(query) = left.get() {
                left.set(None);
                arrive.run(query);
            }
        });
        view! {
            <Frame
                stored=self.stored
                shown=self.shown
                title=live(say::demo_tiktok)
                close_label=live(say::close)
                on_left=arrive
            />
        }
    }
}

/// What is noted of a request.
fn noted(name: &str, request: &str, reply: Option<&Result<Vec<u8>, Problem>>) -> RecordedRequest {
    let (text, problem) = match reply {
        Some(Ok(reply)) => (Some(String::from_utf8_lossy(reply).into_owned()), None),
        Some(Err(problem)) => (Some(json::write(problem)), Some(problem.code)),
        None => (None, None),
    };
    RecordedRequest {
        name: name.to_owned(),
        request: request.to_owned(),
        arrived: true,
        reply: text,
        problem,
    }
}

impl Default for MockClient {
    fn default() -> Self {
        Self::new()
    }
}
