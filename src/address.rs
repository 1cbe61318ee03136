//! The page's address: what it is, going to another one, and links, which stay within the app where
//! they lead to it.

use crate::route::{self, Route};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent};

/// What becomes of the page that is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// Back returns to it.
    Push,
    /// The new page takes its entry in the history: Back skips it.
    Replace,
}

/// The address of the page, once in the app.
#[derive(Clone, Copy)]
pub struct Address {
    /// `/log-in?then=…`, as links say it.
    now: RwSignal<String>,
}

impl Address {
    /// Follows links and the browser's buttons from now on.
    pub fn begin() -> Self {
        let address = Self {
            now: RwSignal::new(of_page()),
        };
        provide_context(address);
        let handles = [
            window_event_listener_untyped("click", move |event| address.follow(&event)),
            window_event_listener_untyped("popstate", move |_| address.now.set(of_page())),
        ];
        on_cleanup(move || handles.into_iter().for_each(WindowListenerHandle::remove));
        address
    }

    /// That of the app around the component which begins here.
    pub fn here() -> Self {
        use_context().unwrap_or_else(|| Self {
            now: RwSignal::new(of_page()),
        })
    }

    /// The page that it means. Reactive.
    pub fn route(self) -> Option<Route> {
        self.now.with(|now| route_of(now))
    }

    /// Goes to an address of this origin, by its path and query.
    pub fn go(self, to: &str, history: History) {
        let window = window();
        if let Ok(entries) = window.history() {
            let state = wasm_bindgen::JsValue::NULL;
            // The browser refuses some that come too fast: then the page changes all the same.
            let _ = match history {
                History::Replace => entries.replace_state_with_url(&state, "", Some(to)),
                History::Push if of_page() == to => Ok(()),
                History::Push => entries.push_state_with_url(&state, "", Some(to)),
            };
        }
        to.clone_into(&mut self.now.write());
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }

    /// A link that was clicked.
    fn follow(self, event: &Event) {
        let click: &MouseEvent = event.unchecked_ref();
        let is_other = click.button() != 0
            || click.meta_key()
            || click.alt_key()
            || click.ctrl_key()
            || click.shift_key();
        if event.default_prevented() || is_other {
            return;
        }
        if let Some(to) = link_of(event) {
            event.prevent_default();
            self.go(&to, History::Push);
        }
    }
}

/// The path and query that the browser shows.
fn of_page() -> String {
    let location = window().location();
    let mut address = location.pathname().unwrap_or_default();
    address.push_str(&location.search().unwrap_or_default());
    address
}

/// Where the link leads that an event came from, if it stays within the app: its path and query.
pub fn link_of(event: &Event) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let is_ours = link.target().is_empty()
        && !link.has_attribute("download")
        && window().location().origin().ok()? == link.origin();
    is_ours.then(|| link.pathname() + &link.search())
}

/// The route of an address of the app's.
pub fn route_of(address: &str) -> Option<Route> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    route::of_address(path, query)
}
