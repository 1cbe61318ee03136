//! A password, hidden until its owner asks to see it.

use leptos::prelude::*;

use super::{
    Glyph, Icon,
    field::{Field, described_by, field_id, invalid, required_state, tell},
};

/// A labelled password with a button that reveals it.
#[component]
pub fn PasswordField(
    /// The name of the field; its id follows from it, so it is unique on a page.
    name: &'static str,
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// The words of the button that reveals.
    #[prop(into)]
    show_label: Signal<String>,
    /// The words of the button that hides again.
    #[prop(into)]
    hide_label: Signal<String>,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// `current-password`, or `new-password` where one is being chosen.
    #[prop(default = "current-password")]
    autocomplete: &'static str,
    /// Whether an answer is needed.
    #[prop(optional)]
    required: bool,
    /// Told when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    view! {
        <Field name label hint error required>
            <div class="input-group">
                <input
                    class="input"
                    id=field_id(name)
                    name=name
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    spellcheck="false"
                    autocapitalize="none"
                    aria-required=required_state(required)
                    aria-invalid=invalid(error)
                    aria-describedby=described_by(name, hint.is_some(), error)
                    prop:value=value
                    on:input:target=move |event| value.set(event.target().value())
                    on:blur=move |_| tell(on_blur)
                />
                <button
                    class="input-button"
                    type="button"
                    aria-controls=field_id(name)
                    aria-label=move || if shown.get() { hide_label.get() } else { show_label.get() }
                    // A press must not take the focus from the field: leaving it would check it.
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || {
                        let glyph = if shown.get() { Glyph::EyeOff } else { Glyph::Eye };
                        view! { <Icon glyph/> }
                    }}
                </button>
            </div>
        </Field>
    }
}
