//! Leaving for TikTok: an authorization is begun, and the browser goes to its authorize page.

use crate::client::{Client, Failure, Host, use_client};
use crate::intl;
use crate::session::{CurrentSession, region, use_session};
use crate::storage;
use crate::text;
use crate::ui::effect;
use contract::authorization::{BeginAuthorization, Begun, Purpose};
use contract::check::Check as _;
use contract::problem::Code;
use domain::authorization::AUTHORIZATION_LIFE_MINUTES;
use leptos::prelude::*;
use leptos::task::spawn_local;

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
        match client.host {
            // It ends with the page.
            Host::Http => {}
            #[cfg(feature = "mock")]
            Host::Mock(_) => {
                self.pending.try_set(false);
                self.returned.try_set(true);
            }
        }
    }

    pub(super) fn begin_then(self, purpose: Purpose, then: impl FnOnce(Client, Begun) + 'static) {
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
