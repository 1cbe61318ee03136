//! The face of an account: the first letter of its name.

use leptos::prelude::*;

/// A round letter. It stands beside the name, so it is hidden from assistive technology.
#[component]
pub fn Avatar(
    /// The name whose first letter is shown.
    #[prop(into)]
    name: Signal<String>,
    /// Whether it stands alone on a card rather than in a line.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let letter = move || {
        name.with(|name| {
            let first = name.chars().find(|letter| letter.is_alphanumeric());
            first.map_or_else(
                || "?".to_owned(),
                |letter| letter.to_uppercase().to_string(),
            )
        })
    };
    view! {
        <span class="avatar" class=("avatar-large", large) aria-hidden="true">{letter}</span>
    }
}
