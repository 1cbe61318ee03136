//! Grants of TikTok's: those of links, which are renewed for as long as TikTok takes them, and those
//! that neither a link nor a waiting proof holds.
//!
//! Each is stored from the exchange of its code on, and until TikTok has revoked it. It is revoked
//! only while nobody holds a grant of the same TikTok account: a provider may end all grants of a
//! user and an app by one revocation (TikTok doesn't say), and the one that is held would end with
//! it.

use crate::claim::Claim;
use crate::delivery;
use crate::env::Env;
use crate::hash;
use crate::letter::News;
use crate::note::note_of_portal;
use crate::store::{
    Grant, Link, Mode, StoreError, Stored, StoredAuthorization, Transaction, UnneededGrant,
};
use crate::tiktok::{self, Refreshed};
use domain::activity::Event;
use domain::authorization::{Authorization, PROOF_LIFE_MINUTES};
use domain::grant::{self, GrantFault, GrantHealth};
use domain::id::{AccountId, OpenId};
use domain::time::{Timestamp, minutes};

/// How long a renewal has a grant to itself: an exchange is given up after as long.
const RENEWAL: core::time::Duration = core::time::Duration::from_secs(30);
/// How long a grant is left alone after it came: its exchange may still be under way.
const SETTLED_AFTER: core::time::Duration = core::time::Duration::from_mins(2);
/// How many unneeded grants of a linked account wait for its unlink at most. Older ones are revoked,
/// at the risk that the link's own ends with them until the next log-in by TikTok renews it.
const KEPT_BESIDE_A_LINK: u32 = 20;
/// How many grants one sweep revokes, and how many it renews.
const AT_A_SWEEP: u32 = 500;

/// Why a grant is neither revoked nor renewed now.
#[derive(Debug, thiserror::Error)]
pub enum GrantError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    TikTok(#[from] login_kit::Error),
    #[error("the grant is being renewed")]
    InProgress,
}

