//! Waiting.

use leptos::prelude::set_timeout;
use std::time::Duration;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Waits for so long.
pub async fn pause(time: Duration) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(
            move || {
                // It only tells that the time is over.
                let _ = resolve.call0(&JsValue::UNDEFINED);
            },
            time,
        );
    });
    // A timer never fails.
    let _ = JsFuture::from(promise).await;
}
