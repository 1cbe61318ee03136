//! An amount of money, its currency in front.

use leptos::prelude::*;

use super::field::{Field, described_by, field_id, invalid, required_state, tell};

/// A labelled amount. The text stays as typed: what it means is for a rule to say.
#[component]
pub fn MoneyField(
    /// The name of the field; its id follows from it, so it is unique on a page.
    name: &'static str,
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// The code of the currency.
    #[prop(into)]
    currency: Signal<String>,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether an answer is needed.
    #[prop(optional)]
    required: bool,
    /// Told when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let unit_id = format!("field-{name}-unit");
    let described = described_by(name, hint.is_some(), error);
    let described = {
        let unit_id = unit_id.clone();
        move || match described.get() {
            Some(others) => format!("{unit_id} {others}"),
            None => unit_id.clone(),
        }
    };
    view! {
        <Field name label hint error required>
            <div class="input-group money-field">
                <span class="money-field-unit" id=unit_id>{move || currency.get()}</span>
                <input
                    class="input"
                    id=field_id(name)
                    name=name
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    aria-required=required_state(required)
                    aria-invalid=invalid(error)
                    aria-describedby=described
                    prop:value=value
                    on:input:target=move |event| value.set(event.target().value())
                    on:blur=move |_| tell(on_blur)
                />
            </div>
        </Field>
    }
}
