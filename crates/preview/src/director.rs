//! The director's panel: who is there, how it looks, what TikTok, the network and the host answer,
//! the clock, the letters, what was asked, the world, and what was recorded.

pub mod appearance;
pub mod host;
pub mod logs;
pub mod recording;
pub mod world;

use super::people::SOMEBODY;
use super::scenes;
use super::script::Step;
use super::stage_controller::StageController;
use super::step_text::answer_words;
use super::tool_text::{self, fixed, spoken, tool};
use appearance::Appearance;
use host::{Clock, Host};
use leptos::prelude::*;
use logs::{Letters, Requests};
use portal::client::{TikTokAnswer, personas};
use portal::ui::{Banner, BannerKind, Button, ButtonKind, Choice, FieldProps, SelectField};
use recording::Recording;
use world::World;

/// The panel, at the side.
#[component]
pub fn Director(controller: StageController) -> impl IntoView {
    let open = RwSignal::new(is_wide());
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
                {move || controller.ready.get().and_then(Result::err).map(|why| view! {
                    <Banner kind=BannerKind::Problem title=fixed(tool::broken)>{why}</Banner>
                })}
                <Section name=tool::screen open=true><Screen controller/></Section>
                <Section name=tool::looks><Appearance controller/></Section>
                <Section name=tool::at_tiktok open=true><AtTikTok controller/></Section>
                <Section name=tool::host><Host controller/></Section>
                <Section name=tool::clock><Clock controller/></Section>
                <Section name=tool::outbox><Letters controller/></Section>
                <Section name=tool::requests><Requests controller/></Section>
                <Section name=tool::recording><Recording controller/></Section>
                <Section name=tool::world><World controller/></Section>
            </div>
        </aside>
    }
}

/// Whether there is room for the panel beside the app.
fn is_wide() -> bool {
    const ROOM: f64 = 960.0;
    let width = window().inner_width().ok().and_then(|width| width.as_f64());
    width.is_some_and(|width| width >= ROOM)
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
fn Screen(controller: StageController) -> impl IntoView {
    let scene = RwSignal::new(String::new());
    let persona = RwSignal::new(String::new());
    Effect::new(move || {
        controller.state.with(|state| {
            scene.set(state.scene.clone().unwrap_or_default());
            persona.set(state.script().persona.unwrap_or_default());
        });
    });
    let scenes = || {
        let all = scenes::all().into_iter().flat_map(|journey| journey.scenes);
        all.map(|it| Choice::new(it.name.clone(), tool_text::scene(&it.name)))
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
        controller.begin(move |state| {
            state.scene = Some(name).filter(|name| !name.is_empty());
            state.persona = None;
            state.at = None;
        });
    };
    let enter = move |()| {
        let name = persona.get_untracked();
        controller.begin(move |state| {
            state.scene = None;
            state.persona = Some(name).filter(|name| !name.is_empty());
            state.at = None;
        });
    };
    let reset = move |()| controller.begin(|_| {});
    view! {
        <SelectField
            field=FieldProps::new("stage_scene", fixed(tool::scene))
            value=scene
            options=Signal::derive(scenes)
            placeholder=fixed(tool::no_scene)
            on_change=Callback::new(show)
        />
        <SelectField
            field=FieldProps::new("stage_persona", fixed(tool::persona)).hint(fixed(tool::persona_hint))
            value=persona
            options=Signal::derive(personas)
            placeholder=fixed(tool::nobody)
            on_change=Callback::new(enter)
        />
        <p class="small muted">{tool::password().replace("{}", personas::PASSWORD)}</p>
        <p class="small muted" role="status">
            {move || controller.ready.get().map_or_else(tool::opening, |_| controller.here.get())}
        </p>
        <div class="row">
            <CopyLink controller/>
            <Button kind=ButtonKind::Secondary on_click=Callback::new(reset)>{tool::reset()}</Button>
        </div>
    }
}

/// A button that copies the address of all this.
#[component]
fn CopyLink(controller: StageController) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |()| {
        let address = untrack(|| controller.now().address());
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
fn AtTikTok(controller: StageController) -> impl IntoView {
    let answer = RwSignal::new(String::new());
    let username = RwSignal::new(SOMEBODY.to_owned());
    Effect::new(move || {
        let begun = controller.now();
        let mut now = begun.tiktok.map(|it| it.as_str().to_owned());
        let mut who = begun.username.clone();
        for step in &begun.script().steps {
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
        all.map(|answer| Choice::new(answer.as_str(), answer_words(answer)))
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
        controller.play(vec![Step::Answer { tiktok, username }]);
    };
    view! {
        <SelectField
            field=FieldProps::new("stage_answer", fixed(tool::answer)).hint(fixed(tool::answer_hint))
            value=answer
            options=Signal::derive(answers)
            placeholder=fixed(tool::answer_none)
            on_change=Callback::new(say)
        />
        <SelectField
            field=FieldProps::new("stage_account", fixed(tool::account)).hint(fixed(tool::account_hint))
            value=username
            options=Signal::derive(accounts)
            on_change=Callback::new(say)
        />
    }
}
