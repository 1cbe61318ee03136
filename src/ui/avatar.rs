//! An avatar: the first letter of a name.

use js_sys::RegExp;
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
            let first = RegExp::new(r"[\p{L}\p{N}]", "u").exec(name);
            first.map_or_else(
                || "?".to_owned(),
                |found| String::from(found.get(0).to_upper_case()),
            )
        })
    };
    view! {
        <span class="avatar" class=("avatar-large", large) aria-hidden="true">{letter}</span>
    }
}
