//! A phone number, the calling code of its country in front.

use leptos::prelude::*;

use super::field::{FieldFrame, FieldProps, Line, line};

/// A labelled phone number. The code stands in front until one is typed or pasted with the number:
/// what is typed stays as typed, and what it means is for a rule to say.
#[component]
pub fn PhoneField(
    field: FieldProps,
    value: RwSignal<String>,
    /// The code, such as `+84`; empty while no country is chosen.
    #[prop(into)]
    code: Signal<String>,
) -> impl IntoView {
    let shown = move || {
        let is_whole =
            value.with(|typed| typed.contains(['+', '＋']) || typed.trim_start().starts_with("00"));
        if is_whole { String::new() } else { code.get() }
    };
    let number = Line {
        kind: Signal::stored("tel"),
        autocomplete: "tel",
        inputmode: None,
        unit: Some(Signal::derive(shown)),
    };
    view! {
        <FieldFrame field>
            <div class="input-group unit-field">{line(field, value, number)}</div>
        </FieldFrame>
    }
}
