//! The stage: the app in a frame, the director's panel beside it, and the address that always says
//! what stands there.

use super::app::{Order, Report};
use super::director::Director;
use super::frame::AppFrame;
use super::script::{Script, Step};
use super::state::State;
use super::words::{fixed, tool};
use leptos::html::Iframe;
use leptos::prelude::*;
use leptos::task::spawn_local;
use portal::client::{Asked, Sent};
use portal::json;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageEvent;

/// What the stage knows. Its copies share it.
#[derive(Clone, Copy)]
pub struct Scenery {
    /// How the frame was opened last.
    pub state: RwSignal<State>,
    /// What was done in it since its scene stood there.
    pub steps: RwSignal<Vec<Step>>,
    /// Whether its script was played, and what went wrong.
    pub ready: RwSignal<Option<Result<(), String>>>,
    /// Where the app is now.
    pub here: RwSignal<String>,
    /// The letters that went out, the newest first.
    pub letters: RwSignal<Vec<Sent>>,
    /// What was asked and replied, the newest last.
    pub asked: RwSignal<Vec<Asked>>,
    /// A script that is played step by step, and how many of its steps were.
    pub script: RwSignal<Option<(Script, usize)>>,
    frame: NodeRef<Iframe>,
    /// How often a frame was opened.
    loads: RwSignal<u32>,
}

impl Scenery {
    /// Opens the frame anew, with what a change makes of the state.
    pub fn open(self, change: impl FnOnce(&mut State)) {
        self.ready.set(None);
        self.state.update(change);
        self.load();
    }

    /// As [`Self::open`], with what was done since then done again.
    pub fn look(self, change: impl FnOnce(&mut State)) {
        let steps = self.steps.get_untracked();
        self.open(move |state| {
            state.steps = steps;
            change(state);
        });
    }

    /// Begins with another scene or person, and nothing done.
    pub fn begin(self, change: impl FnOnce(&mut State)) {
        self.steps.set(Vec::new());
        self.open(move |state| {
            state.steps = Vec::new();
            change(state);
        });
    }

    /// With a frame that was never anywhere: Back leads to nothing that was before.
    fn load(self) {
        self.loads.update(|loads| *loads += 1);
        self.note();
    }

    /// The state as it is now, with all that was done.
    pub fn now(self) -> State {
        State {
            steps: self.steps.get(),
            ..self.state.get()
        }
    }

    /// The whole of what was done as one script.
    pub fn recording(self) -> Script {
        let script = self.now().script();
        Script {
            name: "recording".to_owned(),
            of: None,
            shows: Vec::new(),
            ..script
        }
    }

    /// Has the address say it.
    fn note(self) {
        let address = untrack(|| self.now().address());
        if let Ok(history) = window().history() {
            // It refuses only another origin's.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        }
    }

    /// Has the app do steps, and keeps them in what was done.
    pub fn play(self, steps: Vec<Step>) {
        spawn_local(async move {
            self.played(steps).await;
        });
    }

    /// As [`Self::play`], until it is done: what went wrong, if something did.
    pub async fn played(self, steps: Vec<Step>) -> Option<String> {
        let answer = self.ask(Order::Play(steps)).await?;
        serde_json::from_str(&answer).ok().flatten()
    }

    /// Asks the app.
    pub async fn ask(self, order: Order) -> Option<String> {
        let frame = self.frame.get_untracked()?.content_window()?;
        let obey = json::member(&frame, "portalOrder");
        let obey: js_sys::Function = obey.dyn_into().ok()?;
        let order = JsValue::from_str(&json::write(&order));
        let promise = obey.call1(&JsValue::UNDEFINED, &order).ok()?;
        // It comes from the frame's own realm.
        let promise: js_sys::Promise = promise.unchecked_into();
        JsFuture::from(promise).await.ok()?.as_string()
    }

    /// Gives the frame another width; nothing is loaded again.
    pub fn resize(self, width: Option<u32>) {
        self.state.update(|state| state.width = width);
        self.note();
    }

    fn heed(self, report: Report) {
        match report {
            Report::Ready(broken) => {
                self.ready.set(Some(broken.map_or(Ok(()), Err)));
                spawn_local(async move { self.refresh().await });
            }
            Report::Steps(steps) => {
                self.steps.set(steps);
                self.note();
                spawn_local(async move { self.refresh().await });
            }
            Report::At(path) => self.here.set(path),
        }
    }

    async fn refresh(self) {
        if let Some(letters) = self.ask(Order::Letters).await {
            self.letters
                .set(serde_json::from_str(&letters).unwrap_or_default());
        }
        if let Some(asked) = self.ask(Order::Asked).await {
            self.asked
                .set(serde_json::from_str(&asked).unwrap_or_default());
        }
    }
}

/// Where a state begins in the frame: a scene knows by itself.
fn address_in_frame(state: &State) -> String {
    let at = state
        .scene
        .is_none()
        .then_some(state.at.as_deref())
        .flatten();
    state.address_of_app(at)
}

/// The page.
#[component]
pub fn Stage(
    /// How it was opened.
    state: State,
) -> impl IntoView {
    let width = RwSignal::new(None);
    let scenery = Scenery {
        state: RwSignal::new(state),
        steps: RwSignal::new(Vec::new()),
        ready: RwSignal::new(None),
        here: RwSignal::new(String::new()),
        letters: RwSignal::new(Vec::new()),
        asked: RwSignal::new(Vec::new()),
        script: RwSignal::new(None),
        frame: NodeRef::new(),
        loads: RwSignal::new(0),
    };
    Effect::new(move || width.set(scenery.state.with(|state| state.width)));
    let listener = window_event_listener(leptos::ev::message, move |event: MessageEvent| {
        let frame = scenery
            .frame
            .get_untracked()
            .and_then(|it| it.content_window());
        let source = json::member(&event, "source");
        if frame.is_none_or(|frame| JsValue::from(frame) != source) {
            return;
        }
        let text = event.data().as_string().unwrap_or_default();
        if let Ok(report) = serde_json::from_str(&text) {
            scenery.heed(report);
        }
    });
    on_cleanup(move || listener.remove());
    view! {
        <h1 class="visually-hidden">{tool::stage()}</h1>
        <div class="tool-stage">
            <div class="tool-stage-app">
                {move || {
                    scenery.loads.track();
                    let address = scenery.state.with_untracked(address_in_frame);
                    view! {
                        <AppFrame
                            address=address
                            width=width
                            title=fixed(tool::app)
                            node=scenery.frame
                        />
                    }
                }}
            </div>
            <Director scenery/>
        </div>
    }
}
