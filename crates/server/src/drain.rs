//! The time before a server ends, in which it answers all that it is asked, and says that others
//! should be asked.

use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the server is about to end.
#[derive(Debug, Default)]
pub(crate) struct Drain(AtomicBool);

impl Drain {
    pub(crate) fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(crate) fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
