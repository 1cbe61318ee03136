//! A transfer that waits: the link of one account is to move to another of the same owner. What holds of both, what
//! stops it, and how a page shows it. What begins one is `begin_transfer.rs`, what moves the link `crate::transfers`.

use super::methods::{methods, wait_of, worked};
use crate::call::Call;
use crate::delivery::letters_to;
use crate::env::Env;
use crate::letter::{Letter, News};
use crate::note::note;
use crate::refusal::Reply;
use crate::store::{Account, Link, StoreError, Stored, Transaction, Whereabouts};
use contract::transfer::PendingTransfer;
use core::time::Duration;
use domain::activity::Event;
use domain::id::AccountId;
use domain::time::Timestamp;
use domain::transfer::{Sides, Transfer};

/// What holds of both sides now. Passkeys count that have worked.
pub(crate) async fn sides(
    tx: &mut dyn Transaction,
    from: &Account,
    link: Option<&Link>,
    to: AccountId,
    now: Timestamp,
) -> Stored<Sides> {
    let passkeys = worked(tx.passkeys_of(from.id).await?);
    let there = tx.link_of_account(to).await?;
    let undo = tx.last_former_email(from.id).await?;
    let undo = undo.map_or(Duration::ZERO, |former| former.undo_left(now));
    Ok(Sides {
        linked: link.map(|link| link.open_id.clone()),
        methods: methods(from, link, &passkeys),
        wait: wait_of(tx, from, None, &passkeys, now).await?,
        undo,
        linked_there: there.map(|link| link.open_id),
    })
}

/// Stops the transfer that an account takes part in, where there is one, since its owner wants it, or does something
/// that it can't go on after. Both sides are told.
pub(super) async fn stop(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    account: AccountId,
) -> Reply<()> {
    if let Some(transfer) = transfer_of(tx, account).await? {
        let by = Some((account, call.whereabouts()));
        for letter in end(call.env, tx, &transfer, by, call.now).await? {
            call.write_letter(tx, letter).await?;
        }
    }
    Ok(())
}

/// The transfer that an account takes part in. One that can't be read is dropped: nothing moves by it, and what its
/// accounts do otherwise goes on.
pub(crate) async fn transfer_of(
    tx: &mut dyn Transaction,
    account: AccountId,
) -> Stored<Option<Transfer>> {
    match tx.transfer_of(account).await {
        Err(StoreError::Unreadable(_)) => {
            tx.delete_transfer_of(account).await?;
            Ok(None)
        }
        read => read,
    }
}

/// Ends a transfer; nothing moves. Replies with the letters to both sides, which are to be stored. Who ended it, and
/// where, stands in their own security activity alone.
pub(crate) async fn end(
    env: &Env,
    tx: &mut dyn Transaction,
    transfer: &Transfer,
    by: Option<(AccountId, Whereabouts)>,
    now: Timestamp,
) -> Stored<Vec<Letter>> {
    tx.delete_transfer_of(transfer.from).await?;
    let tiktok = name_of(tx, transfer).await?;
    let mut letters = Vec::new();
    for side in [transfer.from, transfer.to] {
        let here = by.filter(|(account, _)| *account == side);
        let whereabouts = here.map(|(_, whereabouts)| whereabouts).unwrap_or_default();
        let stopped = Event::TransferStopped;
        note(env, tx, side, stopped, (now, whereabouts)).await?;
        // A link that has gone was told of when it went.
        if let Some((tiktok, account)) = tiktok.clone().zip(readable(tx.account(side).await)?) {
            let news = News::TransferStopped { tiktok };
            letters.extend(letters_to(tx, &account, news, now).await?);
        }
    }
    Ok(letters)
}

/// The name of the TikTok account that is to move, where it can be read and is still linked.
async fn name_of(tx: &mut dyn Transaction, transfer: &Transfer) -> Stored<Option<String>> {
    let link = readable(tx.link_of_account(transfer.from).await)?;
    let link = link.filter(|link| link.open_id == transfer.open_id);
    Ok(link.map(|link| link.profile.display_name))
}

/// What one account's row says keeps the other one from nothing.
fn readable<T>(read: Stored<Option<T>>) -> Stored<Option<T>> {
    match read {
        Err(StoreError::Unreadable(_)) => Ok(None),
        read => read,
    }
}

/// As a page shows it.
pub(super) async fn pending(
    tx: &mut dyn Transaction,
    account: AccountId,
) -> Reply<Option<PendingTransfer>> {
    let Some(transfer) = readable(tx.transfer_of(account).await)? else {
        return Ok(None);
    };
    let tiktok = name_of(tx, &transfer).await?;
    Ok(tiktok.map(|tiktok| PendingTransfer {
        arrives: transfer.to == account,
        tiktok,
        due: transfer.due,
    }))
}
