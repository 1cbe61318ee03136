//! How the app starts, and what it does when it can't go on.

use crate::json;
use wasm_bindgen::{JsCast as _, JsValue};

/// Starts the app in the page.
pub fn start() {
    std::panic::set_hook(Box::new(|_| break_down()));
    leptos::mount::mount_to_body(crate::app::App);
}

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
