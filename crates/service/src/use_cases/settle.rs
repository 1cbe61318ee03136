//! What comes of a proof: the one place where links are made and TikTok logs in.

use super::outcome::completed;
use super::transfer;
use crate::call::{Call, Member, available};
use crate::letter::News;
use crate::refusal::Reply;
use crate::store::{
    Account, Grant, Link, Sealable, StoredAuthorization, Transaction, UnneededGrant,
};
use crate::tiktok::{self, Identification};
use crate::{grants, repeat, secret};
use contract::authorization::Completed;
use contract::problem::Code;
use domain::activity::Event;
use domain::ads_account::AdsAccount;
use domain::authorization::{Intent, Outcome, Phase, Proof, ProofRefusal, ReturnTo};
use domain::grant::GrantHealth;
use domain::id::{AccountId, AuthorizationId, BrowserId, OpenId};
use domain::link::{ExistingLinks, LinkDecision, LinkRefusal, Privilege, privilege};
use domain::region::{Country, Language};
use domain::session::SessionTimes;

/// How often a settlement is tried when another was faster: once more sees what it did.
const TRIES: u32 = 3;

/// What came of a proof.
pub(super) struct Settled {
    pub(super) outcome: Outcome,
    /// Whether the proof waits for more: a choice, a log-in, a password.
    waits: bool,
    /// The TikTok account of which there is an unneeded grant now.
    unneeded: Option<OpenId>,
}

impl Settled {
    fn so(outcome: Outcome) -> Self {
        Self {
            outcome,
            waits: false,
            unneeded: None,
        }
    }

    fn waiting(outcome: Outcome) -> Self {
        Self {
            waits: true,
            ..Self::so(outcome)
        }
    }

    /// Nobody needs what TikTok granted.
    fn unneeded(outcome: Outcome, open_id: &OpenId) -> Self {
        Self {
            unneeded: Some(open_id.clone()),
            ..Self::so(outcome)
        }
    }

    /// What happens once it is committed: a grant is revoked.
    pub(super) async fn follow_up(&self, call: &Call<'_>) {
        grants::revoke_at_once(call.env, self.unneeded.as_ref(), call.now).await;
    }
}

/// What an exchange of a code came to: a grant, which is stored as an unneeded one, and whose it is;
/// or why there is none, for the log.
pub(super) type Exchange = Result<(UnneededGrant, Identification), String>;

/// Exchanges a code and asks who it is.
pub(super) async fn exchange(call: &Call<'_>, code: &str, verifier: &str) -> Reply<Exchange> {
    let unneeded = match tiktok::exchange(call.env, code, verifier, call.now).await {
        Ok(unneeded) => unneeded,
        Err(cause) => return Ok(Err(cause)),
    };
    if let Err(error) = grants::note(call.env, &unneeded).await {
        // It can't be kept for later.
        let held = call.read().await?.is_grant_held(&unneeded.open_id).await;
        if matches!(held, Ok(false)) {
            let _ = tiktok::revoke(call.env, &unneeded.grant).await;
        }
        return Err(error.into());
    }
    let identification = tiktok::identify(call.env, &unneeded, call.now).await;
    Ok(Ok((unneeded, identification)))
}

/// Settles an authorization whose code was exchanged.
pub(super) async fn settle(
    call: &mut Call<'_>,
    id: AuthorizationId,
    intent: &Intent,
    exchange: Exchange,
) -> Reply<Completed> {
    match &exchange {
        Err(cause) | Ok((_, Identification::Failed(cause))) => {
            call.cause = Some(cause.clone());
        }
        Ok((_, Identification::Proven(_) | Identification::ScopeDenied)) => {}
    }
    for _ in 1..TRIES {
        match settle_once(call, id, intent, &exchange).await {
            Err(refusal) if refusal.conflict => {}
            settled => return settled,
        }
    }
    settle_once(call, id, intent, &exchange).await
}

