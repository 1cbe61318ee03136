//! The app's side of the page that it starts in: what is shown before the app is there, what was done
//! there and what the host sent along, and what is shown when it can't go on.

use crate::client::Failure;
use crate::json;
use contract::session::Session;
use contract::table;
use js_sys::{Array, Function, Promise};
use leptos::prelude::document;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

/// Where the app is to be drawn: `window.portalRoot` of adopt.js.
pub fn root() -> Option<HtmlElement> {
    json::member(&js_sys::global(), "portalRoot")
        .dyn_into()
        .ok()
}

/// What the host has said along with the page, to a guest.
pub fn told_session() -> Option<Session> {
    let told = document().get_element_by_id("session")?;
    json::read(&told.text_content()?).ok()
}

/// The answer to a request that early.js sent before the app was there (`window.portalAnswer` of adopt.js), once:
/// its status and its text.
pub fn take_answer(name: &str, body: &str) -> Option<impl Future<Output = Answer> + use<>> {
    let take: Function = json::member(&js_sys::global(), "portalAnswer")
        .dyn_into()
        .ok()?;
    let path = JsValue::from_str(&table::path(name));
    let answer = take.call2(&JsValue::UNDEFINED, &path, &JsValue::from_str(body));
    let answer = answer.ok()?;
    let answer: Promise = answer.dyn_into().ok()?;
    Some(async move {
        let answer: Array = JsFuture::from(answer)
            .await
            .ok()
            .and_then(|answer| answer.dyn_into().ok())
            .ok_or(Failure::Offline)?;
        match (answer.get(0).as_f64(), answer.get(1).as_string()) {
            (Some(status), Some(text)) if status > 0.0 => {
                Ok(((200.0..300.0).contains(&status), text))
            }
            (Some(_) | None, _) => Err(Failure::Offline),
        }
    })
}

/// Whether the host took a request, and what it said.
type Answer = Result<(bool, String), Failure>;

/// Takes away what index.html shows while nothing of the app can be seen, and its timers
/// (`window.portalShown`).
pub fn stop_waiting() {
    if let Some(loading) = document().get_element_by_id("loading") {
        loading.remove();
    }
    call("portalShown");
}

/// Shows the panel of index.html, which needs nothing of the app: `window.portalBroke`.
pub fn break_down() {
    call("portalBroke");
}

/// Calls a function of boot.js.
fn call(name: &str) {
    let function = json::member(&js_sys::global(), name);
    if let Ok(function) = function.dyn_into::<Function>() {
        // There is nothing left to do where this fails too.
        let _ = function.call0(&JsValue::UNDEFINED);
    }
}
