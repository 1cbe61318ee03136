//! "TikTok account linked": who to whom, what that gives, and what most do next.

use crate::features::account_bond::{AccountBond, my_end, tiktok_end};
use crate::route::{Page as _, Route};
use crate::text::{live, say};
use crate::ui::{BondState, Button, ButtonKind, ButtonLink, Dialog};
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
                <AccountBond
                    state=BondState::Joined
                    tiktok=tiktok_end(profile)
                    business=my_end()
                />
                <p>{say::linked_text}</p>
                <ul class="consequences">
                    <li>{say::linked_ads}</li>
                    <li>{say::linked_log_in}</li>
                </ul>
                <div class="dialog-actions">
                    <Button on_click=on_close>{say::linked_done}</Button>
                    <ButtonLink href=Route::Campaigns.address() kind=ButtonKind::Primary>
                        {say::linked_create_ad}
                    </ButtonLink>
                </div>
            }
            .into_any(),
        ),
        None => (
            live(say::tiktok_account),
            view! {
                <p>{say::problem_not_linked}</p>
                <div class="dialog-actions">
                    <Button kind=ButtonKind::Primary on_click=on_close>{say::linked_done}</Button>
                </div>
            }
            .into_any(),
        ),
    };
    view! {
        <Dialog title=title close_label=live(say::close) on_close=on_close>
            {words}
        </Dialog>
    }
}
