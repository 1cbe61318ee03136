//! The components, each with its variants and states, and the tokens with their values.

pub mod parts;
pub mod tokens;

use super::tools::Head;
use super::words::tool;
use leptos::prelude::*;
use parts::Parts;
use tokens::Tokens;

/// The page.
#[component]
pub fn Components() -> impl IntoView {
    view! {
        <Head title=tool::components lead=tool::components_lead/>
        <Parts/>
        <Tokens/>
    }
}
