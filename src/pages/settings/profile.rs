//! Settings > Personal Info > Profile.

use crate::route::ProfileDialog;
use leptos::prelude::*;

/// The page.
#[component]
pub fn Profile(
    /// What is open over it.
    dialog: Memo<Option<ProfileDialog>>,
) -> impl IntoView {
    let _ = dialog;
    view! { <p></p> }
}
