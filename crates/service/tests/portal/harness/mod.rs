//! The service over the store in memory and the emulator: a clock that stands still, chance from a
//! seed, an outbox, and passwords that are hashed cheaply.

pub(crate) mod asking;
mod given;

use contract::authorization::CompleteAuthorization;
use contract::problem::Problem;
use domain::time::minutes;
use given::{Outbox, SetClock, Sha256Passwords, TikTok};
use scenarios::{Failure, Host, PASSWORD, Sender, Visit};
use service::env::{Caller, Cookie};
use service::memory::MemoryStore;
use service::{Answer, Portal, personas};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use tiktok_emulator::Rehearsal;
use tiktok_emulator::visitor::{Plan, Step, Visitor};

pub(crate) use given::{BEGINNING, Given, at_tiktok, given};

/// Runs a future that waits for nothing but itself: the store in memory has no I/O.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..10_000 {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
    panic!("it waits for what nobody does");
}

/// The service, seeded with the personas.
pub(crate) struct Memory {
    pub(crate) portal: Portal,
    pub(crate) store: MemoryStore,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) passwords: Arc<Sha256Passwords>,
    pub(crate) tiktok: TikTok,
}

/// A browser with its cookies, here and at TikTok.
#[derive(Clone, Default)]
pub(crate) struct Browser {
    pub(crate) secret: Option<String>,
    pub(crate) session: Option<String>,
    /// The secrets of what waits.
    pub(crate) proof: Option<String>,
    pub(crate) sign_up: Option<String>,
    /// For whom the page that asks was drawn.
    pub(crate) page: Option<String>,
    /// What says that a request is the same again.
    pub(crate) key: Option<String>,
    pub(crate) tiktok: Visitor,
}

impl Memory {
    /// Outside production: sentinels and all.
    pub(crate) fn seeded() -> Self {
        Self::over(given())
    }

    pub(crate) fn over(given: Given) -> Self {
        let Given {
            env,
            store,
            clock,
            outbox,
            passwords,
            tiktok,
        } = given;
        block_on(personas::seed(&env, &given::at_tiktok)).unwrap();
        Self {
            portal: Portal::new(env),
            store,
            clock,
            outbox,
            passwords,
            tiktok,
        }
    }

    /// The same portal, which goes on apart from here on.
    pub(crate) fn copy(&self) -> Self {
        let store = MemoryStore::new((*block_on(self.store.export())).clone());
        let mut env = self.portal.env().clone();
        env.store = Arc::new(store.clone());
        Self {
            portal: Portal::new(env),
            store,
            clock: Arc::clone(&self.clock),
            outbox: Arc::clone(&self.outbox),
            passwords: Arc::clone(&self.passwords),
            tiktok: self.tiktok.clone(),
        }
    }

    /// One call, with everything that the host sees of it.
    pub(crate) async fn answer(&self, browser: &Browser, name: &str, body: &[u8]) -> Answer {
        let caller = Caller {
            browser: browser.secret.clone(),
            session: browser.session.clone(),
            proof: browser.proof.clone(),
            sign_up: browser.sign_up.clone(),
            page: browser.page.clone(),
            key: browser.key.clone(),
            networks: vec!["192.0.2.1".to_owned()],
            region: None,
            device: None,
        };
        self.portal.answer(name, body, &caller).await
    }
}

impl Browser {
    /// Keeps the cookies of an answer.
    pub(crate) fn keep(&mut self, answer: &Answer) {
        for cookie in &answer.cookies {
            match cookie {
                Cookie::SetBrowser(secret) => self.secret = Some(secret.clone()),
                Cookie::SetSession(token) => self.session = Some(token.clone()),
                Cookie::ClearSession => self.session = None,
                Cookie::SetProof(secret) => self.proof = Some(secret.clone()),
                Cookie::SetSignUp(secret) => self.sign_up = Some(secret.clone()),
            }
        }
    }
}

impl Host for Memory {
    type Browser = Browser;

    fn browser(&self) -> Browser {
        Browser::default()
    }

    async fn call(
        &self,
        browser: &mut Browser,
        Sender { page, key }: Sender<'_>,
        name: &str,
        body: Vec<u8>,
    ) -> Result<Vec<u8>, Problem> {
        browser.page = page.map(str::to_owned);
        browser.key = key.map(str::to_owned);
        let answer = self.answer(browser, name, &body).await;
        browser.keep(&answer);
        answer.reply
    }

    async fn at_tiktok(
        &self,
        browser: &mut Browser,
        authorize_url: &str,
        visit: Visit,
    ) -> Option<CompleteAuthorization> {
        let request = browser.tiktok.visit(authorize_url, plan(visit));
        match self.walk(browser, request) {
            Step::Left(url) => Some(callback(&url)),
            Step::Stopped(_) | Step::Send(_) => None,
        }
    }

    async fn log_out_of_tiktok(&self, browser: &mut Browser, log_out_url: &str) {
        let request = browser.tiktok.log_out(log_out_url);
        self.walk(browser, request);
    }

    fn origin(&self) -> String {
        given::ORIGIN.to_owned()
    }

    async fn letters_to(&self, email: &str) -> Vec<String> {
        self.outbox.texts_to(email)
    }

    async fn advance(&self, count: u64) {
        self.clock.advance(minutes(count));
    }

    async fn sweep(&self) {
        self.portal.sweep().await.unwrap();
    }
}

impl Memory {
    fn walk(&self, browser: &mut Browser, first: http::Request<bytes::Bytes>) -> Step {
        let mut request = first;
        loop {
            let response = self.tiktok.handle(&request);
            match browser.tiktok.read(&response) {
                Step::Send(next) => request = next,
                end @ (Step::Left(_) | Step::Stopped(_)) => return end,
            }
        }
    }
}

/// What a visit means to the emulator's visitor.
fn plan(visit: Visit) -> Plan {
    let password = PASSWORD.to_owned();
    match visit {
        Visit::Authorize(username) => Plan::authorize(username, PASSWORD),
        Visit::Return => Plan::Return,
        Visit::Cancel(username) => Plan::Cancel {
            username: username.to_owned(),
            password,
        },
        Visit::DenyProfile(username) => Plan::Deny {
            username: username.to_owned(),
            password,
            scope: "user.info.profile".to_owned(),
        },
        Visit::CreateAccount(username, display_name) => Plan::SignUp {
            username: username.to_owned(),
            display_name: display_name.to_owned(),
            password,
        },
        Visit::Fail(username, failure) => Plan::Rehearse {
            username: username.to_owned(),
            password,
            rehearse: match failure {
                Failure::ServerError => Rehearsal::ServerError,
                Failure::CodeExpired => Rehearsal::ExpiredCode,
                Failure::TokenFails => Rehearsal::TokenFails,
                Failure::UserInfoFails => Rehearsal::UserInfoFails,
                Failure::RemovedLater => Rehearsal::RemovedLater,
                Failure::ScopeRemovedLater => Rehearsal::ScopeRemovedLater,
                Failure::NeverComesBack => Rehearsal::NeverBack,
            }
            .as_str()
            .to_owned(),
        },
    }
}

pub(crate) fn callback(url: &str) -> CompleteAuthorization {
    CompleteAuthorization {
        query: url
            .split_once('?')
            .map_or("", |(_, query)| query)
            .to_owned(),
    }
}
