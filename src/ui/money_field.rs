//! An amount of money, its currency in front.

use leptos::prelude::*;

use super::field::{FieldFrame, FieldProps, Line, line};

/// A labelled amount. The text stays as typed: what it means is for a rule to say.
#[component]
pub fn MoneyField(
    field: FieldProps,
    value: RwSignal<String>,
    /// The code of the currency.
    #[prop(into)]
    currency: Signal<String>,
) -> impl IntoView {
    let amount = Line {
        kind: Signal::stored("text"),
        autocomplete: "off",
        inputmode: Some("decimal"),
        unit: Some(currency),
    };
    view! {
        <FieldFrame field>
            <div class="input-group unit-field">{line(field, value, amount)}</div>
        </FieldFrame>
    }
}
