//! Something to know about the page as a whole.

use leptos::prelude::*;

use super::{Glyph, Icon};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BannerKind {
    #[default]
    Info,
    Success,
    /// Something to mind before going on.
    Warning,
    Problem,
}

impl BannerKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "banner banner-info",
            Self::Success => "banner banner-success",
            Self::Warning => "banner banner-warning",
            Self::Problem => "banner banner-problem",
        }
    }

    const fn glyph(self) -> Glyph {
        match self {
            Self::Info => Glyph::Info,
            Self::Success => Glyph::Success,
            Self::Warning => Glyph::Warning,
            Self::Problem => Glyph::Problem,
        }
    }

    /// A problem interrupts a screen reader; everything else waits its turn.
    const fn role(self) -> &'static str {
        match self {
            Self::Info | Self::Success | Self::Warning => "status",
            Self::Problem => "alert",
        }
    }
}

/// A banner: a sentence, perhaps under a title, perhaps with something to do about it.
#[component]
pub fn Banner(
    #[prop(optional)] kind: BannerKind,
    /// The gist, where the text is long.
    #[prop(optional, into)]
    title: Option<Signal<String>>,
    /// What to do about it: buttons or links.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=kind.class() role=kind.role()>
            <Icon glyph=kind.glyph()/>
            <div class="banner-words">
                {title.map(|title| view! { <p class="banner-title">{move || title.get()}</p> })}
                <div class="banner-text">{children()}</div>
                {actions.map(|actions| view! { <div class="banner-actions">{actions.run()}</div> })}
            </div>
        </div>
    }
}
