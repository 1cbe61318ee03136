//! One line of text.

use leptos::prelude::*;

use super::field::{Field, Question};

/// A labelled line of text.
#[component]
pub fn TextField(
    /// What is asked.
    question: Question,
    /// What is typed.
    value: RwSignal<String>,
    /// The `type` of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Which keyboard a phone shows.
    #[prop(optional)]
    inputmode: Option<&'static str>,
) -> impl IntoView {
    view! {
        <Field question>
            <input
                class="input"
                class=("input-code", autocomplete == "one-time-code")
                id=question.id()
                name=question.name
                type=kind
                autocomplete=autocomplete
                inputmode=inputmode
                spellcheck=(kind != "text" || autocomplete != "off").then_some("false")
                autocapitalize=(kind != "text").then_some("none")
                aria-required=question.required_state()
                aria-invalid=move || question.invalid()
                aria-describedby=move || question.described_by()
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
                on:blur=move |_| question.left()
            />
        </Field>
    }
}
