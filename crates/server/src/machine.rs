//! What the service asks of the machine: the time, and chance. Only here are they asked for.

use domain::time::Timestamp;
use service::env::{Clock, Randomness};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// What the service is given by the machine, or by a test that stands in for it.
#[derive(Clone)]
pub struct Machine {
    pub clock: Arc<HostClock>,
    pub randomness: Arc<dyn Randomness>,
    /// What a hash of a password costs.
    pub password_cost: crate::passwords::Cost,
}

impl Machine {
    /// The machine that it runs on.
    pub fn real() -> Self {
        Self {
            clock: Arc::new(HostClock::of_the_machine()),
            randomness: Arc::new(OsRandomness),
            password_cost: crate::passwords::Cost::OWASP,
        }
    }
}

/// A clock that can be put forward, so that what expires can be seen to.
#[derive(Debug)]
pub struct HostClock {
    /// Where the clock stands still; none where it runs with the machine's.
    still: Option<Timestamp>,
    ahead_ms: AtomicI64,
}

impl HostClock {
    pub fn of_the_machine() -> Self {
        Self {
            still: None,
            ahead_ms: AtomicI64::new(0),
        }
    }

    /// One that moves only when it is put forward.
    pub fn fixed(at: Timestamp) -> Self {
        Self {
            still: Some(at),
            ahead_ms: AtomicI64::new(0),
        }
    }

    /// Sets the clock ahead by `span`.
    pub fn advance(&self, span: Duration) {
        let ms = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        self.ahead_ms.fetch_add(ms, Ordering::Relaxed);
    }

    /// How far it is ahead of the machine's.
    pub fn ahead(&self) -> Duration {
        let ms = self.ahead_ms.load(Ordering::Relaxed);
        Duration::from_millis(u64::try_from(ms).unwrap_or(0))
    }
}

impl Clock for HostClock {
    fn now(&self) -> Timestamp {
        self.still.unwrap_or_else(machine_time).plus(self.ahead())
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place where the server asks the machine for the time"
)]
fn machine_time() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Timestamp(since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }))
}

/// The machine's cryptographic source.
pub(crate) struct OsRandomness;

impl Randomness for OsRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            // What would be drawn without it could be guessed: better no portal.
            tracing::error!(%error, "the machine gives no random numbers");
            std::process::abort();
        }
    }
}
