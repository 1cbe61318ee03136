//! The ad as it will look: name, text and button.

use super::editor::DraftEditor;
use crate::json;
use crate::text::{self, say};
use crate::ui::Avatar;
use domain::draft::CallToAction;
use leptos::prelude::*;

/// The preview. It follows what is typed, on every step.
#[component]
pub fn Preview(editor: DraftEditor) -> impl IntoView {
    let name = Memo::new(move |_| {
        let is_chosen = editor
            .contents
            .with(|contents| contents.ad.identity.is_some());
        editor.view.with(|view| {
            let identity = view.identity.as_ref().filter(|_| is_chosen);
            identity.map(|identity| identity.profile.display_name.clone())
        })
    });
    let shown = Signal::derive(move || name.get().unwrap_or_else(say::preview_no_identity));
    let text = Memo::new(move |_| editor.typed().ad_text.with(|text| text.trim().to_owned()));
    let has_text = move || !text.with(String::is_empty);
    let call = move || {
        let call: Option<CallToAction> = json::choice(&editor.typed().call_to_action.get());
        call.map(text::call_to_action)
    };
    view! {
        <section class="preview" aria-labelledby="preview-title">
            <h2 class="preview-title" id="preview-title">{say::preview_title}</h2>
            <figure class="preview-ad">
                <div class="preview-who">
                    <Avatar name=shown/>
                    <span class="preview-name" class=("preview-empty", move || name.get().is_none())>
                        {move || shown.get()}
                    </span>
                </div>
                <p class="preview-text" class=("preview-empty", move || !has_text())>
                    {move || if has_text() { text.get() } else { say::preview_no_text() }}
                </p>
                <p class="preview-sponsored">{say::preview_sponsored}</p>
                {move || call().map(|call| view! { <p class="preview-call">{call}</p> })}
            </figure>
            <p>{say::preview_note}</p>
        </section>
    }
}
