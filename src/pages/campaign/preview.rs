//! The ad as people will see it, but for the video: name, text and button, where TikTok has them.

use super::editor::DraftEditor;
use crate::json;
use crate::text::{self, say};
use crate::ui::Avatar;
use domain::draft::CallToAction;
use leptos::prelude::*;

/// What stands at the right of a video: to like it, to comment on it, to keep it, to share it.
const SIDE: [&str; 4] = [
    "M12 20S3.5 14.5 3.5 8.8A4.6 4.6 0 0 1 12 6.5a4.6 4.6 0 0 1 8.5 2.3C20.5 14.5 12 20 12 20z",
    "M4 5h16v11h-8l-4.5 4V16H4zM8.5 10.5v.01M12 10.5v.01M15.5 10.5v.01",
    "M7 4h10v16l-5-4-5 4z",
    "M13 6l7 6-7 6v-3.7c-4.5 0-7 1.2-9 3.7 .5-5 3.5-8 9-8.3z",
];

/// The preview. It follows what is typed.
#[component]
pub fn Preview(editor: DraftEditor) -> impl IntoView {
    let profile = Memo::new(move |_| {
        let is_chosen = editor
            .contents
            .with(|contents| contents.ad.identity.is_some());
        editor.view.with(|view| {
            let identity = view.identity.as_ref().filter(|_| is_chosen);
            identity.map(|identity| identity.profile.clone())
        })
    });
    let name = move || profile.with(|it| it.as_ref().map(|it| it.display_name.clone()));
    let picture = Signal::derive(move || profile.get().and_then(|it| it.avatar_url));
    let shown = Signal::derive(move || name().unwrap_or_else(say::preview_no_identity));
    let text = Memo::new(move |_| editor.typed().ad_text.with(|text| text.trim().to_owned()));
    let has_text = move || !text.with(String::is_empty);
    let call = move || {
        let call: Option<CallToAction> = json::choice(&editor.typed().call_to_action.get());
        call.map(text::call_to_action)
    };
    let side = SIDE.map(|path| {
        view! { <svg class="icon" viewBox="0 0 24 24"><path d=path></path></svg> }.into_any()
    });
    view! {
        <section class="preview" aria-labelledby="preview-title">
            <h2 class="aside-title" id="preview-title">{say::preview_title}</h2>
            <figure class="phone">
                <div class="phone-tabs" aria-hidden="true">
                    <span>{say::preview_following}</span>
                    <span class="phone-tab-open">{say::preview_for_you}</span>
                </div>
                <p class="phone-video">{say::preview_video}</p>
                <div class="phone-side" aria-hidden="true"><Avatar name=shown picture/> {side}</div>
                <div class="phone-words">
                    <p class="preview-name" class=("preview-empty", move || name().is_none())>
                        {move || shown.get()}
                    </p>
                    <p class="preview-text" class=("preview-empty", move || !has_text())>
                        {move || if has_text() { text.get() } else { say::preview_no_text() }}
                    </p>
                    <p class="preview-sponsored">{say::preview_sponsored}</p>
                    {move || call().map(|call| view! { <p class="preview-call">{call}</p> })}
                </div>
            </figure>
        </section>
    }
}
