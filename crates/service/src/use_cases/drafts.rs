//! Drafts of campaigns.

use crate::call::{Call, Member};
use crate::refusal::{Refusal, Reply};
use crate::repeat;
use crate::store::{Link, ListedDraft, Stored, StoredDraft, Transaction};
use contract::drafts::{
    CreateDraft, DeleteDraft, DraftList, DraftRow, DraftView, FinishDraft, GetDraft, Identity,
    ListDrafts, ReopenDraft, SaveDraft, Saved,
};
use contract::problem::Code;
use contract::view::Done;
use domain::ads_account::Business;
use domain::currency::Currency;
use domain::draft::{Draft, DraftRefusal, Summary, Surroundings};
use domain::id::{AccountId, DraftId, OpenId};
use domain::moment::offset;
use domain::money::amount;
use domain::time::Timestamp;

/// Drafts of one account at most: enough for anyone, too few to fill a disk.
const DRAFTS_MAX: u32 = 200;

pub(crate) async fn list_drafts(
    call: &mut Call<'_>,
    ListDrafts {}: ListDrafts,
) -> Reply<DraftList> {
    let (member, business) = advertiser(call, &mut *call.read().await?).await?;
    call.count_list(&member).await?;
    let mut tx = call.read().await?;
    let listed = tx.listed_drafts(member.account.id).await?;
    let link = tx.link_of_account(member.account.id).await?;
    let currency = business.currency;
    let drafts = listed.into_iter().map(|listed| in_list(listed, currency));
    Ok(DraftList {
        drafts: drafts.collect(),
        authorize_again: link.and_then(|link| link.health.fault()),
        currency,
        time_zone: business.time_zone,
    })
}

fn in_list(listed: ListedDraft, currency: Currency) -> DraftRow {
    let ListedDraft {
        id,
        summary,
        changed,
    } = listed;
    let Summary {
        name,
        stage,
        objective,
        budget,
        budget_language,
        budget_mode,
        location,
        schedule_start,
        schedule_end,
        has_identity,
        untouched,
        version,
    } = summary;
    DraftRow {
        id,
        name,
        stage,
        changed,
        objective,
        budget: amount(&budget, currency, budget_language).ok(),
        budget_mode,
        location,
        schedule_start,
        schedule_end,
        has_identity,
        untouched,
        version,
    }
}

pub(crate) async fn create_draft(call: &mut Call<'_>, request: CreateDraft) -> Reply<DraftView> {
    let mut tx = call.write().await?;
    let (member, business) = author(call, &mut *tx).await?;
    let stored = match tx.draft(request.id).await? {
        Some(stored) if stored.account == member.account.id => stored,
        Some(_) => return Err(Code::NotFound.into()),
        None => {
            if tx.draft_count(member.account.id).await? >= DRAFTS_MAX {
                return Err(Code::TooManyRequests.into());
            }
            let draft = match request.copy_of {
                Some(original) => own(&mut *tx, &member, original).await?.draft.copied(),
                None => Draft::begun(&member.account.ads_account),
            };
            let stored = StoredDraft {
                id: request.id,
                account: member.account.id,
                draft,
                changed: call.now,
            };
            tx.put_draft(&stored).await?;
            stored
        }
    };
    let view = view(call, &mut *tx, &member, &business, stored).await?;
    tx.commit().await?;
    Ok(view)
}

pub(crate) async fn get_draft(call: &mut Call<'_>, request: GetDraft) -> Reply<DraftView> {
    let mut tx = call.read().await?;
    let (member, business) = advertiser(call, &mut *tx).await?;
    let stored = own(&mut *tx, &member, request.id).await?;
    view(call, &mut *tx, &member, &business, stored).await
}

pub(crate) async fn save_draft(call: &mut Call<'_>, request: SaveDraft) -> Reply<Saved> {
    let mut tx = call.write().await?;
    let (member, _) = author(call, &mut *tx).await?;
    let mut stored = own(&mut *tx, &member, request.id).await?;
    stored
        .draft
        .save(request.contents, request.step, request.version)
        .map_err(refusal)?;
    stored.changed = call.now;
    tx.put_draft(&stored).await?;
    let saved = Saved {
        version: stored.draft.version,
        changed: stored.changed,
    };
    repeat::commit(call, tx, &saved).await?;
    Ok(saved)
}

