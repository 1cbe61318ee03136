//! A yes that someone gives by hand.

use leptos::prelude::*;

use super::field::{FieldError, FieldProps};

/// A box to tick, its words beside it. They come as children, so that they may hold links.
#[component]
pub fn Checkbox(
    /// What is asked; its words are the children, which may hold links.
    field: FieldProps,
    checked: RwSignal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="checkbox">
                <input
                    class="checkbox-box"
                    id=field.id()
                    name=field.name
                    type="checkbox"
                    aria-required=field.required_state()
                    aria-invalid=move || field.invalid()
                    aria-describedby=move || field.described_by()
                    prop:checked=checked
                    on:change:target=move |event| {
                        checked.set(event.target().checked());
                        field.left();
                    }
                />
                <span class="checkbox-words">{children()}</span>
            </label>
            <FieldError name=field.name error=field.error/>
        </div>
    }
}
