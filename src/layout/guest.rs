//! The frame of pages outside a session.

use super::preferences::{LanguageField, ThemeField};
use crate::route::{Page as _, Route};
use crate::text::say;
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;

#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href=Route::Home.address()>
            <Icon glyph=Glyph::Note/>
            <span>{say::app_name}</span>
        </a>
    }
}

/// What the place is on one side, what to do on the other; on a phone the latter alone.
#[component]
pub fn GuestShell(children: Children) -> impl IntoView {
    view! {
        <div class="auth-page">
            <aside class="auth-side">
                <Brand/>
                <p class="auth-side-title">{say::brand_line}</p>
                <p class="auth-side-text">{say::brand_text}</p>
            </aside>
            <div class="auth-main">
                <Bar/>
                <main class="auth-card" id="main">{children()}</main>
            </div>
        </div>
    }
}

/// A page by itself, for those who are on their way.
#[component]
pub fn PageShell(children: Children) -> impl IntoView {
    view! {
        <div class="auth-page">
            <div class="auth-main">
                <Bar/>
                <main class="auth-card" id="main">{children()}</main>
            </div>
        </div>
    }
}

#[component]
pub fn Bar() -> impl IntoView {
    view! {
        <header class="auth-bar">
            <Brand/>
            <div class="row">
                <ThemeField/>
                <LanguageField/>
            </div>
        </header>
    }
}
