//! An amount of money, its currency in front.

use leptos::prelude::*;

use super::field::{Field, Question};

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
    let unit_id = format!("field-{}-unit", question.name);
    let described = {
        let unit_id = unit_id.clone();
        move || match question.described_by() {
            Some(others) => format!("{unit_id} {others}"),
            None => unit_id.clone(),
        }
    };
    view! {
        <Field question>
            <div class="input-group money-field">
                <span class="money-field-unit" id=unit_id>{move || currency.get()}</span>
                <input
                    class="input"
                    id=question.id()
                    name=question.name
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    aria-required=question.required_state()
                    aria-invalid=move || question.invalid()
                    aria-describedby=described
                    prop:value=value
                    on:input:target=move |event| value.set(event.target().value())
                    on:blur=move |_| question.left()
                />
            </div>
        </Field>
    }
}
