//! A yes that someone gives by hand.

use leptos::prelude::*;

use super::field::{FieldError, Question};

/// A box to tick, its words beside it. They come as children, so that they may hold links.
#[component]
pub fn Checkbox(
    /// What is asked; its words are the children, which may hold links.
    question: Question,
    /// Whether it is ticked.
    checked: RwSignal<bool>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="checkbox">
                <input
                    class="checkbox-box"
                    id=question.id()
                    name=question.name
                    type="checkbox"
                    aria-required=question.required_state()
                    aria-invalid=move || question.invalid()
                    aria-describedby=move || question.described_by()
                    prop:checked=checked
                    on:change:target=move |event| {
                        checked.set(event.target().checked());
                        question.left();
                    }
                />
                <span class="checkbox-words">{children()}</span>
            </label>
            <FieldError name=question.name error=question.error/>
        </div>
    }
}
