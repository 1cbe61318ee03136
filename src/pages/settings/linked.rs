//! "TikTok account linked": who it is, and what that gives.

use crate::features::account_badge::AccountBadge;
use crate::text::{live, say};
use crate::ui::{Button, ButtonKind, Dialog};
use domain::authorization::TikTokProfile;
use leptos::prelude::*;

/// The dialog. Its address stays what it is when the link has ended since, so it says so.
#[component]
pub fn Linked(
    profile: Option<TikTokProfile>,
    /// Told when the user is done with it.
    on_close: Callback<()>,
) -> impl IntoView {
    let (title, words) = match profile {
        Some(profile) => (
            live(say::linked_title),
            view! {
                <AccountBadge profile large=true/>
                <p>{say::linked_text}</p>
                <ul class="consequences">
                    <li>{say::linked_ads}</li>
                    <li>{say::linked_log_in}</li>
                </ul>
            }
            .into_any(),
        ),
        None => (
            live(say::tiktok_account),
            view! { <p>{say::problem_not_linked}</p> }.into_any(),
        ),
    };
    view! {
        <Dialog title=title close_label=live(say::close) on_close=on_close>
            {words}
            <div class="dialog-actions">
                <Button kind=ButtonKind::Primary on_click=on_close>{say::linked_done}</Button>
            </div>
        </Dialog>
    }
}
