//! The beginning of a transfer: both accounts are proven in one browser.

use super::methods::too_new;
use super::passkeys;
use super::session::{as_it_is_now, authenticate, note_refused_proof};
use super::transfer::{sides, transfer_of};
use crate::call::{Call, available};
use crate::letter::News;
use crate::refusal::{Refusal, Reply};
use crate::repeat;
use crate::store::{Account, Transaction};
use contract::check::Check;
use contract::problem::Code;
use contract::transfer::{BeginTransfer, BeginTransferByPasskey};
use contract::view::Done;
use domain::activity::Event;
use domain::limit;
use domain::passkey::Purpose;
use domain::time::Timestamp;
use domain::transfer::{Transfer, TransferRefusal, begin as decide};

pub(crate) async fn begin_transfer(call: &mut Call<'_>, request: BeginTransfer) -> Reply<Done> {
    let credentials = request.check()?;
    call.fresh_member(&mut *call.read().await?).await?;
    let from = authenticate(call, &credentials).await?;
    let mut tx = call.write().await?;
    let from = as_it_is_now(&mut *tx, from).await?;
    if let Err(refusal) = begin(call, &mut *tx, &from, None).await {
        drop(tx);
        let tx = call.write().await?;
        note_refused_proof(call, tx, from.id).await?;
        return Err(refusal);
    }
    repeat::commit(call, tx, &Done {}).await?;
    Ok(Done {})
}

pub(crate) async fn begin_transfer_by_passkey(
    call: &mut Call<'_>,
    BeginTransferByPasskey { assertion }: BeginTransferByPasskey,
) -> Reply<Done> {
    call.fresh_member(&mut *call.read().await?).await?;
    let (passkey, _) = passkeys::verified(call, Purpose::LogIn, &assertion).await?;
    let mut tx = call.write().await?;
    passkeys::note_use(&mut *tx, &passkey).await?;
    let from = tx.account(passkey.account).await?;
    let from = from.ok_or(Code::PasskeyUnknown)?;
    if let Err(refusal) = begin(call, &mut *tx, &from, Some(passkey.created)).await {
        drop(tx);
        // It has signed all the same.
        let mut tx = call.write().await?;
        passkeys::note_use(&mut *tx, &passkey).await?;
        note_refused_proof(call, tx, from.id).await?;
        return Err(refusal);
    }
    repeat::commit(call, tx, &Done {}).await?;
    Ok(Done {})
}

/// `added` is when what proved the account that has the link was added, where it wasn't there from the start.
async fn begin(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    from: &Account,
    added: Option<Timestamp>,
) -> Reply<()> {
    let member = call.fresh_member(tx).await?;
    let to = &member.account;
    available(call.availability(to))?;
    let mut waiting = transfer_of(tx, from.id).await?;
    if waiting.is_none() {
        waiting = transfer_of(tx, to.id).await?;
    }
    let is_it = |it: &Transfer| (it.from, it.to) == (from.id, to.id);
    if waiting.as_ref().is_some_and(is_it) {
        return Ok(());
    }
    let link = tx.link_of_account(from.id).await?;
    let sides = sides(tx, from, link.as_ref(), to.id, call.now).await?;
    let transfer =
        decide(from.id, to.id, &sides, waiting.as_ref(), added, call.now).map_err(refused)?;
    for account in [from.id, to.id] {
        call.count_by_account(tx, limit::TRANSFER_BY_ACCOUNT, account)
            .await?;
    }
    tx.insert_transfer(&transfer).await?;
    // What logs in to it is to change.
    call.end_other_sessions(tx, &member).await?;
    let tiktok = link
        .map(|link| link.profile.display_name)
        .unwrap_or_default();
    for account in [from, to] {
        call.note(tx, account.id, Event::TransferBegun).await?;
        let tiktok = tiktok.clone();
        call.tell(tx, account, News::TransferBegun { tiktok })
            .await?;
    }
    Ok(())
}

fn refused(refusal: TransferRefusal) -> Refusal {
    Refusal::from(match refusal {
        TransferRefusal::SameAccount | TransferRefusal::NotLinked => Code::NotLinked,
        TransferRefusal::LastLogInMethod => Code::LastLogInMethod,
        TransferRefusal::NewLogInMethod { wait } => return too_new(wait),
        TransferRefusal::AccountHasLink => Code::AccountHasLink,
        TransferRefusal::Waiting { .. } | TransferRefusal::TooEarly { .. } => Code::TransferWaits,
    })
}
