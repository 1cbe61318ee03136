//! Records what is done in the app, as the steps of a script.

use super::address::here;
use super::idle::until_idle;
use super::message_keys;
use super::protocol::{Notification, notify};
use super::script::Step;
use super::user_event::{code_in, pressables};
use core::cell::Cell;
use leptos::prelude::*;
use leptos::task::spawn_local;
use portal::choices;
use portal::client::{StoredMock, observe_requests};
use portal::route::query;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

thread_local! {
    /// Whether what happens on the page is a script's doing.
    static PLAYING: Cell<bool> = const { Cell::new(false) };
}

/// Says whether what happens on the page is a script's doing: then nobody did it.
pub fn set_playing(is_playing: bool) {
    PLAYING.set(is_playing);
}

/// What is recorded. Its copies share it.
#[derive(Clone, Copy)]
pub struct Recorder {
    steps: StoredValue<Vec<Step>>,
    /// The heading that was seen last, by its key.
    heading: StoredValue<String>,
    /// The choice that a combobox showed when it was come to.
    shown: StoredValue<String>,
    /// Whether anything is recorded yet.
    runs: StoredValue<bool>,
}

/// Records from now on, after what was done before.
pub fn follow(recorder: Recorder, before: Vec<Step>) {
    recorder.steps.set_value(before);
    recorder.heading.set_value(heading().unwrap_or_default());
    recorder.runs.set_value(true);
    recorder.notify();
}

impl Recorder {
    /// Listens to the page.
    pub fn start() -> Self {
        let recorder = Self {
            steps: StoredValue::new(Vec::new()),
            heading: StoredValue::new(String::new()),
            shown: StoredValue::new(String::new()),
            runs: StoredValue::new(false),
        };
        let listen = |name: &'static str, listener: fn(Recorder, &Event)| {
            let on_event = Closure::<dyn Fn(Event)>::new(move |event: Event| {
                if event.is_trusted() && recorder.runs.get_value() && !PLAYING.get() {
                    listener(recorder, &event);
                }
            });
            // Before the app hears of it, and changes what was pressed. It refuses no function.
            let _ = window().add_event_listener_with_callback_and_bool(
                name,
                on_event.as_ref().unchecked_ref(),
                true,
            );
            // It lasts as long as the page does.
            on_event.forget();
        };
        listen("change", Self::changed);
        listen("focusin", Self::entered);
        listen("focusout", Self::left);
        listen("click", Self::pressed);
        listen("popstate", Self::went_back);
        observe_requests(Box::new(move |url, form| recorder.at_tiktok(url, form)));
        recorder
    }

    /// All that was done.
    fn steps(self) -> Vec<Step> {
        self.steps.get_value()
    }

    pub fn push(self, step: Step) {
        if !self.runs.get_value() {
            return;
        }
        self.steps.update_value(|steps| {
            // A field that is typed into again says what it says last.
            if let (Some(Step::Fill { field: last, .. }), Step::Fill { field, .. }) =
                (steps.last(), &step)
                && last == field
            {
                steps.pop();
            }
            steps.push(step);
        });
        self.notify();
        self.look_around();
    }

    /// Notes a form of TikTok's that was sent, or a link that was followed there: what a person
    /// sees of it, without what the page carries along.
    fn at_tiktok(self, url: &str, form: Option<&str>) {
        const CARRIED: [&str; 3] = ["authorization", "csrf", "account"];
        if PLAYING.get() {
            return;
        }
        let path = url.split('?').next().unwrap_or_default();
        let to = path.rsplit_once('/').map_or(path, |(_, last)| last);
        let pairs = form.unwrap_or_default().split('&');
        let with = pairs
            .filter_map(|pair| pair.split_once('='))
            .filter(|(name, _)| !CARRIED.contains(name))
            .filter_map(|(name, _)| {
                let value = query::value(form.unwrap_or_default(), name)?;
                Some((name.to_owned(), value))
            })
            .filter(|(_, value)| !value.is_empty())
            .collect();
        self.push(Step::TikTok {
            to: format!("/{to}"),
            with,
        });
    }

    fn notify(self) {
        notify(&Notification::Steps(self.steps()));
        let here = here().map(|route| route.path());
        notify(&Notification::At(here.unwrap_or_default()));
    }

    /// Once all is settled: the heading that came, unless something was done meanwhile.
    fn look_around(self) {
        let count = self.steps.with_value(Vec::len);
        spawn_local(async move {
            until_idle().await;
            let Some(now) = heading() else { return };
            let is_new = self.heading.with_value(|before| *before != now);
            if is_new && self.steps.with_value(Vec::len) == count {
                self.heading.set_value(now.clone());
                self.steps.update_value(|steps| steps.push(Step::See(now)));
            }
            self.notify();
        });
    }

    fn changed(self, event: &Event) {
        let Some(element) = target(event) else { return };
        let field = element.get_attribute("name").unwrap_or_default();
        if field.is_empty() || element.get_attribute("role").as_deref() == Some("combobox") {
            return;
        }
        if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
            let value = select.value();
            return self.push(Step::Choose { field, value });
        }
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            match input.type_().as_str() {
                "checkbox" => {
                    let on = input.checked();
                    return self.push(Step::Check { field, on });
                }
                "radio" => {
                    let value = input.value();
                    return self.push(Step::Choose { field, value });
                }
                _ => {}
            }
        }
        let text = portal::json::member(&element, "value").as_string();
        self.typed(field, text.unwrap_or_default());
    }

    fn typed(self, field: String, text: String) {
        let is_code = code_in(&text).is_some_and(|code| code == text);
        let place = self.steps.with_value(Vec::len);
        self.push(Step::Fill {
            field: field.clone(),
            text: text.clone(),
        });
        if is_code {
            spawn_local(async move {
                let letters = StoredMock::default().letters().await;
                let newest = letters.iter().find_map(|letter| code_in(&letter.text));
                if newest == Some(text) {
                    self.steps.update_value(|steps| {
                        if let Some(step) = steps.get_mut(place) {
                            *step = Step::FillCode(field);
                        }
                    });
                    self.notify();
                }
            });
        }
    }

    fn entered(self, event: &Event) {
        if let Some(input) = combobox(event) {
            self.shown.set_value(input.value());
        }
    }

    fn left(self, event: &Event) {
        let Some(input) = combobox(event) else { return };
        let label = input.value();
        if self.shown.with_value(|shown| *shown == label) {
            return;
        }
        let lists = [
            choices::countries(),
            choices::time_zones(),
            choices::currencies(),
        ];
        let found = lists.iter().find_map(|list| {
            let list = list.get_untracked();
            list.into_iter().find(|choice| choice.label == label)
        });
        let value = found.map_or(label, |choice| choice.value);
        let field = input.name();
        self.push(Step::Choose { field, value });
    }

    /// The browser's own buttons: where they led is opened instead.
    fn went_back(self, _: &Event) {
        spawn_local(async move {
            until_idle().await;
            if let Some(here) = here() {
                self.push(Step::Go(here.path()));
            }
        });
    }

    fn pressed(self, event: &Event) {
        let Some(element) = target(event) else { return };
        let found = element.closest("button, a[href], [role=menuitem], summary");
        let Some(pressed) = found.ok().flatten() else {
            return;
        };
        if let Some(name) = name_of(&pressed) {
            self.push(Step::Press(name));
        }
    }
}

