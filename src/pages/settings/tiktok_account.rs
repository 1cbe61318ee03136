//! The field "TikTok account" of the profile: who is linked, and whether TikTok still accepts that, or the
//! way to link someone.

use crate::features::account_badge::AccountBadge;
use crate::features::authorization::{Departure, TikTokAsks, TikTokButton};
use crate::text::{self, live, say};
use crate::ui::{Banner, BannerKind, Button, Card, Show};
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
    let linked = Memo::new(move |_| profile.with(|profile| profile.tiktok.clone()));
    let fault = Memo::new(move |_| profile.with(|profile| profile.authorize_again));
    let purpose = Callback::new(move |()| Some(purpose));
    let words = move || {
        if fault.get().is_some() {
            say::authorize_again_text()
        } else if linked.with(Option::is_some) {
            say::profile_linked_text()
        } else {
            say::profile_not_linked_text()
        }
    };
    let authorize_again = move || {
        view! { <TikTokButton departure purpose label=live(say::authorize_again) ungated=true/> }
    };
    let field = move || match linked.get() {
        Some(linked) => view! {
            {fault.get().map(|fault| view! {
                <Banner kind=BannerKind::Warning actions=authorize_again>
                    {move || text::grant_fault(fault)}
                </Banner>
            })}
            <div class="row row-between">
                <AccountBadge profile=linked large=true/>
                <Button on_click=on_unlink>{say::profile_unlink}</Button>
            </div>
        }
        .into_any(),
        None => view! {
            <Show when=move || was_unlinked.get()>
                <Banner kind=BannerKind::Success>{say::unlink_done}</Banner>
            </Show>
            <div class="link-action">
                <TikTokButton departure purpose label=live(say::link_tiktok_account)/>
                <TikTokAsks/>
            </div>
        }
        .into_any(),
    };
    view! {
        <div role="group" aria-label=say::tiktok_account>
            <Card title=live(say::tiktok_account) text=live(words)>{field}</Card>
        </div>
    }
}
