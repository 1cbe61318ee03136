//! The components, each with its variants and states, and the tokens with their values.

pub mod parts;
pub mod tokens;

use super::heading::ToolHeading;
use super::tool_text::tool;
use leptos::prelude::*;
use parts::Parts;
use tokens::Tokens;

#[component]
pub fn Components() -> impl IntoView {
    view! {
        <ToolHeading title=tool::components lead=tool::components_lead/>
        <Parts/>
        <Tokens/>
    }
}
