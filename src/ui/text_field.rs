//! One line of text.

use leptos::prelude::*;

use super::field::{FieldFrame, FieldProps, Line, line};

#[component]
pub fn TextField(
    field: FieldProps,
    value: RwSignal<String>,
    /// The `type` of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Which keyboard a phone shows.
    #[prop(optional)]
    inputmode: Option<&'static str>,
) -> impl IntoView {
    let line_of = Line {
        kind: Signal::stored(kind),
        autocomplete,
        inputmode,
        unit: None,
    };
    view! { <FieldFrame field>{line(field, value, line_of)}</FieldFrame> }
}
