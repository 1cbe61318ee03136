//! The steps, in order.

mod ad;
mod ad_group;
mod campaign;
mod identity;

pub use ad::*;
pub use ad_group::*;
pub use campaign::*;
pub use identity::*;

use super::{DraftEditor, preview_button};
use crate::text::say;
use crate::ui::{Button, ButtonKind};
use leptos::prelude::*;

/// The way back, and the way on.
#[component]
fn Actions(
    editor: DraftEditor,
    /// Goes back, where there is a step before.
    #[prop(optional, into)]
    on_back: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="form-actions wizard-actions">
            {on_back.map(|on_back| view! { <Button on_click=on_back>{say::back}</Button> })}
            {preview_button(editor)}
            <Button submit=true kind=ButtonKind::Primary>{say::campaign_continue}</Button>
        </div>
    }
}
