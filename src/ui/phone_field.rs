//! A phone number, the calling code of its country in front.

use leptos::prelude::*;

use super::field::{Field, Question, Unit};

/// A labelled phone number. The code stands in front until one is typed or pasted with the number:
/// what is typed stays as typed, and what it means is for a rule to say.
#[component]
pub fn PhoneField(
    /// What is asked.
    question: Question,
    /// What is typed.
    value: RwSignal<String>,
    /// The code, such as `+84`; empty while no country is chosen.
    #[prop(into)]
    code: Signal<String>,
) -> impl IntoView {
    let shown = move || {
        let is_whole = value.with(|typed| typed.trim_start().starts_with('+'));
        if is_whole { String::new() } else { code.get() }
    };
    view! {
        <Field question>
            <div class="input-group unit-field">
                <Unit question unit=Signal::derive(shown)/>
                <input
                    class="input"
                    id=question.id()
                    name=question.name
                    type="tel"
                    autocomplete="tel"
                    aria-required=question.required_state()
                    aria-invalid=move || question.invalid()
                    aria-describedby=move || question.described_with_unit()
                    prop:value=value
                    on:input:target=move |event| value.set(event.target().value())
                    on:blur=move |_| question.left()
                />
            </div>
        </Field>
    }
}
