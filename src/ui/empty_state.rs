//! A place where something will be, once somebody makes it.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// What is missing here and how to make the first one.
#[component]
pub fn EmptyState(
    glyph: Glyph,
    #[prop(into)] title: Signal<String>,
    /// Why one would want it.
    #[prop(into)]
    text: Signal<String>,
    /// How to make one: a button or a link.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <span class="empty-state-glyph"><Icon glyph/></span>
            <h2 class="empty-state-title">{move || title.get()}</h2>
            <p class="empty-state-text">{move || text.get()}</p>
            {children.map(|children| view! { <div class="empty-state-actions">{children()}</div> })}
        </div>
    }
}
