//! A few views of the same thing, of which one is open.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{field::Choice, menu::next_item};

/// The tabs and the panel of the open one, by the WAI-ARIA pattern: arrows move and open, Home and
/// End jump.
#[component]
pub fn Tabs(
    /// The name of the field of its ids, unique on a page.
    name: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] tabs: Signal<Vec<Choice>>,
    /// The value of the open one.
    value: RwSignal<String>,
    children: Children,
) -> impl IntoView {
    let id_of = move |value: &str| format!("tab-{name}-{value}");
    let panel_id = format!("tab-{name}-panel");
    let key = move |event: ev::KeyboardEvent| {
        // With these the browser goes back, or to another tab of its own.
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let key = match event.key().as_str() {
            "ArrowRight" => "ArrowDown".to_owned(),
            "ArrowLeft" => "ArrowUp".to_owned(),
            "ArrowDown" | "ArrowUp" => return,
            _ => event.key(),
        };
        let all = tabs.get_untracked();
        let at = value.with_untracked(|open| all.iter().position(|tab| tab.value == *open));
        let next = next_item(&key, at, all.len().saturating_sub(1));
        let Some(next) = next.and_then(|next| all.get(next)) else {
            return;
        };
        event.prevent_default();
        value.set(next.value.clone());
        let tab = document().get_element_by_id(&id_of(&next.value));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
            // It refuses only where nothing can take a focus.
            let _ = tab.focus();
        }
    };
    let controls = panel_id.clone();
    let tab = move |tab: Choice| {
        let own = StoredValue::new(tab.value);
        let is_open = move || value.with(|open| own.with_value(|own| open == own));
        view! {
            <button
                class="tab"
                role="tab"
                type="button"
                id=own.with_value(|own| id_of(own))
                aria-controls=controls.clone()
                aria-selected=move || if is_open() { "true" } else { "false" }
                tabindex=move || if is_open() { "0" } else { "-1" }
                on:click=move |_| value.set(own.get_value())
            >
                {tab.label}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="tabs" role="tablist" aria-label=move || label.get() on:keydown=key>
            {move || tabs.get().into_iter().map(&tab).collect_view()}
        </div>
        <div
            class="tab-panel"
            role="tabpanel"
            id=panel_id
            // It may hold nothing that takes a focus, and begins with what takes none.
            tabindex="0"
            aria-labelledby=move || value.with(|open| id_of(open))
        >
            {children()}
        </div>
    }
}
