//! Time and chance, as the tab gives them.

use domain::time::{Timestamp, minutes};
use service::env::{Clock, Randomness};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The machine under the mock: the browser's clock and its cryptographic source, or a test's.
pub trait Machine: Send + Sync {
    /// Milliseconds since 1970 in UTC.
    fn now_ms(&self) -> i64;
    /// Fills the bytes at random.
    fn fill(&self, bytes: &mut [u8]);
    /// What the browser says of itself (RFC 9110, 10.1.5), where there is one.
    fn user_agent(&self) -> Option<String>;
    /// The origin of the page: scheme, host and port.
    fn origin(&self) -> String;
}

/// The machine's clock, which can be set ahead so that what expires can be seen to.
pub(crate) struct MockClock {
    machine: Arc<dyn Machine>,
    ahead_ms: AtomicI64,
}

impl MockClock {
    pub(crate) fn new(machine: Arc<dyn Machine>, ahead_ms: i64) -> Self {
        Self {
            machine,
            ahead_ms: AtomicI64::new(ahead_ms),
        }
    }

    pub(crate) fn advance(&self, count: u64) {
        let span = i64::try_from(minutes(count).as_millis()).unwrap_or(0);
        self.ahead_ms.fetch_add(span, Ordering::Relaxed);
    }

    pub(crate) fn ahead_ms(&self) -> i64 {
        self.ahead_ms.load(Ordering::Relaxed)
    }
}

impl Clock for MockClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.machine.now_ms().saturating_add(self.ahead_ms()))
    }
}

/// The machine's chance, for the service.
pub(crate) struct MockRandomness(pub(crate) Arc<dyn Machine>);

impl Randomness for MockRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
}
