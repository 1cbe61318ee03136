//! "Is this your TikTok account?": asked after the password was reset. Whoever knew the one before may
//! have linked their own, which would still log in.

use super::Unlinking;
use crate::features::account_badge::AccountBadge;
use crate::form::FailureBanner;
use crate::text::{live, say};
use crate::ui::{Button, ButtonKind, Dialog};
use domain::authorization::TikTokProfile;
use leptos::prelude::*;

#[component]
pub fn ReviewLink(
    profile: TikTokProfile,
    unlinking: Unlinking,
    /// Told when the link stays.
    on_close: Callback<()>,
) -> impl IntoView {
    let press = Callback::new(move |()| unlinking.begin());
    view! {
        <Dialog
            title=live(say::review_link_title)
            close_label=live(say::close)
            on_close=on_close
        >
            <FailureBanner failure=unlinking.failure()/>
            <AccountBadge profile large=true/>
            <p>{say::review_link_text}</p>
            <div class="dialog-actions">
                <Button on_click=on_close>{say::review_link_keep}</Button>
                <Button kind=ButtonKind::Danger pending=unlinking.pending() on_click=press>
                    {say::profile_unlink}
                </Button>
            </div>
        </Dialog>
    }
}