impl GrantError {
    /// Whether it is of this one alone, so that it mustn't stand before the others.
    fn is_of_one(&self) -> bool {
        match self {
            Self::TikTok(
                login_kit::Error::OAuth { .. }
                | login_kit::Error::Api { .. }
                | login_kit::Error::Malformed { .. },
            )
            | Self::Store(StoreError::Unreadable(_))
            | Self::InProgress => true,
            Self::Store(_) | Self::TikTok(login_kit::Error::Transport(_)) => false,
        }
    }
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
async fn revoke_unneeded(env: &Env, open_id: &OpenId, now: Timestamp) -> Result<(), GrantError> {
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
) -> Result<(), GrantError> {
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
) -> Result<Grant, GrantError> {
    /// A token may end on its way.
    const MARGIN: core::time::Duration = core::time::Duration::from_mins(1);
    let grant = if grant.access_expires <= now.plus(MARGIN) {
        match renew(env, open_id, &grant, now).await? {
            Renewed::Grant(renewed) => renewed,
            Renewed::Unknown(_) | Renewed::Over => return Ok(grant),
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

/// What a renewal came to.
enum Renewed {
    Grant(Grant),
    /// TikTok doesn't know it any more.
    Unknown(login_kit::Error),
    /// It isn't stored any more: it was replaced or revoked meanwhile.
    Over,
}

/// Renews a grant. Two who renewed one at once, on
/// whatever servers, would send a refresh token twice, and the second be told that it is none: it would
/// take the grant for revoked, and to a provider it could look like a theft.
async fn renew(
    env: &Env,
    open_id: &OpenId,
    grant: &Grant,
    now: Timestamp,
) -> Result<Renewed, GrantError> {
    let claim = match claim_renewal(env, open_id, grant, now).await? {
        Renewal::Ours(claim) => claim,
        Renewal::Others => return Err(GrantError::InProgress),
        Renewal::Over => return Ok(Renewed::Over),
    };
    let refreshed = tiktok::refresh(env, grant, now).await;
    if let Ok(Refreshed::Renewed(renewed)) = &refreshed {
        // Stored before it is used: the old one is no longer valid.
        let mut stored = replace(env, open_id, grant, renewed, now, &claim).await;
        if stored.is_err() {
            stored = replace(env, open_id, grant, renewed, now, &claim).await;
        }
        if let Err(error) = stored {
            // Nobody would ever know of it.
            let _ = tiktok::revoke(env, renewed).await;
            return Err(error.into());
        }
    } else {
        claim.end(&*env.store).await?;
    }
    Ok(match refreshed? {
        Refreshed::Renewed(renewed) => Renewed::Grant(renewed),
        Refreshed::Unknown(error) => Renewed::Unknown(error),
    })
}

/// The key of the claim of who renews a grant.
fn renewal_of(grant: &Grant) -> String {
    format!("renewal {}", hash::of(&grant.refresh_token))
}

/// Whether somebody is renewing a grant.
pub(crate) async fn is_being_renewed(
    tx: &mut dyn Transaction,
    grant: &Grant,
    now: Timestamp,
) -> Stored<bool> {
    Claim::is_made(tx, &renewal_of(grant), now).await
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
    match Claim::make(&mut *tx, renewal_of(grant), now, RENEWAL).await? {
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
    claim: &Claim,
) -> Stored<()> {
    let unneeded = |grant: &Grant| UnneededGrant {
        open_id: open_id.clone(),
        grant: grant.clone(),
        since: now,
    };
    let mut tx = env.store.begin(Mode::Write).await?;
    match tx.link_by_open_id(open_id).await? {
        Some(link) if tx.grant_of_link(link.account).await?.as_ref() == Some(old) => {
            let health = if tiktok::has_every_scope(renewed) {
                GrantHealth::granted(now, renewed.refresh_expires)
            } else {
                // As it was: who renews it to revoke it doesn't judge it.
                link.health
            };
            tx.update_link(&Link { health, ..link }, renewed).await?;
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

/// Renews the grants of links that are due, for as long as `goes_on` says, and notes those that TikTok
/// doesn't take any more. The owner is told by letter, once.
pub(crate) async fn renew_due(
    env: &Env,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> Result<(), GrantError> {
    let mut tx = env.store.begin(Mode::Read).await?;
    let due = tx.due_grants(env.clock.now(), AT_A_SWEEP).await?;
    drop(tx);
    let mut refused = Ok(());
    for account in due {
        if !goes_on() {
            break;
        }
        // Those before it may have taken long: a claim is made as of now.
        let now = env.clock.now();
        match renew_of(env, account, now).await {
            Ok(()) | Err(GrantError::InProgress) => {}
            Err(error) => {
                let ends = is_of_all(&error);
                postpone(env, account, now).await?;
                refused = Err(error);
                if ends {
                    break;
                }
            }
        }
    }
    refused
}

/// Whether what a renewal met, others would meet as well. An answer that can't be read may have been a
/// success, whose tokens are lost: the next one's would be, too.
fn is_of_all(error: &GrantError) -> bool {
    !error.is_of_one()
        || matches!(
            error,
            GrantError::TikTok(login_kit::Error::Malformed { .. })
        )
}

/// Asks about a grant later, unless it is known by now that TikTok doesn't take it.
async fn postpone(env: &Env, account: AccountId, now: Timestamp) -> Stored<()> {
    let mut tx = env.store.begin(Mode::Write).await?;
    let link = tx.link_of_account(account).await?;
    if link.is_some_and(|link| link.health.fault().is_none()) {
        let later = GrantHealth::unanswered(now);
        tx.set_grant_health(account, later).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Renews the grant of one link, if it is due.
async fn renew_of(env: &Env, account: AccountId, now: Timestamp) -> Result<(), GrantError> {
    let mut tx = env.store.begin(Mode::Read).await?;
    let link = tx.link_of_account(account).await?;
    let Some(link) = link.filter(|link| link.health.is_due(now)) else {
        return Ok(());
    };
    let Some(grant) = tx.grant_of_link(account).await? else {
        return Ok(());
    };
    drop(tx);
    match renew(env, &link.open_id, &grant, now).await? {
        Renewed::Grant(renewed) if tiktok::has_every_scope(&renewed) => Ok(()),
        Renewed::Grant(renewed) => {
            lose(env, account, &renewed, GrantFault::ScopeMissing, now).await
        }
        // Of a request that it can't read TikTok says something else: that would be every owner's letter.
        Renewed::Unknown(error) if !tiktok::is_ended(&error) => Err(error.into()),
        Renewed::Unknown(_) => {
            let fault = grant::refused(now, grant.refresh_expires);
            lose(env, account, &grant, fault, now).await
        }
        Renewed::Over => Ok(()),
    }
}

/// Notes that TikTok doesn't take the grant of a link any more, unless another one has taken its place, or
/// somebody has noted it already.
async fn lose(
    env: &Env,
    account: AccountId,
    grant: &Grant,
    fault: GrantFault,
    now: Timestamp,
) -> Result<(), GrantError> {
    let mut tx = env.store.begin(Mode::Write).await?;
    let link = tx.link_of_account(account).await?;
    let Some(link) = link.filter(|link| link.health.fault().is_none()) else {
        return Ok(());
    };
    if tx.grant_of_link(account).await?.as_ref() != Some(grant) {
        return Ok(());
    }
    let lost = GrantHealth::Lost(fault);
    tx.set_grant_health(account, lost).await?;
    note_of_portal(env, &mut *tx, account, Event::AuthorizationLost, now).await?;
    let news = News::AuthorizationLost {
        tiktok: link.profile.display_name,
    };
    let letters = match tx.account(account).await? {
        Some(owner) => delivery::write(env, &mut *tx, &owner, news, now).await?,
        None => Vec::new(),
    };
    tx.commit().await?;
    for letter in letters {
        env.mail.stored(&letter).await;
    }
    Ok(())
}

/// Revokes what may be revoked, for as long as `goes_on` says. What TikTok refuses now is tried again by the
/// next sweep.
pub(crate) async fn sweep(
    env: &Env,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> Result<(), GrantError> {
    let mut tx = env.store.begin(Mode::Write).await?;
    let settled = env.clock.now().minus(SETTLED_AFTER);
    let revocable = tx.revocable_grants(settled, KEPT_BESIDE_A_LINK, AT_A_SWEEP);
    let revocable = revocable.await?;
    tx.commit().await?;
    let mut refused = Ok(());
    for unneeded in revocable {
        if !goes_on() {
            break;
        }
        match end(env, unneeded, env.clock.now()).await {
            // An unlink renews it, or it has gone.
            Ok(()) | Err(GrantError::InProgress) => {}
            Err(error) if error.is_of_one() => refused = Err(error),
            Err(error) => return Err(error),
        }
    }
    refused
}
