//! The frame of a new campaign: campaign → ad group → ad, with a steady pane beside.

use crate::text::{self, live, say};
use crate::ui::{Progress, Stepper, StepperStep};
use domain::draft::Step;
use leptos::prelude::*;

#[component]
pub fn WizardShell(
    #[prop(into)] step: Signal<Step>,
    /// What stands beside it on wide screens, below it on narrow ones.
    #[prop(into)]
    aside: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    let steps = Signal::derive(move || {
        let open = step.get();
        let is_before = |step: Step| {
            Step::ALL
                .into_iter()
                .take_while(|it| *it != open)
                .any(|it| it == step)
        };
        let standing = |step: Step| StepperStep {
            name: text::step(step),
            progress: if step == open {
                Progress::Current
            } else if is_before(step) {
                Progress::Done
            } else {
                Progress::Ahead
            },
        };
        Step::ALL.into_iter().map(standing).collect::<Vec<_>>()
    });
    view! {
        <div class="wizard">
            <div class="wizard-steps">
                <Stepper label=live(say::nav_campaigns) steps/>
            </div>
            <div class="wizard-body">{children()}</div>
            <aside class="wizard-aside">{aside.run()}</aside>
        </div>
    }
}