/// What a script calls an element that can be pressed.
fn name_of(pressed: &Element) -> Option<String> {
    let words = message_keys::words_of(pressed);
    // An ad's own button, which nobody presses here, says "Sign up" as well; in other languages it
    // has words that only TikTok's buttons have.
    let keys = message_keys::of(&words);
    let name = match keys.iter().find(|key| !key.starts_with("call_to_action_")) {
        Some(key) => (*key).to_owned(),
        None => format!("={words}"),
    };
    let sentence = name.strip_prefix('=').map(str::to_owned);
    let sentence = sentence.or_else(|| message_keys::sentence(&name))?;
    let mut same = pressables();
    same.retain(|element| message_keys::is_said(&sentence, &message_keys::words_of(element)));
    let place = same
        .iter()
        .position(|element| element.as_ref() as &Element == pressed)?;
    Some(match place {
        0 => name,
        later => format!("{name}#{}", later + 1),
    })
}

/// The key of what the page, or the dialog over it, is called.
fn heading() -> Option<String> {
    let found = document().query_selector("dialog[open] h2").ok().flatten();
    let found = found.or_else(|| document().query_selector("#app h1").ok().flatten())?;
    message_keys::of(&message_keys::words_of(&found))
        .first()
        .map(|key| (*key).to_owned())
}

fn target(event: &Event) -> Option<HtmlElement> {
    event.target()?.dyn_into().ok()
}

fn combobox(event: &Event) -> Option<HtmlInputElement> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    (input.get_attribute("role").as_deref() == Some("combobox")).then_some(input)
}
