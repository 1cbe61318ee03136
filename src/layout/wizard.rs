//! The frame of a campaign that is being made: it has the whole screen.

use crate::features::deletion::DeletionBanner;
use crate::route::{Page as _, Route};
use crate::text::{live, say};
use crate::ui::{Glyph, Icon, Link, Stepper, StepperStep};
use leptos::prelude::*;

#[component]
pub fn WizardShell(
    /// What the campaign is called.
    #[prop(into)]
    name: Signal<String>,
    /// How far it is saved.
    #[prop(into)]
    status: ViewFnOnce,
    #[prop(into)] steps: Signal<Vec<StepperStep>>,
    /// "Step 2 of 4: Ad group".
    #[prop(into)]
    current: Signal<String>,
    /// Told the place of a step whose link is followed, from 0.
    on_open: Callback<usize>,
    /// What stands beside the step where there is room.
    #[prop(into)]
    aside: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="wizard">
            <header class="wizard-head">
                <nav class="wizard-path" aria-label=say::campaign_path>
                    <Icon glyph=Glyph::ArrowLeft/>
                    <Link href=Route::Campaigns.address()>{say::campaigns_title}</Link>
                    <span aria-hidden="true">"/"</span>
                    <span class="wizard-name">{move || name.get()}</span>
                </nav>
                <div class="wizard-steps">
                    <Stepper label=live(say::wizard_steps) steps on_open current/>
                </div>
                <div class="wizard-status">{status.run()}</div>
            </header>
            <main class="wizard-main" id="main">
                <div class="wizard-body">
                    <DeletionBanner/>
                    {children()}
                </div>
                <aside class="wizard-aside">{aside.run()}</aside>
            </main>
        </div>
    }
}
