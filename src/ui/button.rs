//! Buttons: they do something here. What leads elsewhere is a link.

use leptos::{ev, prelude::*};

use super::{Glyph, Icon, Spinner};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do on a page.
    Primary,
    #[default]
    Secondary,
    /// What is there for those who look for it.
    Quiet,
    /// What takes something away.
    Danger,
    /// A button with TikTok's sign, which leads to TikTok.
    TikTok,
}

impl ButtonKind {
    /// The classes that the stylesheet knows the kind by.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button button-secondary",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
            Self::TikTok => "button button-tiktok",
        }
    }
}

/// A button. While pending it shows a spinner, keeps the focus, and neither submits nor calls.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// Whether what it does is under way.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Whether it submits its form.
    #[prop(optional)]
    submit: bool,
    /// Whether it takes the whole width.
    #[prop(optional)]
    wide: bool,
    #[prop(optional, into)] glyph: Option<Glyph>,
    #[prop(optional, into)] on_click: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let press = move |event: ev::MouseEvent| {
        if pending.get_untracked() {
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    // `aria-disabled` and not `disabled`: a disabled button loses the focus, and with it the
    // place of whoever works by keyboard.
    let busy = move || pending.get().then_some("true");
    view! {
        <button
            class=kind.class()
            class=("button-wide", wide)
            type=if submit { "submit" } else { "button" }
            aria-busy=busy
            aria-disabled=busy
            on:click=press
        >
            <ButtonGlyph kind glyph/>
            <span class="button-words">{children()}</span>
            {move || pending.get().then(|| view! { <Spinner/> })}
        </button>
    }
}

/// The drawing of a button: its own, or that of its kind.
#[component]
pub(super) fn ButtonGlyph(kind: ButtonKind, glyph: Option<Glyph>) -> impl IntoView {
    let glyph = glyph.or((kind == ButtonKind::TikTok).then_some(Glyph::Note));
    glyph.map(|glyph| view! { <Icon glyph/> })
}
