//! The bar that says that this is a demonstration, with the way to its tools.

use crate::session::use_session;
#[cfg(not(feature = "mock"))]
use crate::text::live;
use crate::text::say;
#[cfg(not(feature = "mock"))]
use crate::ui::{Link, Show};
use leptos::prelude::*;

/// The bar, where the host stands in for TikTok by an emulator.
#[component]
pub fn DemonstrationBar() -> impl IntoView {
    let session = use_session();
    let is_shown = Memo::new(move |_| session.known().is_some_and(|known| known.demonstration));
    view! {
        <Show when=move || is_shown.get()>
            <aside class="demo-bar" aria-label=NAME>
                <span>{say::demo_banner}</span>
                <Tools/>
            </aside>
        </Show>
    }
}

#[cfg(not(feature = "mock"))]
const NAME: fn() -> String = say::demo_tools;
#[cfg(feature = "mock")]
const NAME: fn() -> String = say::demo_tiktok;

/// A tab has no tools of its own: a preview has them beside the app.
#[cfg(feature = "mock")]
#[component]
fn Tools() -> impl IntoView {}

/// The server's tools stand in a tab of their own, so that nothing here is lost.
#[cfg(not(feature = "mock"))]
#[component]
fn Tools() -> impl IntoView {
    let words = live(say::demo_tools);
    view! { <Link href=crate::route::DEMONSTRATION_TOOLS new_tab=true>{move || words.get()}</Link> }
}
