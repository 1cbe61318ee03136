//! The heading of a page of the tools.

use super::tool_text::fixed;
use leptos::prelude::*;

/// The heading of a tool and what it is for.
#[component]
pub fn ToolHeading(
    /// What it is called.
    title: fn() -> String,
    /// What it is for.
    lead: fn() -> String,
) -> impl IntoView {
    let (title, lead) = (fixed(title), fixed(lead));
    view! {
        <h1 class="tool-title">{move || title.get()}</h1>
        <p class="tool-lead">{move || lead.get()}</p>
    }
}
