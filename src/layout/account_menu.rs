//! The profile icon's menu, in Ads Manager and in Business Center.

use crate::client::use_client;
use crate::navigate::{History, Navigator};
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::{live, say};
use crate::ui::{Avatar, Glyph, Menu, MenuButton, MenuDivider, MenuLink};
use contract::session::LogOut;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn AccountMenu() -> impl IntoView {
    let session = use_session();
    let name = Memo::new(move |_| {
        session
            .member()
            .map(|member| member.name)
            .unwrap_or_default()
    });
    let client = StoredValue::new_local(use_client());
    let go = StoredValue::new_local(Navigator::new());
    let log_out = move |()| {
        let call = client.with_value(|client| client.call(&LogOut {}));
        spawn_local(async move {
            match call.await {
                Ok(moved) => {
                    let go = go.get_value();
                    go.follow(&moved.to, History::Push).await;
                }
                Err(failure) => session.note_log_out_failure(failure),
            }
        });
    };
    view! {
        <Menu
            name="account"
            label=Signal::derive(move || say::menu_account(&name.get()))
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
            <MenuButton on_click=Callback::new(log_out) glyph=Glyph::LogOut>
                {move || live(say::log_out).get()}
            </MenuButton>
        </Menu>
    }
}
