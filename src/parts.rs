//! Which pages travel apart from the first module, when they are fetched, and what is shown until they
//! are there or where they don't come. A release is built in parts (the feature `parts`).

mod screens;
#[cfg(feature = "parts")]
mod split;
#[cfg(not(feature = "parts"))]
mod whole;

pub use screens::*;

use crate::address::{link_of, route_of};
use crate::client::Failure;
use crate::document;
use crate::json;
use crate::layout::{LoadFailed, PageShell};
use crate::route::Route;
use crate::text::{live, say};
use crate::ui::{Button, ProblemPanel, Skeleton, dynamic};
use core::time::Duration;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[cfg(feature = "parts")]
use split::{draw, load};
#[cfg(not(feature = "parts"))]
use whole::{draw, load};

/// So long after a page is there, what comes next is fetched.
const IDLE: Duration = Duration::from_secs(1);

/// What the script that fetches parts sets once the server doesn't have one.
const REPLACED: &str = "portalReplaced";

/// Where a page is.
pub enum Place {
    First(First),
    Part(Parted),
}

/// A page of the first module.
pub enum First {
    Home,
    SignUp,
    LogIn { then: Option<Route> },
}

/// Which part has the page of a route.
pub fn place_of(page: Route) -> Place {
    Place::Part(match page {
        Route::Home => return Place::First(First::Home),
        Route::SignUp => return Place::First(First::SignUp),
        Route::LogIn { then } => {
            let then = then.map(|then| *then);
            return Place::First(First::LogIn { then });
        }
        Route::VerifyEmail => Parted::Arriving(Arriving::VerifyEmail),
        Route::LogInByPasskey { then } => {
            let then = then.map(|then| *then);
            Parted::Arriving(Arriving::LogInByPasskey { then })
        }
        Route::ResetPassword => Parted::Arriving(Arriving::ResetPassword),
        Route::ChooseAccount => Parted::Arriving(Arriving::ChooseAccount),
        Route::TikTokCallback { query } => Parted::Arriving(Arriving::Callback { query }),
        Route::TikTokWaiting => Parted::Arriving(Arriving::Waiting),
        Route::CreateAdsAccount => Parted::Linking(Linking::CreateAdsAccount),
        Route::TikTokOutcome { outcome } => Parted::Linking(Linking::Outcome(outcome)),
        Route::FinishLink => Parted::Linking(Linking::FinishLink),
        Route::Welcome => Parted::Ads(Ads::Welcome),
        Route::Campaigns => Parted::Ads(Ads::Campaigns),
        Route::BusinessCenter => Parted::Ads(Ads::BusinessCenter),
        Route::Profile { dialog: _ } => Parted::Settings(Settings::Profile),
        Route::AddEmail => Parted::Security(Security::AddEmail),
        Route::ChangePassword => Parted::Security(Security::ChangePassword),
        Route::Passkeys => Parted::Security(Security::Passkeys),
        Route::MoveLink => Parted::Security(Security::MoveLink),
        Route::Sessions => Parted::Security(Security::Sessions),
        Route::MyData => Parted::Security(Security::MyData),
        Route::Campaign { draft, screen } => Parted::Wizard(Wizard { draft, screen }),
    })
}

/// A part's page once it is there, and until then what says that it comes, or that it can't.
pub fn page_of(page: Parted, route: Memo<Option<Route>>) -> AnyView {
    if let Some(view) = draw(page.clone(), route) {
        return view;
    }
    let part = page.part();
    let is_there = RwSignal::new(false);
    let has_failed = RwSignal::new(false);
    let fetch = move || {
        let is_again = has_failed.get_untracked();
        has_failed.set(false);
        spawn_local(async move {
            let is_loaded = load(part).await.is_ok();
            let end = if is_loaded { is_there } else { has_failed };
            // The page may be gone by now.
            let is_gone = end.try_set(true).is_some();
            if is_loaded && is_again && !is_gone {
                document::arrive_when_headed();
            }
        });
    };
    fetch();
    dynamic(move || {
        if is_there.get() {
            draw(page.clone(), route).unwrap_or_else(|| ().into_any())
        } else if has_failed.get() {
            missing(Callback::new(move |()| fetch()))
        } else {
            view! { <PageShell><Skeleton label=live(say::loading)/></PageShell> }.into_any()
        }
    })
}

/// The part couldn't be fetched: there is no network, or the server has no such file any more, since
/// it has another release.
fn missing(retry: Callback<()>) -> AnyView {
    if !json::member(&js_sys::global(), REPLACED).is_truthy() {
        let panel = view! { <LoadFailed failure=Failure::Offline on_retry=retry/> };
        return view! { <PageShell>{panel}</PageShell> }.into_any();
    }
    let reload = Callback::new(|()| {
        // Where it can't, nothing else can be done.
        let _ = window().location().reload();
    });
    view! {
        <PageShell>
            <ProblemPanel title=live(say::replaced_title) text=live(say::replaced_text)>
                <Button on_click=reload>{say::reload}</Button>
            </ProblemPanel>
        </PageShell>
    }
    .into_any()
}

/// Fetches what the page of a route needs, before it is gone to.
pub fn fetch_ahead(route: Option<Route>) {
    if let Some(Place::Part(page)) = route.map(place_of) {
        fetch(&[page.part()]);
    }
}

/// Fetches a page's part as soon as a link to it is pointed at or has the focus.
pub fn fetch_for_links() {
    let handles = ["pointerover", "focusin"].map(|event| {
        window_event_listener_untyped(event, |event| {
            fetch_ahead(link_of(&event).and_then(|to| route_of(&to)));
        })
    });
    on_cleanup(move || handles.into_iter().for_each(WindowListenerHandle::remove));
}

/// Fetches what comes next for a guest or a member, once the page that they opened is there.
pub fn fetch_when_idle(is_member: bool) {
    let connection = json::member(&window().navigator(), "connection");
    if connection.is_object() && json::member(&connection, "saveData").is_truthy() {
        return;
    }
    let next: &[Part] = if is_member {
        &[
            Part::Ads,
            Part::Settings,
            Part::Wizard,
            Part::Linking,
            Part::Security,
        ]
    } else {
        &[Part::Arriving, Part::Ads, Part::Linking]
    };
    set_timeout(move || fetch(next), IDLE);
}

/// Fetches parts one after the other. Where one doesn't come, its page will say so.
fn fetch(parts: &[Part]) {
    let parts = parts.to_vec();
    spawn_local(async move {
        for part in parts {
            if load(part).await.is_err() {
                break;
            }
        }
    });
}
