//! Links: they lead elsewhere. Those that stay inside the app are followed by it (`address.rs`).

use leptos::prelude::*;

use super::{ButtonKind, Glyph, button::ButtonGlyph};

/// A link in running text.
#[component]
pub fn Link(
    #[prop(into)] href: Signal<String>,
    /// Whether it opens in a tab of its own, as terms do while a form is being filled in.
    #[prop(optional)]
    new_tab: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class="link"
            href=move || href.get()
            target=new_tab.then_some("_blank")
            rel=new_tab.then_some("noopener")
        >
            {children()}
        </a>
    }
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: Signal<String>,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// Whether it takes the whole width.
    #[prop(optional)]
    wide: bool,
    #[prop(optional, into)] glyph: Option<Glyph>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() class=("button-wide", wide) href=move || href.get()>
            <ButtonGlyph kind glyph/>
            <span class="button-words">{children()}</span>
        </a>
    }
}
