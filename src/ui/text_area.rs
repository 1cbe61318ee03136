//! Several lines of text.

use leptos::prelude::*;

use super::field::{Field, Question};

/// A labelled box for several lines of text.
#[component]
pub fn TextArea(
    /// What is asked.
    question: Question,
    /// What is typed.
    value: RwSignal<String>,
    /// How many lines show at first.
    #[prop(default = 3)]
    rows: u32,
) -> impl IntoView {
    view! {
        <Field question>
            <textarea
                class="input"
                id=question.id()
                name=question.name
                rows=rows
                aria-required=question.required_state()
                aria-invalid=move || question.invalid()
                aria-describedby=move || question.described_by()
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
                on:blur=move |_| question.left()
            ></textarea>
        </Field>
    }
}
