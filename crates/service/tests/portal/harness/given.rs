//! What the service is given in its tests.

use async_trait::async_trait;
use bytes::Bytes;
use domain::rollout::Rollout;
use domain::time::Timestamp;
use http::{Request, Response};
use login_kit::{LoginKit, Transport, TransportError};
use service::delivery;
use service::env::{Busy, Clock, Env, Mail, Passwords, Randomness};
use service::letter::{Letter, render};
use service::memory::{MemoryStore, World};
use service::personas::{AtTikTok, PASSWORD, TIKTOK};
use service::store::StoredLetter;
use sha2::{Digest as _, Sha256};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tiktok_emulator::{Account, App, Config, Emulator, Kind, Lifetimes, Pkce, Revocation};
use webauthn::RelyingParty;

pub(crate) const ORIGIN: &str = "https://portal.test";
const BASE: &str = "https://tiktok.test";
const CLIENT_KEY: &str = "test-client-key";
const CLIENT_SECRET: &str = "test-client-secret";
const REDIRECT_URI: &str = "https://portal.test/tiktok/callback";

/// 2027-01-01T00:00:00Z.
pub(crate) const BEGINNING: Timestamp = Timestamp(1_798_761_600_000);

/// A clock that stands until it is set forward.
pub(crate) struct SetClock(AtomicI64);

impl SetClock {
    pub(crate) fn advance(&self, span: Duration) {
        let ms = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// Chance that is the same in each run: SHA-256 of a count.
pub(crate) struct CountedRandomness(AtomicU64);

impl Randomness for CountedRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let count = self.0.fetch_add(1, Ordering::SeqCst);
            let drawn = Sha256::digest(count.to_be_bytes());
            for (byte, drawn) in chunk.iter_mut().zip(drawn) {
                *byte = drawn;
            }
        }
    }
}

/// Letters that were stored: all have gone at once.
pub(crate) struct Outbox {
    store: MemoryStore,
    letters: Mutex<Vec<Letter>>,
}

impl Outbox {
    pub(crate) fn letters(&self) -> Vec<Letter> {
        self.letters
            .lock()
            .map(|letters| letters.clone())
            .unwrap_or_default()
    }

    pub(crate) fn texts_to(&self, email: &str) -> Vec<String> {
        let letters = self.letters().into_iter();
        letters
            .filter(|letter| letter.to.as_str() == email)
            .map(|letter| render(&letter, "https://portal.test").text)
            .collect()
    }
}

#[async_trait]
impl Mail for Outbox {
    async fn stored(&self, letter: &StoredLetter) {
        delivery::sent(&self.store, letter.id).await.unwrap();
        self.letters.lock().unwrap().push(letter.letter.clone());
    }
}

/// Passwords under SHA-256: a real hash, cheap enough for thousands of tests and for nothing else.
/// It counts its work, which Invariant 7 wants to be the same for an address that has no account.
#[derive(Default)]
pub(crate) struct Sha256Passwords {
    pub(crate) hashed: AtomicU64,
    pub(crate) verified: AtomicU64,
    /// Whether there is no room to hash.
    pub(crate) is_busy: AtomicBool,
}

