//! A page that could not be what it should be, and the way on.

use leptos::prelude::*;

use super::{Glyph, Icon, PageHeading};

/// What happened, in words, and what can be done now.
#[component]
pub fn ProblemPanel(
    #[prop(default = Glyph::Problem)] glyph: Glyph,
    #[prop(into)] title: Signal<String>,
    /// What it means and what was kept.
    #[prop(into)]
    text: Signal<String>,
    /// What can be done: buttons or links.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="problem-panel">
            <span
                class="problem-panel-glyph"
                class=("tone-success", glyph == Glyph::Success)
                class=("tone-warning", matches!(glyph, Glyph::Clock | Glyph::Lock))
                class=("tone-problem", glyph == Glyph::Problem)
            >
                <Icon glyph/>
            </span>
            <PageHeading text=title lead=text/>
            <div class="problem-panel-actions">{children()}</div>
        </div>
    }
}
