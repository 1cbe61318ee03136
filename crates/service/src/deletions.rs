//! Accounts whose owners asked for their deletion, once they can't change their minds any more.
//!
//! What is left is the security activity, which names an account by a hash of its id alone, and what ends by
//! itself: what waits in a browser (an authorization, an address that is to be proven, an answer that may be
//! asked for again), letters on their way, counts under hashes. An address that somebody wants to prove stays,
//! since whoever wants to isn't its owner for sure, and would see by its end that there was an account
//! (Invariant 7). docs/operations.md has how long each lasts.

use crate::delivery;
use crate::env::Env;
use crate::grants;
use crate::letter::News;
use crate::note::note_of_portal;
use crate::store::{Mode, StoreError, Stored};
use crate::use_cases::{end_transfer, transfer_of};
use core::time::Duration;
use domain::activity::Event;
use domain::email::Email;
use domain::id::{AccountId, LetterId, OpenId};
use domain::time::{Timestamp, minutes};

/// How many accounts one sweep deletes.
const AT_A_SWEEP: u32 = 100;
/// When one that couldn't be deleted is tried again.
const TRIED_AGAIN: Duration = minutes(60);

/// Deletes the accounts whose time has come, for as long as `goes_on` says. What TikTok granted for their links
/// is revoked at once where it answers, and by later sweeps where it doesn't.
///
/// Errors: the store's. One account that can't be deleted keeps no other.
pub(crate) async fn carry_out(env: &Env, goes_on: &(dyn Fn() -> bool + Sync)) -> Stored<()> {
    let now = env.clock.now();
    let mut tx = env.store.begin(Mode::Read).await?;
    let due = tx.due_deletions(now, AT_A_SWEEP).await?;
    if due.is_empty() {
        return Ok(());
    }
    // Once for all of them: a letter's address is found by reading it alone.
    let dead = tx.dead_letters().await?.into_iter();
    let dead: Vec<_> = dead.map(|dead| (dead.letter.to, dead.id)).collect();
    drop(tx);
    let mut failed = Ok(());
    for account in due {
        if !goes_on() {
            break;
        }
        match delete(env, account, &dead, now).await {
            Ok(unneeded) => grants::revoke_at_once(env, unneeded.as_ref(), now).await,
            Err(error) => {
                failed = Err(error);
                // It mustn't stand before the others. Where it is gone, there is nothing to postpone.
                let _ = postpone(env, account, now.plus(TRIED_AGAIN)).await;
            }
        }
    }
    failed
}

async fn postpone(env: &Env, account: AccountId, due: Timestamp) -> Stored<()> {
    let mut tx = env.store.begin(Mode::Write).await?;
    if tx.deletion_of(account).await?.is_some() {
        tx.put_deletion(account, due).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Deletes an account, unless its owner keeps it after all. Replies with the TikTok account that was linked.
///
/// Errors: the store's. A grant that can't be read is one, once all is deleted.
async fn delete(
    env: &Env,
    id: AccountId,
    dead: &[(Email, LetterId)],
    now: Timestamp,
) -> Stored<Option<OpenId>> {
    let mut tx = env.store.begin(Mode::Write).await?;
    let due = tx.deletion_of(id).await?;
    let account = tx.account(id).await?;
    let Some(account) = account.filter(|_| due.is_some_and(|due| due <= now)) else {
        return Ok(None);
    };
    let link = tx.link_of_account(id).await?;
    let (grant, lost) = match tx.grant_of_link(id).await {
        Ok(grant) => (grant, None),
        // It can't be revoked, and keeps nobody's account.
        Err(StoreError::Unreadable(row)) => (None, Some(row)),
        Err(error) => return Err(error),
    };
    if let Some((link, grant)) = link.as_ref().zip(grant) {
        grants::keep(&mut *tx, &link.open_id, grant, now).await?;
    }
    let former = tx.former_emails_of(id).await?.into_iter();
    let had = former
        .map(|former| former.email)
        .chain(account.email.clone());
    let had: Vec<_> = had.collect();
    for (_, letter) in dead.iter().filter(|(to, _)| had.contains(to)) {
        tx.delete_letter(*letter).await?;
    }
    let mut letters = Vec::new();
    if let Some(transfer) = transfer_of(&mut *tx, id).await? {
        let told = end_transfer(env, &mut *tx, &transfer, None, now).await?;
        letters.extend(delivery::store_all(env, &mut *tx, told, now).await?);
    }
    letters.extend(delivery::write(env, &mut *tx, &account, News::AccountDeleted, now).await?);
    tx.delete_account(id).await?;
    note_of_portal(env, &mut *tx, id, Event::Deleted, now).await?;
    tx.commit().await?;
    for letter in letters {
        env.mail.stored(&letter).await;
    }
    match lost {
        Some(row) => Err(row.into()),
        None => Ok(link.map(|link| link.open_id)),
    }
}
