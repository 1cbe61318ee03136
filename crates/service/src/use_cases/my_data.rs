//! What is kept of an account, for its owner to have, and the account's end.

use super::{sessions, transfer};
use crate::call::{Call, Member};
use crate::letter::News;
use crate::refusal::Reply;
use crate::repeat;
use crate::store::{AccountHash, Grant, Passkey, StoreError, Transaction};
use contract::my_data::{
    DataPart, DeleteAccount, GetMyData, KeepAccount, MyAccount, MyData, MyDraft, MyFormerEmail,
    MyPasskey, MyTikTok,
};
use contract::session::ActivityPlace;
use contract::view::Done;
use domain::activity::{Event, KEPT, LISTED};
use domain::deletion;
use domain::email::Email;
use domain::id::DraftId;
use domain::limit;
use domain::time::minutes;
use login_kit::parse_scopes;

/// Drafts of one part: each takes 8 kB at most.
const DRAFTS: usize = 20;
/// Entries of the security activity of one part.
const ACTIVITY: u32 = 500;

pub(crate) async fn get_my_data(
    call: &mut Call<'_>,
    GetMyData { part }: GetMyData,
) -> Reply<MyData> {
    let member = call.fresh_member(&mut *call.read().await?).await?;
    call.count_list(&member).await?;
    match part {
        DataPart::Account
        | DataPart::Drafts { after: None }
        | DataPart::Activity { after: None } => note_download(call, &member).await?,
        DataPart::Drafts { after: Some(_) } | DataPart::Activity { after: Some(_) } => {}
    }
    match part {
        DataPart::Account => account(call, member).await,
        DataPart::Drafts { after } => drafts(&mut *call.read().await?, &member, after).await,
        DataPart::Activity { after } => activity(call, &member, after).await,
    }
}

