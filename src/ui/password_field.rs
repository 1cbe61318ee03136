//! A password, hidden until its owner asks to see it.

use leptos::prelude::*;

use super::{
    Glyph, Icon, Tooltip,
    field::{FieldFrame, FieldProps, Line, line},
};

/// A labelled password with a button that reveals it.
#[component]
pub fn PasswordField(
    field: FieldProps,
    value: RwSignal<String>,
    /// The words of the button that reveals.
    #[prop(into)]
    show_label: Signal<String>,
    /// The words of the button that hides again.
    #[prop(into)]
    hide_label: Signal<String>,
    /// `current-password`, or `new-password` where one is being chosen.
    #[prop(default = "current-password")]
    autocomplete: &'static str,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let words_id = format!("field-{}-reveal", field.name);
    let words = move || {
        if shown.get() {
            hide_label.get()
        } else {
            show_label.get()
        }
    };
    let secret = Line {
        kind: Signal::derive(move || if shown.get() { "text" } else { "password" }),
        autocomplete,
        inputmode: None,
        unit: None,
    };
    view! {
        <FieldFrame field>
            <div class="input-group">
                {line(field, value, secret)}
                <Tooltip id=words_id.clone() words=Signal::derive(words)>
                    <button
                        class="input-button"
                        type="button"
                        aria-controls=field.id()
                        aria-labelledby=words_id
                        // A press must not take the focus from the field: leaving it would check
                        // it.
                        on:mousedown=|event| event.prevent_default()
                        on:click=move |_| shown.update(|shown| *shown = !*shown)
                    >
                        {move || {
                            let glyph = if shown.get() { Glyph::EyeOff } else { Glyph::Eye };
                            view! { <Icon glyph/> }
                        }}
                    </button>
                </Tooltip>
            </div>
        </FieldFrame>
    }
}
