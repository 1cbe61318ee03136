//! Links that move to another account, once nobody has stopped it.

use crate::delivery::{letters_to, store_all};
use crate::env::Env;
use crate::grants;
use crate::letter::{Letter, News};
use crate::note::note_of_portal;
use crate::store::{Grant, Link, Mode, StoreError, Stored, Transaction};
use crate::use_cases::{drop_identity, end_transfer, sides, transfer_of};
use domain::activity::Event;
use domain::id::AccountId;
use domain::time::Timestamp;
use domain::transfer::TransferRefusal;

/// How many links one sweep moves.
const AT_A_SWEEP: u32 = 100;

/// Moves the links whose time has come, for as long as `goes_on` says.
///
/// Errors: the store's. One that can't be moved keeps no other.
pub(crate) async fn carry_out(env: &Env, goes_on: &(dyn Fn() -> bool + Sync)) -> Stored<()> {
    let now = env.clock.now();
    let mut tx = env.store.begin(Mode::Read).await?;
    let due = tx.due_transfers(now, AT_A_SWEEP).await?;
    drop(tx);
    let mut failed = Ok(());
    for from in due {
        if !goes_on() {
            break;
        }
        failed = failed.and(carry_out_one(env, from, now).await);
    }
    failed
}

/// Moves one, or ends it where it can't be moved any more. Both sides read by letter what became of it.
///
/// Errors: the store's. A row that can't be read is one, once the transfer has ended.
async fn carry_out_one(env: &Env, from: AccountId, now: Timestamp) -> Stored<()> {
    match try_to_move(env, from, now).await {
        Err(StoreError::Unreadable(row)) => {
            give_up(env, from, now).await?;
            Err(row.into())
        }
        done => done,
    }
}

async fn try_to_move(env: &Env, from: AccountId, now: Timestamp) -> Stored<()> {
    let mut tx = env.store.begin(Mode::Write).await?;
    let Some(transfer) = tx.transfer_of(from).await? else {
        return Ok(());
    };
    let from = tx.account(transfer.from).await?;
    let to = tx.account(transfer.to).await?;
    // It goes with either.
    let (Some(from), Some(to)) = (from, to) else {
        return Ok(());
    };
    let link = tx.link_of_account(from.id).await?;
    let grant = tx.grant_of_link(from.id).await?;
    let sides = sides(&mut *tx, &from, link.as_ref(), to.id, now).await?;
    let letters = match transfer.carry_out(&sides, now).map(|()| link.zip(grant)) {
        Err(TransferRefusal::TooEarly { .. }) => return Ok(()),
        Ok(Some((link, grant))) => {
            if grants::is_being_renewed(&mut *tx, &grant, now).await? {
                // It would come back with other tokens. The next sweep moves it.
                return Ok(());
            }
            tx.delete_transfer_of(from.id).await?;
            let tiktok = link.profile.display_name.clone();
            move_link(&mut *tx, link, grant, to.id, now).await?;
            let mut letters = Vec::new();
            for (side, event) in [(&from, Event::Unlinked), (&to, Event::Linked)] {
                note_of_portal(env, &mut *tx, side.id, event, now).await?;
                let tiktok = tiktok.clone();
                letters
                    .extend(letters_to(&mut *tx, side, News::Transferred { tiktok }, now).await?);
            }
            letters
        }
        Ok(None)
        | Err(
            TransferRefusal::SameAccount
            | TransferRefusal::NotLinked
            | TransferRefusal::LastLogInMethod
            | TransferRefusal::NewLogInMethod { .. }
            | TransferRefusal::AccountHasLink
            | TransferRefusal::Waiting { .. },
        ) => end_transfer(env, &mut *tx, &transfer, None, now).await?,
    };
    commit(env, tx, letters, now).await
}

async fn give_up(env: &Env, from: AccountId, now: Timestamp) -> Stored<()> {
    let mut tx = env.store.begin(Mode::Write).await?;
    let Some(transfer) = transfer_of(&mut *tx, from).await? else {
        return tx.commit().await;
    };
    let letters = end_transfer(env, &mut *tx, &transfer, None, now).await?;
    commit(env, tx, letters, now).await
}

async fn commit(
    env: &Env,
    mut tx: Box<dyn Transaction>,
    letters: Vec<Letter>,
    now: Timestamp,
) -> Stored<()> {
    let letters = store_all(env, &mut *tx, letters, now).await?;
    tx.commit().await?;
    for letter in letters {
        env.mail.stored(&letter).await;
    }
    Ok(())
}

/// As an unlink and a link: what began by TikTok's log-in at the account before ends with the link.
async fn move_link(
    tx: &mut dyn Transaction,
    link: Link,
    grant: Grant,
    to: AccountId,
    now: Timestamp,
) -> Stored<()> {
    tx.delete_link(link.account).await?;
    tx.delete_other_sessions(link.account, "").await?;
    drop_identity(tx, link.account, &link.open_id, now).await?;
    let link = Link {
        account: to,
        linked: now,
        ..link
    };
    tx.insert_link(&link, &grant).await
}
