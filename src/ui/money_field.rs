//! An amount of money, its currency in front.

use leptos::prelude::*;

use super::field::{Field, Question, Unit};

/// A labelled amount. The text stays as typed: what it means is for a rule to say.
#[component]
pub fn MoneyField(
    /// What is asked.
    question: Question,
    /// What is typed.
    value: RwSignal<String>,
    /// The code of the currency.
    #[prop(into)]
    currency: Signal<String>,
) -> impl IntoView {
    view! {
        <Field question>
            <div class="input-group unit-field">
                <Unit question unit=currency/>
                <input
                    class="input"
                    id=question.id()
                    name=question.name
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
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
