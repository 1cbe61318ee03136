//! On the way to TikTok: the buttons that lead there, what stands in their place outside the rollout, and the dialog
//! when an account can't be linked.

use crate::client::{Client, Failure, use_client};
use crate::form::FailureBanner;
use crate::intl;
use crate::route::{Page as _, Route};
use crate::session::{CurrentSession, region, use_session};
use crate::storage;
use crate::text::{self, live, say};
use crate::ui::{Banner, BannerKind, Button, ButtonKind, Dialog, Link, Show, effect};
use contract::authorization::{BeginAuthorization, Begun, Purpose};
use contract::check::Check as _;
use contract::problem::Code;
use domain::authorization::AUTHORIZATION_LIFE_MINUTES;
use domain::rollout::Availability;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use web_sys::Window;

/// How often it is looked whether TikTok's log-out is closed. A window of another origin tells
/// nothing by itself.
const LOOK_EVERY: Duration = Duration::from_millis(300);

/// A departure for TikTok.
#[derive(Clone, Copy)]
pub struct Departure {
    pending: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    /// Whether someone came back without TikTok's answer.
    returned: RwSignal<bool>,
    on_confirm_first: Option<Callback<()>>,
    client: StoredValue<Client, LocalStorage>,
    session: CurrentSession,
}

impl Departure {
    /// To be made where a component begins. `on_confirm_first` is told when the session is too old
    /// to change what logs in.
    pub fn new(on_confirm_first: Option<Callback<()>>) -> Self {
        let departure = Self {
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
            returned: RwSignal::new(false),
            on_confirm_first,
            client: StoredValue::new_local(use_client()),
            session: use_session(),
        };
        // Back from TikTok by the browser's own button, the page is as it was left.
        let back = window_event_listener(leptos::ev::pageshow, move |event| {
            if event.persisted() {
                departure.pending.set(false);
                departure.returned.set(true);
            }
        });
        on_cleanup(move || back.remove());
        // A browser that kept no page loads it anew.
        effect(move || {
            if is_away() {
                departure.returned.set(true);
            }
        });
        departure
    }

    pub fn pending(self) -> Signal<bool> {
        self.pending.into()
    }

    pub fn failure(self) -> Signal<Option<Failure>> {
        self.failure.into()
    }

    /// Whether someone came back without TikTok's answer.
    pub fn returned(self) -> Signal<bool> {
        self.returned.into()
    }

    /// Begins an authorization and leaves for TikTok.
    pub fn begin(self, purpose: Purpose) {
        self.begin_then(purpose, move |client, begun| {
            self.leave(&client, &begun.authorize_url);
        });
    }

    /// Leaves for an authorization that was begun.
    pub fn leave(self, client: &Client, authorize_url: &str) {
        note_departure();
        client.leave_to(authorize_url);
        match client {
            // It ends with the page.
            Client::Http => {}
            #[cfg(feature = "mock")]
            Client::Mock(_) => {
                self.pending.try_set(false);
                self.returned.try_set(true);
            }
        }
    }

    fn begin_then(self, purpose: Purpose, then: impl FnOnce(Client, Begun) + 'static) {
        if self.pending.get_untracked() {
            return;
        }
        let request = BeginAuthorization {
            purpose,
            region: region(),
            language: untrack(text::language),
        };
        if request.check().is_err() {
            return;
        }
        self.pending.set(true);
        self.failure.set(None);
        let client = self.client.get_value();
        spawn_local(async move {
            match client.call(&request).await {
                Ok(begun) => then(client, begun),
                Err(failure) => self.refuse(failure),
            }
        });
    }

    fn refuse(self, failure: Failure) {
        self.pending.try_set(false);
        self.session.on_failure(&failure);
        let code = failure.problem().map(|problem| problem.code);
        let confirm = self
            .on_confirm_first
            .filter(|_| code == Some(Code::ConfirmFirst));
        match confirm {
            Some(confirm) => confirm.run(()),
            None => {
                self.failure.try_set(Some(failure));
            }
        }
    }
}

/// Where this tab keeps until when TikTok's answer to its last departure counts.
const AWAY: &str = "portal.away";

fn note_departure() {
    let seconds = u32::try_from(AUTHORIZATION_LIFE_MINUTES * 60).unwrap_or(0);
    let until = intl::in_seconds(seconds);
    storage::write_in_tab(AWAY, &until.0.to_string());
}

/// Notes that TikTok's answer came.
pub fn note_arrival() {
    storage::remove_in_tab(AWAY);
}

