//! What a proof is used for: at the fork, or for a link that waited.

use super::outcome::completed;
use super::session::{as_it_is_now, authenticate, note_refused_proof};
use super::settle::{link, link_for, new_account, spend};
use crate::call::{Call, available, home_of};
use crate::refusal::Reply;
use crate::repeat;
use crate::store::{StoredAuthorization, Transaction};
use contract::authorization::{Completed, CreateAccount, LinkExisting, LinkTikTok};
use contract::check::Check;
use contract::problem::Code;
use contract::view::Moved;
use domain::activity::Event;
use domain::authorization::{Intent, Outcome, Phase};
use domain::id::{AuthorizationId, BrowserId};
use domain::link::LinkRefusal;

/// The last authorization of this browser, if it is the one that is meant.
async fn last(
    tx: &mut dyn Transaction,
    browser: &BrowserId,
    meant: Option<AuthorizationId>,
) -> Reply<StoredAuthorization> {
    tx.last_authorization(browser)
        .await?
        .filter(|last| meant.is_none_or(|meant| meant == last.id))
        .ok_or_else(|| Code::ProofMissing.into())
}

/// The authorization whose proof waits at the fork.
async fn at_fork(
    tx: &mut dyn Transaction,
    browser: &BrowserId,
    meant: Option<AuthorizationId>,
) -> Reply<StoredAuthorization> {
    let last = last(tx, browser, meant).await?;
    match last.authorization.intent {
        Intent::LogIn => Ok(last),
        Intent::SignUp | Intent::Link { .. } | Intent::Confirm { .. } => {
            Err(Code::ProofMissing.into())
        }
    }
}

pub(crate) async fn create_account(call: &mut Call<'_>, request: CreateAccount) -> Reply<Moved> {
    request.check()?;
    let browser = call.browser();
    let mut tx = call.write().await?;
    let mut stored = at_fork(&mut *tx, &browser, request.authorization).await?;
    // Pressed twice: the account is there, and so is its session.
    if stored.authorization.phase
        == (Phase::Ended {
            outcome: Outcome::SignedUp,
        })
        && let Some(member) = call.visitor(&mut *tx).await?
    {
        return Ok(Moved {
            to: home_of(&member.account),
        });
    }
    let (proof, grant) = spend(call, &mut stored, &browser, Outcome::SignedUp)?;
    let region = call.caller.region.or(request.region).or(stored.region);
    available(call.guest_availability(region))?;
    if tx.link_by_open_id(&proof.open_id).await?.is_some() {
        return Err(Code::AlreadyLinked.into());
    }
    let account = new_account(call, &mut *tx, region, request.language, &proof, grant).await?;
    tx.put_authorization(&stored).await?;
    let moved = Moved {
        to: home_of(&account),
    };
    repeat::commit(call, tx, &moved).await?;
    Ok(moved)
}

pub(crate) async fn link_existing(call: &mut Call<'_>, request: LinkExisting) -> Reply<Moved> {
    let credentials = request.check()?;
    let browser = call.browser();
    let meant = request.authorization;
    let mut stored = at_fork(&mut *call.read().await?, &browser, meant).await?;
    spend(call, &mut stored, &browser, Outcome::LoggedIn)?;
    let account = authenticate(call, &credentials).await?;
    available(call.availability(&account))?;
    let mut tx = call.write().await?;
    let account = as_it_is_now(&mut *tx, account).await?;
    let mut stored = at_fork(&mut *tx, &browser, meant).await?;
    let (proof, grant) = spend(call, &mut stored, &browser, Outcome::LoggedIn)?;
    if let Err(refusal) = link(call, &mut *tx, &account, &proof, grant).await? {
        // The proof stays, for other credentials.
        drop(tx);
        let tx = call.write().await?;
        note_refused_proof(call, tx, account.id).await?;
        return Err(code(refusal).into());
    }
    tx.put_authorization(&stored).await?;
    call.begin_session(&mut *tx, account.id).await?;
    call.note(&mut *tx, account.id, Event::LoggedInByPassword)
        .await?;
    tx.delete_other_sessions(account.id, &call.session_hash())
        .await?;
    let moved = Moved {
        to: home_of(&account),
    };
    repeat::commit(call, tx, &moved).await?;
    Ok(moved)
}

pub(crate) async fn link_tiktok(
    call: &mut Call<'_>,
    LinkTikTok { authorization }: LinkTikTok,
) -> Reply<Completed> {
    let browser = call.browser();
    let mut tx = call.write().await?;
    let member = call.fresh_member(&mut *tx).await?;
    let mut stored = last(&mut *tx, &browser, authorization).await?;
    let intent = stored.authorization.intent;
    match intent {
        Intent::Link { account: owner, .. } if owner == member.account.id => {}
        Intent::Link { .. } | Intent::SignUp | Intent::LogIn | Intent::Confirm { .. } => {
            return Err(Code::ProofMissing.into());
        }
    }
    // Asked twice: it shows again what came of it. Of a proof whose time was over nothing did,
    // whether it has been swept or not.
    if let Phase::Ended { outcome } = stored.authorization.phase
        && outcome != Outcome::Expired
    {
        return completed(call, &mut *tx, &intent, outcome).await;
    }
    let (proof, grant) = spend(call, &mut stored, &browser, Outcome::Linked)?;
    let settled = link_for(call, &mut *tx, &member, &intent, &proof, grant).await?;
    stored.authorization.phase = Phase::Ended {
        outcome: settled.outcome,
    };
    tx.put_authorization(&stored).await?;
    let completed = completed(call, &mut *tx, &intent, settled.outcome).await?;
    repeat::commit(call, tx, &completed).await?;
    settled.follow_up(call).await;
    Ok(completed)
}

fn code(refusal: LinkRefusal) -> Code {
    match refusal {
        LinkRefusal::AlreadyLinked => Code::AlreadyLinked,
        LinkRefusal::AccountHasLink => Code::AccountHasLink,
    }
}
