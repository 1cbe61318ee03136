//! "This account will be deleted on …": told within a session, with the way to keep it.

use crate::document;
use crate::form::{FailureBanner, Form};
use crate::intl;
use crate::session::use_session;
use crate::text::say;
use crate::ui::{Banner, BannerKind, Button, dynamic};
use contract::my_data::KeepAccount;
use leptos::prelude::*;

#[component]
pub fn DeletionBanner() -> impl IntoView {
    let session = use_session();
    let form = Form::new(|| None);
    let due = Memo::new(move |_| session.member().and_then(|member| member.deletion));
    let keep = Callback::new(move |()| {
        form.send(&KeepAccount {}, async move |_| {
            session.refresh().await;
            document::show_toast(say::kept_account());
            // The button that has the focus goes with the banner.
            document::arrive();
        });
    });
    dynamic(move || {
        let banner = due.get().map(|due| {
            let actions = move || {
                view! { <Button pending=form.pending() on_click=keep>{say::keep_account}</Button> }
            };
            view! {
                <FailureBanner failure=form.failure()/>
                <Banner kind=BannerKind::Warning actions>
                    {move || say::deletion_banner(&intl::date_time(due))}
                </Banner>
            }
        });
        banner.into_any()
    })
}
