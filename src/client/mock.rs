//! The service in this tab, with what stands in for the rest of the world: TikTok's pages in a
//! frame, an outbox, a clock that can be set ahead.

mod frame;
mod keep;
mod machine;
mod tools;

pub use frame::*;
pub use keep::*;
pub use tools::*;

use super::Failure;
use crate::route::Route;
use crate::text::{live, say};
use ::mock::Visit;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The mock of this tab.
#[derive(Clone)]
pub struct MockClient {
    keep: Keep,
    shown: Shown,
    /// TikTok sent the browser back at once, with this query.
    left: RwSignal<Option<String>>,
}

impl MockClient {
    /// The mock as it was kept.
    pub fn new() -> Self {
        Self {
            keep: Keep::default(),
            shown: Shown(RwSignal::new(None)),
            left: RwSignal::new(None),
        }
    }

    /// Answers a use case.
    pub(super) async fn answer(&self, name: &str, body: String) -> Result<String, Failure> {
        let reply = self.keep.answer(name, body.as_bytes()).await;
        let reply = reply.map_err(|problem| Failure::Problem(Box::new(problem)))?;
        String::from_utf8(reply).map_err(|_| Failure::Unreadable)
    }

    /// Shows a page of TikTok's.
    pub(super) fn open(&self, url: &str) {
        let (mock, url) = (self.clone(), url.to_owned());
        spawn_local(async move {
            match mock.keep.visit("get", &url, None).await {
                Ok(Visit::Page { html }) => mock.shown.0.set(Some(html)),
                Ok(Visit::Left { query }) => mock.left.set(Some(query)),
                Err(_) => mock.shown.0.set(None),
            }
        });
    }

    /// Ends TikTok's session, unseen.
    pub(super) fn log_out(&self, url: &str) {
        let (keep, url) = (self.keep.clone(), url.to_owned());
        spawn_local(async move {
            // What it shows nobody needs to see.
            let _ = keep.visit("get", &url, None).await;
        });
    }

    /// TikTok's pages, over the app.
    pub fn overlay(self) -> impl IntoView {
        let navigate = StoredValue::new_local(use_navigate());
        let arrive = Callback::new(move |query: String| {
            let address = Route::TikTokCallback { query }.path();
            navigate.with_value(|navigate| navigate(&address, NavigateOptions::default()));
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
                keep=self.keep
                shown=self.shown
                title=live(say::demo_tiktok)
                close_label=live(say::close)
                on_left=arrive
            />
        }
    }

    /// Where the mock's world is kept, for its tools.
    fn keep(&self) -> Keep {
        self.keep.clone()
    }
}

impl Default for MockClient {
    fn default() -> Self {
        Self::new()
    }
}
