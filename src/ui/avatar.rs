//! An avatar: somebody's picture, or the first letter of their name.

use js_sys::RegExp;
use leptos::prelude::*;

use super::dynamic;

/// A round picture over a letter, which is seen until the picture is there and where none comes. It
/// stands beside the name, so it is hidden from assistive technology.
#[component]
pub fn Avatar(
    /// The name whose first letter is shown; a question mark where it has none.
    #[prop(into)]
    name: Signal<String>,
    /// The address of a picture.
    #[prop(optional, into)]
    picture: Signal<Option<String>>,
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
    let broken = RwSignal::new(None::<String>);
    let picture = dynamic(move || {
        let shown = picture
            .get()
            .filter(|url| broken.get().as_ref() != Some(url));
        shown
            .map(|url| {
                let failed = url.clone();
                // Whose page it is on is nothing for the host that has it.
                view! {
                    <img
                        class="avatar-picture"
                        alt=""
                        loading="lazy"
                        referrerpolicy="no-referrer"
                        src=url
                        on:error=move |_| broken.set(Some(failed.clone()))
                    />
                }
            })
            .into_any()
    });
    view! {
        <span class="avatar" class=("avatar-large", large) aria-hidden="true">
            {letter}
            {picture}
        </span>
    }
}
