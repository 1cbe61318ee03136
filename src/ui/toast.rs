//! What was done, where nothing else on the page shows it.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{Glyph, Icon, dynamic};

/// Shows what it is told, and tells it to a screen reader; the focus stays where it is. It goes by
/// itself, unless somebody points at it or is within: its stylesheet says when. The next words take
/// the place of those before.
#[component]
pub fn Toast(
    /// What was done; empty while there is nothing to tell.
    words: RwSignal<String>,
    #[prop(into)] close_label: Signal<String>,
) -> impl IntoView {
    let close = move || words.set(String::new());
    // Where the focus was before it came to the cross, which goes when it is pressed.
    let came_from = StoredValue::new_local(None::<web_sys::HtmlElement>);
    let enter = move |event: ev::FocusEvent| {
        let from = event.related_target();
        came_from.set_value(from.and_then(|from| from.dyn_into().ok()));
    };
    let press = move |_| {
        close();
        if let Some(from) = came_from.get_value() {
            let _ = from.focus();
        }
    };
    view! {
        <div class="toast-region" role="status">
            {dynamic(move || {
                let told = words.get();
                if told.is_empty() {
                    return ().into_any();
                }
                view! {
                    <div class="toast" on:animationend=move |_| close()>
                        <Icon glyph=Glyph::Check/>
                        <span>{told}</span>
                        <button
                            class="toast-close"
                            type="button"
                            aria-label=close_label.get_untracked()
                            on:focus=enter
                            on:click=press
                        >
                            <Icon glyph=Glyph::Close/>
                        </button>
                    </div>
                }
                .into_any()
            })}
        </div>
    }
}
