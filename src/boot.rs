//! The app's side of index.html: what is shown before the app is there, and when it can't go on.

use crate::json;
use wasm_bindgen::{JsCast as _, JsValue};

/// Takes away what index.html shows while nothing of the app can be seen.
pub fn stop_waiting() {
    if let Some(loading) = leptos::prelude::document().get_element_by_id("loading") {
        loading.remove();
    }
}

/// Shows the panel of index.html, which needs nothing of the app: `window.portalBroke`.
pub fn break_down() {
    let broke = json::member(&js_sys::global(), "portalBroke");
    if let Ok(broke) = broke.dyn_into::<js_sys::Function>() {
        // There is nothing left to do where this fails too.
        let _ = broke.call0(&JsValue::UNDEFINED);
    }
}
