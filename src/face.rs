//! The face of a linked TikTok account, as TikTok shows it.

use crate::ui::Avatar;
use domain::authorization::TikTokFace;
use leptos::prelude::*;

/// Its letter, its name and, where TikTok told it, its username.
#[component]
pub fn Face(
    /// Whose.
    face: TikTokFace,
    /// Whether it stands alone rather than in a line.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let username = face.username.map(|username| format!("@{username}"));
    view! {
        <span class="account">
            <Avatar name=Signal::stored(face.display_name.clone()) large=large/>
            <span class="face-words">
                <strong>{face.display_name}</strong>
                {username.map(|username| view! { <span class="face-username">{username}</span> })}
            </span>
        </span>
    }
}
