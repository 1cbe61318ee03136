//! Something that is on or off, at once.

use leptos::prelude::*;

use super::field::{described_by, field_id, tell};

/// A switch with its label and, below it, what it changes.
#[component]
pub fn Switch(
    /// The name of the field; its id follows from it, so it is unique on a page.
    name: &'static str,
    /// What is on or off.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    checked: RwSignal<bool>,
    /// What it changes.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// Told when it was switched.
    #[prop(optional, into)]
    on_change: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="switch">
            <div class="switch-words">
                <label class="switch-label" for=field_id(name)>{move || label.get()}</label>
                {hint.map(|hint| view! {
                    <p class="field-hint" id=format!("field-{name}-hint")>{move || hint.get()}</p>
                })}
            </div>
            <input
                class="switch-track"
                id=field_id(name)
                name=name
                type="checkbox"
                role="switch"
                aria-describedby=described_by(name, hint.is_some(), Signal::stored(None))
                prop:checked=checked
                on:change:target=move |event| {
                    checked.set(event.target().checked());
                    tell(on_change);
                }
            />
        </div>
    }
}
