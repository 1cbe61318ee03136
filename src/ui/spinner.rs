//! Something is going on and takes a moment.

use leptos::prelude::*;

/// A turning ring. With words it is a status of its own; without it stands beside words that
/// already say what is going on.
#[component]
pub fn Spinner(
    /// What is going on, for those who do not see it turn.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
) -> impl IntoView {
    match label {
        None => view! { <span class="spinner" aria-hidden="true"></span> }.into_any(),
        Some(label) => view! {
            <span class="spinner-status" role="status">
                <span class="spinner" aria-hidden="true"></span>
                <span class="visually-hidden">{move || label.get()}</span>
            </span>
        }
        .into_any(),
    }
}
