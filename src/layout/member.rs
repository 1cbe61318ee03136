//! The frames of pages within a session: Ads Manager and Business Center.

use super::account_menu::AccountMenu;
use super::preferences::{LanguageField, ThemeField};
use crate::features::deletion::DeletionBanner;
use crate::form::FailureBanner;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::say;
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;

/// A place in a shell's navigation.
struct Entry {
    route: Route,
    glyph: Glyph,
    words: fn() -> String,
}

#[component]
fn Shell(
    /// What the product is called.
    product: fn() -> String,
    /// Where one can go; the first is this product's own home.
    entries: Vec<Entry>,
    current: Route,
    children: Children,
) -> impl IntoView {
    let entry = move |Entry {
                          route,
                          glyph,
                          words,
                      }: Entry| {
        let is_current = (route == current).then_some("page");
        view! {
            <li>
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
                    <ThemeField/>
                    <LanguageField/>
                    <AccountMenu/>
                </div>
            </header>
            <nav class="shell-nav" aria-label=say::nav_label>
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
        Entry {
            route: Route::Campaigns,
            glyph: Glyph::Campaign,
            words: say::nav_campaigns,
        },
        Entry {
            route: Route::BusinessCenter,
            glyph: Glyph::Building,
            words: say::business_center,
        },
    ];
    view! {
        <Shell product=say::tiktok_ads_manager entries=entries current=Route::Campaigns>
            {children()}
        </Shell>
    }
}

#[component]
pub fn BusinessCenterShell(children: Children) -> impl IntoView {
    let entries = vec![
        Entry {
            route: Route::BusinessCenter,
            glyph: Glyph::Home,
            words: say::nav_overview,
        },
        Entry {
            route: Route::Campaigns,
            glyph: Glyph::Campaign,
            words: say::tiktok_ads_manager,
        },
    ];
    view! {
        <Shell product=say::business_center entries=entries current=Route::BusinessCenter>
            {children()}
        </Shell>
    }
}

/// A page of a member's that belongs to neither: settings.
#[component]
pub fn PlainShell(children: Children) -> impl IntoView {
    let entries = vec![
        Entry {
            route: Route::Campaigns,
            glyph: Glyph::Campaign,
            words: say::tiktok_ads_manager,
        },
        Entry {
            route: Route::BusinessCenter,
            glyph: Glyph::Building,
            words: say::business_center,
        },
    ];
    view! {
        <Shell product=say::app_name entries=entries current=Route::Home>
            {children()}
        </Shell>
    }
}
