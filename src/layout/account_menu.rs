//! The profile icon's menu, in Ads Manager and in Business Center.

use crate::autosave;
use crate::client::use_client;
use crate::navigate::{History, Navigator};
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::storage;
use crate::text::{self, live, say};
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
        let client = client.get_value();
        spawn_local(async move {
            // What was just typed is still on its way.
            autosave::settle_all().await;
            match client.call(&LogOut {}).await {
                Ok(moved) => {
                    // Whoever sits here next finds nothing of it in the tab.
                    storage::clear_tab(text::KEY);
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
