//! The frame of User Settings: Settings > Personal Info > Profile.

use super::member::PlainShell;
use crate::route::{Page as _, Route};
use crate::text::say;
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;

#[component]
pub fn SettingsShell(children: Children) -> impl IntoView {
    view! {
        <PlainShell>
            <div class="settings">
                <nav class="settings-nav" aria-label=say::settings_nav>
                    <ul>
                        <li>
                            <a href=Route::Profile { dialog: None }.address() aria-current="page">
                                <Icon glyph=Glyph::User/>
                                {say::settings_personal_info}
                            </a>
                        </li>
                    </ul>
                </nav>
                <div class="settings-body">{children()}</div>
            </div>
        </PlainShell>
    }
}
