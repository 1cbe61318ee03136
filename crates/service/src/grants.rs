//! Grants of TikTok's that neither a link nor a waiting proof holds.
//!
//! Each is stored from the exchange of its code on, and until TikTok has revoked it. It is revoked
//! only while nobody holds a grant of the same TikTok account: a provider may end all grants of a
//! user and an app by one revocation (TikTok doesn't say), and the one that is held would end with
//! it.

use crate::claim::Claim;
use crate::env::Env;
use crate::hash;
use crate::store::{
    Grant, Mode, StoreError, Stored, StoredAuthorization, Transaction, UnneededGrant,
};
use crate::tiktok;
use domain::authorization::{Authorization, PROOF_LIFE_MINUTES};
use domain::id::OpenId;
use domain::time::{Timestamp, minutes};

/// How long a renewal has a grant to itself: an exchange is given up after as long.
const RENEWAL: core::time::Duration = core::time::Duration::from_secs(30);
/// How long a grant is left alone after it came: its exchange may still be under way.
const SETTLED_AFTER: core::time::Duration = core::time::Duration::from_mins(2);
/// How many unneeded grants of a linked account wait for its unlink at most. Older ones are revoked,
/// at the risk that the link's own ends with them until the next log-in by TikTok renews it.
const KEPT_BESIDE_A_LINK: u32 = 20;
/// How many grants one sweep revokes.
const AT_A_SWEEP: u32 = 500;

/// Why a grant isn't revoked now.
#[derive(Debug, thiserror::Error)]
pub enum RevocationError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    TikTok(#[from] login_kit::Error),
    #[error("the grant is being renewed")]
    InProgress,
}

/// Notes a grant before anything is done with it.
pub(crate) async fn note(env: &Env, unneeded: &UnneededGrant) -> Stored<()> {
    let mut tx = env.store.begin(Mode::Write).await?;
    tx.put_unneeded_grant(unneeded).await?;
    tx.commit().await
}

/// Keeps a grant that nobody needs any more until it is revoked.
pub(crate) async fn keep(
    tx: &mut dyn Transaction,
    open_id: &OpenId,
    grant: Grant,
    since: Timestamp,
) -> Stored<()> {
    let unneeded = UnneededGrant {
        open_id: open_id.clone(),
        grant,
        since,
    };
    tx.put_unneeded_grant(&unneeded).await
}

/// Revokes at once what can be revoked of what isn't needed of a TikTok account. What fails is tried
/// again by the sweep.
pub(crate) async fn revoke_at_once(env: &Env, unneeded: Option<&OpenId>, now: Timestamp) {
    if let Some(open_id) = unneeded {
        let _ = revoke_unneeded(env, open_id, now).await;
    }
}

/// Nothing is revoked while somebody holds a grant of the TikTok account.
async fn revoke_unneeded(
    env: &Env,
    open_id: &OpenId,
    now: Timestamp,
) -> Result<(), RevocationError> {
    let mut tx = env.store.begin(Mode::Read).await?;
    if tx.is_grant_held(open_id).await? {
        return Ok(());
    }
    let unneeded = tx.unneeded_grants(open_id).await?;
    drop(tx);
    for unneeded in unneeded {
        end(env, unneeded, now).await?;
    }
    Ok(())
}

/// Revokes an unneeded grant, and forgets it.
pub(crate) async fn end(
    env: &Env,
    UnneededGrant { open_id, grant, .. }: UnneededGrant,
    now: Timestamp,
) -> Result<(), RevocationError> {
    let ended = revoke(env, &open_id, grant, now).await?;
    let mut tx = env.store.begin(Mode::Write).await?;
    tx.delete_unneeded_grant(&ended.id()).await?;
    Ok(tx.commit().await?)
}

/// Revokes a grant, wherever it is stored, and replies with it as it is stored now: one whose access
/// token has ended can't be revoked until it is renewed, and its refresh token would live on.
pub(crate) async fn revoke(
    env: &Env,
    open_id: &OpenId,
    grant: Grant,
    now: Timestamp,
) -> Result<Grant, RevocationError> {
    /// A token may end on its way.
    const MARGIN: core::time::Duration = core::time::Duration::from_mins(1);
    let grant = if grant.access_expires <= now.plus(MARGIN) {
        match renew(env, open_id, &grant, now).await? {
            Some(renewed) => renewed,
            None => return Ok(grant),
        }
    } else {
        grant
    };
    tiktok::revoke(env, &grant).await?;
    Ok(grant)
}

/// Whose turn it is to renew a grant.
enum Renewal {
    Ours(Claim),
    Others,
    /// It isn't stored any more: it was replaced or revoked meanwhile.
    Over,
}

/// Renews a grant; nothing where there is none to renew any more. Two who renewed one at once, on
/// whatever servers, would send a refresh token twice, and the second be told that it is none: it would
/// take the grant for revoked, and to a provider it could look like a theft.
async fn renew(
    env: &Env,
    open_id: &OpenId,
    grant: &Grant,
    now: Timestamp,
) -> Result<Option<Grant>, RevocationError> {
    let claim = match claim_renewal(env, open_id, grant, now).await? {
        Renewal::Ours(claim) => claim,
        Renewal::Others => return Err(RevocationError::InProgress),
        Renewal::Over => return Ok(None),
    };
    let renewed = tiktok::refresh(env, grant, now).await;
    if let Ok(Some(renewed)) = &renewed {
        // Stored before it is used: the old one is no longer valid.
        replace(env, open_id, grant, renewed, now, claim).await?;
    } else {
        claim.end(&*env.store).await?;
    }
    Ok(renewed?)
}