pub(crate) async fn finish_draft(call: &mut Call<'_>, request: FinishDraft) -> Reply<DraftView> {
    let mut tx = call.write().await?;
    let (member, business) = author(call, &mut *tx).await?;
    let mut stored = own(&mut *tx, &member, request.id).await?;
    let link = tx.link_of_account(member.account.id).await?;
    let surroundings = Surroundings {
        currency: business.currency,
        identity: link.as_ref().map(|link| link.open_id.0.as_str()),
        now: call.now,
        time_zone: &business.time_zone,
        offset,
    };
    stored
        .draft
        .finish(request.version, surroundings)
        .map_err(refusal)?;
    stored.changed = call.now;
    tx.put_draft(&stored).await?;
    let view = view(call, &mut *tx, &member, &business, stored).await?;
    repeat::commit(call, tx, &view).await?;
    Ok(view)
}

pub(crate) async fn reopen_draft(call: &mut Call<'_>, request: ReopenDraft) -> Reply<DraftView> {
    let mut tx = call.write().await?;
    let (member, business) = author(call, &mut *tx).await?;
    let mut stored = own(&mut *tx, &member, request.id).await?;
    stored.draft.reopen(request.version).map_err(refusal)?;
    stored.changed = call.now;
    tx.put_draft(&stored).await?;
    let view = view(call, &mut *tx, &member, &business, stored).await?;
    repeat::commit(call, tx, &view).await?;
    Ok(view)
}

pub(crate) async fn delete_draft(call: &mut Call<'_>, request: DeleteDraft) -> Reply<Done> {
    let mut tx = call.write().await?;
    let (member, _) = author(call, &mut *tx).await?;
    let mine = tx.draft(request.id).await?;
    if mine.is_some_and(|stored| stored.account == member.account.id) {
        tx.delete_draft(request.id).await?;
        tx.commit().await?;
    }
    Ok(Done {})
}

/// A member with an Ads Manager account.
async fn advertiser(call: &Call<'_>, tx: &mut dyn Transaction) -> Reply<(Member, Business)> {
    let member = call.member(tx).await?;
    let business = member
        .account
        .ads_account
        .business()
        .cloned()
        .ok_or(Code::AdsAccountMissing)?;
    Ok((member, business))
}

/// The same, who changes drafts: counted with the change, in its transaction.
async fn author(call: &Call<'_>, tx: &mut dyn Transaction) -> Reply<(Member, Business)> {
    let (member, business) = advertiser(call, tx).await?;
    call.count_save(tx, &member).await?;
    Ok((member, business))
}

/// A draft of this member's; another's isn't there for them.
async fn own(tx: &mut dyn Transaction, member: &Member, id: DraftId) -> Reply<StoredDraft> {
    let stored = tx.draft(id).await?;
    stored
        .filter(|stored| stored.account == member.account.id)
        .ok_or_else(|| Code::NotFound.into())
}

async fn view(
    call: &Call<'_>,
    tx: &mut dyn Transaction,
    member: &Member,
    business: &Business,
    stored: StoredDraft,
) -> Reply<DraftView> {
    let link = tx.link_of_account(member.account.id).await?;
    Ok(DraftView {
        id: stored.id,
        draft: stored.draft,
        currency: business.currency,
        time_zone: business.time_zone.clone(),
        identity: link.map(identity),
        availability: call.availability(&member.account),
    })
}

/// The identity that a link gives. Until the Business API is asked for identities, the TikTok
/// account's own id names it.
fn identity(link: Link) -> Identity {
    Identity {
        identity_id: link.open_id.0,
        profile: link.profile,
    }
}

fn refusal(refusal: DraftRefusal) -> Refusal {
    match refusal {
        DraftRefusal::Changed => Code::DraftChanged.into(),
        DraftRefusal::Finished => Code::DraftFinished.into(),
        DraftRefusal::Faults(faults) => faults.into(),
    }
}

/// Takes the identity of a TikTok account that an account has no more out of its drafts.
pub(crate) async fn drop_identity(
    tx: &mut dyn Transaction,
    account: AccountId,
    open_id: &OpenId,
    now: Timestamp,
) -> Stored<()> {
    for mut stored in tx.drafts(account).await? {
        let version = stored.draft.version;
        stored.draft.drop_identity(&open_id.0);
        if stored.draft.version != version {
            stored.changed = now;
            tx.put_draft(&stored).await?;
        }
    }
    Ok(())
}
