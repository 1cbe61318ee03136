//! The director's panel: who is there, how it looks, what TikTok, the network and the host answer,
//! the clock, the letters, what was asked, the world, and what was recorded.

pub mod looks;
pub mod recording;
pub mod world;

use super::script::Step;
use super::stage::Scenery;
use super::state::SOMEBODY;
use super::words::{fixed, tool};
use super::{scenes, words::spoken};
use crate::client::{Network, TikTokAnswer, personas};
use crate::intl;
use crate::text::{self};
use crate::ui::{Banner, BannerKind, Button, ButtonKind, Choice, Question, SelectField};
use contract::problem::{Code, Problem};
use leptos::prelude::*;
use looks::LooksOfIt;
use recording::Recording;
use world::World;

/// The panel, at the side.
#[component]
pub fn Director(
    /// What it directs.
    scenery: Scenery,
) -> impl IntoView {
    let open = RwSignal::new(true);
    let toggle = move |_| open.update(|open| *open = !*open);
    let words = move || {
        if open.get() {
            tool::panel_close()
        } else {
            tool::panel_open()
        }
    };
    view! {
        <aside class="tool-panel" class=("tool-panel-closed", move || !open.get()) aria-label=tool::panel()>
            <button
                class="button button-secondary tool-panel-toggle"
                type="button"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls="tool-panel"
                on:click=toggle
            >
                {words}
            </button>
            <div id="tool-panel" class="tool-panel-content" hidden=move || !open.get()>
                {move || scenery.ready.get().and_then(Result::err).map(|why| view! {
                    <Banner kind=BannerKind::Problem title=fixed(tool::broken)>{why}</Banner>
                })}
                <Section name=tool::screen open=true><Screen scenery/></Section>
                <Section name=tool::looks><LooksOfIt scenery/></Section>
                <Section name=tool::at_tiktok open=true><AtTikTok scenery/></Section>
                <Section name=tool::host><Host scenery/></Section>
                <Section name=tool::clock><Clock scenery/></Section>
                <Section name=tool::outbox><Letters scenery/></Section>
                <Section name=tool::requests><Requests scenery/></Section>
                <Section name=tool::recording><Recording scenery/></Section>
                <Section name=tool::world><World scenery/></Section>
            </div>
        </aside>
    }
}

/// A part of the panel that can be closed.
#[component]
fn Section(
    name: fn() -> String,
    #[prop(optional)] open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="tool-section" open=open>
            <summary>{name()}</summary>
            <div class="tool-section-content">{children()}</div>
        </details>
    }
}

/// Who is there and what is seen.
#[component]
fn Screen(scenery: Scenery) -> impl IntoView {
    let scene = RwSignal::new(String::new());
    let persona = RwSignal::new(String::new());
    Effect::new(move || {
        scenery.state.with(|state| {
            scene.set(state.scene.clone().unwrap_or_default());
            persona.set(state.persona.clone().unwrap_or_default());
        });
    });
    let scenes = || {
        let all = scenes::all().into_iter().flat_map(|journey| journey.scenes);
        all.map(|it| Choice::new(it.name.clone(), spoken(&it.name)))
            .collect::<Vec<_>>()
    };
    let personas = || {
        let here = personas::BUSINESS.iter().map(|it| {
            let name = it.email.map_or_else(
                || it.tiktok.unwrap_or_default(),
                |email| email.split('@').next().unwrap_or_default(),
            );
            Choice::new(name, spoken(name))
        });
        here.collect::<Vec<_>>()
    };
    let show = move |()| {
        let name = scene.get_untracked();
        scenery.begin(move |state| {
            state.scene = Some(name).filter(|name| !name.is_empty());
            state.persona = None;
            state.at = None;
        });
    };
    let enter = move |()| {
        let name = persona.get_untracked();
        scenery.begin(move |state| {
            state.scene = None;
            state.persona = Some(name).filter(|name| !name.is_empty());
            state.at = None;
        });
    };
    let reset = move |()| scenery.begin(|_| {});
    view! {
        <SelectField
            question=Question::new("stage_scene", fixed(tool::scene))
            value=scene
            options=Signal::derive(scenes)
            placeholder=fixed(tool::no_scene)
            on_change=Callback::new(show)
        />
        <SelectField
            question=Question::new("stage_persona", fixed(tool::persona)).hint(fixed(tool::persona_hint))
            value=persona
            options=Signal::derive(personas)
            placeholder=fixed(tool::nobody)
            on_change=Callback::new(enter)
        />
        <p class="small muted">{tool::password().replace("{}", personas::PASSWORD)}</p>
        <p class="small muted" role="status">
            {move || scenery.ready.get().map_or_else(tool::opening, |_| scenery.here.get())}
        </p>
        <div class="row">
            <CopyLink scenery/>
            <Button kind=ButtonKind::Secondary on_click=Callback::new(reset)>{tool::reset()}</Button>
        </div>
    }
}

