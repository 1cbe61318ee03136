//! The mock's whole world as a file, and files in general.

use crate::protocol::Command;
use crate::stage_controller::StageController;
use crate::tool_text::tool;
use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use portal::ui::{Button, ButtonKind};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAnchorElement, HtmlInputElement, Url};

#[component]
pub fn World(controller: StageController) -> impl IntoView {
    let wrong = RwSignal::new(false);
    let save = move |()| {
        wrong.set(false);
        spawn_local(async move {
            if let Some(world) = controller.ask(Command::Export).await {
                download("world.json", &world);
            }
        });
    };
    let load = move |world: String| {
        spawn_local(async move {
            let taken = controller.ask(Command::Import(world)).await;
            wrong.set(taken.as_deref() != Some("true"));
        });
    };
    view! {
        <p class="small muted">{tool::world_hint()}</p>
        {move || wrong.get().then(|| view! { <p class="field-error" role="alert">{tool::world_wrong()}</p> })}
        <div class="row">
            <Button kind=ButtonKind::Secondary on_click=Callback::new(save)>{tool::world_save()}</Button>
            <Button kind=ButtonKind::Secondary on_click=Callback::new(move |()| pick_file(load))>
                {tool::world_load()}
            </Button>
        </div>
    }
}

/// Has the browser keep a text as a file.
pub(super) fn download(name: &str, text: &str) {
    let parts = Array::of1(&JsValue::from_str(text));
    let Ok(blob) = Blob::new_with_str_sequence(&parts) else {
        return;
    };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else {
        return;
    };
    if let Ok(link) = document().create_element("a") {
        let link: HtmlAnchorElement = link.unchecked_into();
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // A second try is another address.
    let _ = Url::revoke_object_url(&address);
}

/// Asks for a file and gives its text.
pub(super) fn pick_file(then: impl Fn(String) + Copy + 'static) {
    let Ok(input) = document().create_element("input") else {
        return;
    };
    let input: HtmlInputElement = input.unchecked_into();
    input.set_type("file");
    input.set_accept("application/json,.json");
    let picked = {
        let input = input.clone();
        Closure::<dyn Fn()>::new(move || {
            let Some(file) = input.files().and_then(|files| files.get(0)) else {
                return;
            };
            spawn_local(async move {
                if let Ok(text) = JsFuture::from(file.text()).await {
                    then(text.as_string().unwrap_or_default());
                }
            });
        })
    };
    // It refuses only what is no function.
    let _ = input.add_event_listener_with_callback("change", picked.as_ref().unchecked_ref());
    picked.forget();
    input.click();
}
