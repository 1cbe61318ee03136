//! The frame of a new campaign: campaign → ad group → ad, with a steady pane beside.

use crate::text::{self, live, say};
use crate::ui::Stepper;
use domain::draft::Step;
use leptos::prelude::*;

/// A step of a draft.
#[component]
pub fn WizardShell(
    /// The step that is open.
    #[prop(into)]
    step: Signal<Step>,
    /// What stands beside it on wide screens, below it on narrow ones.
    #[prop(into)]
    aside: ViewFnOnce,
    /// The step.
    children: Children,
) -> impl IntoView {
    let names = Signal::derive(|| Step::ALL.into_iter().map(text::step).collect::<Vec<_>>());
    let current = Signal::derive(move || {
        let step = step.get();
        Step::ALL
            .iter()
            .position(|other| *other == step)
            .unwrap_or(0)
    });
    view! {
        <div class="wizard">
            <div class="wizard-steps">
                <Stepper label=live(say::nav_campaigns) steps=names current=current/>
            </div>
            <div class="wizard-body">{children()}</div>
            <aside class="wizard-aside">{aside.run()}</aside>
        </div>
    }
}
