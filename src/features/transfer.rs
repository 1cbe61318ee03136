//! "It moves to another account at …": told on both sides, with the way to stop it.

use crate::document;
use crate::form::{FailureBanner, Form};
use crate::intl;
use crate::text::say;
use crate::ui::{Banner, BannerKind, Button, dynamic};
use contract::account::Profile;
use contract::transfer::{PendingTransfer, StopTransfer};
use leptos::prelude::*;

#[component]
pub fn TransferBanner(
    transfer: Memo<Option<PendingTransfer>>,
    /// Given what is linked now.
    on_stopped: Callback<Profile>,
) -> impl IntoView {
    let form = Form::new(|| None);
    let stop = Callback::new(move |()| {
        let arrives = transfer.with_untracked(|it| it.as_ref().is_some_and(|it| it.arrives));
        form.send(&StopTransfer {}, async move |profile| {
            // It may have moved before.
            if profile.tiktok.is_some() != arrives {
                document::show_toast(say::transfer_stopped());
            }
            let _ = on_stopped.try_run(profile);
            // The button that has the focus goes with the banner.
            document::arrive();
        });
    });
    dynamic(move || {
        let banner = transfer.get().map(|transfer| {
            let PendingTransfer {
                arrives,
                tiktok,
                due,
            } = transfer;
            let words = move || {
                let time = intl::date_time(due);
                if arrives {
                    say::transfer_arrives(&tiktok, &time)
                } else {
                    say::transfer_leaves(&tiktok, &time)
                }
            };
            let actions = move || {
                view! { <Button pending=form.pending() on_click=stop>{say::transfer_stop}</Button> }
            };
            view! {
                <FailureBanner failure=form.failure()/>
                <Banner kind=BannerKind::Warning actions>{words}</Banner>
            }
        });
        banner.into_any()
    })
}