async fn let_others_go_first() {
    let mut was_pending = false;
    std::future::poll_fn(|context| {
        if was_pending {
            return std::task::Poll::Ready(());
        }
        was_pending = true;
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}

fn sha256(password: &[u8]) -> String {
    format!("$sha256${}", hex::encode(Sha256::digest(password)))
}

#[async_trait]
impl Passwords for Sha256Passwords {
    async fn hash(&self, password: &[u8]) -> Result<String, Busy> {
        if self.is_busy.load(Ordering::SeqCst) {
            return Err(Busy);
        }
        self.hashed.fetch_add(1, Ordering::SeqCst);
        Ok(sha256(password))
    }

    async fn verify(&self, password: &[u8], hash: Option<&str>) -> Result<bool, Busy> {
        if self.is_busy.load(Ordering::SeqCst) {
            return Err(Busy);
        }
        self.verified.fetch_add(1, Ordering::SeqCst);
        // As a queue does: what is done meanwhile is tested, too.
        let_others_go_first().await;
        Ok(hash == Some(&sha256(password)))
    }
}

/// TikTok, reached by a direct call.
#[derive(Clone)]
pub(crate) struct TikTok {
    emulator: Arc<Mutex<Emulator>>,
    clock: Arc<SetClock>,
    randomness: Arc<CountedRandomness>,
    /// The paths of the API that were asked for.
    asked: Arc<Mutex<Vec<String>>>,
    /// How often the API can still be reached before the network to it is gone.
    left: Arc<Mutex<Option<usize>>>,
    /// The body with which its API answers all.
    answers: Arc<Mutex<Option<String>>>,
    /// Whether it does what it is asked, and its answers are lost on the way.
    loses_answers: Arc<AtomicBool>,
}

impl TikTok {
    pub(crate) fn handle(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let mut random = |bytes: &mut [u8]| self.randomness.fill(bytes);
        let now_ms = self.clock.now().0;
        let emulator = self.emulator.lock();
        emulator.map_or_else(
            |_| Response::new(Bytes::new()),
            |mut emulator| emulator.handle(now_ms, &mut random, request),
        )
    }

    pub(crate) fn set_away(&self, is_away: bool) {
        *self.left.lock().unwrap() = is_away.then_some(0);
    }

    /// The network to the API is gone once it was asked so often.
    pub(crate) fn set_away_after(&self, calls: usize) {
        *self.left.lock().unwrap() = Some(calls);
    }

    fn is_away(&self) -> bool {
        match &mut *self.left.lock().unwrap() {
            None => false,
            Some(0) => true,
            Some(left) => {
                *left -= 1;
                false
            }
        }
    }

    pub(crate) fn set_losing_answers(&self, loses: bool) {
        self.loses_answers.store(loses, Ordering::SeqCst);
    }

    /// Refuses all that the API is asked, with a word of OAuth's.
    pub(crate) fn set_refusing(&self, word: &str) {
        self.set_answering(&format!(
            r#"{{"error":"{word}","error_description":"","log_id":"L"}}"#
        ));
    }

    /// Answers all that the API is asked with this body, and status 200.
    pub(crate) fn set_answering(&self, body: &str) {
        *self.answers.lock().unwrap() = Some(body.to_owned());
    }

    /// Answers as TikTok would.
    pub(crate) fn answer_again(&self) {
        *self.answers.lock().unwrap() = None;
    }

    /// All that it remembers, in JSON.
    pub(crate) fn world(&self) -> serde_json::Value {
        serde_json::to_value(self.emulator.lock().unwrap().world()).unwrap()
    }

    /// Goes on with what it remembers, under another rule for revocations.
    pub(crate) fn set_revocation(&self, revocation: Revocation) {
        let mut emulator = self.emulator.lock().unwrap();
        let changed = Config {
            revocation,
            ..emulator.config().clone()
        };
        *emulator = Emulator::open(changed, emulator.world().clone());
    }

    /// How many grants live there.
    pub(crate) fn grants(&self) -> usize {
        self.world()["grants"].as_object().unwrap().len()
    }

    /// How often a path of the API was asked for.
    pub(crate) fn asked(&self, path: &str) -> usize {
        let asked = self.asked.lock().map(|asked| asked.clone());
        let asked = asked.unwrap_or_default();
        asked.iter().filter(|asked| *asked == path).count()
    }
}

#[async_trait]
impl Transport for TikTok {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        if let Ok(mut asked) = self.asked.lock() {
            asked.push(request.uri().path().to_owned());
        }
        // As a network does: what is under way meanwhile is tested, too.
        let_others_go_first().await;
        if self.is_away() {
            return Err(TransportError("the network is gone".to_owned()));
        }
        if let Some(body) = self.answers.lock().unwrap().clone() {
            return Ok(Response::new(Bytes::from(body)));
        }
        let answer = self.handle(&request);
        if self.loses_answers.load(Ordering::SeqCst) {
            return Err(TransportError("the answer is lost".to_owned()));
        }
        Ok(answer)
    }
}

pub(crate) fn at_tiktok(username: &str) -> AtTikTok {
    AtTikTok {
        open_id: tiktok_emulator::open_id(CLIENT_KEY, username),
        union_id: tiktok_emulator::union_id(username),
        avatar_url: tiktok_emulator::avatar_url(username),
    }
}

fn config() -> Config {
    let accounts = TIKTOK.iter().map(|persona| Account {
        username: persona.username.to_owned(),
        display_name: persona.display_name.to_owned(),
        password: PASSWORD.to_owned(),
        is_private: persona.is_private,
        is_business: persona.is_business,
        ..Account::default()
    });
    Config {
        base_url: BASE.to_owned(),
        apps: vec![App {
            client_key: CLIENT_KEY.to_owned(),
            client_secret: CLIENT_SECRET.to_owned(),
            redirect_uris: vec![REDIRECT_URI.to_owned()],
            kind: Kind::Web,
            name: "Business Portal".to_owned(),
            sandbox_testers: None,
        }],
        pkce: Pkce::Hex,
        accounts: accounts.collect(),
        lifetimes: Lifetimes::default(),
        revocation: Revocation::default(),
        hint: None,
    }
}

/// An environment, and the hands on it.
pub(crate) struct Given {
    pub(crate) env: Env,
    pub(crate) store: MemoryStore,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) passwords: Arc<Sha256Passwords>,
    pub(crate) tiktok: TikTok,
}

/// A demonstration, as every host but production is one.
pub(crate) fn given() -> Given {
    let clock = Arc::new(SetClock(AtomicI64::new(BEGINNING.0)));
    let randomness = Arc::new(CountedRandomness(AtomicU64::new(0)));
    let store = MemoryStore::new(World::default());
    let outbox = Arc::new(Outbox {
        store: store.clone(),
        letters: Mutex::default(),
    });
    let passwords = Arc::new(Sha256Passwords::default());
    let tiktok = TikTok {
        emulator: Arc::new(Mutex::new(Emulator::new(config()))),
        clock: Arc::clone(&clock),
        randomness: Arc::clone(&randomness),
        asked: Arc::default(),
        loses_answers: Arc::default(),
        left: Arc::default(),
        answers: Arc::default(),
    };
    let login_kit = LoginKit::new(
        login_kit::Config::emulator(
            BASE,
            CLIENT_KEY.to_owned(),
            CLIENT_SECRET.to_owned(),
            REDIRECT_URI.to_owned(),
        ),
        Box::new(tiktok.clone()),
    );
    Given {
        env: Env {
            store: Arc::new(store.clone()),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            randomness,
            mail: Arc::clone(&outbox) as Arc<dyn Mail>,
            passwords: Arc::clone(&passwords) as Arc<dyn Passwords>,
            tiktok: Arc::new(login_kit),
            relying_party: RelyingParty::at(ORIGIN),
            rollout: Rollout::default(),
            demonstration: true,
        },
        store,
        clock,
        outbox,
        passwords,
        tiktok,
    }
}
