//! An account in a line: a linked TikTok account, or the account of whoever is logged in.

use crate::session::use_session;
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
            <Avatar
                name=Signal::stored(profile.display_name.clone())
                picture=Signal::stored(profile.avatar_url)
                large=large
            />
            <span class="badge-words">
                <strong>{profile.display_name}</strong>
                {username.map(|username| view! { <span class="badge-username">{username}</span> })}
            </span>
        </span>
    }
}

/// What whoever is logged in is called; empty while nobody is.
pub fn member_name() -> Memo<String> {
    let session = use_session();
    Memo::new(move |_| {
        session
            .member()
            .map(|member| member.name)
            .unwrap_or_default()
    })
}

/// What they are called, and the address that logs in.
#[component]
pub fn MemberBadge(
    /// Whether it stands alone rather than in a line.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let session = use_session();
    let name = member_name();
    let email = move || session.member().and_then(|member| member.email);
    // Who has no name is called by their address.
    let email = move || email().filter(|email| name.with(|name| name != email));
    view! {
        <span class="account-badge">
            <Avatar name=name large/>
            <span class="badge-words">
                <strong>{move || name.get()}</strong>
                <span class="badge-username">{email}</span>
            </span>
        </span>
    }
}
