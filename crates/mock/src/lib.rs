//! The service in the browser tab: the same use cases as the server's, over a store in memory and
//! the emulator of TikTok. It can be written out after each answer and opened again.
//!
//! It decides nothing of its own: what it answers, [`service::Portal`] answers.

mod answer;
mod jar;
mod lock;
mod machine;
mod mail;
mod saved;
mod tiktok;

pub use answer::{Rehearsal, TikTokAnswer};
pub use jar::Jar;
pub use machine::Machine;
pub use mail::Sent;
pub use saved::{BrowserState, Saved, UnreadableWorld};
pub use service::personas;
pub use tiktok::Visit;

use bytes::Bytes;
use contract::problem::Problem;
use core::time::Duration;
use domain::device::Device;
use domain::rollout::Rollout;
use domain::time::{Timestamp, minutes};
use http::Response;
use machine::{MockClock, MockRandomness};
use mail::{MockMail, Passwords};
use service::Portal;
use service::env::{Caller, Clock as _, Env};
use service::memory::MemoryStore;
use service::personas::SeedError;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tiktok::TikTok;
use tiktok_emulator::visitor::{Step, Visitor};
use webauthn::RelyingParty;

/// How often what has ended is deleted.
const SWEEP_EVERY: Duration = minutes(10);

/// The service in the tab.
#[derive(Clone)]
pub struct Mock {
    portal: Portal,
    store: MemoryStore,
    tiktok: TikTok,
    clock: Arc<MockClock>,
    mail: Arc<MockMail>,
    /// The browser whose tab it is.
    device: Option<Device>,
    /// When it was swept last: milliseconds since 1970.
    swept_ms: Arc<AtomicI64>,
}

impl Mock {
    /// The mock as it was saved, or a new one. Personas that it lacks are made.
    ///
    /// # Errors
    ///
    /// The personas can't be made.
    pub async fn open(machine: Arc<dyn Machine>, saved: Option<Saved>) -> Result<Self, SeedError> {
        let Saved {
            world,
            tiktok: at_tiktok,
            ahead_ms,
            letters,
        } = saved.unwrap_or_default();
        let clock = Arc::new(MockClock::new(Arc::clone(&machine), ahead_ms));
        let store = MemoryStore::new(world);
        let mail = Arc::new(MockMail::new(store.clone(), Arc::clone(&clock), letters));
        let tiktok = TikTok::new(at_tiktok, Arc::clone(&clock), Arc::clone(&machine));
        let relying_party = RelyingParty::at(&machine.origin());
        let device = machine.user_agent();
        let device = device.map(|user_agent| Device::of_user_agent(&user_agent));
        let env = Env {
            store: Arc::new(store.clone()),
            clock: Arc::clone(&clock) as _,
            randomness: Arc::new(MockRandomness(Arc::clone(&machine))),
            mail: Arc::clone(&mail) as _,
            passwords: Arc::new(Passwords(machine)),
            tiktok: Arc::new(tiktok.login_kit()),
            relying_party,
            rollout: Rollout::default(),
            demonstration: true,
        };
        personas::seed(&env, &tiktok::seeded).await?;
        Ok(Self {
            portal: Portal::new(env),
            store,
            tiktok,
            // The first answer sweeps, as a server does at its start.
            swept_ms: Arc::default(),
            clock,
            mail,
            device,
        })
    }

    /// Answers a use case for the browser whose cookies are in `jar`, asked by a page that was drawn
    /// for `page` ([`contract::session::ACCOUNT_HEADER`]), with a `key` where it may be asked again
    /// ([`contract::repeat::KEY_HEADER`]).
    ///
    /// # Errors
    ///
    /// The problem, as the server would send it.
    pub async fn answer(
        &self,
        jar: &mut Jar,
        page: Option<&str>,
        key: Option<&str>,
        name: &str,
        body: &[u8],
    ) -> Result<Vec<u8>, Problem> {
        let caller = Caller {
            browser: jar.browser.clone(),
            session: jar.session.clone(),
            proof: jar.proof.clone(),
            sign_up: jar.sign_up.clone(),
            page: page.map(str::to_owned),
            key: key.map(str::to_owned),
            networks: vec!["tab".to_owned()],
            region: None,
            device: self.device,
        };
        let answer = self.portal.answer(name, body, &caller).await;
        jar.store(answer.cookies);
        self.sweep().await;
        answer.reply
    }

    /// Sweeps as a server does, by the mock's clock.
    async fn sweep(&self) {
        let now = self.clock.now();
        let swept = Timestamp(self.swept_ms.load(Ordering::Relaxed));
        if now.since(swept) >= SWEEP_EVERY {
            self.swept_ms.store(now.0, Ordering::Relaxed);
            // What fails is tried again by the next one.
            let _ = self.portal.sweep().await;
        }
    }

    /// Opens a page of TikTok's, or sends a form of it, for the browser of `jar`. `url` may be the
    /// `action` or `href` of the page before.
    pub fn visit(&self, jar: &mut Jar, method: &str, url: &str, form: Option<String>) -> Visit {
        self.tiktok.visit(jar, method, url, form)
    }

    /// Goes to TikTok, answers as `username` and comes back, without its pages being shown.
    /// Where TikTok doesn't send the browser back: the page at which it stays.
    pub fn answer_at_tiktok(
        &self,
        jar: &mut Jar,
        url: &str,
        answer: TikTokAnswer,
        username: &str,
    ) -> Visit {
        let Some(plan) = answer.plan(username) else {
            return self.visit(jar, "get", url, None);
        };
        let mut person = Visitor::new();
        let mut request = person.visit(url, plan);
        loop {
            let (method, url) = (request.method().to_string(), request.uri().to_string());
            let form = String::from_utf8_lossy(request.body()).into_owned();
            let form = (!form.is_empty()).then_some(form);
            let visit = self.visit(jar, &method, &url, form);
            let Visit::Page { html } = &visit else {
                return visit;
            };
            match person.read(&Response::new(Bytes::from(html.clone()))) {
                Step::Send(next) => request = next,
                Step::Left(_) | Step::Stopped(_) => return visit,
            }
        }
    }

    /// The letters that went out, the newest last.
    pub fn letters(&self) -> Vec<Sent> {
        self.mail.letters()
    }

    /// Sets the clock ahead.
    pub fn advance(&self, minutes: u64) {
        self.clock.advance(minutes);
    }

    /// All of it, to be opened again.
    pub async fn save(&self) -> Saved {
        Saved {
            world: (*self.store.export().await).clone(),
            tiktok: self.tiktok.world(),
            ahead_ms: self.clock.ahead_ms(),
            letters: self.mail.letters(),
        }
    }
}
