//! One of a few, by the browser's own list.

use leptos::prelude::*;

use super::{
    Choice, Glyph, Icon,
    field::{Field, described_by, field_id, invalid, required_state, tell},
};

/// A labelled list of a few entries. For long lists there is `Combobox`.
#[component]
pub fn SelectField(
    /// The name of the field; its id follows from it, so it is unique on a page.
    name: &'static str,
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// The value of the chosen entry; empty while none is.
    value: RwSignal<String>,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// What stands there while nothing is chosen.
    #[prop(optional, into)]
    placeholder: Option<Signal<String>>,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether an answer is needed.
    #[prop(optional)]
    required: bool,
    /// Small, its label heard but not seen: for bars.
    #[prop(optional)]
    compact: bool,
    /// Told when another entry was chosen.
    #[prop(optional, into)]
    on_change: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <Field name label hint error required compact>
            <div class="select-field">
                <select
                    class="input"
                    id=field_id(name)
                    name=name
                    aria-required=required_state(required)
                    aria-invalid=invalid(error)
                    aria-describedby=described_by(name, hint.is_some(), error)
                    on:change:target=move |event| {
                        value.set(event.target().value());
                        tell(on_change);
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
