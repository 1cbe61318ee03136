//! What is known about something, line by line, each line perhaps with a way to change it.

use leptos::prelude::*;

/// The list that holds the rows.
#[component]
pub fn Descriptions(children: Children) -> impl IntoView {
    view! { <dl class="description">{children()}</dl> }
}

/// One row: what it is, its value, and what can be done about it.
#[component]
pub fn DescriptionRow(
    #[prop(into)] label: Signal<String>,
    /// Buttons or links that change it.
    #[prop(optional, into)]
    action: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="description-row">
            <dt class="description-label">{move || label.get()}</dt>
            <dd class="description-value">{children()}</dd>
            {action.map(|action| view! { <dd class="description-action">{action.run()}</dd> })}
        </div>
    }
}
