//! The one heading that says which page this is.

use leptos::prelude::*;

/// The page's `h1`. It can be focused by the app, not by the user: after a change of page the
/// focus goes there.
#[component]
pub fn PageHeading(
    #[prop(into)] text: Signal<String>,
    /// A sentence on what it is for.
    #[prop(optional, into)]
    lead: Option<Signal<String>>,
) -> impl IntoView {
    view! {
        <div class="page-heading">
            <h1 class="page-heading-title" tabindex="-1">{move || text.get()}</h1>
            {lead.map(|lead| view! { <p class="page-heading-lead">{move || lead.get()}</p> })}
        </div>
    }
}
