//! How far one is with each of a row of steps, and the way to each.

use leptos::prelude::*;

use super::{Glyph, Icon};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepperStep {
    pub name: String,
    /// The address of the step.
    pub href: String,
    /// How far one is with it.
    pub progress: Progress,
    /// The words of that, for those who don't see the mark. The open step and those ahead need none.
    pub told: Option<String>,
}

/// How far one is with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// No field of it has a fault.
    Complete,
    /// The step that is open.
    Current,
    /// There is something in it, and something is missing.
    Begun,
    /// It was left with faults.
    Faulty,
    Ahead,
}

#[component]
pub fn Stepper(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] steps: Signal<Vec<StepperStep>>,
    /// Told the place of a step whose link is followed, from 0.
    on_open: Callback<usize>,
    /// Which step is open, in words, where there is no room for the names of all.
    #[prop(into)]
    current: Signal<String>,
) -> impl IntoView {
    let step = move |(index, one): (usize, StepperStep)| step(index, one, on_open);
    view! {
        <nav aria-label=move || label.get()>
            <ol class="stepper">
                {move || steps.get().into_iter().enumerate().map(step).collect_view()}
            </ol>
            <p class="stepper-line" aria-hidden="true">{move || current.get()}</p>
        </nav>
    }
}

fn step(index: usize, step: StepperStep, on_open: Callback<usize>) -> AnyView {
    let StepperStep {
        name,
        href,
        progress,
        told,
    } = step;
    let mark = match progress {
        Progress::Complete => view! { <Icon glyph=Glyph::Check/> }.into_any(),
        Progress::Faulty => "!".into_any(),
        Progress::Begun => ().into_any(),
        Progress::Current | Progress::Ahead => (index + 1).to_string().into_any(),
    };
    view! {
        <li class="stepper-item">
            <a
                class="stepper-step"
                class=("stepper-complete", progress == Progress::Complete)
                class=("stepper-begun", progress == Progress::Begun)
                class=("stepper-faulty", progress == Progress::Faulty)
                href=href
                on:click=move |_| on_open.run(index)
                aria-current=(progress == Progress::Current).then_some("step")
            >
                <span class="stepper-mark" aria-hidden="true">{mark}</span>
                <span class="stepper-name">{name}</span>
                {told.map(|told| view! { <span class="visually-hidden">" " {told}</span> })}
            </a>
        </li>
    }
    .into_any()
}
