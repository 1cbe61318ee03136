//! How much of the machine a visitor may take, and for how long.

use std::time::Duration;

/// What the database may take.
#[derive(Clone, Copy, Debug)]
pub struct StoreLimits {
    /// How long a call waits for its turn, for those before it and for another process together: a
    /// little less than the app waits until it says that it takes long.
    pub turn: Duration,
    /// How long SQLite tries to get a file that another process holds.
    pub lock: Duration,
    /// Pages of the file at most; none where only the disk ends it.
    pub pages: Option<u32>,
}

impl Default for StoreLimits {
    fn default() -> Self {
        Self {
            turn: Duration::from_secs(8),
            lock: Duration::from_secs(5),
            pages: None,
        }
    }
}

/// Limits of all kinds. They aren't read from the environment: tests set their own.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResourceLimits {
    pub store: StoreLimits,
}
