//! What comes of a proof: the one place where links are made and TikTok logs in.

use crate::call::{Call, available};
use crate::env::{Letter, News};
use crate::refusal::Reply;
use crate::secret;
use crate::store::{Account, Grant, Link, StoredAuthorization, Transaction};
use crate::tiktok::{self, Exchange, Unneeded};
use contract::problem::Code;
use domain::ads_account::AdsAccount;
use domain::authorization::{Intent, Outcome, Phase, Proof, ProofRefusal, ReturnTo};
use domain::id::{AccountId, AuthorizationId, BrowserId};
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
    pub(super) letter: Option<Letter>,
    unneeded: Option<Unneeded>,
}

impl Settled {
    fn so(outcome: Outcome) -> Self {
        Self {
            outcome,
            waits: false,
            letter: None,
            unneeded: None,
        }
    }

    fn waiting(outcome: Outcome) -> Self {
        Self {
            waits: true,
            ..Self::so(outcome)
        }
    }

    fn refused(outcome: Outcome, proof: &Proof, grant: Grant) -> Self {
        let open_id = proof.open_id.clone();
        Self {
            unneeded: Some(Unneeded { open_id, grant }),
            ..Self::so(outcome)
        }
    }

    /// What happens once it is committed: a letter goes out, a grant is revoked.
    pub(super) async fn follow_up(&self, call: &Call<'_>) {
        if let Some(letter) = &self.letter {
            call.env.mail.send(letter.clone()).await;
        }
        if let Some(unneeded) = &self.unneeded {
            revoke_unneeded(call, unneeded).await;
        }
    }
}

/// Settles an authorization whose code was exchanged.
pub(super) async fn settle(
    call: &mut Call<'_>,
    id: AuthorizationId,
    exchange: Exchange,
) -> Reply<Outcome> {
    if let Exchange::Failed(cause) = &exchange {
        call.cause = Some(cause.clone());
    }
    for _ in 1..TRIES {
        match settle_once(call, id, &exchange).await {
            Err(refusal) if refusal.conflict => {}
            settled => return settled,
        }
    }
    settle_once(call, id, &exchange).await
}

async fn settle_once(
    call: &mut Call<'_>,
    id: AuthorizationId,
    exchange: &Exchange,
) -> Reply<Outcome> {
    let mut tx = call.write().await?;
    let stored = tx.authorization(id).await?;
    let is_awaited = |stored: &StoredAuthorization| match stored.authorization.phase {
        Phase::Exchanging { .. } => true,
        Phase::Pending | Phase::Proved { .. } | Phase::Ended { .. } => false,
    };
    let Some(mut stored) = stored.filter(is_awaited) else {
        // It took so long that it was given up meanwhile: nothing may come of it any more.
        drop(tx);
        let unneeded = match exchange {
            Exchange::Proven(proof, grant) => Some(Unneeded {
                open_id: proof.open_id.clone(),
                grant: grant.clone(),
            }),
            Exchange::ScopeDenied(unneeded) => Some(unneeded.clone()),
            Exchange::Failed(_) => None,
        };
        if let Some(unneeded) = unneeded {
            revoke_unneeded(call, &unneeded).await;
        }
        return Ok(Outcome::TikTokFailed);
    };
    let settled = match exchange {
        Exchange::Failed(_) => Settled::so(Outcome::TikTokFailed),
        Exchange::ScopeDenied(unneeded) => Settled {
            unneeded: Some(unneeded.clone()),
            ..Settled::so(Outcome::ScopeDenied)
        },
        Exchange::Proven(proof, grant) => {
            let settled = decide(call, &mut *tx, &stored, proof, grant.clone()).await?;
            stored.grant = settled.waits.then(|| grant.clone());
            settled
        }
    };
    let waiting = match exchange {
        Exchange::Proven(proof, _) if settled.waits => Some(proof.clone()),
        Exchange::Proven(..) | Exchange::Failed(_) | Exchange::ScopeDenied(_) => None,
    };
    stored
        .authorization
        .conclude(settled.outcome, waiting)
        .map_err(|_| Code::Internal)?;
    tx.put_authorization(&stored).await?;
    tx.commit().await?;
    settled.follow_up(call).await;
    Ok(settled.outcome)
}

