//! There is no such page.

use crate::route::{Page as _, Route};
use crate::text::{live, say};
use crate::ui::{ButtonKind, ButtonLink, Glyph, ProblemPanel};
use leptos::prelude::*;

#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <ProblemPanel
            glyph=Glyph::Search
            title=live(say::not_found_title)
            text=live(say::not_found_text)
        >
            <ButtonLink href=Route::Home.address() kind=ButtonKind::Primary>{say::go_home}</ButtonLink>
        </ProblemPanel>
    }
}
