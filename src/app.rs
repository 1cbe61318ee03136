//! The app: what everything within it is given, and the one table of routes.

use crate::boot;
use crate::client::{Client, Host, is_slow, use_client};
use crate::document::{self, Announcer, Toaster};
use crate::layout::{
    AdsManagerShell, BusinessCenterShell, DemonstrationBar, GuestShell, LoadFailed, Notices,
    PageShell, SettingsShell,
};
use crate::navigate::Navigator;
use crate::pages;
use crate::route::{self, Access, CampaignScreen, Page as _, ProfileDialog, Route};
use crate::session::{CurrentSession, SessionState, use_session};
use crate::text::{self, live, say};
use crate::ui::{Show, Skeleton, dynamic, effect};
use domain::id::AccountId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider as _};

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
    session.refresh_soon();
    spawn_local(async move {
        // Without its words the app would be a page of blanks: the reload panel has its own.
        if text::begin().await {
            has_words.set(true);
        } else {
            boot::break_down();
        }
    });
    view! {
        <Router>
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
        </Router>
    }
}

/// Goes past the bars. The router would take the link for a place to go, and leave the focus.
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
    let location = use_location();
    let route = Memo::new(move |_| {
        let search = location.search.get();
        route::of_address(&location.pathname.get(), search.trim_start_matches('?'))
    });
    // The router writes the address of a link that was followed only once it is told that its page
    // is there. Which page an address means is ours to say, so it has no routes to tell it.
    let browser = use_context::<BrowserUrl>();
    effect(move || {
        route.track();
        if let Some(browser) = &browser {
            browser.ready_to_complete();
        }
    });
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
    let go = StoredValue::new_local(Navigator::new());
    let replace = move |route: Route| {
        // After this turn: the page that is left is still being made.
        request_animation_frame(move || {
            go.try_with_value(|go| go.replace(&route));
        });
    };
    arrive_with(place);
    effect(move || {
        if viewer.get().is_some() {
            boot::stop_waiting();
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
                replace(Route::LogIn { then });
                waiting()
            }
            (Access::Guest, Viewer::Member(_)) => {
                replace(destination(&page, session));
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
    match page {
        Route::Home => view! { <pages::home::Home/> }.into_any(),
        Route::SignUp => view! { <GuestShell><pages::sign_up::SignUp/></GuestShell> }.into_any(),
        Route::VerifyEmail => {
            view! { <GuestShell><pages::verify_email::VerifyEmail/></GuestShell> }.into_any()
        }
        Route::LogIn { then } => {
            let then = then.map(|then| *then);
            view! { <GuestShell><pages::log_in::LogIn then=then/></GuestShell> }.into_any()
        }
        Route::ChooseAccount => {
            view! { <GuestShell><pages::choose_account::ChooseAccount/></GuestShell> }.into_any()
        }
        Route::CreateAdsAccount => {
            view! { <PageShell><pages::create_ads_account::CreateAdsAccount/></PageShell> }
                .into_any()
        }
        Route::Welcome => {
            view! { <AdsManagerShell><pages::welcome::Welcome/></AdsManagerShell> }.into_any()
        }
        Route::Campaigns => {
            view! { <AdsManagerShell><pages::campaigns::Campaigns/></AdsManagerShell> }.into_any()
        }
        Route::Campaign { draft, screen } => {
            // Every step of a draft is one page: what is typed stays while one goes about in it.
            let screen = Memo::new(move |before| {
                // While another page takes its place, the last screen stays.
                route
                    .with(|route| campaign_screen(route.as_ref()))
                    .or(before.copied())
                    .unwrap_or(screen)
            });
            view! {
                <AdsManagerShell>
                    <pages::campaign::Campaign draft=draft screen=screen/>
                </AdsManagerShell>
            }
            .into_any()
        }
        Route::BusinessCenter => view! {
            <BusinessCenterShell><pages::business_center::BusinessCenter/></BusinessCenterShell>
        }
        .into_any(),
        Route::Profile { .. } => {
            let dialog = Memo::new(move |_| route.with(|route| profile_dialog(route.as_ref())));
            view! { <SettingsShell><pages::settings::Profile dialog=dialog/></SettingsShell> }
                .into_any()
        }
        Route::AddEmail => {
            view! { <SettingsShell><pages::settings::AddEmail/></SettingsShell> }.into_any()
        }
        Route::TikTokCallback { query } => {
            view! { <PageShell><pages::tiktok::Callback query=query/></PageShell> }.into_any()
        }
        Route::TikTokWaiting => {
            view! { <PageShell><pages::tiktok::Waiting/></PageShell> }.into_any()
        }
        Route::TikTokOutcome { outcome } => {
            view! { <PageShell><pages::tiktok::Outcome outcome=outcome/></PageShell> }.into_any()
        }
        Route::FinishLink => {
            view! { <PageShell><pages::finish_link::FinishLink/></PageShell> }.into_any()
        }
    }
}

fn profile_dialog(route: Option<&Route>) -> Option<ProfileDialog> {
    match route {
        Some(Route::Profile { dialog }) => *dialog,
        Some(_) | None => None,
    }
}

fn campaign_screen(route: Option<&Route>) -> Option<CampaignScreen> {
    match route {
        Some(Route::Campaign { screen, .. }) => Some(*screen),
        Some(_) | None => None,
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
