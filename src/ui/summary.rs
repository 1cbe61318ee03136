//! All problems of a form in one place, each leading to its field.

use leptos::prelude::*;

use super::field::{field_id, focus_field};

/// One problem: the name of its field and the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryItem {
    pub field: String,
    pub message: String,
}

/// The list of problems. It is announced when it appears and takes no place while it is empty.
#[component]
pub fn Summary(
    #[prop(into)] title: Signal<String>,
    /// The problems, in the order of the fields.
    #[prop(into)]
    items: Signal<Vec<SummaryItem>>,
) -> impl IntoView {
    let item = |SummaryItem { field, message }: SummaryItem| {
        let href = format!("#{}", field_id(&field));
        view! {
            <li>
                <a class="link" href=href on:click=move |event| {
                    // The app would take it for a place to go.
                    event.prevent_default();
                    event.stop_propagation();
                    focus_field(&field);
                }>{message}</a>
            </li>
        }
        .into_any()
    };
    // The alert is there before it has anything to say: only then is it announced.
    view! {
        <div class="summary-region" role="alert">
            {move || {
                let items = items.get();
                (!items.is_empty()).then(|| view! {
                    <div class="summary" tabindex="-1">
                        <p class="summary-title">{move || title.get()}</p>
                        <ul class="summary-list">{items.into_iter().map(item).collect_view()}</ul>
                    </div>
                })
            }}
        </div>
    }
}
