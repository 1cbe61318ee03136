//! One of a few, by the browser's own list.

use leptos::prelude::*;

use super::{
    Choice, Glyph, Icon,
    field::{Field, Question, tell},
};

/// A labelled list of a few entries. For long lists there is `Combobox`.
#[component]
pub fn SelectField(
    /// What is asked.
    question: Question,
    /// The value of the chosen entry; empty while none is.
    value: RwSignal<String>,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// What stands there while nothing is chosen.
    #[prop(optional, into)]
    placeholder: Option<Signal<String>>,
    /// Small, its label heard but not seen: for bars.
    #[prop(optional)]
    compact: bool,
    /// Told when another entry was chosen.
    #[prop(optional, into)]
    on_change: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <Field question compact>
            <div class="select-field">
                <select
                    class="input"
                    id=question.id()
                    name=question.name
                    aria-required=question.required_state()
                    aria-invalid=move || question.invalid()
                    aria-describedby=move || question.described_by()
                    on:change:target=move |event| {
                        value.set(event.target().value());
                        tell(on_change);
                        question.left();
                    }
                >
                    {placeholder.map(|placeholder| view! {
                        <option value="" prop:selected=move || value.with(String::is_empty)>
                            {move || placeholder.get()}
                        </option>
                    })}
                    {move || options.get().into_iter().map(|Choice { value: own, label }| {
                        let is_chosen = {
                            let own = own.clone();
                            move || value.with(|value| *value == own)
                        };
                        view! { <option value=own prop:selected=is_chosen>{label}</option> }.into_any()
                    }).collect_view()}
                </select>
                <Icon glyph=Glyph::ChevronDown/>
            </div>
        </Field>
    }
}
