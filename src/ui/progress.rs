//! Something goes on, and takes a moment that nobody can foretell.

use leptos::prelude::*;

/// A bar that moves. It names what goes on.
#[component]
pub fn ProgressBar(#[prop(into)] label: Signal<String>) -> impl IntoView {
    view! { <progress class="progress" aria-label=move || label.get()></progress> }
}
