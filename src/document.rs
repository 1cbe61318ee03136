//! The page around the app: its title, the focus and what a screen reader is told when the page
//! changes: an app in one page has to do what browsers do between pages.

use crate::text::{live, say};
use crate::ui::Toast;
use core::cell::Cell;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// The id of the region that announces.
const ANNOUNCER: &str = "announcer";

/// The live region of announcements; once in the app.
#[component]
pub fn Announcer() -> impl IntoView {
    view! { <div id=ANNOUNCER class="visually-hidden" role="status" aria-live="polite"></div> }
}

/// Has a screen reader say `words`.
pub fn announce(words: &str) {
    if let Some(region) = document().get_element_by_id(ANNOUNCER) {
        region.set_text_content(Some(words));
    }
}

thread_local! {
    /// The text of the toast; empty while there is none.
    static DONE: ArcRwSignal<String> = ArcRwSignal::new(String::new());
}

/// The toast; once in the app.
#[component]
pub fn Toaster() -> impl IntoView {
    let words = DONE.with(|done| RwSignal::from(done.clone()));
    view! { <Toast words close_label=live(say::close)/> }
}

/// Shows a toast, which a screen reader says as well.
pub fn show_toast(words: String) {
    DONE.with(|done| done.set(words));
}

/// Sets the document's title to `name`, followed by the product's.
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

/// Moves the focus to the page's heading, so that a screen reader says which page was opened.
pub fn arrive() {
    if let Some(heading) = heading() {
        // A heading that just came has not been scrolled to.
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        let _ = heading.focus();
    }
}

/// The page's `h1`, not that of a dialog. None while the page before the app still stands, which has
/// one of its own: the focus would go with it (adopt.js takes the attribute away).
pub fn heading() -> Option<HtmlElement> {
    let found = document()
        .query_selector("html:not([data-entry]) :is(main, #app) h1")
        .ok()
        .flatten()?;
    found.dyn_into().ok()
}

thread_local! {
    /// Counts the waits for a heading: a newer one ends those before.
    static TURN: Cell<u32> = const { Cell::new(0) };
}

/// For a heading that replaces another on the same page: sets the title, and moves the focus if it
/// was on what was removed.
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

/// Titles the page by its heading and moves the focus there, once there is one.
pub fn arrive_when_headed() {
    when_headed(|name| {
        set_title(name);
        arrive();
    });
}

/// Calls back with the page's heading once there is one: a page that is still loading has none.
/// Ends the wait before.
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
