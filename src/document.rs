//! The page around the app: its title, the focus and what a screen reader is told when the page
//! changes. The router does none of this.

use crate::text::{live, say};
use crate::ui::Toast;
use core::cell::Cell;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// The id of the region that announces.
const ANNOUNCER: &str = "announcer";

/// Where changes are announced. It stands once in the app, empty until something is said.
#[component]
pub fn Announcer() -> impl IntoView {
    view! { <div id=ANNOUNCER class="visually-hidden" role="status" aria-live="polite"></div> }
}

/// Tells it to a screen reader.
pub fn announce(words: &str) {
    if let Some(region) = document().get_element_by_id(ANNOUNCER) {
        region.set_text_content(Some(words));
    }
}

thread_local! {
    /// What was done last, where nothing else shows it.
    static DONE: ArcRwSignal<String> = ArcRwSignal::new(String::new());
}

/// Where it is shown. It stands once in the app.
#[component]
pub fn Toaster() -> impl IntoView {
    let words = DONE.with(|done| RwSignal::from(done.clone()));
    view! { <Toast words close_label=live(say::close)/> }
}

/// Shows what was done, and tells it to a screen reader.
pub fn show_toast(words: String) {
    DONE.with(|done| done.set(words));
}

/// Titles the page by what it is called.
pub fn set_title(name: &str) {
    // Asked for by events, too, where nothing follows the language.
    let product = untrack(say::app_name);
    let title = if name.is_empty() {
        product
    } else {
        format!("{name} · {product}")
    };
    document().set_title(&title);
}

/// Arrives at a page: the focus goes to its heading, which is then read.
pub fn arrive() {
    if let Some(heading) = heading() {
        // A heading that just came has not been scrolled to.
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        let _ = heading.focus();
    }
}

/// The page's own heading. One in a dialog is none.
pub fn heading() -> Option<HtmlElement> {
    let found = document()
        .query_selector("main h1, #app h1")
        .ok()
        .flatten()?;
    found.dyn_into().ok()
}

thread_local! {
    /// Counts those who waited for a heading: the last one waits on, the others have been passed.
    static TURN: Cell<u32> = const { Cell::new(0) };
}

/// Follows a heading that takes another's place on the same page: by title, and by focus where that
/// was on what has gone.
pub fn follow_heading() {
    request_animation_frame(|| {
        if let Some(name) = heading().and_then(|heading| heading.text_content()) {
            set_title(&name);
        }
        let document = document();
        if document.active_element() == document.body().map(Into::into) {
            arrive();
        }
    });
}

/// Does it with the page's heading once it stands there: a page that reads first has none yet.
/// What waited before is forgotten.
pub fn when_headed(then: impl Fn(&str) + 'static) {
    let turn = TURN.get().wrapping_add(1);
    TURN.set(turn);
    look(turn, then);
}

fn look(turn: u32, then: impl Fn(&str) + 'static) {
    request_animation_frame(move || {
        if TURN.get() != turn {
            return;
        }
        match heading().and_then(|heading| heading.text_content()) {
            Some(name) if !name.is_empty() => then(&name),
            Some(_) | None => look(turn, then),
        }
    });
}