/// A button that copies the address of all this.
#[component]
fn CopyLink(scenery: Scenery) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |()| {
        let address = untrack(|| scenery.now().address());
        let origin = window().location().origin().unwrap_or_default();
        // Where a browser doesn't let it, the address bar says the same.
        let _ = window()
            .navigator()
            .clipboard()
            .write_text(&format!("{origin}{address}"));
        copied.set(true);
        set_timeout(
            move || {
                copied.try_set(false);
            },
            core::time::Duration::from_secs(3),
        );
    };
    view! {
        <Button kind=ButtonKind::Primary on_click=Callback::new(copy)>
            {move || if copied.get() { tool::copied() } else { tool::copy_link() }}
        </Button>
    }
}

/// What TikTok answers, and who.
#[component]
fn AtTikTok(scenery: Scenery) -> impl IntoView {
    let answer = RwSignal::new(String::new());
    let username = RwSignal::new(SOMEBODY.to_owned());
    Effect::new(move || {
        let begun = scenery.state.get();
        let mut now = begun.tiktok.map(|it| it.as_str().to_owned());
        let mut who = begun.username;
        for step in begun.steps.iter().chain(&scenery.steps.get()) {
            if let Step::Answer { tiktok, username } = step {
                now.clone_from(tiktok);
                who = username.clone().or(who);
            }
        }
        answer.set(now.unwrap_or_default());
        username.set(who.unwrap_or_else(|| SOMEBODY.to_owned()));
    });
    let answers = || {
        let all = TikTokAnswer::all();
        all.map(|answer| Choice::new(answer.as_str(), words_of(answer)))
            .collect::<Vec<_>>()
    };
    let accounts = || {
        let all = personas::TIKTOK.iter();
        all.map(|it| {
            Choice::new(
                it.username,
                format!("{} (@{})", it.display_name, it.username),
            )
        })
        .collect::<Vec<_>>()
    };
    let say = move |()| {
        let tiktok = Some(answer.get_untracked()).filter(|name| !name.is_empty());
        let username = Some(username.get_untracked());
        scenery.play(vec![Step::Answer { tiktok, username }]);
    };
    view! {
        <SelectField
            question=Question::new("stage_answer", fixed(tool::answer)).hint(fixed(tool::answer_hint))
            value=answer
            options=Signal::derive(answers)
            placeholder=fixed(tool::answer_none)
            on_change=Callback::new(say)
        />
        <SelectField
            question=Question::new("stage_account", fixed(tool::account)).hint(fixed(tool::account_hint))
            value=username
            options=Signal::derive(accounts)
            on_change=Callback::new(say)
        />
    }
}

/// What an answer of TikTok's is called.
pub fn words_of(answer: TikTokAnswer) -> String {
    match answer {
        TikTokAnswer::Authorize => tool::answer_authorize(),
        TikTokAnswer::Cancel => tool::answer_cancel(),
        TikTokAnswer::Deny => tool::answer_deny(),
        TikTokAnswer::Leave => tool::answer_leave(),
        TikTokAnswer::Rehearse(rehearsal) => {
            tool::answer_rehearse().replace("{}", &rehearsal.as_str().replace('_', " "))
        }
    }
}

