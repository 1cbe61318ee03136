//! A day and a time, as the browser's own control gives them.

use leptos::prelude::*;

use super::TextField;

/// A labelled day and time, `YYYY-MM-DDThh:mm`, in no time zone: the page says which is meant.
#[component]
pub fn DateTimeField(
    /// The name of the field; its id follows from it, so it is unique on a page.
    name: &'static str,
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// What is chosen.
    value: RwSignal<String>,
    /// What helps to answer: the time zone, above all.
    #[prop(into)]
    hint: Signal<String>,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether an answer is needed.
    #[prop(optional)]
    required: bool,
    /// Told when the field is left.
    #[prop(into, default = Callback::new(|()| ()))]
    on_blur: Callback<()>,
) -> impl IntoView {
    view! { <TextField name label value hint error required on_blur kind="datetime-local"/> }
}
