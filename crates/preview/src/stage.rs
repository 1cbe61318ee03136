//! The stage: the app in a frame, the director's panel beside it, and the address that always says
//! what stands there.

use super::director::Director;
use super::frame::AppFrame;
use super::stage_controller::StageController;
use super::state::State;
use super::tool_text::{fixed, tool};
use leptos::prelude::*;
use portal::json;
use wasm_bindgen::JsValue;
use web_sys::MessageEvent;

/// Where a state begins in the frame: a scene knows by itself.
fn address_in_frame(state: &State) -> String {
    let at = state
        .scene
        .is_none()
        .then_some(state.at.as_deref())
        .flatten();
    state.address_of_app(at)
}

#[component]
pub fn Stage(
    /// How it was opened.
    state: State,
) -> impl IntoView {
    let width = RwSignal::new(None);
    let controller = StageController::new(state);
    Effect::new(move || width.set(controller.state.with(|state| state.width)));
    let listener = window_event_listener(leptos::ev::message, move |event: MessageEvent| {
        let frame = controller
            .frame
            .get_untracked()
            .and_then(|it| it.content_window());
        let source = json::member(&event, "source");
        if frame.is_none_or(|frame| JsValue::from(frame) != source) {
            return;
        }
        let text = event.data().as_string().unwrap_or_default();
        if let Ok(notification) = serde_json::from_str(&text) {
            controller.on_notification(notification);
        }
    });
    on_cleanup(move || listener.remove());
    view! {
        <h1 class="visually-hidden">{tool::stage()}</h1>
        <div class="tool-stage">
            <div class="tool-stage-app">
                {move || {
                    controller.loads.track();
                    let address = controller.state.with_untracked(address_in_frame);
                    view! {
                        <AppFrame
                            address=address
                            width=width
                            title=fixed(tool::app)
                            node=controller.frame
                        />
                    }
                }}
            </div>
            <Director controller/>
        </div>
    }
}
