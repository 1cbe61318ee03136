//! Something that is on or off, at once.

use leptos::prelude::*;

use super::field::FieldProps;

/// A switch with its label and, below it, what it changes.
#[component]
pub fn Switch(
    /// What is on or off, and what it changes.
    field: FieldProps,
    checked: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <div class="switch">
            <div class="switch-words">
                <label class="switch-label" for=field.id()>{move || field.label.get()}</label>
                {field.hint.map(|hint| {
                    view! { <p class="field-hint" id=field.hint_id()>{move || hint.get()}</p> }
                })}
            </div>
            <input
                class="switch-track"
                id=field.id()
                name=field.name
                type="checkbox"
                role="switch"
                aria-describedby=move || field.described_by()
                prop:checked=checked
                on:change:target=move |event| checked.set(event.target().checked())
            />
        </div>
    }
}
