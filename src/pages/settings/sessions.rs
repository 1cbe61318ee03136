//! Where the account is logged in, with the way to end it.

use super::email::BackToProfile;
use crate::client::{Failure, use_client};
use crate::document;
use crate::form::FailureBanner;
use crate::intl;
use crate::layout::Loaded;
use crate::resource::Resource;
use crate::session::use_session;
use crate::text::{live, say};
use crate::ui::{Button, Card, PageHeading};
use contract::session::{EndSessions, ListSessions, ListedSession, SessionList};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Sessions() -> impl IntoView {
    let read = Resource::of(ListSessions {});
    let session = use_session();
    let client = StoredValue::new_local(use_client());
    let pending = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let end = Callback::new(move |id: Option<String>| {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        failure.set(None);
        let call = client.with_value(|client| client.call(&EndSessions { id }));
        spawn_local(async move {
            match call.await {
                Ok(_) => {
                    read.again();
                    document::show_toast(say::sessions_ended());
                    // The button that has the focus goes with its session.
                    document::arrive();
                }
                Err(why) => {
                    session.on_failure(&why);
                    failure.try_set(Some(why));
                }
            }
            pending.try_set(false);
        });
    });
    let show = move |list: SessionList| {
        let has_others = list.sessions.len() > 1;
        let rows = list.sessions.into_iter();
        let rows = rows.map(|listed| view! { <Row listed pending end/> });
        let rows = rows.collect_view();
        view! {
            <Card><ul class="session-list">{rows}</ul></Card>
            <div class="form-actions">
                {has_others.then(|| view! {
                    <Button pending=pending on_click=Callback::new(move |()| end.run(None))>
                        {say::sessions_end_others}
                    </Button>
                })}
                <BackToProfile/>
            </div>
        }
        .into_any()
    };
    view! {
        <PageHeading text=live(say::sessions_title) lead=live(say::sessions_lead)/>
        <FailureBanner failure=failure/>
        <Loaded resource=read show=show/>
    }
}

#[component]
fn Row(
    listed: ListedSession,
    pending: RwSignal<bool>,
    end: Callback<Option<String>>,
) -> impl IntoView {
    let ListedSession {
        id,
        browser,
        system,
        country,
        begun,
        seen,
        is_this,
    } = listed;
    let name = live(move || match (&browser, &system) {
        (Some(browser), Some(system)) => say::sessions_browser_on(browser, system),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => say::sessions_unknown(),
    });
    let times = move || {
        let times = say::sessions_times(&intl::date_time(begun), &intl::date_time(seen));
        match country.map(intl::country) {
            Some(country) => country + " · " + &times,
            None => times,
        }
    };
    let tag = is_this.then(|| view! { <span class="tag">{say::sessions_this}</span> });
    let button = (!is_this).then(|| {
        view! {
            <Button
                pending=pending
                on_click=Callback::new(move |()| end.run(Some(id.clone())))
            >
                {say::log_out}
                <span class="visually-hidden">" " {move || name.get()}</span>
            </Button>
        }
    });
    view! {
        <li class="row row-between">
            <div>
                <p class="row"><strong>{move || name.get()}</strong> {tag}</p>
                <p class="muted">{times}</p>
            </div>
            {button}
        </li>
    }
}
