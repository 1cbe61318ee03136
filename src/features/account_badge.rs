//! A linked TikTok account: avatar initial, display name and @username.

use crate::ui::Avatar;
use domain::authorization::TikTokProfile;
use leptos::prelude::*;

/// The username is shown where `user.info.profile` was granted.
#[component]
pub fn AccountBadge(
    profile: TikTokProfile,
    /// Whether it stands alone rather than in a line.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let username = profile.username.map(|username| format!("@{username}"));
    view! {
        <span class="account-badge">
            <Avatar name=Signal::stored(profile.display_name.clone()) large=large/>
            <span class="badge-words">
                <strong>{profile.display_name}</strong>
                {username.map(|username| view! { <span class="badge-username">{username}</span> })}
            </span>
        </span>
    }
}
