//! The words of a control that shows none.

use leptos::{ev, prelude::*};

/// A control and its name, which is seen while the control is pointed at or has the focus; Escape
/// puts it away. The control names itself by `aria-labelledby` of the same id.
#[component]
pub fn Tooltip(
    /// The id of the words, unique on a page.
    id: String,
    #[prop(into)] words: Signal<String>,
    children: Children,
) -> impl IntoView {
    let is_away = RwSignal::new(false);
    // Whoever points at the control may have the focus anywhere.
    let seen = format!(".tooltip:is(:hover, :focus-within) > #{id}");
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && matches!(document().query_selector(&seen), Ok(Some(_))) {
            is_away.set(true);
        }
    });
    on_cleanup(move || keys.remove());
    let back = move || {
        is_away.try_set(false);
    };
    view! {
        <span
            class="tooltip"
            class=("tooltip-away", is_away)
            on:mouseleave=move |_| back()
            on:focusout=move |_| back()
        >
            {children()}
            <span class="tooltip-words" role="tooltip" id=id>{move || words.get()}</span>
        </span>
    }
}
