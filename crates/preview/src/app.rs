//! The app alone, in the state that its address names: the world begins anew, the script is played,
//! and from then on what is done is recorded and told to the page around it.

use super::play::{self, Player};
use super::record::{self, Recorder};
use super::state::{State, email_of};
use super::{address, marks, names, script::Step};
use contract::authorization::Purpose;
use domain::region::Language;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use portal::app::App;
use portal::client::{StoredMock, TikTokAnswer, asked};
use portal::json;
use portal::route::Route;
use portal::storage;
use portal::text;
use serde::{Deserialize, Serialize};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{future_to_promise, spawn_local};

/// What the page around the app can ask of it: `window.portalOrder(json)`, a promise of JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Play these, and say what went wrong, or null.
    Play(Vec<Step>),
    /// The letters that went out, the newest first.
    Letters,
    /// What was asked and replied.
    Asked,
    /// The mock's whole world, as text.
    Export,
    /// Put this world in its place and load again.
    Import(String),
    /// What the gallery must show.
    Wanted,
    /// What of it this page shows.
    Shown,
    /// Speak another language, by its tag, on the page as it is.
    Speak(String),
    /// Every scene.
    Scenes,
    /// Every transition of the map.
    Edges,
}

/// What the app tells the page around it, unasked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// The script was played; why not, where it wasn't.
    Ready(Option<String>),
    /// Another step was done: all of them.
    Steps(Vec<Step>),
    /// Another page is there: its path.
    At(String),
}

/// Tells it.
pub fn report(report: &Report) {
    let window = window();
    if let Ok(Some(parent)) = window.parent()
        && parent != window
    {
        let ours = window.location().origin().unwrap_or_default();
        // Another site that frames it isn't told, and the app needn't know.
        let _ = parent.post_message(&JsValue::from_str(&json::write(report)), &ours);
    }
}

/// Starts it.
pub fn start(state: State) {
    address::place_behind(state.before());
    state.direct();
    if state.names {
        text::decorate(marks::mark);
    }
    spawn_local(async move {
        let script = state.script();
        let mock = StoredMock::default();
        let begins = state.begins();
        if begins {
            begin(&mock, script.persona.as_deref()).await;
            replace_address(&state.address_of_app(Some(&script.at)));
        }
        mount_to_body(App);
        let recorder = Recorder::start();
        listen(recorder);
        play::settled().await;
        let broken = if begins {
            let broken = Player { recorder: None }.play(&script.steps).await.err();
            play::settled_and_saved().await;
            broken
        } else {
            None
        };
        if state.names {
            names::show();
        }
        window().scroll_to_with_x_and_y(0.0, 0.0);
        mark(broken.as_deref());
        report(&Report::Ready(broken));
        record::follow(recorder, state.steps);
    });
}

/// A world in which nothing has happened but that someone logged in.
async fn begin(mock: &StoredMock, persona: Option<&str>) {
    mock.reset().await;
    for key in ["portal.region", "portal.account_language"] {
        storage::remove(key);
    }
    if let Ok(Some(tab)) = window().session_storage() {
        // Where nothing can be kept, nothing was.
        let _ = tab.clear();
    }
    let Some(persona) = persona else { return };
    // One that there isn't is not logged in, and the script fails where it needs them.
    let _ = if let Some(email) = email_of(persona) {
        mock.log_in(email).await
    } else {
        let trip = mock.authorize(Purpose::LogIn, TikTokAnswer::Authorize, persona, 0);
        trip.await.map(|_| ())
    };
}

/// `<html data-scene>`: `ready`, or what went wrong.
fn mark(broken: Option<&str>) {
    if let Some(page) = document().document_element() {
        // It refuses only names that are none.
        let _ = page.set_attribute("data-scene", broken.unwrap_or("ready"));
    }
}

fn replace_address(address: &str) {
    if let Ok(history) = window().history() {
        // It refuses only another origin's.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Where the app is now.
pub fn here() -> Option<Route> {
    let query = window().location().search().unwrap_or_default();
    Route::of_address("", query.trim_start_matches('?'))
}

/// Obeys from now on.
fn listen(recorder: Recorder) {
    let obey = Closure::<dyn Fn(String) -> js_sys::Promise>::new(move |text: String| {
        future_to_promise(async move {
            let Ok(order) = serde_json::from_str::<Order>(&text) else {
                return Err(JsValue::NULL);
            };
            Ok(JsValue::from_str(&obey(recorder, order).await))
        })
    });
    // The window takes any name.
    let _ = js_sys::Reflect::set(
        &window(),
        &JsValue::from_str("portalOrder"),
        obey.as_ref().unchecked_ref(),
    );
    obey.forget();
}

/// Speaks a language of the page's list, one that nobody speaks among them.
async fn speak(tag: &str) -> bool {
    let files = json::member(&js_sys::global(), "portalLocales");
    let Some(file) = json::member(&files, tag).as_string() else {
        return false;
    };
    let Ok(answer) = gloo_net::http::Request::get(&file).send().await else {
        return false;
    };
    let language = Language::of_tag(tag).unwrap_or_default();
    let spoken = match answer.text().await {
        Ok(words) => text::speak(language, &words),
        Err(_) => false,
    };
    if let Some(page) = document().document_element() {
        // It refuses only names that are none.
        let _ = page.set_attribute("lang", tag);
    }
    spoken
}

/// A mock's whole world, and where and when one stood in it.
#[derive(Serialize, Deserialize)]
struct Exported {
    at: String,
    clock: String,
    world: serde_json::Value,
}

async fn export(mock: &StoredMock) -> String {
    let world = mock.export().await;
    let here = here().map(|route| route.path());
    json::write(&Exported {
        at: here.unwrap_or_default(),
        clock: js_sys::Date::new_0().to_iso_string().into(),
        world: serde_json::from_str(&world).unwrap_or_default(),
    })
}

/// Puts a world in the place of this one and loads again; whether it is one.
async fn import(mock: &StoredMock, text: &str) -> bool {
    let Ok(Exported { at, clock, world }) = serde_json::from_str(text) else {
        return false;
    };
    if !mock.import(&json::write(&world)).await {
        return false;
    }
    let query = window().location().search().unwrap_or_default();
    let state = State {
        clock: Some(clock),
        scene: None,
        persona: None,
        steps: Vec::new(),
        ..State::parse(query.trim_start_matches('?'))
    };
    replace_address(&state.address_of_app(Some(&at)));
    // After the answer.
    set_timeout(
        || {
            // It refuses nothing here.
            let _ = window().location().reload();
        },
        core::time::Duration::ZERO,
    );
    true
}

async fn obey(recorder: Recorder, order: Order) -> String {
    let mock = StoredMock::default;
    match order {
        Order::Play(steps) => {
            let player = Player {
                recorder: Some(recorder),
            };
            json::write(&player.play(&steps).await.err())
        }
        Order::Letters => json::write(&mock().letters().await),
        Order::Asked => json::write(&asked()),
        Order::Export => export(&mock()).await,
        Order::Import(text) => json::write(&import(&mock(), &text).await),
        Order::Speak(tag) => {
            let spoken = speak(&tag).await;
            play::settled().await;
            json::write(&spoken)
        }
        Order::Shown => json::write(&super::scenes::shown()),
        Order::Wanted => json::write(&super::scenes::wanted()),
        Order::Scenes => json::write(&super::scenes::all()),
        Order::Edges => json::write(&super::map::edges().await),
    }
}
