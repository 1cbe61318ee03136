//! Where one stands in a row of steps.

use leptos::prelude::*;

use super::{Glyph, Icon};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepperStep {
    pub name: String,
    /// How far one is with it.
    pub progress: Progress,
}

/// How far one is with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    Done,
    Current,
    Ahead,
}

#[component]
pub fn Stepper(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] steps: Signal<Vec<StepperStep>>,
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
