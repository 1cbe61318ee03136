//! One line of text.

use leptos::prelude::*;

use super::field::{Field, described_by, field_id, invalid, required_state, tell};

/// A labelled line of text.
#[component]
pub fn TextField(
    /// The name of the field; its id follows from it, so it is unique on a page.
    name: &'static str,
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The `type` of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Which keyboard a phone shows.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// Whether an answer is needed.
    #[prop(optional)]
    required: bool,
    /// Told when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <Field name label hint error required>
            <input
                class="input"
                class=("input-code", autocomplete == "one-time-code")
                id=field_id(name)
                name=name
                type=kind
                autocomplete=autocomplete
                inputmode=inputmode
                spellcheck=(kind != "text" || autocomplete != "off").then_some("false")
                autocapitalize=(kind != "text").then_some("none")
                aria-required=required_state(required)
                aria-invalid=invalid(error)
                aria-describedby=described_by(name, hint.is_some(), error)
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
                on:blur=move |_| tell(on_blur)
            />
        </Field>
    }
}
