//! Which ad account this is, in the bar: its name, its currency and its time zone.

use crate::intl;
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::ui::{dynamic, effect};
use contract::ads::GetAdsAccount;
use contract::session::AdsStage;
use domain::ads_account::Business;
use domain::id::AccountId;
use leptos::{ev, prelude::*};

thread_local! {
    /// Whose it is, and what the host said. Nothing of it can be changed once the account is created, so each
    /// tab asks once.
    static KNOWN: ArcRwSignal<Option<(AccountId, Business)>> = ArcRwSignal::new(None);
}

/// It leads to what is known of the account, and isn't there before one is created.
#[component]
pub fn AdAccount() -> impl IntoView {
    let session = use_session();
    let known = KNOWN.with(|known| RwSignal::from(known.clone()));
    let owner = Memo::new(move |_| {
        let member = session.member()?;
        match member.ads_account {
            AdsStage::Missing => None,
            AdsStage::Created | AdsStage::Complete => Some(member.account),
        }
    });
    let business = move || {
        let (of, business) = known.get()?;
        (Some(of) == owner.get()).then_some(business)
    };
    // On a phone nobody would see it (style/shell.css), until it is turned.
    let room = RwSignal::new(has_room());
    let resized = window_event_listener(ev::resize, move |_| {
        if !room.get_untracked() && has_room() {
            room.set(true);
        }
    });
    on_cleanup(move || resized.remove());
    // A page is drawn anew where the account is another, and after one is created.
    effect(move || {
        if let (true, Some(account), None) = (room.get(), owner.get_untracked(), untrack(business))
        {
            let read = Resource::of(GetAdsAccount {});
            effect(move || {
                // Nobody misses it who isn't told.
                if let Some(Ok(reply)) = read.get()
                    && let Some(business) = reply.account.business()
                {
                    known.set(Some((account, business.clone())));
                }
            });
        }
    });
    dynamic(move || {
        let chip = business().map(|business| {
            let Business {
                name,
                currency,
                time_zone,
                ..
            } = business;
            let facts = match intl::offset(time_zone.as_str()) {
                Some(zone) => format!("{} · {zone}", currency.as_str()),
                None => currency.as_str().to_owned(),
            };
            view! {
                <a class="ad-account" href=Route::BusinessCenter.address()>
                    <strong>{name}</strong>
                    <span>{facts}</span>
                </a>
            }
        });
        chip.into_any()
    })
}

fn has_room() -> bool {
    let room = window().match_media("(width >= 48rem)");
    room.ok().flatten().is_some_and(|room| room.matches())
}
