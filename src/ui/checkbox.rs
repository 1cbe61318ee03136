//! A yes that someone gives by hand.

use leptos::prelude::*;

use super::field::{FieldError, described_by, field_id, invalid, required_state, tell};

/// A box to tick, its words beside it. They come as children, so that they may hold links.
#[component]
pub fn Checkbox(
    /// The name of the field; its id follows from it, so it is unique on a page.
    name: &'static str,
    /// Whether it is ticked.
    checked: RwSignal<bool>,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether it must be ticked.
    #[prop(optional)]
    required: bool,
    /// Told when it was ticked or unticked.
    #[prop(optional, into)]
    on_change: Option<Callback<()>>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="checkbox">
                <input
                    class="checkbox-box"
                    id=field_id(name)
                    name=name
                    type="checkbox"
                    aria-required=required_state(required)
                    aria-invalid=invalid(error)
                    aria-describedby=described_by(name, false, error)
                    prop:checked=checked
                    on:change:target=move |event| {
                        checked.set(event.target().checked());
                        tell(on_change);
                    }
                />
                <span class="checkbox-words">{children()}</span>
            </label>
            <FieldError name error/>
        </div>
    }
}
