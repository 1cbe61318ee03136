//! The app's side of index.html: what is shown before the app is there, and when it can't go on.

use crate::json;
use wasm_bindgen::{JsCast as _, JsValue};

/// Takes away what index.html shows while nothing of the app can be seen, and its timers
/// (`window.portalShown`).
pub fn stop_waiting() {
    if let Some(loading) = leptos::prelude::document().get_element_by_id("loading") {
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
    if let Ok(function) = function.dyn_into::<js_sys::Function>() {
        // There is nothing left to do where this fails too.
        let _ = function.call0(&JsValue::UNDEFINED);
    }
}
