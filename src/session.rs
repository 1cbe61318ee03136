//! Who is there: unknown at first, then a guest or a member.

use crate::boot;
use crate::client::{Client, Failure, use_client};
use crate::intl;
use crate::route::Route;
use crate::storage;
use crate::text;
use contract::problem::Code;
use contract::session::{GetSession, Member, Session};
use domain::id::AccountId;
use domain::region::Country;
use domain::rollout::Availability;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Where the region that a guest chose is kept.
const REGION: &str = "portal.region";
/// What is written where a tab changed who is there: the others are told by the browser.
const CHANGED: &str = "portal.session";

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// The host hasn't said yet.
    Unknown,
    /// The host couldn't say.
    Failed(Failure),
    /// Nobody, as far as the host knows.
    Guest(Session),
    /// Someone who is logged in.
    Member(Session, Member),
}

/// The session, for everything within the app.
#[derive(Clone, Copy)]
pub struct CurrentSession {
    state: RwSignal<SessionState>,
    /// Whether it ended while someone was at work.
    ended: RwSignal<bool>,
    /// Who was logged in here last, as far as whoever sits here knows.
    known_member: StoredValue<Option<AccountId>>,
    /// Whether somebody else took their place, in another tab.
    switched: RwSignal<bool>,
    /// Counts the questions: an answer that a later question overtook isn't taken.
    asked: StoredValue<u32>,
    /// Why the last log-out didn't happen.
    log_out_failure: RwSignal<Option<Failure>>,
    /// The address that a guest has typed.
    typed_email: RwSignal<String>,
    client: StoredValue<Client, LocalStorage>,
}

impl CurrentSession {
    /// The session of a host, not asked for yet.
    pub fn new(client: Client) -> Self {
        Self {
            state: RwSignal::new(SessionState::Unknown),
            ended: RwSignal::new(false),
            known_member: StoredValue::new(None),
            switched: RwSignal::new(false),
            asked: StoredValue::new(0),
            log_out_failure: RwSignal::new(None),
            typed_email: RwSignal::new(String::new()),
            client: StoredValue::new_local(client),
        }
    }

    /// Who is there. Reactive.
    pub fn get(&self) -> SessionState {
        self.state.get()
    }

    /// The member, if someone is logged in. Reactive.
    pub fn member(&self) -> Option<Member> {
        self.state.with(|state| match state {
            SessionState::Member(_, member) => Some(member.clone()),
            SessionState::Unknown | SessionState::Failed(_) | SessionState::Guest(_) => None,
        })
    }

    /// What the host said about this browser. Reactive.
    pub fn known(&self) -> Option<Session> {
        self.state.with(|state| match state {
            SessionState::Member(session, _) | SessionState::Guest(session) => {
                Some(session.clone())
            }
            SessionState::Unknown | SessionState::Failed(_) => None,
        })
    }

    /// Whether the TikTok buttons work here. Reactive.
    pub fn tiktok(&self) -> Availability {
        self.known()
            .map_or(Availability::Available, |session| session.tiktok)
    }

    /// Whether the session ended while someone was at work. Reactive.
    pub fn has_ended(&self) -> bool {
        self.ended.get()
    }

    /// Why the last log-out didn't happen. Reactive.
    pub fn log_out_failure(&self) -> Signal<Option<Failure>> {
        self.log_out_failure.into()
    }

    /// Notes why a log-out didn't happen: someone who walks away must know.
    pub fn note_log_out_failure(&self, failure: Failure) {
        self.log_out_failure.set(Some(failure));
    }

    /// The address that a guest has typed, for the pages where they are asked for it. Whoever logs in leaves none.
    pub fn typed_email(&self) -> RwSignal<String> {
        self.typed_email
    }

    /// Takes what the host said along with the page, and else asks it.
    pub fn begin(&self) {
        let told = boot::told_session();
        // The page's address doesn't tell the region that was chosen here.
        let is_all = told
            .as_ref()
            .is_some_and(|told| told.region.is_some() || region().is_none());
        if let Some(told) = told {
            self.state.set(SessionState::Guest(told));
        }
        if !is_all {
            self.refresh_soon();
        }
    }

    /// Asks the host whether something has changed. Where it can't answer, what was known stays
    /// known: nobody loses a page, and what they typed on it, because the network was gone for a
    /// moment. After what changes who is there, [`Self::renew`] is the one to call.
    pub async fn refresh(&self) {
        if self.read_again().await {
            tell_other_tabs();
        }
    }

