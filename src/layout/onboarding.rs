//! The frame of those who have an account and no ad account that can be used yet: how far they are
//! stands where a guest reads what the place is.

use super::guest::{Bar, Brand};
use crate::text::say;
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;

/// The steps to an ad account, in order. The first is behind whoever comes here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Onboarding {
    Account,
    AdAccount,
    Completion,
}

impl Onboarding {
    const ALL: [Self; 3] = [Self::Account, Self::AdAccount, Self::Completion];

    fn words(self) -> String {
        match self {
            Self::Account => say::my_data_account(),
            Self::AdAccount => say::guide_ad_account(),
            Self::Completion => say::guide_address(),
        }
    }
}

#[component]
pub fn OnboardingShell(
    /// The step that is open.
    step: Onboarding,
    children: Children,
) -> impl IntoView {
    let at = Onboarding::ALL
        .into_iter()
        .take_while(|one| *one != step)
        .count();
    let entry = |(place, one): (usize, Onboarding)| {
        let mark = if place < at {
            view! { <Icon glyph=Glyph::Check/> }.into_any()
        } else {
            (place + 1).to_string().into_any()
        };
        let told = (place < at)
            .then(|| view! { <span class="visually-hidden">" " {say::step_complete}</span> });
        view! {
            <li
                class="onboarding-step"
                class=("stepper-complete", place < at)
                aria-current=(place == at).then_some("step")
            >
                <span class="stepper-mark" aria-hidden="true">{mark}</span>
                <span>{move || one.words()} {told}</span>
            </li>
        }
        .into_any()
    };
    let line = move || {
        let [all, number] = [Onboarding::ALL.len(), at + 1].map(|it| it.to_string());
        say::wizard_step(&all, &step.words(), &number)
    };
    view! {
        <div class="auth-page">
            <aside class="auth-side">
                <Brand/>
                <ol class="onboarding" aria-label=say::wizard_steps>
                    {Onboarding::ALL.into_iter().enumerate().map(entry).collect_view()}
                </ol>
            </aside>
            <div class="auth-main">
                <Bar/>
                <main class="auth-card" id="main">
                    <p class="onboarding-line">{line}</p>
                    {children()}
                </main>
            </div>
        </div>
    }
}
