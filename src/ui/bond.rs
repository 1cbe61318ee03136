//! Two accounts side by side, and what is between them.

use leptos::prelude::*;

use super::{Avatar, Glyph, Icon, Show};

/// What is between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BondState {
    /// They have just been bound: two rings meet once.
    Joined,
    /// They are bound, and about to be parted.
    Open,
    /// They can't be bound.
    Broken,
    /// They are bound as soon as whoever looks does what the page asks for.
    Waiting,
}

impl BondState {
    const fn class(self) -> &'static str {
        match self {
            Self::Joined => "bond bond-joined",
            Self::Open => "bond bond-open",
            Self::Broken => "bond bond-broken",
            Self::Waiting => "bond bond-waiting",
        }
    }

    /// What is drawn between them; the rings of two that were bound are the stylesheet's.
    const fn glyph(self) -> Option<Glyph> {
        match self {
            Self::Joined => None,
            Self::Open => Some(Glyph::Unlink),
            Self::Broken => Some(Glyph::Close),
            Self::Waiting => Some(Glyph::Link),
        }
    }
}

/// One of the two.
#[derive(Clone, Copy)]
pub struct BondEnd {
    /// Whose letter is its face where it has no picture; empty while it isn't known.
    pub name: Signal<String>,
    /// The address of its picture.
    pub picture: Signal<Option<String>>,
    /// What is seen in place of a face that isn't known; without it a question mark.
    pub glyph: Option<Glyph>,
    /// What stands under its face.
    pub title: Signal<String>,
    /// A line under that; empty where there is none.
    pub detail: Signal<String>,
}

impl BondEnd {
    /// One of which no more is known than what it is.
    pub fn unknown(title: Signal<String>, glyph: Option<Glyph>) -> Self {
        Self {
            name: Signal::stored(String::new()),
            picture: Signal::default(),
            glyph,
            title,
            detail: Signal::stored(String::new()),
        }
    }
}

/// Both accounts of a link, so that nobody binds, parts or confirms what they don't see.
#[component]
pub fn Bond(
    state: BondState,
    /// What is between them, in words.
    label: Signal<String>,
    first: BondEnd,
    second: BondEnd,
) -> impl IntoView {
    let mark = state.glyph().map(|glyph| view! { <Icon glyph/> });
    view! {
        <div class=state.class() role="group" aria-label=move || label.get()>
            <End end=first/>
            <span class="bond-mark" aria-hidden="true">{mark}</span>
            <End end=second/>
        </div>
    }
}

#[component]
fn End(end: BondEnd) -> impl IntoView {
    let BondEnd {
        name,
        picture,
        glyph,
        title,
        detail,
    } = end;
    let is_known = Memo::new(move |_| name.with(|name| !name.is_empty()));
    let letter = move || view! { <Avatar name picture large=true/> };
    let drawing = move || match glyph {
        Some(glyph) => view! { <span class="avatar avatar-large"><Icon glyph/></span> }.into_any(),
        None => letter().into_any(),
    };
    view! {
        <div class="bond-end" class=("bond-unknown", move || !is_known.get())>
            <Show when=move || is_known.get() fallback=drawing>{letter()}</Show>
            <span class="bond-name">{move || title.get()}</span>
            <span class="bond-detail">{move || detail.get()}</span>
        </div>
    }
}
