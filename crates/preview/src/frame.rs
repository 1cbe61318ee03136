//! The app in a frame: as wide as it is told, smaller where it is a thumbnail.

mod queue;

use js_sys::Array;
use leptos::html::Iframe;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// How high a window of a width is.
pub const fn height_of(width: u32) -> u32 {
    match width {
        0..=480 => 740,
        481..=900 => 1024,
        _ => 800,
    }
}

/// A live picture of an address, that nobody can press.
#[component]
pub fn Thumbnail(
    /// The address of the app alone. Reactive.
    #[prop(into)]
    address: Signal<String>,
    /// The window's width, in pixels.
    #[prop(into)]
    width: Signal<u32>,
    /// What it is called.
    #[prop(into)]
    title: Signal<String>,
    /// How wide it is shown, in pixels.
    #[prop(default = 240)]
    shown: u32,
) -> impl IntoView {
    let node = NodeRef::<Iframe>::new();
    let near = RwSignal::new(false);
    // An empty frame is white, in the dark too.
    let stands = RwSignal::new(false);
    // Each is a whole app: those that nobody is about to see are let go, or a browser has no room
    // for a hundred of them.
    Effect::new(move || {
        if let Some(frame) = node.get() {
            watch(&frame, near);
        }
    });
    Effect::new(move || {
        let Some(frame) = node.get() else { return };
        let address = address.get();
        if near.get() {
            queue::enqueue(&frame, address);
        } else {
            queue::release(&frame);
            stands.set(false);
        }
    });
    let scale = move || f64::from(shown) / f64::from(width.get());
    let height = move || f64::from(height_of(width.get())) * scale();
    view! {
        <div class="tool-thumbnail" style:width=format!("{shown}px") style:height=move || format!("{}px", height())>
            <iframe
                tabindex="-1"
                aria-hidden="true"
                inert
                title=move || title.get()
                node_ref=node
                on:load=move |_| stands.set(queue::is_opened(node.get_untracked().as_ref()))
                style:visibility=move || if stands.get() { "visible" } else { "hidden" }
                style:width=move || format!("{}px", width.get())
                style:height=move || format!("{}px", height_of(width.get()))
                style:transform=move || format!("scale({})", scale())
            ></iframe>
        </div>
    }
}

/// The app itself, to be used.
#[component]
pub fn AppFrame(
    /// The address of the app alone. Reactive.
    #[prop(into)]
    address: Signal<String>,
    /// The window's width in pixels; as wide as there is room where none is said.
    #[prop(into)]
    width: Signal<Option<u32>>,
    /// What it is called.
    #[prop(into)]
    title: Signal<String>,
    #[prop(optional)] node: NodeRef<Iframe>,
) -> impl IntoView {
    let wide = move || {
        width
            .get()
            .map_or_else(|| "100%".to_owned(), |it| format!("{it}px"))
    };
    view! {
        <iframe
            class="tool-frame"
            class=("tool-frame-device", move || width.get().is_some())
            title=move || title.get()
            src=move || address.get()
            style:width=wide
            node_ref=node
        ></iframe>
    }
}

/// Notes whether an element is within a screen's reach.
fn watch(element: &web_sys::Element, near: RwSignal<bool>) {
    let notice = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        let last = entries.pop().unchecked_into::<IntersectionObserverEntry>();
        near.try_set(last.is_intersecting());
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin("25% 0px");
    let callback = notice.as_ref().unchecked_ref();
    if let Ok(observer) = IntersectionObserver::new_with_options(callback, &options) {
        observer.observe(element);
        let observer = StoredValue::new_local(observer);
        on_cleanup(move || {
            observer.try_with_value(IntersectionObserver::disconnect);
        });
    }
    notice.forget();
}
