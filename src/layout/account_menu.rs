//! The profile icon's menu, in Ads Manager and in Business Center.

use crate::features::log_out::use_log_out;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::{live, say};
use crate::ui::{Avatar, Glyph, Menu, MenuButton, MenuDivider, MenuLink};
use leptos::prelude::*;

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
            <Avatar name=Signal::derive(move || name.get())/>
            <span class="badge-words">
                <strong>{move || name.get()}</strong>
                <span class="badge-username">{email}</span>
            </span>
        }
    };
    let log_out = use_log_out();
    view! {
        <Menu
            name="account"
            label=Signal::derive(move || say::menu_account(&name.get()))
            head=head
            trigger=move || view! { <Avatar name=Signal::derive(move || name.get())/> }
        >
            <MenuLink href=Route::Profile { dialog: None }.address() glyph=Glyph::Settings>
                {say::menu_user_settings}
            </MenuLink>
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
