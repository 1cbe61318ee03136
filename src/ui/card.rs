//! A part of a page that belongs together.

use leptos::prelude::*;

/// A sheet with an optional heading and a sentence below it.
#[component]
pub fn Card(
    /// Its heading, an `h2`.
    #[prop(optional, into)]
    title: Option<Signal<String>>,
    /// A sentence on what it is for.
    #[prop(optional, into)]
    text: Option<Signal<String>>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card">
            {title.map(|title| view! { <h2 class="card-title">{move || title.get()}</h2> })}
            {text.map(|text| view! { <p class="card-text">{move || text.get()}</p> })}
            {children()}
        </section>
    }
}
