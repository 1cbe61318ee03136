//! The frame of User Settings: Settings > Personal Info > Profile. Its sections stand where elsewhere the
//! products do, below the way back to them.

use super::member::{Entry, Shell};
use crate::route::Route;
use crate::text::say;
use crate::ui::Glyph;
use leptos::prelude::*;

#[component]
pub fn SettingsShell(
    /// The section that is open.
    current: Route,
    children: Children,
) -> impl IntoView {
    let profile = Route::Profile { dialog: None };
    // On a phone these two: the profile leads to all others.
    let on_phones = |entry| Entry {
        on_phones: true,
        ..entry
    };
    let entries = vec![
        on_phones(Entry::new(
            Route::Campaigns,
            Glyph::ArrowLeft,
            say::tiktok_ads_manager,
        )),
        on_phones(Entry::new(
            profile,
            Glyph::User,
            say::settings_personal_info,
        )),
        Entry::new(Route::Passkeys, Glyph::Lock, say::passkeys),
        Entry::new(Route::Sessions, Glyph::Clock, say::sessions),
        Entry::new(Route::MyData, Glyph::Info, say::my_data),
    ];
    view! {
        <Shell
            product=say::menu_user_settings
            label=say::settings_nav
            entries=entries
            current=current
        >
            <div class="settings">{children()}</div>
        </Shell>
    }
}
