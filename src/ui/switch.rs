//! Something that is on or off, at once.

use leptos::prelude::*;

use super::field::Question;

/// A switch with its label and, below it, what it changes.
#[component]
pub fn Switch(
    /// What is on or off, and what it changes.
    question: Question,
    /// Whether it is on.
    checked: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <div class="switch">
            <div class="switch-words">
                <label class="switch-label" for=question.id()>{move || question.label.get()}</label>
                {question.hint.map(|hint| {
                    view! { <p class="field-hint" id=question.hint_id()>{move || hint.get()}</p> }
                })}
            </div>
            <input
                class="switch-track"
                id=question.id()
                name=question.name
                type="checkbox"
                role="switch"
                aria-describedby=move || question.described_by()
                prop:checked=checked
                on:change:target=move |event| checked.set(event.target().checked())
            />
        </div>
    }
}
