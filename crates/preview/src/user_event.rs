//! Finds what can be pressed or filled in on the page, and does it as a user would, so that the
//! app can't tell the difference.

use super::message_keys;
use leptos::prelude::*;
use std::collections::BTreeMap;
use wasm_bindgen::JsCast as _;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlIFrameElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement,
};

/// What can be pressed, in the dialog that is open, else on the page.
pub fn pressables() -> Vec<HtmlElement> {
    const ALL: &str = "button, a[href], [role=menuitem], summary";
    let Ok(dialogs) = document().query_selector_all("dialog[open]") else {
        return Vec::new();
    };
    let dialog = dialogs
        .length()
        .checked_sub(1)
        .and_then(|last| dialogs.get(last));
    let dialog = dialog.and_then(|dialog| dialog.dyn_into::<Element>().ok());
    let found = match dialog {
        Some(dialog) => dialog.query_selector_all(ALL),
        None => document().query_selector_all(ALL),
    };
    let Ok(found) = found else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|place| found.get(place)?.dyn_into::<HtmlElement>().ok())
        .filter(|element| message_keys::is_seen(element))
        .collect()
}

/// The element of a name, see [`Step::Press`].
pub(super) fn pressable(name: &str) -> Option<HtmlElement> {
    let (name, number) = match name.rsplit_once('#') {
        Some((name, number)) => (name, number.parse().unwrap_or(1)),
        None => (name, 1),
    };
    if name.starts_with('.') {
        let found = document().query_selector_all(name).ok()?;
        let place = u32::try_from(number - 1).ok()?;
        return found.get(place)?.dyn_into().ok();
    }
    let sentence = match name.strip_prefix('=') {
        Some(literal) => literal.to_owned(),
        None => message_keys::sentence(name)?,
    };
    pressables()
        .into_iter()
        .filter(|element| message_keys::is_said(&sentence, &message_keys::words_of(element)))
        .nth(number - 1)
}

pub(super) fn control(field: &str) -> Option<HtmlElement> {
    let found = document().get_element_by_id(&format!("field-{field}"))?;
    found.dyn_into().ok()
}

pub(super) fn focus(element: &HtmlElement) {
    // It refuses only where nothing can take a focus.
    let _ = element.focus();
}

pub(super) fn dispatch(element: &HtmlElement, name: &str) {
    let options = EventInit::new();
    options.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict(name, &options) {
        // It refuses only an event that is under way.
        let _ = element.dispatch_event(&event);
    }
}

pub(super) fn fill(control: &HtmlElement, text: &str) {
    focus(control);
    if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
        input.set_value(text);
    } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(text);
    }
    dispatch(control, "input");
    dispatch(control, "change");
    leave(control);
}

/// Takes the focus away. In a thumbnail nothing has it, and is left all the same.
pub(super) fn leave(control: &HtmlElement) {
    let has_focus = document().active_element().as_ref() == Some(control.as_ref());
    // It refuses nothing.
    let _ = control.blur();
    if !has_focus {
        dispatch(control, "blur");
    }
}

/// Sends a form of TikTok's page or follows its link; whether the page has it.
pub(super) fn at_tiktok(to: &str, with: &BTreeMap<String, String>) -> Option<()> {
    let frame = document().query_selector(".tiktok-frame").ok().flatten()?;
    let page = frame
        .dyn_into::<HtmlIFrameElement>()
        .ok()?
        .content_document()?;
    if let Some(link) = page
        .query_selector(&format!("a[href*=\"{to}\"]"))
        .ok()
        .flatten()
        && with.is_empty()
    {
        // An element of the frame's own realm.
        link.unchecked_into::<HtmlElement>().click();
        return Some(());
    }
    let form = page
        .query_selector(&format!("form[action*=\"{to}\"]"))
        .ok()
        .flatten()?;
    let mut pressed = form.query_selector("[type=submit]").ok().flatten()?;
    for (name, value) in with {
        let button = format!("[type=submit][name=\"{name}\"][value=\"{value}\"]");
        if let Some(button) = form.query_selector(&button).ok().flatten() {
            pressed = button;
            continue;
        }
        let control = form
            .query_selector(&format!("[name=\"{name}\"]"))
            .ok()
            .flatten()?;
        let kind = control.get_attribute("type").unwrap_or_default();
        if kind == "checkbox" {
            let tick: HtmlInputElement = control.unchecked_into();
            tick.set_checked(!value.is_empty());
        } else if control.tag_name().eq_ignore_ascii_case("select") {
            control
                .unchecked_into::<HtmlSelectElement>()
                .set_value(value);
        } else {
            control
                .unchecked_into::<HtmlInputElement>()
                .set_value(value);
        }
    }
    pressed.unchecked_into::<HtmlElement>().click();
    Some(())
}

/// The digits of a code that stand alone in a text.
pub fn code_in(text: &str) -> Option<String> {
    let is_code =
        |word: &&str| matches!(word.len(), 6 | 8) && word.chars().all(|it| it.is_ascii_digit());
    let mut words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.find(is_code).map(str::to_owned)
}