async fn claim_renewal(
    env: &Env,
    open_id: &OpenId,
    grant: &Grant,
    now: Timestamp,
) -> Stored<Renewal> {
    let mut tx = env.store.begin(Mode::Write).await?;
    let of_link = match tx.link_by_open_id(open_id).await? {
        Some(link) => tx.grant_of_link(link.account).await?,
        None => None,
    };
    if of_link.as_ref() != Some(grant) && !tx.has_unneeded_grant(&grant.id()).await? {
        return Ok(Renewal::Over);
    }
    let key = format!("renewal {}", hash::of(&grant.refresh_token));
    match Claim::make(&mut *tx, key, now, RENEWAL).await? {
        Some(claim) => {
            tx.commit().await?;
            Ok(Renewal::Ours(claim))
        }
        None => Ok(Renewal::Others),
    }
}

/// Puts renewed tokens where the old ones stand.
async fn replace(
    env: &Env,
    open_id: &OpenId,
    old: &Grant,
    renewed: &Grant,
    now: Timestamp,
    claim: Claim,
) -> Stored<()> {
    let unneeded = |grant: &Grant| UnneededGrant {
        open_id: open_id.clone(),
        grant: grant.clone(),
        since: now,
    };
    let mut tx = env.store.begin(Mode::Write).await?;
    match tx.link_by_open_id(open_id).await? {
        Some(link) if tx.grant_of_link(link.account).await?.as_ref() == Some(old) => {
            tx.update_link(&link, renewed).await?;
        }
        // A log-in replaced it meanwhile, or it never was the link's.
        Some(_) | None => {
            tx.delete_unneeded_grant(&old.id()).await?;
            tx.put_unneeded_grant(&unneeded(renewed)).await?;
        }
    }
    claim.end_in(&mut *tx).await?;
    tx.commit().await
}

/// Ends a proof that waits, by `ended`, and lets go of its grant. Replies with the TikTok account of
/// which there is an unneeded one now.
///
/// A grant that can't be opened now waits on, out of reach of the browser, until it can: the sweep
/// comes back to it.
pub(crate) async fn let_go(
    tx: &mut dyn Transaction,
    mut stored: StoredAuthorization,
    ended: fn(&mut Authorization) -> bool,
) -> Stored<Option<OpenId>> {
    let before = stored.clone();
    let waited = stored.waits();
    let waited = waited.map(|(open_id, proven)| (open_id.clone(), proven));
    if !ended(&mut stored.authorization) {
        return Ok(None);
    }
    let Ok(grant) = stored.take_grant() else {
        return take_from_browser(tx, before).await;
    };
    let held = waited.zip(grant);
    tx.put_authorization(&stored).await?;
    let Some(((open_id, since), grant)) = held else {
        return Ok(None);
    };
    keep(tx, &open_id, grant, since).await?;
    Ok(Some(open_id))
}

/// Nobody holds the proof any more. The store told the operator why it can't be let go of.
async fn take_from_browser(
    tx: &mut dyn Transaction,
    mut stored: StoredAuthorization,
) -> Stored<Option<OpenId>> {
    if stored.secret_hash.take().is_some() {
        tx.put_authorization(&stored).await?;
    }
    Ok(None)
}

/// Lets go of the proofs of a TikTok account, in whatever browser they wait.
pub(crate) async fn let_go_of_all(tx: &mut dyn Transaction, open_id: &OpenId) -> Stored<()> {
    for stored in tx.waiting_proofs_of(open_id).await? {
        let_go(tx, stored, Authorization::abandon).await?;
    }
    Ok(())
}

/// Lets go of the proofs whose time is over.
pub(crate) async fn let_go_of_expired(tx: &mut dyn Transaction, now: Timestamp) -> Stored<()> {
    let proven = now.minus(minutes(PROOF_LIFE_MINUTES));
    for stored in tx.waiting_proofs(proven).await? {
        let_go(tx, stored, Authorization::abandon).await?;
    }
    Ok(())
}

/// Revokes what may be revoked. What TikTok refuses now is tried again by the next sweep.
pub(crate) async fn sweep(env: &Env, now: Timestamp) -> Result<(), RevocationError> {
    let mut tx = env.store.begin(Mode::Write).await?;
    let settled = now.minus(SETTLED_AFTER);
    let revocable = tx.revocable_grants(settled, KEPT_BESIDE_A_LINK, AT_A_SWEEP);
    let revocable = revocable.await?;
    tx.commit().await?;
    let mut refused = Ok(());
    for unneeded in revocable {
        match end(env, unneeded, now).await {
            // An unlink renews it, or it has gone.
            Ok(()) | Err(RevocationError::InProgress) => {}
            // One that TikTok stumbles over must not stand before the others.
            Err(
                error @ RevocationError::TikTok(
                    login_kit::Error::OAuth { .. }
                    | login_kit::Error::Api { .. }
                    | login_kit::Error::Malformed { .. },
                ),
            ) => refused = Err(error),
            Err(
                error @ (RevocationError::Store(_)
                | RevocationError::TikTok(login_kit::Error::Transport(_))),
            ) => return Err(error),
        }
    }
    refused
}
