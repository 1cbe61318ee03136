//! Several lines of text.

use leptos::prelude::*;

use super::field::{FieldFrame, FieldProps, holds, typed};
use wasm_bindgen::JsCast as _;

/// A labelled box for several lines of text.
#[component]
pub fn TextArea(
    field: FieldProps,
    value: RwSignal<String>,
    /// How many lines show at first.
    #[prop(default = 3)]
    rows: u32,
) -> impl IntoView {
    view! {
        <FieldFrame field>
            <textarea
                class="input"
                id=field.id()
                name=field.name
                rows=rows
                aria-required=field.required_state()
                aria-invalid=move || field.invalid()
                aria-describedby=move || field.described_by()
                use:holds=value.into()
                on:input:target=move |event| value.set(typed(event.target().unchecked_ref()))
                on:blur=move |_| field.left()
            ></textarea>
        </FieldFrame>
    }
}
