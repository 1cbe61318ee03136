//! How the network and the host behave, and what time it is.

use crate::script::Step;
use crate::stage_controller::StageController;
use crate::step_text::network_words;
use crate::tool_text::{fixed, tool};
use contract::problem::{Code, Problem};
use leptos::prelude::*;
use portal::client::Network;
use portal::intl;
use portal::json;
use portal::text;
use portal::ui::{Button, ButtonKind, Choice, FieldProps, SelectField};

/// How the network and the host behave.
#[component]
pub fn Host(controller: StageController) -> impl IntoView {
    let network = RwSignal::new("fine".to_owned());
    let latency = RwSignal::new("0".to_owned());
    let failures = RwSignal::new("0".to_owned());
    let refusal = RwSignal::new(String::new());
    Effect::new(move || {
        let state = controller.state.get();
        latency.set(state.latency.unwrap_or_default().to_string());
        failures.set(state.failures.unwrap_or_default().to_string());
    });
    let networks = || {
        Network::ALL
            .map(|network| Choice::new(json::word(network), network_words(network)))
            .to_vec()
    };
    let connect = move |()| {
        let network = json::choice(&network.get_untracked());
        controller.play(vec![Step::Network(network.unwrap_or_default())]);
    };
    let latencies = || {
        [0, 300, 1_000, 3_000]
            .map(|ms| {
                Choice::new(
                    ms.to_string(),
                    tool::milliseconds().replace("{}", &intl::number(ms)),
                )
            })
            .to_vec()
    };
    let rates = || {
        [0, 10, 30, 50]
            .map(|rate| {
                Choice::new(
                    rate.to_string(),
                    tool::percent().replace("{}", &rate.to_string()),
                )
            })
            .to_vec()
    };
    let behave = move |()| {
        controller.play(vec![Step::Behave {
            latency_ms: latency.get_untracked().parse().unwrap_or_default(),
            failures: failures.get_untracked().parse().unwrap_or_default(),
        }]);
    };
    let codes = || {
        Code::ALL
            .map(|code| Choice::new(json::word(code), text::problem(&Problem::new(code))))
            .to_vec()
    };
    let refuse = move |()| {
        if let Some(code) = json::choice(&refusal.get_untracked()) {
            controller.play(vec![Step::Refuse(code)]);
            // It is for one request.
            refusal.set(String::new());
        }
    };
    view! {
        <SelectField
            field=FieldProps::new("stage_network", fixed(tool::network))
            value=network
            options=Signal::derive(networks)
            on_change=Callback::new(connect)
        />
        <SelectField
            field=FieldProps::new("stage_latency", fixed(tool::latency))
            value=latency
            options=Signal::derive(latencies)
            on_change=Callback::new(behave)
        />
        <SelectField
            field=FieldProps::new("stage_failures", fixed(tool::failures))
            value=failures
            options=Signal::derive(rates)
            on_change=Callback::new(behave)
        />
        <SelectField
            field=FieldProps::new("stage_refusal", fixed(tool::refusal))
            value=refusal
            options=Signal::derive(codes)
            placeholder=fixed(tool::refusal_none)
            on_change=Callback::new(refuse)
        />
    }
}

/// Minutes that outlive a wait, an authorization and a fresh session, a session.
const JUMPS: [(u64, fn() -> String); 4] = [
    (1, tool::jump_minute),
    (11, tool::jump_stale),
    (60, tool::jump_hour),
    (25 * 60, tool::jump_gone),
];

/// Sets the clock ahead.
#[component]
pub fn Clock(controller: StageController) -> impl IntoView {
    let ahead = move || {
        let steps = controller.now().script().steps;
        let minutes = steps.iter().map(|step| match step {
            Step::Advance(minutes) => *minutes,
            Step::Go(_)
            | Step::Press(_)
            | Step::Fill { .. }
            | Step::FillCode(_)
            | Step::Choose { .. }
            | Step::Check { .. }
            | Step::TikTok { .. }
            | Step::Answer { .. }
            | Step::Network(_)
            | Step::Behave { .. }
            | Step::Refuse(_)
            | Step::RefuseField { .. }
            | Step::See(_) => 0,
        });
        minutes.sum::<u64>().to_string()
    };
    let jumps = JUMPS.map(|(minutes, words)| {
        let jump = move |()| controller.play(vec![Step::Advance(minutes)]);
        view! {
            <Button kind=ButtonKind::Secondary on_click=Callback::new(jump)>{words()}</Button>
        }
    });
    view! {
        <p class="small muted">{move || tool::clock_ahead().replace("{}", &ahead())}</p>
        <div class="row">{jumps.collect_view()}</div>
    }
}
