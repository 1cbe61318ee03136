//! A link that moves from one business account to another, by the owner of both.
//!
//! Whoever begins it has proven both sides in one browser: the account that gets the link by a fresh session, the
//! one that has it by what logs in to it. Then it waits, so that whoever was robbed of either sees it, and either
//! side stops it.

use crate::id::{AccountId, OpenId};
use crate::link::{LogInMethods, UnlinkRefusal, replacement_wait, unlink};
use crate::time::Timestamp;
use core::time::Duration;

/// Hours in which either side can stop it.
pub const WAIT_HOURS: u32 = 24;

/// A transfer that waits. Of an account there is one at most, on either side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The account that has the link.
    pub from: AccountId,
    /// The account that gets it.
    pub to: AccountId,
    /// The TikTok account of the link: another one that is linked meanwhile doesn't move.
    pub open_id: OpenId,
    /// When it moves.
    pub due: Timestamp,
}

/// What holds of both sides at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The TikTok account that is linked to the one that is to give it.
    pub linked: Option<OpenId>,
    /// The ways to log in to that account.
    pub methods: LogInMethods,
    /// How long those that are left without the link can't be the only ones yet ([`crate::link::replacement_wait`]).
    pub wait: Duration,
    /// How long an address that the account had takes it back yet ([`crate::former_email`]): so long nothing that it
    /// had goes.
    pub undo: Duration,
    /// The TikTok account that is linked to the one that is to get it.
    pub linked_there: Option<OpenId>,
}

/// Why a link doesn't move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferRefusal {
    /// Both sides are the same account.
    SameAccount,
    /// The account that is to give it has no link, or another.
    NotLinked,
    /// It is that account's last way to log in (Invariant 3).
    LastLogInMethod,
    /// What else logs in to that account, or what proved it, is too new.
    NewLogInMethod {
        /// For how long.
        wait: Duration,
    },
    /// The account that is to get it has a link (Invariant 1).
    AccountHasLink,
    /// One waits on either side.
    Waiting {
        /// When it moves.
        due: Timestamp,
    },
    /// It isn't time yet.
    TooEarly {
        /// When it moves.
        due: Timestamp,
    },
}

/// Begins one, where none waits on either side; `waiting` is one that does. `added` is when the way to log in was added
/// by which the account that has the link was proven, where it wasn't there from the start: whoever holds a stolen
/// session adds one of theirs.
pub fn begin(
    from: AccountId,
    to: AccountId,
    sides: &Sides,
    waiting: Option<&Transfer>,
    added: Option<Timestamp>,
    now: Timestamp,
) -> Result<Transfer, TransferRefusal> {
    if from == to {
        return Err(TransferRefusal::SameAccount);
    }
    let open_id = movable(sides)?;
    if let Some(Transfer { due, .. }) = waiting {
        return Err(TransferRefusal::Waiting { due: *due });
    }
    old_enough(replacement_wait(added, now))?;
    Ok(Transfer {
        from,
        to,
        open_id: open_id.clone(),
        due: now.plus(Duration::from_hours(u64::from(WAIT_HOURS))),
    })
}

/// The TikTok account whose link moves.
fn movable(sides: &Sides) -> Result<&OpenId, TransferRefusal> {
    let open_id = sides.linked.as_ref().ok_or(TransferRefusal::NotLinked)?;
    unlink(sides.methods).map_err(|refusal| match refusal {
        UnlinkRefusal::NotLinked => TransferRefusal::NotLinked,
        UnlinkRefusal::LastLogInMethod => TransferRefusal::LastLogInMethod,
    })?;
    if sides.linked_there.is_some() {
        return Err(TransferRefusal::AccountHasLink);
    }
    old_enough(sides.wait.max(sides.undo))?;
    Ok(open_id)
}

fn old_enough(wait: Duration) -> Result<(), TransferRefusal> {
    if wait.is_zero() {
        Ok(())
    } else {
        Err(TransferRefusal::NewLogInMethod { wait })
    }
}

impl Transfer {
    /// Whether the link moves now, as both sides are now.
    pub fn carry_out(&self, sides: &Sides, now: Timestamp) -> Result<(), TransferRefusal> {
        if now < self.due {
            return Err(TransferRefusal::TooEarly { due: self.due });
        }
        if *movable(sides)? == self.open_id {
            Ok(())
        } else {
            Err(TransferRefusal::NotLinked)
        }
    }
}