    /// As [`Self::refresh`], without a word to other tabs. Whether what was known has changed.
    async fn read_again(&self) -> bool {
        let question = self.asked.get_value().wrapping_add(1);
        self.asked.set_value(question);
        let now = self.ask().await;
        if self.asked.try_get_value() != Some(question) {
            return false;
        }
        let before = self.state.get_untracked();
        let was_known = match before {
            SessionState::Guest(_) | SessionState::Member(..) => true,
            SessionState::Unknown | SessionState::Failed(_) => false,
        };
        match &now {
            SessionState::Failed(_) if was_known => return false,
            SessionState::Member(_, member) => {
                let known = self.known_member.get_value();
                if known.is_some_and(|known| known != member.account) {
                    self.switched.set(true);
                }
                self.known_member.set_value(Some(member.account));
            }
            SessionState::Guest(_) => {
                // Somebody logged out in another tab.
                if let SessionState::Member(..) = before {
                    self.ended.set(true);
                }
            }
            SessionState::Unknown | SessionState::Failed(_) => {}
        }
        let has_changed = before != now;
        if has_changed {
            self.state.set(now);
        }
        was_known && has_changed
    }

    /// Asks who is there whenever that may have changed behind this page: in another tab, or while
    /// the page was away. To be called where a component begins.
    pub fn watch(&self) {
        let session = *self;
        let look = move || {
            spawn_local(async move {
                session.read_again().await;
            });
        };
        let told = window_event_listener(ev::storage, move |event| {
            if event.key().as_deref() == Some(CHANGED) {
                look();
            }
        });
        let back = window_event_listener(ev::pageshow, move |event| {
            if event.persisted() {
                look();
            }
        });
        let in_front = window_event_listener_untyped("visibilitychange", move |_| {
            if !document().hidden() {
                look();
            }
        });
        on_cleanup(move || {
            told.remove();
            back.remove();
            in_front.remove();
        });
    }

    /// The name of whoever took the place of who was here, in another tab. Reactive.
    pub fn switched(&self) -> Option<String> {
        let member = self.switched.get().then(|| self.member()).flatten();
        member.map(|member| member.name)
    }

    /// Notes that it is known who is here.
    pub fn note_switch(&self) {
        self.switched.set(false);
    }

    async fn ask(&self) -> SessionState {
        let request = GetSession { region: region() };
        let call = self.client.with_value(|client| client.call(&request));
        match call.await {
            Ok(mut session) => match session.member.take() {
                Some(member) => {
                    self.ended.set(false);
                    text::follow(member.language).await;
                    SessionState::Member(session, member)
                }
                None => SessionState::Guest(session),
            },
            Err(failure) => SessionState::Failed(failure),
        }
    }

    /// Asks the host who is there, after what changed it: what was known is wrong, even where the
    /// host can't answer. Then no guard decides, and the page offers to try again.
    pub async fn renew(&self) {
        self.log_out_failure.set(None);
        self.asked
            .update_value(|asked| *asked = asked.wrapping_add(1));
        let now = self.ask().await;
        self.switched.set(false);
        if let SessionState::Member(_, member) = &now {
            self.known_member.set_value(Some(member.account));
        }
        self.state.set(now);
        tell_other_tabs();
    }

    /// After a request whose page is gone, and of which nobody knows any more whether it changed who
    /// is there. A member keeps the page that took its place; a guest may be a member by now.
    pub async fn catch_up(&self) {
        if untrack(|| self.member()).is_some() {
            self.refresh().await;
        } else {
            self.renew().await;
        }
    }

    /// Asks the host again, in the background.
    pub fn refresh_soon(&self) {
        let session = *self;
        spawn_local(async move { session.refresh().await });
    }

    /// Keeps the region that a guest chose, and asks what it changes.
    pub fn choose_region(&self, region: Country) {
        storage::write(REGION, region.as_str());
        self.refresh_soon();
    }

    /// Looks at why a call failed: where nobody is logged in any more, the guards take over, and
    /// the log-in page says why and leads back.
    pub fn on_failure(&self, failure: &Failure) {
        if failure.problem().map(|problem| problem.code) == Some(Code::NotLoggedIn)
            && self.member().is_some()
        {
            self.ended.set(true);
            self.refresh_soon();
        }
    }

    /// The page for who is on the way to no other, as the host named it. Reactive.
    pub fn home(&self) -> Route {
        self.state.with(|state| match state {
            SessionState::Member(session, _) | SessionState::Guest(session) => session.home.clone(),
            SessionState::Unknown | SessionState::Failed(_) => Route::LogIn { then: None },
        })
    }
}

/// Other tabs of this browser ask who is there, too.
fn tell_other_tabs() {
    // Where nothing can be stored, they see it when they come to the front. Only a new value is told.
    storage::write(CHANGED, &intl::timestamp());
}

/// The region that a guest chose here.
pub fn region() -> Option<Country> {
    storage::read(REGION).and_then(|code| Country::parse(&code).ok())
}

pub fn use_session() -> CurrentSession {
    use_context::<CurrentSession>().unwrap_or_else(|| CurrentSession::new(use_client()))
}
