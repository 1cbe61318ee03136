//! The outline of what is being loaded.

use leptos::prelude::*;

/// Lines where text will stand. It shows only after a moment (the stylesheet waits), so that a
/// quick answer does not flicker.
#[component]
pub fn Skeleton(
    /// What is being loaded, in words.
    #[prop(into)]
    label: Signal<String>,
    #[prop(default = 3)] lines: usize,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{move || label.get()}</span>
            {(0..lines).map(|_| view! { <span class="skeleton-line" aria-hidden="true"></span> }.into_any()).collect_view()}
        </div>
    }
}
