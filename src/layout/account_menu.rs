//! The profile icon's menu: who is logged in here, every place of a member's, and how the pages look.
//! On a phone it is the way about, since no navigation stands beside a page there.

use super::preferences::{LanguageField, ThemeSwitch};
use crate::client::use_client;
use crate::features::log_out::use_log_out;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::{live, say};
use crate::ui::{Avatar, Glyph, Menu, MenuButton, MenuDivider, MenuLink};
use contract::account::GetProfile;
use domain::authorization::TikTokProfile;
use domain::rollout::Availability;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Whom the host names as linked.
#[derive(Clone, PartialEq, Eq)]
enum Link {
    /// It hasn't said yet.
    Unknown,
    None,
    To(TikTokProfile),
}

#[component]
pub fn AccountMenu() -> impl IntoView {
    let session = use_session();
    let name = Memo::new(move |_| {
        session
            .member()
            .map(|member| member.name)
            .unwrap_or_default()
    });
    let email = move || session.member().and_then(|member| member.email);
    // Who has no name is called by their address.
    let email = move || email().filter(|email| name.with(|name| name != email));
    let head = move || {
        view! {
            <Avatar name=Signal::derive(move || name.get()) large=true/>
            <span class="badge-words">
                <strong>{move || name.get()}</strong>
                <span class="badge-username">{email}</span>
            </span>
        }
    };
    let link = RwSignal::new(Link::Unknown);
    let client = StoredValue::new_local(use_client());
    // Asked when somebody looks: it may have been made or ended in another tab.
    let look = Callback::new(move |()| {
        let call = client.with_value(|client| client.call(&GetProfile {}));
        spawn_local(async move {
            if let Ok(profile) = call.await {
                link.try_set(profile.tiktok.map_or(Link::None, Link::To));
            }
        });
    });
    let linked = move || match link.get() {
        Link::To(profile) => match profile.username {
            Some(username) => format!("@{username}"),
            None => profile.display_name,
        },
        Link::None if session.tiktok() == Availability::Available => say::link_tiktok_account(),
        Link::None | Link::Unknown => say::tiktok_account(),
    };
    let foot = || {
        view! {
            <ThemeSwitch/>
            <LanguageField/>
        }
    };
    let log_out = use_log_out();
    let settings = Route::Profile { dialog: None }.address();
    view! {
        <Menu
            name="account"
            label=Signal::derive(move || say::menu_account(&name.get()))
            head=head
            foot=foot
            on_open=look
            trigger=move || view! { <Avatar name=Signal::derive(move || name.get())/> }
        >
            <MenuLink href=settings.clone() glyph=Glyph::Settings>
                {say::menu_user_settings}
            </MenuLink>
            <MenuLink href=settings glyph=Glyph::Note>{linked}</MenuLink>
            <MenuDivider/>
            <MenuLink href=Route::Campaigns.address() glyph=Glyph::Campaign>
                {say::tiktok_ads_manager}
            </MenuLink>
            <MenuLink href=Route::BusinessCenter.address() glyph=Glyph::Building>
                {say::business_center}
            </MenuLink>
            <MenuDivider/>
            <MenuButton on_click=log_out glyph=Glyph::LogOut>
                {move || live(say::log_out).get()}
            </MenuButton>
        </Menu>
    }
}
