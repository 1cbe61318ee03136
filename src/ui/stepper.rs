//! Where one stands in a row of steps.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepperStep {
    /// Its name.
    pub name: String,
    /// How far one is with it.
    pub progress: Progress,
}

/// How far one is with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It is behind.
    Done,
    /// It is open.
    Current,
    /// It is to come.
    Ahead,
}

/// The steps in their order.
#[component]
pub fn Stepper(
    /// What the steps lead to.
    #[prop(into)]
    label: Signal<String>,
    /// The steps.
    #[prop(into)]
    steps: Signal<Vec<StepperStep>>,
) -> impl IntoView {
    view! {
        <ol class="stepper" aria-label=move || label.get()>
            {move || steps.get().into_iter().enumerate().map(step).collect_view()}
        </ol>
    }
}

fn step((index, step): (usize, StepperStep)) -> AnyView {
    let StepperStep { name, progress } = step;
    let mark = match progress {
        Progress::Done => view! { <Icon glyph=Glyph::Check/> }.into_any(),
        Progress::Current | Progress::Ahead => (index + 1).to_string().into_any(),
    };
    view! {
        <li
            class="stepper-step"
            class=("stepper-done", progress == Progress::Done)
            aria-current=(progress == Progress::Current).then_some("step")
        >
            <span class="stepper-mark" aria-hidden="true">{mark}</span>
            <span class="stepper-name">{name}</span>
        </li>
    }
    .into_any()
}