async fn settle_once(
    call: &mut Call<'_>,
    id: AuthorizationId,
    intent: &Intent,
    exchange: &Exchange,
) -> Reply<Completed> {
    let mut tx = call.write().await?;
    let stored = tx.authorization(id).await?;
    let is_awaited = |stored: &StoredAuthorization| match stored.authorization.phase {
        Phase::Exchanging { .. } => true,
        Phase::Pending | Phase::Proved { .. } | Phase::Ended { .. } => false,
    };
    let Some(mut stored) = stored.filter(is_awaited) else {
        // It took so long that it was given up meanwhile: nothing may come of it any more.
        drop(tx);
        if let Ok((UnneededGrant { open_id, .. }, _)) = exchange {
            Settled::unneeded(Outcome::TikTokFailed, open_id)
                .follow_up(call)
                .await;
        }
        let mut tx = call.read().await?;
        return completed(call, &mut *tx, intent, Outcome::TikTokFailed).await;
    };
    let settled = match exchange {
        Err(_) => Settled::so(Outcome::TikTokFailed),
        Ok((unneeded, identification)) => {
            let UnneededGrant { open_id, grant, .. } = unneeded;
            // One that isn't there any more was revoked meanwhile, by an unlink of its account.
            let is_there = tx.has_unneeded_grant(&grant.id()).await?;
            match identification {
                Identification::Proven(proof) if is_there => {
                    tx.delete_unneeded_grant(&grant.id()).await?;
                    let settled = decide(call, &mut *tx, &stored, proof, grant.clone()).await?;
                    stored.grant = settled.waits.then(|| Sealable::Open(grant.clone()));
                    settled
                }
                Identification::Proven(_) | Identification::Failed(_) => {
                    Settled::unneeded(Outcome::TikTokFailed, open_id)
                }
                Identification::ScopeDenied => Settled::unneeded(Outcome::ScopeDenied, open_id),
            }
        }
    };
    let waiting = match exchange {
        Ok((_, Identification::Proven(proof))) if settled.waits => {
            stored.secret_hash = Some(call.draw_proof());
            Some(proof.clone())
        }
        Ok(_) | Err(_) => None,
    };
    stored
        .authorization
        .conclude(settled.outcome, waiting)
        .map_err(|_| Code::Internal)?;
    tx.put_authorization(&stored).await?;
    let completed = completed(call, &mut *tx, intent, settled.outcome).await?;
    repeat::commit(call, tx, &completed).await?;
    settled.follow_up(call).await;
    Ok(completed)
}

/// Settles without any use for a grant.
async fn refuse(
    call: &Call<'_>,
    tx: &mut dyn Transaction,
    outcome: Outcome,
    proof: &Proof,
    grant: Grant,
) -> Reply<Settled> {
    let open_id = &proof.open_id;
    grants::keep(tx, open_id, grant, call.now).await?;
    Ok(Settled::unneeded(outcome, open_id))
}

async fn decide(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    stored: &StoredAuthorization,
    proof: &Proof,
    grant: Grant,
) -> Reply<Settled> {
    let intent = stored.authorization.intent;
    match intent {
        Intent::SignUp | Intent::LogIn => {
            if let Some(link) = tx.link_by_open_id(&proof.open_id).await? {
                let account = link.account;
                renew(call, tx, link, proof, grant).await?;
                call.begin_session(tx, account).await?;
                call.note(tx, account, Event::LoggedInByTiktok).await?;
                return Ok(Settled::so(Outcome::LoggedIn));
            }
            if available(call.guest_availability(stored.region)).is_err() {
                return refuse(call, tx, Outcome::NotAvailable, proof, grant).await;
            }
            if intent == Intent::LogIn {
                return Ok(Settled::waiting(Outcome::ChooseAccount));
            }
            new_account(call, tx, stored.region, stored.language, proof, grant).await?;
            Ok(Settled::so(Outcome::SignedUp))
        }
        Intent::Link { account: owner, .. } => {
            let member = call
                .visitor(tx)
                .await?
                .filter(|member| member.account.id == owner);
            let Some(member) = member else {
                return Ok(Settled::waiting(Outcome::SessionEnded));
            };
            match privilege(member.session.times.status(call.now)) {
                Privilege::Granted => link_for(call, tx, &member, &intent, proof, grant).await,
                Privilege::ConfirmFirst => Ok(Settled::waiting(Outcome::ConfirmNeeded)),
                Privilege::LogInFirst => Ok(Settled::waiting(Outcome::SessionEnded)),
            }
        }
        Intent::Confirm { account: owner } => {
            let member = call
                .visitor(tx)
                .await?
                .filter(|member| member.account.id == owner);
            let link = tx.link_by_open_id(&proof.open_id).await?;
            match (member, link) {
                (Some(member), Some(link)) if link.account == owner => {
                    renew(call, tx, link, proof, grant).await?;
                    let times = SessionTimes {
                        authenticated: call.now,
                        seen: call.now,
                        ..member.session.times
                    };
                    call.rotate(tx, owner, times).await?;
                    Ok(Settled::so(Outcome::Confirmed))
                }
                (Some(_) | None, _) => {
                    refuse(call, tx, Outcome::ConfirmedByAnother, proof, grant).await
                }
            }
        }
    }
}

/// Updates the profile and the grant of a link. The grant that it had waits for the unlink: to revoke
/// it now could end the new one as well.
async fn renew(
    call: &Call<'_>,
    tx: &mut dyn Transaction,
    link: Link,
    proof: &Proof,
    grant: Grant,
) -> Reply<()> {
    if let Some(before) = tx.grant_of_link(link.account).await? {
        grants::keep(tx, &link.open_id, before, call.now).await?;
    }
    if link.health.fault().is_some() {
        call.note(tx, link.account, Event::AuthorizedAgain).await?;
    }
    let renewed = Link {
        profile: proof.profile.clone(),
        union_id: proof.union_id.clone(),
        health: GrantHealth::granted(call.now, grant.refresh_expires),
        ..link
    };
    Ok(tx.update_link(&renewed, &grant).await?)
}

