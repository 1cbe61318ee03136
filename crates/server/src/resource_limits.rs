//! How much of the machine a visitor may take, and for how long.

use std::time::Duration;

/// What the database may take.
#[derive(Clone, Copy, Debug)]
pub struct StoreLimits {
    /// How long a call waits for those before it.
    pub turn: Duration,
    /// How long the first of those who want to write waits for another process that holds the file.
    /// Those behind it are told with it.
    pub lock: Duration,
    /// How long PostgreSQL may take to give a connection.
    pub connect: Duration,
    /// How long PostgreSQL may take to answer a statement, as seen from here: a host that has vanished
    /// says nothing. Longer than what a statement may take there.
    pub answer: Duration,
    /// Pages of the file at most; none where only the disk ends it.
    pub pages: Option<u32>,
}

impl Default for StoreLimits {
    fn default() -> Self {
        Self {
            turn: Duration::from_secs(20),
            lock: Duration::from_secs(5),
            connect: Duration::from_secs(3),
            answer: Duration::from_secs(17),
            pages: None,
        }
    }
}

/// What clients may take of connections.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// How many there may be. The machine's limit of open files may allow fewer.
    pub at_once: usize,
    /// How long a request's head may take to come, from its first byte on; on a connection on which
    /// nothing was asked yet, from its beginning.
    pub head: Duration,
    /// How long a request's body may take to come.
    pub body: Duration,
    /// How long a client may take nothing of its answer.
    pub write: Duration,
    /// How long a client may ask nothing more. Longer than proxies keep a connection, so that they
    /// never send a request into one that is being closed.
    pub idle: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            at_once: 10_000,
            head: Duration::from_secs(10),
            body: Duration::from_secs(20),
            write: Duration::from_secs(20),
            idle: Duration::from_secs(75),
        }
    }
}

/// What a mail server may take.
#[derive(Clone, Copy, Debug)]
pub struct MailLimits {
    /// How long it may take over one letter, the connection included. Less than
    /// [`LEASE`](service::delivery::LEASE), or another would begin to send it as well.
    pub letter: Duration,
}

impl Default for MailLimits {
    fn default() -> Self {
        Self {
            letter: Duration::from_mins(1),
        }
    }
}

/// Limits of all kinds. They aren't read from the environment: tests set their own.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResourceLimits {
    pub store: StoreLimits,
    pub connections: ConnectionLimits,
    pub mail: MailLimits,
}
