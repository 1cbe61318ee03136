//! The profile icon's menu: who is logged in here, every place of a member's, and how the pages look.
//! On a phone it is the way about, since no navigation stands beside a page there.

use super::preferences::{LanguageField, ThemeSwitch};
use crate::features::account_badge::{MemberBadge, member_name};
use crate::features::log_out::use_log_out;
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::{live, say};
use crate::ui::{Avatar, Glyph, Menu, MenuButton, MenuDivider, MenuLink, dynamic};
use contract::account::GetProfile;
use domain::rollout::Availability;
use leptos::prelude::*;

#[component]
pub fn AccountMenu() -> impl IntoView {
    let name = member_name();
    // Asked whenever somebody looks: it may have been made or ended since.
    let has_looked = RwSignal::new(false);
    let look = Callback::new(move |()| has_looked.set(true));
    let linked = move || {
        if has_looked.get() {
            view! { <Linked/> }.into_any()
        } else {
            say::tiktok_account.into_any()
        }
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
            head=|| view! { <MemberBadge large=true/> }
            foot=foot
            on_open=look
            trigger=move || view! { <Avatar name=name/> }
        >
            <MenuLink href=settings.clone() glyph=Glyph::Settings>
                {say::menu_user_settings}
            </MenuLink>
            <MenuLink href=settings glyph=Glyph::Note>{dynamic(linked)}</MenuLink>
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

/// Who is linked, or that nobody is.
#[component]
fn Linked() -> impl IntoView {
    let session = use_session();
    let read = Resource::of(GetProfile {});
    move || match read.get().map(|read| read.map(|profile| profile.tiktok)) {
        Some(Ok(Some(profile))) => match profile.username {
            Some(username) => format!("@{username}"),
            None => profile.display_name,
        },
        Some(Ok(None)) if session.tiktok() == Availability::Available => say::link_tiktok_account(),
        Some(Ok(None) | Err(_)) | None => say::tiktok_account(),
    }
}
