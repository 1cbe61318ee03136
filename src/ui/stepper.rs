//! Where one stands in a row of steps.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// The steps in their order; those before the current one are done.
#[component]
pub fn Stepper(
    /// What the steps lead to.
    #[prop(into)]
    label: Signal<String>,
    /// The names of the steps.
    #[prop(into)]
    steps: Signal<Vec<String>>,
    /// The current step, counted from zero.
    #[prop(into)]
    current: Signal<usize>,
) -> impl IntoView {
    let step = move |(index, name): (usize, String)| {
        let is_done = move || index < current.get();
        view! {
            <li
                class="stepper-step"
                class=("stepper-done", is_done)
                aria-current=move || (index == current.get()).then_some("step")
            >
                <span class="stepper-mark" aria-hidden="true">
                    {move || if is_done() {
                        view! { <Icon glyph=Glyph::Check/> }.into_any()
                    } else {
                        (index + 1).into_any()
                    }}
                </span>
                <span class="stepper-name">{name}</span>
            </li>
        }
        .into_any()
    };
    view! {
        <ol class="stepper" aria-label=move || label.get()>
            {move || steps.get().into_iter().enumerate().map(step).collect_view()}
        </ol>
    }
}