/// Whether this tab left for TikTok and its answer may still come.
fn is_away() -> bool {
    let until = storage::read_in_tab(AWAY).and_then(|until| until.parse().ok());
    until.is_some_and(|until: i64| intl::in_seconds(0).0 < until)
}

/// A button that leads to TikTok, or what stands in its place outside the rollout.
#[component]
pub fn TikTokButton(
    departure: Departure,
    /// What for; nothing where something is still wrong on the page, which then says so.
    #[prop(into)]
    purpose: Callback<(), Option<Purpose>>,
    #[prop(into)] label: Signal<String>,
    /// Whether it takes the whole width.
    #[prop(optional)]
    wide: bool,
    /// Whether it is there even outside the rollout: whoever has a link can log in by it,
    /// wherever they are.
    #[prop(optional)]
    ungated: bool,
) -> impl IntoView {
    let session = use_session();
    let is_there = move || ungated || session.tiktok() == Availability::Available;
    let press = move |()| {
        if let Some(purpose) = purpose.run(()) {
            departure.begin(purpose);
        }
    };
    view! {
        <Show when=is_there fallback=GateBanner>
            <FailureBanner failure=departure.failure()/>
            <Button
                kind=ButtonKind::TikTok
                wide=wide
                pending=departure.pending()
                on_click=Callback::new(press)
            >
                {move || label.get()}
            </Button>
            <Show when=move || departure.returned().get()>
                <Link href=Route::TikTokWaiting.address()>{say::tiktok_nothing_back}</Link>
            </Show>
        </Show>
    }
}

/// What those read who don't have the feature.
#[component]
pub fn GateBanner() -> impl IntoView {
    view! { <Banner kind=BannerKind::Info title=live(say::gate_title)>{say::gate_text}</Banner> }
}

/// "Unable to link": the TikTok account is linked to another business account. Logging out of
/// TikTok makes room for another one; here nothing changes.
#[component]
pub fn UnableToLink(
    /// What is tried again.
    purpose: Purpose,
    /// Told when the user wants to leave it.
    #[prop(into)]
    on_close: Callback<()>,
    /// Told when the session is too old to change what logs in.
    #[prop(into)]
    on_confirm_first: Callback<()>,
) -> impl IntoView {
    let departure = Departure::new(Some(on_confirm_first));
    let waiting = RwSignal::new(None::<String>);
    let client = StoredValue::new_local(use_client());
    let go_on = move || {
        if let Some(url) = waiting.try_update(Option::take).flatten() {
            client.with_value(|client| departure.leave(client, &url));
        }
    };
    let log_out = move |()| {
        let window = client.with_value(Client::window_for_log_out);
        departure.begin_then(purpose, move |client, begun| {
            if client.log_out_of_tiktok(window.as_ref(), &begun.log_out_url) {
                waiting.try_set(Some(begun.authorize_url));
                if let Some(window) = window {
                    when_closed(window, go_on);
                }
            } else {
                departure.leave(&client, &begun.authorize_url);
            }
        });
    };
    view! {
        <Dialog
            title=live(say::unable_to_link_title)
            close_label=live(say::close)
            on_close=on_close
        >
            <p><strong>{say::unable_to_link_text}</strong></p>
            <p>{say::unable_to_link_hint}</p>
            <FailureBanner failure=departure.failure()/>
            <Show
                when=move || waiting.with(Option::is_some)
                fallback=move || view! {
                    <div class="dialog-actions">
                        <Button kind=ButtonKind::Secondary on_click=on_close>{say::cancel}</Button>
                        <Button
                            kind=ButtonKind::Primary
                            pending=departure.pending()
                            on_click=Callback::new(log_out)
                        >
                            {say::log_out}
                        </Button>
                    </div>
                }
            >
                <p role="status">{say::unable_to_link_waiting}</p>
                <div class="dialog-actions">
                    <Button on_click=Callback::new(move |()| go_on())>
                        {say::unable_to_link_go_on}
                    </Button>
                </div>
            </Show>
        </Dialog>
    }
}

/// Goes on when a window is closed. A browser may call a window closed as soon as it belongs to
/// another origin: what counts is that the focus is here again, too.
fn when_closed(window: Window, then: impl Fn() + 'static) {
    let handle = StoredValue::new_local(None::<IntervalHandle>);
    let look = move || {
        let is_here = document().has_focus().unwrap_or(true);
        if window.closed().unwrap_or(true) && is_here {
            if let Some(handle) = handle.try_get_value().flatten() {
                handle.clear();
            }
            then();
        }
    };
    if let Ok(started) = set_interval_with_handle(look, LOOK_EVERY) {
        handle.set_value(Some(started));
        on_cleanup(move || started.clear());
    }
}
