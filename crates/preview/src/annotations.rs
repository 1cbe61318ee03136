//! Names over the app: beside each sentence its key, around each component its name, so that a
//! writer can say which sentence and a designer which part.

use super::message_keys;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

/// The components by their files in `src/ui/`, with what finds each on a page. A test finds the one
/// that is missing.
const COMPONENTS: [(&str, &str); 34] = [
    ("avatar", ".avatar"),
    ("banner", ".banner"),
    ("bond", ".bond"),
    ("button", ".button"),
    ("card", ".card"),
    ("checkbox", ".checkbox"),
    ("combobox", ".combobox"),
    ("data_table", ".data-table"),
    ("date_time_field", ".field:has(> [type=datetime-local])"),
    ("description", ".description"),
    ("dialog", ".dialog"),
    ("empty_state", ".empty-state"),
    ("field", ".field"),
    ("icon", ".icon"),
    ("link", ".link"),
    ("menu", ".menu"),
    ("money_field", ".unit-field:not(:has([type=tel]))"),
    ("page_heading", ".page-heading"),
    ("password_field", ".input-group:has(.input-button)"),
    ("phone_field", ".unit-field:has([type=tel])"),
    ("problem_panel", ".problem-panel"),
    ("progress", ".progress"),
    ("radio_cards", ".radio-cards"),
    ("select_field", ".select-field"),
    ("skeleton", ".skeleton"),
    ("spinner", ".spinner"),
    ("stepper", ".stepper"),
    ("summary", ".summary"),
    ("switch", ".switch"),
    ("tabs", ".tabs"),
    ("text_area", ".field:has(> textarea)"),
    ("text_field", ".field:has(> .input)"),
    ("toast", ".toast"),
    ("tooltip", ".tooltip"),
];

const OVERLAY: &str = "tool-names";

/// Shows them over what is there now, and again whenever that changes.
pub fn show() {
    draw();
    let again = set_interval_with_handle(draw, core::time::Duration::from_millis(500));
    // It refuses no interval.
    let _ = again;
}

/// What was drawn last: it is drawn anew only where something moved.
fn draw() {
    let mut labels = Vec::new();
    for (element, words) in message_keys::worded() {
        let found = message_keys::of(&words);
        if !found.is_empty() {
            labels.push((element, found.join(", "), "tool-name-sentence"));
        }
    }
    for (name, selector) in COMPONENTS {
        let Ok(found) = document().query_selector_all(selector) else {
            continue;
        };
        for place in 0..found.length() {
            let element = found
                .get(place)
                .and_then(|it| it.dyn_into::<Element>().ok());
            if let Some(element) = element.filter(message_keys::is_seen) {
                labels.push((element, name.to_owned(), "tool-name-component"));
            }
        }
    }
    let Some(overlay) = overlay() else { return };
    let places = labels.iter().map(|(element, text, _)| {
        let bounds = element.get_bounding_client_rect();
        format!("{text}{}{}", bounds.x(), bounds.y())
    });
    let now = places.collect::<Vec<_>>().join(";");
    if overlay.get_attribute("data-drawn").as_deref() == Some(&now) {
        return;
    }
    overlay.set_inner_html("");
    // It refuses only names that are none.
    let _ = overlay.set_attribute("data-drawn", &now);
    for (element, text, class) in labels {
        let Ok(label) = document().create_element("span") else {
            continue;
        };
        label.set_class_name(class);
        let bounds = element.get_bounding_client_rect();
        let label: HtmlElement = label.unchecked_into();
        for (property, pixels) in [
            ("--left", bounds.x()),
            ("--top", bounds.y()),
            ("--width", bounds.width()),
            ("--height", bounds.height()),
        ] {
            // It refuses only what is no length.
            let _ = label.style().set_property(property, &format!("{pixels}px"));
        }
        // A sentence of the page is named, not said again.
        let _ = label.set_attribute("data-name", &text);
        let _ = overlay.append_child(&label);
    }
}

/// Above all that is there, dialogs too.
fn overlay() -> Option<Element> {
    let page = document();
    let overlay = if let Some(overlay) = page.get_element_by_id(OVERLAY) {
        overlay
    } else {
        let overlay = page.create_element("div").ok()?;
        overlay.set_id(OVERLAY);
        // Neither is refused.
        let _ = overlay.set_attribute("popover", "manual");
        let _ = overlay.set_attribute("aria-hidden", "true");
        let _ = page.body()?.append_child(&overlay);
        overlay
    };
    for name in ["hidePopover", "showPopover"] {
        let method = portal::json::member(&overlay, name);
        if let Ok(method) = method.dyn_into::<js_sys::Function>() {
            // Hiding what isn't shown is refused, and as good.
            let _ = method.call0(&overlay);
        }
    }
    Some(overlay)
}
