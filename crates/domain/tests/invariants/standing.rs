//! What must hold of the world after every step, whoever took it: Invariants 1, 3 and 6.

use super::command::Command;
use super::world::{Happened, World};
use domain::authorization::{Intent, Outcome};

/// Invariant 1.
pub(crate) fn one_to_one(after: &World) -> Result<(), String> {
    for (at, (account, tiktok)) in after.links.iter().enumerate() {
        for (other_account, other_tiktok) in &after.links[at + 1..] {
            if account == other_account || tiktok == other_tiktok {
                return Err(format!("Invariant 1: {:?}", after.links));
            }
        }
    }
    Ok(())
}

/// Invariant 3.
pub(crate) fn always_a_way_in(after: &World) -> Result<(), String> {
    for (number, account) in after.accounts.iter().enumerate() {
        let is_linked = after.links.iter().any(|(owner, _)| *owner == number);
        if account.email.is_none() && !is_linked {
            return Err(format!("Invariant 3: account {number} is locked out"));
        }
    }
    Ok(())
}

/// Invariant 6: an attempt to link that made no link left sessions, drafts, accounts and links alone.
pub(crate) fn failed_links_change_nothing(
    command: Command,
    happened: &Happened,
    before: &World,
    made_link: bool,
    after: &World,
) -> Result<(), String> {
    let is_link = match command {
        Command::LinkExisting { .. } | Command::LinkTikTok { .. } => true,
        Command::CallBack { authorization, .. } => {
            before.which(authorization).is_some_and(|which| {
                matches!(before.authorizations[which].intent, Intent::Link { .. })
            })
        }
        Command::CreateAccount { .. } => matches!(happened, Happened::Refused(_)),
        Command::Advance { .. }
        | Command::LogIn { .. }
        | Command::LogOut { .. }
        | Command::SignUp { .. }
        | Command::AddEmail { .. }
        | Command::Resend { .. }
        | Command::TypeCode { .. }
        | Command::Begin { .. }
        | Command::Exchanged
        | Command::Unlink { .. } => false,
    };
    // A link that was there already may choose the identity of the draft that asked for it.
    let succeeded = matches!(
        happened,
        Happened::LinkedExisting | Happened::Shown(Outcome::Linked | Outcome::AlreadyYours)
    );
    if !is_link || succeeded || made_link {
        return Ok(());
    }
    if same_but_time(before, after) {
        Ok(())
    } else {
        Err(format!(
            "Invariant 6: {command:?} failed with {happened:?} and changed something"
        ))
    }
}

pub(crate) fn same_but_time(before: &World, after: &World) -> bool {
    before.accounts == after.accounts
        && before.links == after.links
        && before.browsers == after.browsers
}
