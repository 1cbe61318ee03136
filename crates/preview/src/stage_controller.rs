//! What the stage knows of the app in its frame, and has it do.

use super::protocol::{Command, Notification};
use super::script::{Script, Step};
use super::state::State;
use leptos::html::Iframe;
use leptos::prelude::*;
use leptos::task::spawn_local;
use portal::client::{RecordedRequest, Sent};
use portal::json;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What the stage knows. Its copies share it.
#[derive(Clone, Copy)]
pub struct StageController {
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
    pub asked: RwSignal<Vec<RecordedRequest>>,
    /// A script that is played step by step, and how many of its steps were.
    pub script: RwSignal<Option<(Script, usize)>>,
    /// The frame that the app is in.
    pub frame: NodeRef<Iframe>,
    /// How often a frame was opened.
    pub loads: RwSignal<u32>,
}

impl StageController {
    /// Of a stage whose frame is opened in this state.
    pub fn new(state: State) -> Self {
        Self {
            state: RwSignal::new(state),
            steps: RwSignal::new(Vec::new()),
            ready: RwSignal::new(None),
            here: RwSignal::new(String::new()),
            letters: RwSignal::new(Vec::new()),
            asked: RwSignal::new(Vec::new()),
            script: RwSignal::new(None),
            frame: NodeRef::new(),
            loads: RwSignal::new(0),
        }
    }

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
        let answer = self.ask(Command::Play(steps)).await?;
        serde_json::from_str(&answer).ok().flatten()
    }

    pub async fn ask(self, command: Command) -> Option<String> {
        let frame = self.frame.get_untracked()?.content_window()?;
        let execute = json::member(&frame, "portalOrder");
        let execute: js_sys::Function = execute.dyn_into().ok()?;
        let command = JsValue::from_str(&json::write(&command));
        let promise = execute.call1(&JsValue::UNDEFINED, &command).ok()?;
        // It comes from the frame's own realm.
        let promise: js_sys::Promise = promise.unchecked_into();
        JsFuture::from(promise).await.ok()?.as_string()
    }

    /// Gives the frame another width; nothing is loaded again.
    pub fn resize(self, width: Option<u32>) {
        self.state.update(|state| state.width = width);
        self.note();
    }

    /// Takes in what the app in the frame says.
    pub fn on_notification(self, notification: Notification) {
        match notification {
            Notification::Ready(broken) => {
                self.ready.set(Some(broken.map_or(Ok(()), Err)));
                spawn_local(async move { self.refresh().await });
            }
            Notification::Steps(steps) => {
                self.steps.set(steps);
                self.note();
                spawn_local(async move { self.refresh().await });
            }
            Notification::At(path) => self.here.set(path),
        }
    }

    async fn refresh(self) {
        if let Some(letters) = self.ask(Command::Letters).await {
            self.letters
                .set(serde_json::from_str(&letters).unwrap_or_default());
        }
        if let Some(asked) = self.ask(Command::Asked).await {
            self.asked
                .set(serde_json::from_str(&asked).unwrap_or_default());
        }
    }
}
