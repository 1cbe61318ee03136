//! The button that leads to TikTok, and what stands in its place outside the rollout.

use super::Departure;
use crate::form::FailureBanner;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::{live, say};
use crate::ui::{Banner, BannerKind, Button, ButtonKind, Link, Show};
use contract::authorization::Purpose;
use domain::rollout::Availability;
use leptos::prelude::*;

/// A button that leads to TikTok, or what stands in its place outside the rollout.
#[component]
pub fn TikTokButton(
    departure: Departure,
    /// What for; nothing where something is still wrong on the page, which then says so.
    #[prop(into)]
    purpose: Callback<(), Option<Purpose>>,
    #[prop(into)] label: Signal<String>,
    /// Whether it takes the whole width.
    #[prop(optional)]
    wide: bool,
    /// Whether it is there even outside the rollout: whoever has a link can log in by it,
    /// wherever they are.
    #[prop(optional)]
    ungated: bool,
) -> impl IntoView {
    let session = use_session();
    let is_there = move || ungated || session.tiktok() == Availability::Available;
    let press = move |()| {
        if let Some(purpose) = purpose.run(()) {
            departure.begin(purpose);
        }
    };
    view! {
        <Show when=is_there fallback=GateBanner>
            <FailureBanner failure=departure.failure()/>
            <Button
                kind=ButtonKind::TikTok
                wide=wide
                pending=departure.pending()
                on_click=Callback::new(press)
            >
                {move || label.get()}
            </Button>
            <Show when=move || departure.returned().get()>
                <Link href=Route::TikTokWaiting.address()>{say::tiktok_nothing_back}</Link>
            </Show>
        </Show>
    }
}

/// What those read who don't have the feature.
#[component]
pub fn GateBanner() -> impl IntoView {
    view! { <Banner kind=BannerKind::Info title=live(say::gate_title)>{say::gate_text}</Banner> }
}

/// What the scopes that are asked for mean, for whoever is about to leave to link an account.
#[component]
pub fn TikTokAsks() -> impl IntoView {
    let session = use_session();
    view! {
        <Show when=move || session.tiktok() == Availability::Available>
            <p class="muted small">{say::tiktok_asks}</p>
        </Show>
    }
}
