//! TikTok's pages in a frame of their own: what a browser would do with them is done here, with
//! the emulator's answers in place of a network.

use super::stored_mock::StoredMock;
use crate::ui::Dialog;
use ::mock::Visit;
use core::cell::RefCell;
use leptos::html::Iframe;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, Event, FormData, HtmlDocument, HtmlElement, HtmlFormElement, SubmitEvent,
    UrlSearchParams,
};

/// The page of TikTok's that is shown, if one is.
#[derive(Clone, Copy)]
pub struct Shown(pub(super) RwSignal<Option<String>>);

/// TikTok's pages, while the user is there.
#[component]
pub fn Frame(
    stored: StoredMock,
    shown: Shown,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] close_label: Signal<String>,
    /// Told the callback's query when TikTok sends the browser back.
    on_left: Callback<String>,
) -> impl IntoView {
    let stored = StoredValue::new_local(stored);
    let open = Memo::new(move |_| shown.0.with(Option::is_some));
    let go = move |method: String, url: String, form: Option<String>| {
        OBSERVER.with_borrow(|observer| {
            if let Some(observer) = observer {
                observer(&url, form.as_deref());
            }
        });
        let stored = stored.get_value();
        spawn_local(async move {
            match stored.visit(&method, &url, form).await {
                Ok(Visit::Page { html }) => shown.0.set(Some(html)),
                Ok(Visit::Left { query }) => {
                    shown.0.set(None);
                    on_left.run(query);
                }
                Err(_) => shown.0.set(None),
            }
        });
    };
    let frame = NodeRef::<Iframe>::new();
    Effect::new(move || {
        let document = frame.get().and_then(|it| it.content_document());
        if let (Some(document), Some(html)) = (document, shown.0.get()) {
            write(&document, &html);
            listen(&document, go);
        }
    });
    view! {
        <Show when=move || open.get()>
            <Dialog title=title close_label=close_label on_close=move |()| shown.0.set(None)>
                <iframe
                    class="tiktok-frame"
                    title=move || title.get()
                    node_ref=frame
                ></iframe>
            </Dialog>
        </Show>
    }
}

/// Called with each request to TikTok's pages: the address, and the form of a POST.
type RequestObserver = Box<dyn Fn(&str, Option<&str>)>;

thread_local! {
    static OBSERVER: RefCell<Option<RequestObserver>> = const { RefCell::new(None) };
}

/// Sets the observer of requests to TikTok's pages.
pub fn observe_requests(observer: RequestObserver) {
    OBSERVER.set(Some(observer));
}

/// Writes a page into the frame synchronously. One that the frame loads could be pressed before the
/// listeners are there, and the browser would send its form to the host of the files.
fn write(document: &Document, html: &str) {
    // A document of the frame's own realm.
    let document: &HtmlDocument = document.unchecked_ref();
    // Neither is refused where it isn't under way; what stood there goes with its listeners.
    let _ = document.open();
    let _ = document.write_1(html);
    let _ = document.close();
}

/// Handles the links and forms of a page. The listeners end with their document.
fn listen(document: &Document, go: impl Fn(String, String, Option<String>) + Copy + 'static) {
    let on_submit = Closure::<dyn Fn(SubmitEvent)>::new(move |event: SubmitEvent| {
        event.prevent_default();
        let target = event.target().and_then(as_element);
        let Some(form) = target.map(JsCast::unchecked_into::<HtmlFormElement>) else {
            return;
        };
        let submitter = event.submitter().map(JsCast::unchecked_into::<HtmlElement>);
        let url = form.get_attribute("action").unwrap_or_default();
        let method = form.get_attribute("method").unwrap_or_default();
        go(method, url, entries(&form, submitter.as_ref()));
    });
    let on_click = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let link = event
            .target()
            .and_then(as_element)
            .and_then(|element| element.closest("a[href]").ok().flatten());
        if let Some(url) = link.and_then(|link| link.get_attribute("href")) {
            event.prevent_default();
            go("get".to_owned(), url, None);
        }
    });
    for (name, closure) in [
        ("submit", on_submit.as_ref().unchecked_ref()),
        ("click", on_click.as_ref().unchecked_ref()),
    ] {
        // It refuses only what isn't a function.
        let _ = document.add_event_listener_with_callback(name, closure);
    }
    on_submit.forget();
    on_click.forget();
}

/// An event's target within the frame is an `Element` of the frame's own realm, which a checked
/// cast would refuse.
fn as_element(target: web_sys::EventTarget) -> Option<Element> {
    js_sys::Reflect::has(&target, &JsValue::from_str("closest"))
        .unwrap_or(false)
        .then(|| target.unchecked_into())
}

/// The form's entries as a browser would send them.
fn entries(form: &HtmlFormElement, submitter: Option<&HtmlElement>) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    // The button that was pressed is sent too, if it has a name.
    let name = submitter.and_then(|it| it.get_attribute("name"));
    if let (Some(name), Some(submitter)) = (name, submitter) {
        let value = submitter.get_attribute("value").unwrap_or_default();
        data.append_with_str(&name, &value).ok()?;
    }
    let pairs = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(pairs.to_string().into())
}