/// Once for all that is asked for within ten minutes, so that it pushes nothing else out of sight.
async fn note_download(call: &mut Call<'_>, member: &Member) -> Reply<()> {
    const TOGETHER: u64 = 10;
    let mut tx = call.write().await?;
    let account = AccountHash::of(member.account.id);
    let since = call.now.minus(minutes(TOGETHER));
    let newest = tx.activity_of(&account, since, None, LISTED).await?;
    let is_noted = newest.iter().any(|it| it.event == Event::DataDownloaded);
    if !is_noted {
        let id = member.account.id;
        call.note(&mut *tx, id, Event::DataDownloaded).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn account(call: &Call<'_>, member: Member) -> Reply<MyData> {
    let mut tx = call.read().await?;
    let id = member.account.id;
    let link = tx.link_of_account(id).await?;
    // Where no key opens it, nobody knows what was granted.
    let grant = match tx.grant_of_link(id).await {
        Err(StoreError::Unreadable(_)) => None,
        read => read?,
    };
    let former = tx.former_emails_of(id).await?.into_iter();
    let passkeys = tx.passkeys_of(id).await?;
    let all = tx.sessions_of(id).await?;
    let deletion = tx.deletion_of(id).await?;
    let transfer = transfer::pending(&mut *tx, id).await?;
    let account = &member.account;
    let account = MyAccount {
        id,
        created: account.created,
        email: account.email.as_ref().map(Email::shown),
        email_added: account.email_added,
        has_password: account.password_hash.is_some(),
        former_emails: former
            .map(|former| MyFormerEmail {
                email: former.email.shown(),
                replaced: former.replaced,
            })
            .collect(),
        name: account.name.clone(),
        region: account.region,
        language: account.language,
        ads_account: account.ads_account.clone(),
        tiktok: link.map(|link| MyTikTok {
            open_id: link.open_id.0,
            union_id: link.union_id,
            profile: link.profile,
            linked: link.linked,
            scopes: grant.as_ref().map(scopes).unwrap_or_default(),
            authorize_again: link.health.fault(),
        }),
        passkeys: passkeys.into_iter().map(passkey).collect(),
        transfer,
        sessions: sessions::listed(call, &member, all),
        deletion,
    };
    Ok(MyData {
        account: Some(account),
        drafts: Vec::new(),
        activity: Vec::new(),
        next: Some(DataPart::Drafts { after: None }),
    })
}

/// The names of what was granted.
fn scopes(grant: &Grant) -> Vec<String> {
    let scopes = parse_scopes(&grant.scopes);
    scopes.iter().map(|it| it.as_str().to_owned()).collect()
}

async fn drafts(
    tx: &mut dyn Transaction,
    member: &Member,
    after: Option<DraftId>,
) -> Reply<MyData> {
    let mut all = tx.drafts(member.account.id).await?;
    // One that is changed meanwhile keeps its place.
    all.sort_by_key(|stored| stored.id);
    let mut rest = all
        .into_iter()
        .filter(|stored| Some(stored.id) > after)
        .map(|stored| MyDraft {
            id: stored.id,
            changed: stored.changed,
            draft: stored.draft,
        });
    let drafts: Vec<_> = rest.by_ref().take(DRAFTS).collect();
    let after = drafts.last().map(|draft| draft.id);
    let next = match rest.next() {
        Some(_) => DataPart::Drafts { after },
        None => DataPart::Activity { after: None },
    };
    Ok(MyData {
        account: None,
        drafts,
        activity: Vec::new(),
        next: Some(next),
    })
}

async fn activity(call: &Call<'_>, member: &Member, after: Option<ActivityPlace>) -> Reply<MyData> {
    let mut tx = call.read().await?;
    let account = AccountHash::of(member.account.id);
    let since = call.now.minus(KEPT);
    let after = after.map(|after| (after.at, after.id));
    let page = tx.activity_of(&account, since, after, ACTIVITY).await?;
    let last = page.last().map(sessions::place);
    Ok(MyData {
        account: None,
        drafts: Vec::new(),
        activity: page.iter().map(sessions::listed_activity).collect(),
        next: last.map(|last| DataPart::Activity { after: Some(last) }),
    })
}

fn passkey(passkey: Passkey) -> MyPasskey {
    let Passkey {
        id,
        account: _,
        name,
        algorithm,
        public_key,
        counter,
        backup_eligible,
        backed_up,
        created,
        used,
    } = passkey;
    MyPasskey {
        id,
        name,
        created,
        used,
        backup_eligible,
        backed_up,
        counter,
        algorithm,
        public_key,
    }
}

pub(crate) async fn delete_account(
    call: &mut Call<'_>,
    DeleteAccount {}: DeleteAccount,
) -> Reply<Done> {
    let mut tx = call.write().await?;
    let member = call.fresh_member(&mut *tx).await?;
    let id = member.account.id;
    if tx.deletion_of(id).await?.is_none() {
        call.count_by_account(&mut *tx, limit::DELETION_BY_ACCOUNT, id)
            .await?;
        tx.put_deletion(id, deletion::due(call.now)).await?;
        call.note(&mut *tx, id, Event::DeletionAsked).await?;
        call.tell(&mut *tx, &member.account, News::DeletionAsked)
            .await?;
    }
    call.end_other_sessions(&mut *tx, &member).await?;
    repeat::commit(call, tx, &Done {}).await?;
    Ok(Done {})
}

/// It asks for no fresh session: it takes nothing away, and whoever finds that somebody else asked for the
/// deletion is to stop it at once.
pub(crate) async fn keep_account(call: &mut Call<'_>, KeepAccount {}: KeepAccount) -> Reply<Done> {
    let mut tx = call.write().await?;
    let member = call.member(&mut *tx).await?;
    call.count_save(&mut *tx, &member).await?;
    let id = member.account.id;
    if tx.deletion_of(id).await?.is_some() {
        tx.drop_deletion(id).await?;
        call.note(&mut *tx, id, Event::DeletionStopped).await?;
        call.tell(&mut *tx, &member.account, News::DeletionStopped)
            .await?;
    }
    repeat::commit(call, tx, &Done {}).await?;
    Ok(Done {})
}