/// How the network and the host behave.
#[component]
fn Host(scenery: Scenery) -> impl IntoView {
    let network = RwSignal::new("fine".to_owned());
    let latency = RwSignal::new("0".to_owned());
    let failures = RwSignal::new("0".to_owned());
    let refusal = RwSignal::new(String::new());
    Effect::new(move || {
        let state = scenery.state.get();
        latency.set(state.latency.unwrap_or_default().to_string());
        failures.set(state.failures.unwrap_or_default().to_string());
    });
    let networks = || {
        vec![
            Choice::new("fine", tool::network_fine()),
            Choice::new("offline", tool::network_offline()),
            Choice::new("silent", tool::network_silent()),
        ]
    };
    let connect = move |()| {
        let network = match network.get_untracked().as_str() {
            "offline" => Network::Offline,
            "silent" => Network::Silent,
            _ => Network::Fine,
        };
        scenery.play(vec![Step::Network(network)]);
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
        scenery.play(vec![Step::Behave {
            latency_ms: latency.get_untracked().parse().unwrap_or_default(),
            failures: failures.get_untracked().parse().unwrap_or_default(),
        }]);
    };
    let codes = || {
        Code::ALL
            .map(|code| Choice::new(crate::json::word(code), text::problem(&Problem::new(code))))
            .to_vec()
    };
    let refuse = move |()| {
        if let Some(code) = crate::json::choice(&refusal.get_untracked()) {
            scenery.play(vec![Step::Refuse(code)]);
        }
    };
    view! {
        <SelectField
            question=Question::new("stage_network", fixed(tool::network))
            value=network
            options=Signal::derive(networks)
            on_change=Callback::new(connect)
        />
        <SelectField
            question=Question::new("stage_latency", fixed(tool::latency))
            value=latency
            options=Signal::derive(latencies)
            on_change=Callback::new(behave)
        />
        <SelectField
            question=Question::new("stage_failures", fixed(tool::failures))
            value=failures
            options=Signal::derive(rates)
            on_change=Callback::new(behave)
        />
        <SelectField
            question=Question::new("stage_refusal", fixed(tool::refusal))
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
fn Clock(scenery: Scenery) -> impl IntoView {
    let ahead = move || {
        let steps = scenery.steps.get();
        let before = scenery.state.with(|state| state.script().steps);
        let minutes = before.iter().chain(&steps).map(|step| match step {
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
        let jump = move |()| scenery.play(vec![Step::Advance(minutes)]);
        view! {
            <Button kind=ButtonKind::Secondary on_click=Callback::new(jump)>{words()}</Button>
        }
    });
    view! {
        <p class="small muted">{move || tool::clock_ahead().replace("{}", &ahead())}</p>
        <div class="row">{jumps.collect_view()}</div>
    }
}

/// What went out by e-mail.
#[component]
fn Letters(scenery: Scenery) -> impl IntoView {
    move || {
        let letters = scenery.letters.get();
        if letters.is_empty() {
            return view! { <p class="small muted">{tool::outbox_empty()}</p> }.into_any();
        }
        letters
            .into_iter()
            .map(|letter| {
                view! {
                    <article class="tool-letter" lang=letter.language>
                        <h3>{letter.subject}</h3>
                        <p class="small muted">{letter.to} " · " {intl::date_time(letter.at)}</p>
                        <p>{letter.text}</p>
                    </article>
                }
            })
            .collect_view()
            .into_any()
    }
}

/// What was asked of the host, the newest first.
#[component]
fn Requests(scenery: Scenery) -> impl IntoView {
    move || {
        let asked = scenery.asked.get();
        if asked.is_empty() {
            return view! { <p class="small muted">{tool::requests_empty()}</p> }.into_any();
        }
        let rows = asked.into_iter().rev().map(|asked| {
            let end = match (&asked.problem, &asked.reply) {
                (Some(code), _) => crate::json::word(*code),
                (None, Some(_)) => tool::request_answered(),
                (None, None) => tool::request_lost(),
            };
            view! {
                <details class="tool-request">
                    <summary><code>{asked.name}</code> " " <span class="small muted">{end}</span></summary>
                    <pre tabindex="0">{asked.request}</pre>
                    <pre tabindex="0">{asked.reply.unwrap_or_default()}</pre>
                </details>
            }
        });
        rows.collect_view().into_any()
    }
}
