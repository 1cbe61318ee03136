//! The frames of pages within a session: Ads Manager, Business Center and User Settings.

use super::account_menu::AccountMenu;
use super::ad_account::AdAccount;
use crate::features::deletion::DeletionBanner;
use crate::form::FailureBanner;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::say;
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;

/// A place in a shell's navigation.
pub struct Entry {
    pub route: Route,
    pub glyph: Glyph,
    pub words: fn() -> String,
    /// Whether it is there on a phone, too, where the account menu leads about.
    pub on_phones: bool,
}

impl Entry {
    pub const fn new(route: Route, glyph: Glyph, words: fn() -> String) -> Self {
        Self {
            route,
            glyph,
            words,
            on_phones: false,
        }
    }
}

#[component]
pub fn Shell(
    /// What the product is called.
    product: fn() -> String,
    /// What the navigation is called.
    label: fn() -> String,
    /// Where one can go.
    entries: Vec<Entry>,
    current: Route,
    children: Children,
) -> impl IntoView {
    let is_on_phones = entries.iter().any(|entry| entry.on_phones);
    let entry = move |Entry {
                          route,
                          glyph,
                          words,
                          on_phones,
                      }: Entry| {
        let is_current = (route == current).then_some("page");
        view! {
            <li class=("shell-nav-wide", !on_phones)>
                <a href=route.address() aria-current=is_current>
                    <Icon glyph=glyph/>
                    {words}
                </a>
            </li>
        }
        .into_any()
    };
    let log_out_failure = use_session().log_out_failure();
    view! {
        <div class="shell">
            <header class="shell-bar">
                <a class="brand" href=Route::Home.address()>
                    <Icon glyph=Glyph::Note/>
                    <span class="brand-rest">{product}</span>
                </a>
                <div class="shell-bar-end">
                    <AdAccount/>
                    <AccountMenu/>
                </div>
            </header>
            <nav class="shell-nav" class=("shell-nav-wide", !is_on_phones) aria-label=label>
                <ul>{entries.into_iter().map(entry).collect_view()}</ul>
            </nav>
            <main class="shell-main" id="main">
                <FailureBanner failure=log_out_failure/>
                <DeletionBanner/>
                {children()}
            </main>
        </div>
    }
}

#[component]
pub fn AdsManagerShell(children: Children) -> impl IntoView {
    let entries = vec![
        Entry::new(Route::Campaigns, Glyph::Campaign, say::nav_campaigns),
        Entry::new(Route::BusinessCenter, Glyph::Building, say::business_center),
    ];
    view! {
        <Shell
            product=say::tiktok_ads_manager
            label=say::nav_label
            entries=entries
            current=Route::Campaigns
        >
            {children()}
        </Shell>
    }
}

#[component]
pub fn BusinessCenterShell(children: Children) -> impl IntoView {
    let entries = vec![
        Entry::new(Route::BusinessCenter, Glyph::Home, say::nav_overview),
        Entry::new(Route::Campaigns, Glyph::Campaign, say::tiktok_ads_manager),
    ];
    view! {
        <Shell
            product=say::business_center
            label=say::nav_label
            entries=entries
            current=Route::BusinessCenter
        >
            {children()}
        </Shell>
    }
}
