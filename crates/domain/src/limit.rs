//! How often something may be tried: the table of all limits, and how a count runs.
//!
//! docs/limits.md has the same table, with what each stops and what a user reads.

use crate::session::SESSION_LIFE;
use crate::time::{Timestamp, minutes};
use core::time::Duration;

/// How often something may be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is counted; part of the counter's key.
    pub name: &'static str,
    /// The most tries before there is a wait.
    pub count: u32,
    /// What there is to wait for.
    pub pace: Pace,
}

/// How a count runs, and what comes after the last try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Tries are counted from the first one for this long. Then all may be tried again.
    Within(Duration),
    /// Failures are counted until there is a success.
    InARow {
        /// How long the try after the last free one waits. Each one more waits twice as long.
        first: Duration,
        /// No try waits longer.
        longest: Duration,
        /// How long after the last failure all are forgotten.
        forgotten: Duration,
    },
}

const HOUR: Duration = minutes(60);
const DAY: Duration = minutes(24 * 60);

const fn within(name: &'static str, count: u32, span: Duration) -> Limit {
    Limit {
        name,
        count,
        pace: Pace::Within(span),
    }
}

/// Failures in a row. No wait is longer than four hours: an attacker gets six guesses a day by it,
/// and whoever comes after the attack waits no longer.
const fn in_a_row(name: &'static str, count: u32, first: Duration, forgotten: Duration) -> Limit {
    Limit {
        name,
        count,
        pace: Pace::InARow {
            first,
            longest: minutes(4 * 60),
            forgotten,
        },
    }
}

/// Wrong passwords for one e-mail address, in browsers that were never logged in to its account:
/// 100 in a row (NIST SP 800-63B-4, 3.2.2).
pub const LOG_IN_BY_EMAIL: Limit = in_a_row("log_in_by_email", 100, HOUR, minutes(7 * 24 * 60));
/// Those of them that come from one network: few, so that it takes ten networks to keep others from
/// trying.
pub const LOG_IN_BY_EMAIL_AND_NETWORK: Limit =
    in_a_row("log_in_by_email_and_network", 10, minutes(15), DAY);
/// Wrong passwords from one network, for whichever address.
pub const LOG_IN_BY_NETWORK: Limit = within("log_in_by_network", 100, minutes(15));
/// Passwords tried from one network, right and wrong: each is a hash to compute.
pub const PASSWORD_BY_NETWORK: Limit = within("password_by_network", 1_000, minutes(15));
/// Wrong passwords for one account in a browser that was logged in to it before. It has this count
/// instead of the others, so that strangers can't lock its owner out. That a browser was logged in
/// is what its row says, for a year.
pub const LOG_IN_BY_KNOWN_BROWSER: Limit = in_a_row(
    "log_in_by_known_browser",
    10,
    minutes(15),
    minutes(365 * 24 * 60),
);
/// Wrong passwords to confirm who sits at a session. The last one ends the session.
pub const CONFIRM_BY_SESSION: Limit = in_a_row("confirm_by_session", 10, minutes(15), SESSION_LIFE);
/// Letters with a code to one mailbox, asked for by anyone.
pub const CODE_BY_MAILBOX: Limit = within("code_by_mailbox", 20, HOUR);
/// The same in a day.
pub const CODE_BY_MAILBOX_AND_DAY: Limit = within("code_by_mailbox_and_day", 40, DAY);
/// Letters with a code to one mailbox, asked for from one network: fewer, so that one network can't
/// keep another's owner from signing up.
pub const CODE_BY_MAILBOX_AND_NETWORK: Limit = within("code_by_mailbox_and_network", 5, HOUR);
/// The same in a day.
pub const CODE_BY_MAILBOX_NETWORK_AND_DAY: Limit =
    within("code_by_mailbox_network_and_day", 10, DAY);
/// Letters with a code asked for from one network, less those whose code was typed.
pub const CODE_BY_NETWORK: Limit = within("code_by_network", 60, HOUR);
/// Letters with a code asked for from one network.
pub const CODE_BY_NETWORK_AND_DAY: Limit = within("code_by_network_and_day", 300, DAY);
/// Wrong codes for one mailbox, by anyone.
pub const WRONG_CODE_BY_MAILBOX: Limit = within("wrong_code_by_mailbox", 50, DAY);
/// Wrong codes for one mailbox from one network.
pub const WRONG_CODE_BY_MAILBOX_AND_NETWORK: Limit =
    within("wrong_code_by_mailbox_and_network", 15, DAY);
/// Authorizations begun in one browser.
pub const AUTHORIZATION_BY_BROWSER: Limit = within("authorization_by_browser", 30, minutes(10));
/// Authorizations begun from one network, with or without cookies.
pub const AUTHORIZATION_BY_NETWORK: Limit = within("authorization_by_network", 300, minutes(10));
/// Challenges to log in by a passkey that are asked for from one network.
pub const PASSKEY_BY_NETWORK: Limit = within("passkey_by_network", 1_000, minutes(10));
/// Challenges for passkeys that a member asks for: to add one, or to confirm who they are.
pub const PASSKEY_BY_ACCOUNT: Limit = within("passkey_by_account", 100, minutes(10));
/// Passkeys that are added to one account: each may be removed, and of each letters go out.
pub const NEW_PASSKEY_BY_ACCOUNT: Limit = within("new_passkey_by_account", 40, DAY);
/// Transfers of a link that are begun, by either account: each may be stopped, and of each letters go out.
pub const TRANSFER_BY_ACCOUNT: Limit = within("transfer_by_account", 20, DAY);
/// Changes that a member saves: drafts, which are saved as they are typed, and what is kept of the
/// account. One who types all the time saves once in a second.
pub const SAVE_BY_ACCOUNT: Limit = within("save_by_account", 600, minutes(10));
/// Deletions that are asked for of one account: each may be stopped, and of each a letter goes out.
pub const DELETION_BY_ACCOUNT: Limit = within("deletion_by_account", 5, DAY);
/// Changes of its address that are asked for of one account: each may leave an address behind, for a month.
pub const ADDRESS_BY_ACCOUNT: Limit = within("address_by_account", 20, DAY);
/// Lists that a member reads: the longest answers that there are.
pub const LIST_BY_ACCOUNT: Limit = within("list_by_account", 600, minutes(10));

