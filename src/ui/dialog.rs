//! Something to settle before the page goes on.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{Glyph, Icon};

/// A modal dialog: open for as long as it is mounted. It never closes by itself; Escape and the
/// cross ask for it through `on_close`. The focus returns to where it was.
///
/// Its buttons stand in a `div` of class `dialog-actions`, the harmless one first: the first
/// control of the content gets the focus.
#[component]
pub fn Dialog(
    /// What is to be settled.
    #[prop(into)]
    title: Signal<String>,
    /// The words of the cross.
    #[prop(into)]
    close_label: Signal<String>,
    /// Told when the user wants to leave it.
    #[prop(into)]
    on_close: Callback<()>,
    /// The text and the buttons.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let before = StoredValue::new_local(None::<web_sys::HtmlElement>);

    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if dialog.open() {
            return;
        }
        before.set_value(
            document().active_element().and_then(|element| element.dyn_into().ok()),
        );
        // It throws only where the element is not in the page, or already open.
        let _ = dialog.show_modal();
    });
    on_cleanup(move || {
        // A dialog that is taken from the page gives no focus back by itself.
        if let Some(before) = before.try_update_value(Option::take).flatten() {
            let _ = before.focus();
        }
    });

    let cancel = move |event: ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-labelledby="dialog-title"
            on:cancel=cancel
            // Chromium lets a second Escape close it whatever `cancel` said.
            on:close=move |_| on_close.run(())
        >
            <div class="dialog-sheet">
                <h2 class="dialog-title" id="dialog-title">{move || title.get()}</h2>
                <div class="dialog-content">{children()}</div>
                <button
                    class="dialog-close"
                    type="button"
                    aria-label=move || close_label.get()
                    on:click=move |_| on_close.run(())
                >
                    <Icon glyph=Glyph::Close/>
                </button>
            </div>
        </dialog>
    }
}
