//! A TikTok account and a TikTok For Business account side by side, wherever one is bound to the other.

use crate::session::use_session;
use crate::text::{live, say};
use crate::ui::{Bond, BondEnd, BondState, Glyph};
use domain::authorization::TikTokProfile;
use leptos::prelude::*;

#[component]
pub fn AccountBond(
    state: BondState,
    /// The TikTok account, where it is known.
    #[prop(default = BondEnd::unknown(live(say::tiktok_account), Some(Glyph::Note)))]
    tiktok: BondEnd,
    business: BondEnd,
) -> impl IntoView {
    let label = live(match state {
        BondState::Joined | BondState::Open => say::bond_joined,
        BondState::Broken => say::bond_broken,
        BondState::Waiting => say::bond_waiting,
    });
    view! { <Bond state label first=tiktok second=business/> }
}

/// The username is shown where `user.info.profile` was granted.
pub fn tiktok_end(profile: TikTokProfile) -> BondEnd {
    let TikTokProfile {
        display_name,
        username,
        avatar_url,
    } = profile;
    let username = username.map(|username| format!("@{username}"));
    BondEnd {
        name: Signal::stored(display_name.clone()),
        title: Signal::stored(display_name),
        picture: Signal::stored(avatar_url),
        detail: Signal::stored(username.unwrap_or_default()),
        ..BondEnd::unknown(live(say::tiktok_account), Some(Glyph::Note))
    }
}

/// An account of ours by what it logs in with, or else by what its owner is called; empty while it isn't
/// known.
pub fn business_end(name: Signal<String>) -> BondEnd {
    let title = move || {
        if name.with(String::is_empty) {
            say::business_center_account()
        } else {
            say::app_name()
        }
    };
    BondEnd {
        name,
        detail: name,
        ..BondEnd::unknown(Signal::derive(title), None)
    }
}

/// The account of whoever is logged in.
pub fn my_end() -> BondEnd {
    let session = use_session();
    let name = move || {
        let member = session.member();
        member
            .map(|member| member.email.unwrap_or(member.name))
            .unwrap_or_default()
    };
    business_end(Signal::derive(name))
}