/// Answers that are kept for one network, for whoever asks again. Above it nothing is refused: they
/// aren't kept.
pub const KEYED_BY_NETWORK: Limit = within("keyed_by_network", 3_000, minutes(10));

/// Every limit there is.
pub const ALL: [Limit; 25] = [
    LOG_IN_BY_KNOWN_BROWSER,
    LOG_IN_BY_EMAIL,
    LOG_IN_BY_EMAIL_AND_NETWORK,
    LOG_IN_BY_NETWORK,
    PASSWORD_BY_NETWORK,
    CONFIRM_BY_SESSION,
    CODE_BY_MAILBOX,
    CODE_BY_MAILBOX_AND_DAY,
    CODE_BY_MAILBOX_AND_NETWORK,
    CODE_BY_MAILBOX_NETWORK_AND_DAY,
    CODE_BY_NETWORK,
    CODE_BY_NETWORK_AND_DAY,
    WRONG_CODE_BY_MAILBOX,
    WRONG_CODE_BY_MAILBOX_AND_NETWORK,
    AUTHORIZATION_BY_BROWSER,
    AUTHORIZATION_BY_NETWORK,
    PASSKEY_BY_NETWORK,
    PASSKEY_BY_ACCOUNT,
    NEW_PASSKEY_BY_ACCOUNT,
    TRANSFER_BY_ACCOUNT,
    SAVE_BY_ACCOUNT,
    DELETION_BY_ACCOUNT,
    ADDRESS_BY_ACCOUNT,
    LIST_BY_ACCOUNT,
    KEYED_BY_NETWORK,
];

/// A count that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The first try of this span, or the last one in a row.
    pub since: Timestamp,
    /// Tries so far.
    pub tries: u32,
    /// From when on it says nothing any more.
    pub ends: Timestamp,
}

impl Limit {
    /// The limit for a wider network, `steps` above the narrowest: it holds more people, and so it
    /// may try more often, twice, three times, …
    #[must_use]
    pub const fn widened(self, steps: u32) -> Self {
        Self {
            count: self.count.saturating_mul(steps.saturating_add(1)),
            ..self
        }
    }

    /// Counts one try more, or says how long to wait.
    pub fn count(&self, before: Option<Count>, now: Timestamp) -> Result<Count, Duration> {
        let Some(count) = before.filter(|count| now < self.ends(count.since)) else {
            return Ok(self.begun(now, 1));
        };
        let tries = count.tries.saturating_add(1);
        let (since, wait) = match self.pace {
            Pace::Within(_) if count.tries < self.count => (count.since, Duration::ZERO),
            Pace::Within(span) => (count.since, count.since.plus(span).since(now)),
            // Another try may be noted later than this one's now: it came before this one to the store,
            // or from a server whose clock is ahead. Where none waits, that is nothing to wait for.
            Pace::InARow { .. } => {
                let wait = self.wait_after(count.tries);
                let left = count.since.plus(wait).since(now);
                let left = if wait.is_zero() { wait } else { left };
                (now.max(count.since), left)
            }
        };
        if wait.is_zero() {
            Ok(self.begun(since, tries))
        } else {
            Err(wait)
        }
    }

    /// What is left of a count once a try of it has succeeded: one less, or nothing of failures in a
    /// row.
    pub fn given_back(&self, count: Count) -> Option<Count> {
        let tries = match self.pace {
            Pace::Within(_) => count.tries.saturating_sub(1),
            Pace::InARow { .. } => 0,
        };
        (tries > 0).then_some(Count { tries, ..count })
    }

    /// A count less one try, which wasn't made after all.
    pub fn untried(&self, count: Count) -> Count {
        Count {
            tries: count.tries.saturating_sub(1),
            ..count
        }
    }

    /// A count of so many tries.
    pub fn begun(&self, since: Timestamp, tries: u32) -> Count {
        Count {
            since,
            tries,
            ends: self.ends(since),
        }
    }

    fn ends(&self, since: Timestamp) -> Timestamp {
        since.plus(match self.pace {
            Pace::Within(span) => span,
            Pace::InARow { forgotten, .. } => forgotten,
        })
    }

    /// How long the try after so many failures in a row waits.
    fn wait_after(&self, tries: u32) -> Duration {
        match self.pace {
            Pace::InARow { first, longest, .. } => match tries.checked_sub(self.count) {
                None => Duration::ZERO,
                Some(doublings) => 2_u32
                    .checked_pow(doublings)
                    .and_then(|times| first.checked_mul(times))
                    .map_or(longest, |wait| wait.min(longest)),
            },
            Pace::Within(_) => Duration::ZERO,
        }
    }
}
