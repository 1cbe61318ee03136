//! Where the account is logged in, with the way to end it, and what happened to its ways to log in.

use super::email::BackToProfile;
use crate::document;
use crate::form::{FailureBanner, Form};
use crate::intl;
use crate::layout::Loaded;
use crate::resource::Resource;
use crate::text::{self, live, say};
use crate::ui::{Button, Card, PageHeading, Show};
use contract::session::{
    ActivityList, EndSessions, ListActivity, ListSessions, ListedActivity, ListedSession,
    SessionList,
};
use domain::activity::KEPT;
use leptos::prelude::*;

#[component]
pub fn Sessions() -> impl IntoView {
    let read = Resource::of(ListSessions {});
    let activity = Resource::of(ListActivity::default());
    let form = Form::new(|| None);
    let pending = form.pending();
    let end = Callback::new(move |id: Option<String>| {
        form.send(&EndSessions { id }, async move |_| {
            read.again();
            activity.again();
            document::show_toast(say::sessions_ended());
            // The button that has the focus goes with its session.
            document::arrive();
        });
    });
    let show = move |list: SessionList| {
        let has_others = list.sessions.len() > 1;
        let rows = list.sessions.into_iter();
        let rows = rows.map(|listed| view! { <Row listed pending end/> });
        let rows = rows.collect_view();
        view! {
            <Card>
                <ul class="session-list">{rows}</ul>
                {has_others.then(|| view! {
                    <div class="form-actions">
                        <Button pending=pending on_click=Callback::new(move |()| end.run(None))>
                            {say::sessions_end_others}
                        </Button>
                    </div>
                })}
            </Card>
        }
        .into_any()
    };
    view! {
        <PageHeading text=live(say::sessions_title) lead=live(say::sessions_lead)/>
        <FailureBanner failure=form.failure()/>
        <Loaded resource=read show=show/>
        <Activity read=activity/>
        <div class="form-actions"><BackToProfile/></div>
    }
}

#[component]
fn Row(
    listed: ListedSession,
    pending: Signal<bool>,
    end: Callback<Option<String>>,
) -> impl IntoView {
    let id = listed.id.clone();
    let name = name_of(listed.browser.clone(), listed.system.clone());
    let button = (!listed.is_this).then(|| {
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
            <Place listed/>
            {button}
        </li>
    }
}

/// Where somebody is logged in, and since when.
#[component]
pub(super) fn Place(listed: ListedSession) -> impl IntoView {
    let ListedSession {
        id: _,
        browser,
        system,
        country,
        begun,
        seen,
        is_this,
    } = listed;
    let name = name_of(browser, system);
    let times = move || {
        let times = say::sessions_times(&intl::date_time(begun), &intl::date_time(seen));
        joined([country.map(intl::country), Some(times)])
    };
    let tag = is_this.then(|| view! { <span class="tag">{say::sessions_this}</span> });
    view! {
        <div>
            <p class="row"><strong>{move || name.get()}</strong> {tag}</p>
            <p class="muted">{times}</p>
        </div>
    }
}

fn name_of(browser: Option<String>, system: Option<String>) -> Signal<String> {
    live(move || {
        device(browser.as_deref(), system.as_deref()).unwrap_or_else(say::sessions_unknown)
    })
}

/// A browser and its system, as far as they are known.
fn device(browser: Option<&str>, system: Option<&str>) -> Option<String> {
    match (browser, system) {
        (Some(browser), Some(system)) => Some(say::sessions_browser_on(browser, system)),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    }
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

#[component]
fn Activity(read: Resource<ActivityList>) -> impl IntoView {
    let days = u32::try_from(KEPT.as_secs() / (24 * 60 * 60)).unwrap_or(u32::MAX);
    let lead = live(move || say::activity_lead(&intl::number(days)));
    let show = |list: ActivityList| {
        if list.activity.is_empty() {
            view! { <p class="muted">{say::activity_none}</p> }.into_any()
        } else {
            view! { <Entries list/> }.into_any()
        }
    };
    view! {
        <Card title=live(say::activity_title) text=lead>
            <Loaded resource=read show=show/>
        </Card>
    }
}

/// What happened, and older entries as they are asked for.
#[component]
fn Entries(list: ActivityList) -> impl IntoView {
    let entries = RwSignal::new(list.activity);
    let next = RwSignal::new(list.next);
    let form = Form::new(|| None);
    let older = Callback::new(move |()| {
        let after = next.get_untracked();
        form.send(&ListActivity { after }, async move |list| {
            entries.update(|entries| entries.extend(list.activity));
            next.set(list.next);
            if next.get_untracked().is_none() {
                // The button that had the focus has gone.
                request_animation_frame(document::follow_heading);
            }
        });
    });
    let shown = move || {
        let entries = entries.get().into_iter();
        entries.map(|entry| view! { <Entry entry/> }).collect_view()
    };
    view! {
        <ul class="session-list">{shown}</ul>
        <FailureBanner failure=form.failure()/>
        <Show when=move || next.get().is_some()>
            <div class="form-actions">
                <Button pending=form.pending() on_click=older>{say::activity_older}</Button>
            </div>
        </Show>
    }
}

#[component]
pub(super) fn Entry(entry: ListedActivity) -> impl IntoView {
    let ListedActivity {
        event,
        at,
        browser,
        system,
        country,
    } = entry;
    let circumstances = move || {
        joined([
            Some(intl::date_time(at)),
            device(browser.as_deref(), system.as_deref()),
            country.map(intl::country),
        ])
    };
    view! {
        <li>
            <p><strong>{move || text::event(event)}</strong></p>
            <p class="muted">{circumstances}</p>
        </li>
    }
}
