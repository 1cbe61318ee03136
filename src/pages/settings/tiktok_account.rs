//! The field "TikTok account" of the profile: who is linked, and whether TikTok still accepts that, or the
//! way to link someone.

use crate::features::account_badge::AccountBadge;
use crate::features::authorization::{Departure, TikTokAsks, TikTokButton};
use crate::intl;
use crate::text::{self, live, say};
use crate::ui::{Banner, BannerKind, Button, ButtonKind, Card, Glyph, Icon, Show};
use contract::account::Profile;
use contract::authorization::Purpose;
use leptos::prelude::*;

#[component]
pub fn TikTokAccount(
    profile: RwSignal<Profile>,
    departure: Departure,
    purpose: Purpose,
    /// Whether a link ended since the page was opened.
    was_unlinked: RwSignal<bool>,
    /// Told when the link shall end.
    on_unlink: Callback<()>,
) -> impl IntoView {
    let linked = Memo::new(move |_| profile.with(|profile| profile.tiktok.is_some()));
    let field = move || {
        if linked.get() {
            view! { <LinkedTo profile departure purpose on_unlink/> }.into_any()
        } else {
            view! { <Offer departure purpose was_unlinked/> }.into_any()
        }
    };
    view! {
        <div role="group" aria-label=say::tiktok_account>{field}</div>
    }
}

/// Who is linked, what that gives, and the way to end it.
#[component]
fn LinkedTo(
    profile: RwSignal<Profile>,
    departure: Departure,
    purpose: Purpose,
    on_unlink: Callback<()>,
) -> impl IntoView {
    let fault = Memo::new(move |_| profile.with(|profile| profile.authorize_again));
    let purpose = Callback::new(move |()| Some(purpose));
    let words = move || {
        if fault.get().is_some() {
            say::authorize_again_text()
        } else {
            say::profile_linked_text()
        }
    };
    let authorize_again = move || {
        view! { <TikTokButton departure purpose label=live(say::authorize_again) ungated=true/> }
    };
    let warning = move || {
        fault.get().map(|fault| {
            view! {
                <Banner kind=BannerKind::Warning actions=authorize_again>
                    {move || text::grant_fault(fault)}
                </Banner>
            }
        })
    };
    let account = move || {
        let linked = profile.with(|profile| profile.tiktok.clone());
        linked.map(|linked| view! { <AccountBadge profile=linked large=true/> })
    };
    let since = move || {
        let linked = profile.with(|profile| profile.linked);
        linked.map(|linked| say::profile_linked_on(&intl::date(linked)))
    };
    view! {
        <Card title=live(say::tiktok_account) text=live(words)>
            <div class="stack">
                {warning}
                <div class="row row-between">
                    {account}
                    <Button kind=ButtonKind::Quiet on_click=on_unlink>{say::profile_unlink}</Button>
                </div>
                <p class="muted">{since}</p>
            </div>
        </Card>
    }
}

/// What a link would give, and the way to make one.
#[component]
fn Offer(departure: Departure, purpose: Purpose, was_unlinked: RwSignal<bool>) -> impl IntoView {
    let purpose = Callback::new(move |()| Some(purpose));
    let reason = |words: fn() -> String| {
        view! {
            <li>
                <Icon glyph=Glyph::Check/>
                <span>{words}</span>
            </li>
        }
        .into_any()
    };
    view! {
        <Show when=move || was_unlinked.get()>
            <Banner kind=BannerKind::Success>{say::unlink_done}</Banner>
        </Show>
        <section class="offer">
            <h2 class="offer-name">{say::tiktok_account}</h2>
            <p class="offer-title">{say::offer_title}</p>
            <ul class="offer-reasons">
                {reason(say::offer_identity)} {reason(say::offer_campaigns)}
                {reason(say::offer_log_in)}
            </ul>
            <div class="link-action">
                <TikTokButton departure purpose label=live(say::link_tiktok_account)/>
                <TikTokAsks/>
            </div>
        </section>
    }
}
