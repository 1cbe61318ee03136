//! The steps, in order.

mod ad;
mod ad_group;
mod campaign;
mod identity;

pub use ad::*;
pub use ad_group::*;
pub use campaign::*;
pub use identity::*;

use crate::text::say;
use crate::ui::{Button, ButtonKind};
use leptos::prelude::*;

/// The way back, and the way on.
#[component]
fn Actions(
    /// Goes back, where there is a step before.
    #[prop(optional, into)]
    on_back: Option<Callback<()>>,
    /// Whether the way on is being prepared.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// The words of the way on.
    words: fn() -> String,
) -> impl IntoView {
    view! {
        <div class="form-actions campaign-actions">
            {on_back.map(|on_back| view! { <Button on_click=on_back>{say::back}</Button> })}
            <Button submit=true kind=ButtonKind::Primary pending=pending>{words}</Button>
        </div>
    }
}
