//! Something to settle before the page goes on.

use leptos::{ev, html, prelude::*};

use super::{Glyph, Icon, effect, field::notify};

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
    #[prop(into)] close_label: Signal<String>,
    /// Told when the user wants to leave it.
    #[prop(into)]
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let shown = StoredValue::new_local(None::<web_sys::HtmlDialogElement>);

    effect(move || {
        if let Some(dialog) = dialog.get() {
            show(dialog, shown);
        }
    });
    on_cleanup(move || {
        // Closing gives the focus back; an open dialog that is just taken away does not.
        if let Some(dialog) = shown.try_update_value(Option::take).flatten() {
            dialog.close();
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
            // Chromium lets a second Escape close it whatever `cancel` said. This also comes after
            // the dialog is gone.
            on:close=move |_| notify(Some(on_close))
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

/// Opens a dialog as soon as it stands in the document: an entry page is taken over only after the app
/// has drawn beside it (adopt.js), and may have gone on to another by then.
fn show(
    dialog: web_sys::HtmlDialogElement,
    shown: StoredValue<Option<web_sys::HtmlDialogElement>, LocalStorage>,
) {
    if dialog.open() {
        return;
    }
    if dialog.show_modal().is_ok() {
        shown.try_set_value(Some(dialog));
    } else if shown.try_with_value(|_| ()).is_some() {
        request_animation_frame(move || show(dialog, shown));
    }
}
