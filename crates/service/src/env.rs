//! What the service is given: time, chance, mail, TikTok, passwords and a store.

use async_trait::async_trait;
use domain::device::Device;
use domain::region::Country;
use domain::rollout::Rollout;
use domain::time::Timestamp;
use login_kit::LoginKit;
use std::sync::Arc;
use webauthn::RelyingParty;

use crate::store::{Store, StoredLetter};

pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// Draws at random. What is drawn guards sessions and codes: a host gives it from the machine's
/// cryptographic source, a test from a seed.
pub trait Randomness: Send + Sync {
    /// Fills all of `bytes`; they must be unpredictable.
    fn fill(&self, bytes: &mut [u8]);
}

/// Sends the letters that are stored ([`crate::delivery`]).
#[async_trait]
pub trait Mail: Send + Sync {
    /// Is told that a letter is stored, once that is committed. It doesn't wait until it has gone, so
    /// that the time of an answer tells nothing (Invariant 7).
    async fn stored(&self, letter: &StoredLetter);
}

/// Hashes passwords, at a cost, and not too many at once.
#[async_trait]
pub trait Passwords: Send + Sync {
    /// The hash in PHC form. Errors: no room to hash now.
    async fn hash(&self, password: &[u8]) -> Result<String, Busy>;
    /// Whether it is the password; `None` stands for an account without one and takes as long.
    async fn verify(&self, password: &[u8], hash: Option<&str>) -> Result<bool, Busy>;
}

/// There is no room now.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("too many passwords are being hashed")]
pub struct Busy;

/// Everything that the service is given.
#[derive(Clone)]
pub struct Env {
    pub store: Arc<dyn Store>,
    pub clock: Arc<dyn Clock>,
    pub randomness: Arc<dyn Randomness>,
    pub mail: Arc<dyn Mail>,
    pub passwords: Arc<dyn Passwords>,
    pub tiktok: Arc<LoginKit>,
    /// For whom passkeys are.
    pub relying_party: RelyingParty,
    pub rollout: Rollout,
    /// Whether sentinels provoke failures, and a banner tells that TikTok is an emulator.
    pub demonstration: bool,
}

/// Who asks, as the host knows them.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The browser's secret, from its cookie.
    pub browser: Option<String>,
    /// The session's token, from its cookie.
    pub session: Option<String>,
    /// The secret of the proof that waits, from its cookie.
    pub proof: Option<String>,
    /// The secret of the address that waits, from its cookie.
    pub sign_up: Option<String>,
    /// The account for which the page that asks was drawn, as it says
    /// ([`contract::session::ACCOUNT_HEADER`]); nothing where no page asks.
    pub page: Option<String>,
    /// What says that it is the same request again, as it was sent
    /// ([`contract::repeat::KEY_HEADER`]).
    pub key: Option<String>,
    /// Where from, for counting: the narrowest network first, then those around it. Limits grow with
    /// them ([`domain::limit::Limit::widened`]).
    pub networks: Vec<String>,
    /// In which country or region, where the network tells.
    pub region: Option<Country>,
    /// With which browser, where it says so.
    pub device: Option<Device>,
}

/// What to do with a cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The browser's secret; it is kept for a year.
    SetBrowser(String),
    /// The session's token; it is kept until the browser closes or the session ends.
    SetSession(String),
    /// Expires the session's cookie.
    ClearSession,
    /// The secret of a proof that waits; it is kept until the browser closes.
    SetProof(String),
    /// The secret of an address that waits; it is kept until the browser closes.
    SetSignUp(String),
}
