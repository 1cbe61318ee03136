//! The app: what everything within it is given, and the one table of routes.

use crate::address::Address;
use crate::boot;
use crate::client::{Client, Host, is_slow, use_client};
use crate::document::{self, Announcer, Toaster};
use crate::layout::{DemonstrationBar, GuestShell, LoadFailed, Notices, PageShell};
use crate::navigate::Navigator;
use crate::pages;
use crate::parts::{self, First, Place};
use crate::route::{Access, Page as _, Route};
use crate::session::{CurrentSession, SessionState, use_session};
use crate::text::{self, live, say};
use crate::ui::{Show, Skeleton, dynamic, effect};
use domain::id::AccountId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The whole app, over the host of this build.
#[component]
pub fn App() -> impl IntoView {
    let client = Client::new();
    provide_context(client.clone());
    let session = CurrentSession::new(client.clone());
    provide_context(session);
    session.watch();
    effect(move || {
        if client.refused() > 0 {
            session.refresh_soon();
        }
    });
    let has_words = RwSignal::new(false);
    session.begin();
    spawn_local(async move {
        // Without its words the app would be a page of blanks: the reload panel has its own.
        if text::begin().await {
            has_words.set(true);
        } else {
            boot::break_down();
        }
    });
    parts::fetch_ahead(untrack(|| Address::begin().route()));
    parts::fetch_for_links();
    view! {
            <a class="skip-link" href="#main" on:click=|event| skip(&event)>{say::skip_to_content}</a>
            <Announcer/>
            <div id="app">
                <Show when=move || has_words.get()>
                    <DemonstrationBar/>
                    <Notices/>
                    <Screens/>
                    <Toaster/>
                </Show>
            </div>
            <Slow/>
            <Overlay/>
    }
}

/// Goes past the bars. The browser would write the link into the address, and leave the focus.
fn skip(event: &leptos::ev::MouseEvent) {
    event.prevent_default();
    if let Some(heading) = document::heading() {
        // It refuses only where nothing can take a focus.
        let _ = heading.focus();
    }
}

/// Says that an answer is slow. What was there before the app says so of the first by itself.
#[component]
fn Slow() -> impl IntoView {
    let session = use_session();
    let words = dynamic(move || {
        if is_slow() && session.get() != SessionState::Unknown {
            view! { <p class="slow">{say::taking_long}</p> }.into_any()
        } else {
            ().into_any()
        }
    });
    view! { <div class="slow-region" aria-live="polite">{words}</div> }
}

/// What a host shows over the app: TikTok's pages, where there is no other place for them.
#[component]
fn Overlay() -> impl IntoView {
    match use_client().host {
        Host::Http => ().into_any(),
        #[cfg(feature = "mock")]
        Host::Mock(mock) => mock.overlay().into_any(),
    }
}

/// The page of the address, for those who may see it.
#[component]
fn Screens() -> impl IntoView {
    let address = Address::here();
    let route = Memo::new(move |_| address.route());
    // A dialog comes and goes over its page; the page stays as it is, with all that is typed.
    let page = Memo::new(move |_| route.get().map(|route| route.page()));
    // A step is a page to its reader.
    let place = Memo::new(move |_| route.get().map(|route| route.heading()));
    let session = use_session();
    let viewer = Memo::new(move |_| match session.get() {
        SessionState::Unknown => None,
        SessionState::Failed(_) => Some(Viewer::Failed),
        SessionState::Guest(_) => Some(Viewer::Guest),
        SessionState::Member(_, member) => Some(Viewer::Member(member.account)),
    });
    let client = use_client();
    let go = Navigator::new();
    arrive_with(place);
    effect(move || {
        if let Some(viewer) = viewer.get() {
            boot::stop_waiting();
            let is_member = matches!(viewer, Viewer::Member(_));
            parts::fetch_when_idle(is_member);
            if is_member {
                session.typed_email().set(String::new());
            }
        }
    });
    dynamic(move || {
        // The host also says which bars stand above the page: what was painted before would move.
        let Some(viewer) = viewer.get() else {
            return ().into_any();
        };
        // Whatever this page asks, it asks for whom it shows.
        match viewer {
            Viewer::Failed => {}
            Viewer::Guest => provide_context(client.of_page(None)),
            Viewer::Member(account) => provide_context(client.of_page(Some(account))),
        }
        let Some(page) = page.get() else {
            return view! { <PageShell><pages::not_found::NotFound/></PageShell> }.into_any();
        };
        match (page.access(), viewer) {
            (Access::Guest | Access::Member, Viewer::Failed) => failed(session),
            (Access::Member, Viewer::Guest) => {
                let then = untrack(|| route.get()).map(Box::new);
                go.replace_soon(Route::LogIn { then });
                waiting()
            }
            (Access::Guest, Viewer::Member(_)) => {
                go.replace_soon(destination(&page, session));
                waiting()
            }
            (Access::Anyone, _)
            | (Access::Guest, Viewer::Guest)
            | (Access::Member, Viewer::Member(_)) => screen(page, route),
        }
    })
}

/// What is known of who is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Viewer {
    Failed,
    Guest,
    Member(AccountId),
}

/// Where a guest's page leads someone who is logged in by now.
fn destination(page: &Route, session: CurrentSession) -> Route {
    if let Route::LogIn { then: Some(then) } = page {
        return (**then).clone();
    }
    untrack(|| session.home())
}

fn waiting() -> AnyView {
    view! { <PageShell><Skeleton label=live(say::loading)/></PageShell> }.into_any()
}

fn failed(session: CurrentSession) -> AnyView {
    let failure = untrack(|| match session.get() {
        SessionState::Failed(failure) => Some(failure),
        SessionState::Unknown | SessionState::Guest(_) | SessionState::Member(..) => None,
    });
    let retry = Callback::new(move |()| session.refresh_soon());
    view! {
        <PageShell>
            {failure.map(|failure| view! { <LoadFailed failure on_retry=retry/> })}
        </PageShell>
    }
    .into_any()
}

/// The table of routes.
fn screen(page: Route, route: Memo<Option<Route>>) -> AnyView {
    match parts::place_of(page) {
        Place::First(First::Home) => view! { <pages::home::Home/> }.into_any(),
        Place::First(First::SignUp) => {
            view! { <GuestShell><pages::sign_up::SignUp/></GuestShell> }.into_any()
        }
        Place::First(First::LogIn { then }) => {
            view! { <GuestShell><pages::log_in::LogIn then=then/></GuestShell> }.into_any()
        }
        Place::Part(page) => parts::page_of(page, route),
    }
}

/// Titles the page by its heading. After the first page, which the browser announces by itself,
/// the focus goes to the heading, and the change is announced.
fn arrive_with(page: Memo<Option<Route>>) {
    let seen = StoredValue::new(None::<Option<Route>>);
    effect(move || {
        let now = page.get();
        // The words may change under the same page: the title follows them.
        let _ = text::language();
        let before = seen
            .try_update_value(|seen| seen.replace(now.clone()))
            .flatten();
        let is_first = before.is_none();
        let is_new = before.is_some_and(|before| before != now);
        document::when_headed(move |name| {
            document::set_title(name);
            if is_new && !is_first {
                document::arrive();
                document::announce(name);
            }
        });
    });
}
