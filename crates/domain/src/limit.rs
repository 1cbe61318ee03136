//! How often something may be tried.

use crate::time::{Timestamp, minutes};
use core::time::Duration;

/// At most `count` tries in `window`, counted from the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is counted; part of the counter's key.
    pub name: &'static str,
    /// The most tries within the window.
    pub count: u32,
    /// How long a count lasts.
    pub window: Duration,
}

/// Passwords tried against one e-mail address from one address of the network.
pub const LOG_IN_BY_EMAIL_AND_PEER: Limit = Limit {
    name: "log_in_by_email_and_peer",
    count: 10,
    window: minutes(15),
};
/// Passwords tried against one e-mail address, by anyone: many, so that it takes ten networks to
/// lock another out, and few enough to make guessing from any number of them hopeless.
pub const LOG_IN_BY_EMAIL: Limit = Limit {
    name: "log_in_by_email",
    count: 100,
    window: minutes(15),
};
/// Passwords tried from one address of the network.
pub const LOG_IN_BY_PEER: Limit = Limit {
    name: "log_in_by_peer",
    count: 100,
    window: minutes(15),
};
/// E-mails with a code to one address, asked for from one address of the network.
pub const CODE_BY_EMAIL_AND_PEER: Limit = Limit {
    name: "code_by_email_and_peer",
    count: 5,
    window: minutes(60),
};
/// E-mails with a code to one address, asked for by anyone: more, so that one network can't keep
/// another's owner from signing up.
pub const CODE_BY_EMAIL: Limit = Limit {
    name: "code_by_email",
    count: 20,
    window: minutes(60),
};
/// E-mails with a code asked for from one address of the network.
pub const CODE_BY_PEER: Limit = Limit {
    name: "code_by_peer",
    count: 60,
    window: minutes(60),
};
/// Authorizations begun in one browser.
pub const AUTHORIZATION_BY_BROWSER: Limit = Limit {
    name: "authorization_by_browser",
    count: 30,
    window: minutes(10),
};
/// Authorizations begun from one address of the network.
pub const AUTHORIZATION_BY_PEER: Limit = Limit {
    name: "authorization_by_peer",
    count: 300,
    window: minutes(10),
};
/// Passwords tried to confirm who sits at a session.
pub const CONFIRM_BY_ACCOUNT: Limit = Limit {
    name: "confirm_by_account",
    count: 10,
    window: minutes(15),
};

/// Answers kept for who asks again, by one address of the network. Above it nothing is refused: the
/// answers aren't kept.
pub const KEYED_BY_PEER: Limit = Limit {
    name: "keyed_by_peer",
    count: 3_000,
    window: minutes(10),
};

/// A count that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The first try of this window.
    pub since: Timestamp,
    /// Tries within the window so far.
    pub tries: u32,
}

impl Limit {
    /// Counts one try more, or says how long to wait.
    pub fn count(&self, before: Option<Count>, now: Timestamp) -> Result<Count, Duration> {
        match before {
            Some(count) if now < count.since.plus(self.window) => {
                if count.tries >= self.count {
                    Err(count.since.plus(self.window).since(now))
                } else {
                    Ok(Count {
                        since: count.since,
                        tries: count.tries + 1,
                    })
                }
            }
            Some(_) | None => Ok(Count {
                since: now,
                tries: 1,
            }),
        }
    }
}
