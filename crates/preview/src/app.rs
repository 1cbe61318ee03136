//! The app alone, in the state that its address names: the world begins anew, the script is played,
//! and from then on what is done is recorded and told to the page around it.

use super::address::{self, here};
use super::idle::{until_idle, until_saved};
use super::people::email_of;
use super::play::Player;
use super::protocol::{Command, Notification, notify};
use super::record::{self, Recorder};
use super::state::State;
use super::{annotations, marks};
use contract::authorization::Purpose;
use domain::region::Language;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use portal::app::App;
use portal::client::{StoredMock, TikTokAnswer, recorded_requests};
use portal::json;
use portal::storage;
use portal::text;
use serde::{Deserialize, Serialize};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{future_to_promise, spawn_local};

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
        until_idle().await;
        let broken = if begins {
            let broken = Player { recorder: None }.play(&script.steps).await.err();
            until_saved().await;
            broken
        } else {
            None
        };
        if state.names {
            annotations::show();
        }
        window().scroll_to_with_x_and_y(0.0, 0.0);
        mark(broken.as_deref());
        notify(&Notification::Ready(broken));
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
        let authorized = mock.authorize(Purpose::LogIn, TikTokAnswer::Authorize, persona, 0);
        authorized.await.map(|_| ())
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

/// Executes commands from now on.
fn listen(recorder: Recorder) {
    let execute = Closure::<dyn Fn(String) -> js_sys::Promise>::new(move |text: String| {
        future_to_promise(async move {
            let Ok(command) = serde_json::from_str::<Command>(&text) else {
                return Err(JsValue::NULL);
            };
            Ok(JsValue::from_str(&execute(recorder, command).await))
        })
    });
    // The window takes any name.
    let _ = js_sys::Reflect::set(
        &window(),
        &JsValue::from_str("portalOrder"),
        execute.as_ref().unchecked_ref(),
    );
    execute.forget();
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

async fn execute(recorder: Recorder, command: Command) -> String {
    let mock = StoredMock::default;
    match command {
        Command::Play(steps) => {
            let player = Player {
                recorder: Some(recorder),
            };
            json::write(&player.play(&steps).await.err())
        }
        Command::Letters => json::write(&mock().letters().await),
        Command::Asked => json::write(&recorded_requests()),
        Command::Export => export(&mock()).await,
        Command::Import(text) => json::write(&import(&mock(), &text).await),
        Command::Speak(tag) => {
            let spoken = speak(&tag).await;
            until_idle().await;
            json::write(&spoken)
        }
        Command::Shown => json::write(&super::scenes::shown()),
        Command::Wanted => json::write(&super::scenes::wanted()),
        Command::Scenes => json::write(&super::scenes::all()),
        Command::Transitions => json::write(&super::map::transitions().await),
    }
}