/// Revokes a grant that nobody keeps, unless the TikTok account is linked: a provider may end all
/// grants of a user and an app by it, and so the link's own. Best effort: such a grant is only
/// untidy.
async fn revoke_unneeded(call: &Call<'_>, Unneeded { open_id, grant }: &Unneeded) {
    let Ok(mut tx) = call.read().await else {
        return;
    };
    let link = tx.link_by_open_id(open_id).await;
    drop(tx);
    if matches!(link, Ok(None)) {
        let _ = tiktok::revoke(call.env, grant).await;
    }
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
                renew(tx, link, proof, grant).await?;
                call.begin_session(tx, account).await?;
                return Ok(Settled::so(Outcome::LoggedIn));
            }
            if available(call.guest_availability(stored.region)).is_err() {
                return Ok(Settled::refused(Outcome::NotAvailable, proof, grant));
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
                Privilege::Granted => {
                    link_for(call, tx, &member.account, &intent, proof, grant).await
                }
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
                    renew(tx, link, proof, grant).await?;
                    let times = SessionTimes {
                        authenticated: call.now,
                        seen: call.now,
                        ..member.session.times
                    };
                    call.rotate(tx, owner, times).await?;
                    Ok(Settled::so(Outcome::Confirmed))
                }
                (Some(_) | None, _) => {
                    Ok(Settled::refused(Outcome::ConfirmedByAnother, proof, grant))
                }
            }
        }
    }
}

/// Updates the profile and the grant of a link.
async fn renew(tx: &mut dyn Transaction, link: Link, proof: &Proof, grant: Grant) -> Reply<()> {
    let renewed = Link {
        profile: proof.profile.clone(),
        union_id: proof.union_id.clone(),
        grant,
        ..link
    };
    Ok(tx.update_link(&renewed).await?)
}

/// A link that was asked for from within the portal, with the draft that waits for it.
pub(super) async fn link_for(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    account: &Account,
    intent: &Intent,
    proof: &Proof,
    grant: Grant,
) -> Reply<Settled> {
    let settled = match link(call, tx, account, proof, grant.clone()).await? {
        Ok(settled) => settled,
        Err(LinkRefusal::AlreadyLinked) => {
            return Ok(Settled::refused(Outcome::AlreadyLinked, proof, grant));
        }
        Err(LinkRefusal::AccountHasLink) => {
            return Ok(Settled::refused(Outcome::AccountHasLink, proof, grant));
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
    Ok(settled)
}

/// Makes a link if Invariant 1 allows it. Both sides are proven by those who call.
pub(super) async fn link(
    call: &Call<'_>,
    tx: &mut dyn Transaction,
    account: &Account,
    proof: &Proof,
    grant: Grant,
) -> Reply<Result<Settled, LinkRefusal>> {
    let owner = tx.link_by_open_id(&proof.open_id).await?;
    let linked = tx.link_of_account(account.id).await?;
    let existing = ExistingLinks {
        owner: owner.as_ref().map(|link| link.account),
        linked: linked.map(|link| link.open_id),
    };
    Ok(
        match domain::link::link(account.id, &proof.open_id, &existing) {
            Ok(LinkDecision::Make) => {
                tx.insert_link(&made(call, account.id, proof, grant))
                    .await?;
                let letter = account.email.clone().map(|to| Letter {
                    to,
                    language: account.language,
                    news: News::Linked {
                        tiktok: proof.profile.display_name.clone(),
                    },
                });
                Ok(Settled {
                    letter,
                    ..Settled::so(Outcome::Linked)
                })
            }
            Ok(LinkDecision::Already) => {
                if let Some(link) = owner {
                    renew(tx, link, proof, grant).await?;
                }
                Ok(Settled::so(Outcome::AlreadyYours))
            }
            Err(refusal) => Err(refusal),
        },
    )
}

fn made(call: &Call<'_>, account: AccountId, proof: &Proof, grant: Grant) -> Link {
    Link {
        account,
        open_id: proof.open_id.clone(),
        union_id: proof.union_id.clone(),
        profile: proof.profile.clone(),
        grant,
        linked: call.now,
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
    };
    tx.insert_account(&account).await?;
    tx.insert_link(&made(call, account.id, proof, grant))
        .await?;
    call.begin_session(tx, account.id).await?;
    Ok(account)
}

/// Uses up the proof that waits in an authorization, with its grant.
pub(super) fn spend(
    call: &Call<'_>,
    stored: &mut StoredAuthorization,
    browser: &BrowserId,
    outcome: Outcome,
) -> Reply<(Proof, Grant)> {
    let proof = stored
        .authorization
        .spend(browser, call.now, outcome)
        .map_err(|refusal| match refusal {
            ProofRefusal::Missing
            | ProofRefusal::Expired
            | ProofRefusal::OtherBrowser
            | ProofRefusal::OtherIntent => Code::ProofMissing,
        })?;
    let grant = stored.grant.take().ok_or(Code::ProofMissing)?;
    Ok((proof, grant))
}
