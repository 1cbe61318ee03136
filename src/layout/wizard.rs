//! The frame of a new campaign: campaign → ad group → ad, with a steady pane beside.

use crate::text::{live, say};
use crate::ui::{Stepper, StepperStep};
use leptos::prelude::*;

#[component]
pub fn WizardShell(
    #[prop(into)] steps: Signal<Vec<StepperStep>>,
    /// Told the place of a step whose link is followed, from 0.
    on_open: Callback<usize>,
    /// What stands beside it on wide screens, below it on narrow ones.
    #[prop(into)]
    aside: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="wizard">
            <div class="wizard-steps">
                <Stepper label=live(say::wizard_steps) steps on_open/>
            </div>
            <div class="wizard-body">{children()}</div>
            <aside class="wizard-aside">{aside.run()}</aside>
        </div>
    }
}
