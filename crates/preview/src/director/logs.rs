//! What was said meanwhile: the letters that went out, and what was asked of the host.

use crate::stage_controller::StageController;
use crate::tool_text::tool;
use leptos::prelude::*;
use portal::intl;

/// What went out by e-mail.
#[component]
pub fn Letters(controller: StageController) -> impl IntoView {
    move || {
        let letters = controller.letters.get();
        if letters.is_empty() {
            return view! { <p class="small muted">{tool::outbox_empty()}</p> }.into_any();
        }
        letters
            .into_iter()
            .map(|letter| {
                view! {
                    <article class="tool-letter" lang=letter.language>
                        <h3>{letter.subject}</h3>
                        <p class="small muted">{letter.to} " · " {intl::date_time(letter.at)}</p>
                        <p>{letter.text}</p>
                    </article>
                }
            })
            .collect_view()
            .into_any()
    }
}

/// What was asked of the host, the newest first.
#[component]
pub fn Requests(controller: StageController) -> impl IntoView {
    move || {
        let asked = controller.asked.get();
        if asked.is_empty() {
            return view! { <p class="small muted">{tool::requests_empty()}</p> }.into_any();
        }
        let rows = asked.into_iter().rev().map(|asked| {
            let end = match (&asked.problem, &asked.reply) {
                (Some(code), _) => portal::json::word(*code),
                (None, Some(_)) => tool::request_answered(),
                (None, None) if asked.arrived => tool::request_silent(),
                (None, None) => tool::request_lost(),
            };
            view! {
                <details class="tool-request">
                    <summary><code>{asked.name}</code> " " <span class="small muted">{end}</span></summary>
                    <pre tabindex="0">{asked.request}</pre>
                    <pre tabindex="0">{asked.reply.unwrap_or_default()}</pre>
                </details>
            }
        });
        rows.collect_view().into_any()
    }
}
