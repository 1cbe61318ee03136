//! The outbox and the password hashing of a mock.

use crate::lock::lock;
use crate::machine::{Machine, MockClock};
use argon2::{Argon2, Params, PasswordHasher as _, PasswordVerifier as _};
use async_trait::async_trait;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use service::delivery;
use service::env::{Busy, Clock as _, Mail};
use service::letter::render;
use service::memory::MemoryStore;
use service::store::StoredLetter;
use std::sync::{Arc, Mutex};

/// Where the links of letters lead: the tab itself.
const PUBLIC_URL: &str = "";

/// A letter that went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub to: String,
    /// In which language it is written: a tag of BCP 47.
    pub language: String,
    pub subject: String,
    pub text: String,
    pub at: Timestamp,
}

/// Keeps the letters instead of sending them.
pub(crate) struct MockMail {
    store: MemoryStore,
    clock: Arc<MockClock>,
    letters: Mutex<Vec<Sent>>,
}

impl MockMail {
    pub(crate) fn new(store: MemoryStore, clock: Arc<MockClock>, letters: Vec<Sent>) -> Self {
        Self {
            store,
            clock,
            letters: Mutex::new(letters),
        }
    }

    pub(crate) fn letters(&self) -> Vec<Sent> {
        lock(&self.letters).clone()
    }
}

#[async_trait]
impl Mail for MockMail {
    async fn stored(&self, StoredLetter { id, letter, .. }: &StoredLetter) {
        // It can't fail: a store in memory takes what it is given.
        let _ = delivery::sent(&self.store, *id).await;
        let words = render(letter, PUBLIC_URL);
        lock(&self.letters).push(Sent {
            to: letter.to.as_str().to_owned(),
            language: letter.language.tag().to_owned(),
            subject: words.subject,
            text: words.text,
            at: self.clock.now(),
        });
    }
}

/// Argon2id as on the server, at the least cost: a tab has one thread, and what it guards is a
/// demonstration.
pub(crate) struct Passwords(pub(crate) Arc<dyn Machine>);

impl Passwords {
    fn argon2() -> Result<Argon2<'static>, Busy> {
        let params = Params::new(Params::MIN_M_COST, 1, 1, None).map_err(|_| Busy)?;
        Ok(Argon2::from(params))
    }
}

#[async_trait]
impl service::env::Passwords for Passwords {
    async fn hash(&self, password: &[u8]) -> Result<String, Busy> {
        let mut salt = [0; 16];
        self.0.fill(&mut salt);
        let hash = Self::argon2()?
            .hash_password_with_salt(password, &salt)
            .map_err(|_| Busy)?;
        Ok(hash.to_string())
    }

    async fn verify(&self, password: &[u8], hash: Option<&str>) -> Result<bool, Busy> {
        let Some(hash) = hash else {
            return Ok(false);
        };
        Ok(Self::argon2()?.verify_password(password, hash).is_ok())
    }
}