/// A link that was asked for from within the portal, with the draft that waits for it.
pub(super) async fn link_for(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    member: &Member,
    intent: &Intent,
    proof: &Proof,
    grant: Grant,
) -> Reply<Settled> {
    let account = &member.account;
    let (decision, outcome) = match link(call, tx, account, proof, grant.clone()).await? {
        Ok(linked) => linked,
        Err(LinkRefusal::AlreadyLinked) => {
            return refuse(call, tx, Outcome::AlreadyLinked, proof, grant).await;
        }
        Err(LinkRefusal::AccountHasLink) => {
            return refuse(call, tx, Outcome::AccountHasLink, proof, grant).await;
        }
    };
    match intent {
        Intent::Link {
            return_to: ReturnTo::Ad { draft },
            ..
        } => {
            if let Some(mut stored) = tx.draft(*draft).await?
                && stored.account == account.id
                // A draft that was finished meanwhile stays as it is.
                && stored.draft.choose_identity(&proof.open_id.0).is_ok()
            {
                stored.changed = call.now;
                tx.put_draft(&stored).await?;
            }
        }
        Intent::Link {
            return_to: ReturnTo::Profile,
            ..
        }
        | Intent::SignUp
        | Intent::LogIn
        | Intent::Confirm { .. } => {}
    }
    match decision {
        LinkDecision::Make => call.end_other_sessions(tx, member).await?,
        LinkDecision::Already => {}
    }
    Ok(Settled::so(outcome))
}

/// Makes a link if Invariant 1 allows it, or gives the one that there is the new grant. Both sides are
/// proven by those who call.
pub(super) async fn link(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    account: &Account,
    proof: &Proof,
    grant: Grant,
) -> Reply<Result<(LinkDecision, Outcome), LinkRefusal>> {
    let owner = tx.link_by_open_id(&proof.open_id).await?;
    let linked = tx.link_of_account(account.id).await?;
    let existing = ExistingLinks {
        owner: owner.as_ref().map(|link| link.account),
        linked: linked.map(|link| link.open_id),
    };
    let decision = domain::link::link(account.id, &proof.open_id, &existing);
    let outcome = match decision {
        Ok(LinkDecision::Make) => {
            // What was to come to this account doesn't any more (Invariant 1).
            transfer::stop(call, tx, account.id).await?;
            tx.insert_link(&made(call, account.id, proof, &grant), &grant)
                .await?;
            let news = News::Linked {
                tiktok: proof.profile.display_name.clone(),
            };
            call.tell(tx, account, news).await?;
            call.note(tx, account.id, Event::Linked).await?;
            Outcome::Linked
        }
        Ok(LinkDecision::Already) => {
            let was_lost = owner
                .as_ref()
                .is_some_and(|link| link.health.fault().is_some());
            if let Some(link) = owner {
                renew(call, tx, link, proof, grant).await?;
            }
            // Authorized again, it is linked in earnest.
            if was_lost {
                Outcome::Linked
            } else {
                Outcome::AlreadyYours
            }
        }
        Err(refusal) => return Ok(Err(refusal)),
    };
    Ok(decision.map(|decision| (decision, outcome)))
}

fn made(call: &Call<'_>, account: AccountId, proof: &Proof, grant: &Grant) -> Link {
    Link {
        account,
        open_id: proof.open_id.clone(),
        union_id: proof.union_id.clone(),
        profile: proof.profile.clone(),
        linked: call.now,
        health: GrantHealth::granted(call.now, grant.refresh_expires),
    }
}

/// A business account that is linked from the start, and its session (journeys J1 and J2).
pub(super) async fn new_account(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    region: Option<Country>,
    language: Language,
    proof: &Proof,
    grant: Grant,
) -> Reply<Account> {
    let account = Account {
        id: AccountId(secret::id(&*call.env.randomness)),
        email: None,
        password_hash: None,
        name: None,
        region,
        language,
        ads_account: AdsAccount::Missing,
        created: call.now,
        email_added: None,
    };
    tx.insert_account(&account).await?;
    tx.insert_link(&made(call, account.id, proof, &grant), &grant)
        .await?;
    call.begin_session(tx, account.id).await?;
    call.note(tx, account.id, Event::SignedUp).await?;
    Ok(account)
}

/// Uses up the proof that waits in an authorization, with its grant.
pub(super) fn spend(
    call: &Call<'_>,
    stored: &mut StoredAuthorization,
    browser: &BrowserId,
    outcome: Outcome,
) -> Reply<(Proof, Grant)> {
    if !call.holds_proof(stored) {
        return Err(Code::ProofMissing.into());
    }
    let proof = stored
        .authorization
        .spend(browser, call.now, outcome)
        .map_err(|refusal| match refusal {
            ProofRefusal::Missing
            | ProofRefusal::Expired
            | ProofRefusal::OtherBrowser
            | ProofRefusal::OtherIntent => Code::ProofMissing,
        })?;
    let grant = stored.take_grant()?.ok_or(Code::ProofMissing)?;
    Ok((proof, grant))
}
