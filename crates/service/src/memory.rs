//! A store in memory: for tests, and for the portal that runs in a browser tab.

mod rows;

use crate::store::{
    Account, AccountHash, Activity, Grant, KEYED_MAX, KeyedRequest, LetterState, Link, ListedDraft,
    Mode, Passkey, Session, Store, StoreError, Stored, StoredAuthorization, StoredDraft,
    StoredLetter, Sweep, Transaction, UnneededGrant, Visit, former_email_id,
};
use async_lock::{Mutex, MutexGuardArc};
use async_trait::async_trait;
use domain::authorization::Phase;
use domain::email::Email;
use domain::former_email::FormerEmail;
use domain::grant::GrantHealth;
use domain::id::{AccountId, ActivityId, AuthorizationId, BrowserId, DraftId, LetterId, OpenId};
use domain::limit::Count;
use domain::passkey::Ceremony;
use domain::sign_up::SignUp;
use domain::time::Timestamp;
use domain::transfer::Transfer;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All that is stored. It can be written as rows and read from them again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    accounts: BTreeMap<AccountId, Account>,
    /// When accounts are deleted whose owners asked for it.
    deletions: BTreeMap<AccountId, Timestamp>,
    former_emails: BTreeMap<String, FormerEmail>,
    activity: BTreeMap<ActivityId, Activity>,
    passkeys: BTreeMap<String, Passkey>,
    ceremonies: BTreeMap<BrowserId, Ceremony>,
    links: BTreeMap<AccountId, (Link, Grant)>,
    /// By the account that has the link.
    transfers: BTreeMap<AccountId, Transfer>,
    sessions: BTreeMap<String, Session>,
    authorizations: BTreeMap<AuthorizationId, StoredAuthorization>,
    /// The authorization that each browser began last.
    last: BTreeMap<BrowserId, AuthorizationId>,
    sign_ups: BTreeMap<BrowserId, (SignUp, Timestamp)>,
    drafts: BTreeMap<DraftId, StoredDraft>,
    counts: BTreeMap<String, Count>,
    keyed_requests: BTreeMap<String, KeyedRequest>,
    unneeded_grants: BTreeMap<String, UnneededGrant>,
    letters: BTreeMap<LetterId, StoredLetter>,
}

#[derive(Clone, Default)]
pub struct MemoryStore {
    world: Arc<Mutex<Arc<World>>>,
}

impl MemoryStore {
    /// A store that holds `world`.
    pub fn new(world: World) -> Self {
        Self {
            world: Arc::new(Mutex::new(Arc::new(world))),
        }
    }

    /// What it holds now.
    pub async fn export(&self) -> Arc<World> {
        self.world.lock().await.clone()
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn begin(&self, mode: Mode) -> Stored<Box<dyn Transaction>> {
        let guard = self.world.lock_arc().await;
        let work = Some(Arc::clone(&guard));
        let guard = match mode {
            Mode::Read => None,
            Mode::Write => Some(guard),
        };
        Ok(Box::new(MemoryTransaction { guard, work }))
    }

    async fn session(&self, token_hash: &str) -> Stored<Option<Session>> {
        Ok(self.export().await.sessions.get(token_hash).cloned())
    }

    async fn visit(&self, token_hash: &str) -> Stored<Option<Visit>> {
        let world = self.export().await;
        let session = world.sessions.get(token_hash);
        let account = session.and_then(|session| world.accounts.get(&session.account));
        Ok(session.zip(account).map(|(session, account)| Visit {
            session: session.clone(),
            account: account.clone(),
            link: world.links.get(&account.id).map(|(link, _)| link.clone()),
            deletion: world.deletions.get(&account.id).copied(),
        }))
    }
}

/// A reader keeps the world as it was; a writer keeps the lock, and works on a copy that is made
/// when it first writes.
struct MemoryTransaction {
    guard: Option<MutexGuardArc<Arc<World>>>,
    /// Nothing once a unique rule would have been broken: that ends the transaction.
    work: Option<Arc<World>>,
}

impl MemoryTransaction {
    fn world(&self) -> Stored<&World> {
        self.work.as_deref().ok_or_else(ended)
    }

    fn write(&mut self) -> Stored<&mut World> {
        if self.guard.is_none() {
            return Err(StoreError::Failed(
                "a reading transaction writes".to_owned(),
            ));
        }
        self.work.as_mut().map(Arc::make_mut).ok_or_else(ended)
    }

    fn conflict(&mut self) -> StoreError {
        self.work = None;
        StoreError::Conflict
    }
}

fn ended() -> StoreError {
    StoreError::Failed("the transaction has ended: a statement of it failed".to_owned())
}

fn email_is_taken(world: &World, account: &Account) -> bool {
    account.email.is_some()
        && world
            .accounts
            .values()
            .any(|other| other.id != account.id && other.email == account.email)
}

fn is_held(world: &World, open_id: &OpenId) -> bool {
    let mut links = world.links.values();
    let mut authorizations = world.authorizations.values();
    links.any(|(link, _)| link.open_id == *open_id)
        || authorizations.any(|stored| stored.waits().is_some_and(|(held, _)| held == open_id))
}

#[async_trait]
impl Transaction for MemoryTransaction {
    async fn commit(mut self: Box<Self>) -> Stored<()> {
        let work = self.work.ok_or_else(ended)?;
        if let Some(guard) = &mut self.guard {
            **guard = work;
        }
        Ok(())
    }

    async fn account(&mut self, id: AccountId) -> Stored<Option<Account>> {
        Ok(self.world()?.accounts.get(&id).cloned())
    }

    async fn account_by_email(&mut self, email: &Email) -> Stored<Option<Account>> {
        let accounts = &mut self.world()?.accounts.values();
        Ok(accounts
            .find(|account| account.email.as_ref() == Some(email))
            .cloned())
    }

    async fn insert_account(&mut self, account: &Account) -> Stored<()> {
        let world = self.write()?;
        if world.accounts.contains_key(&account.id) || email_is_taken(world, account) {
            return Err(self.conflict());
        }
        world.accounts.insert(account.id, account.clone());
        Ok(())
    }

    async fn update_account(&mut self, account: &Account) -> Stored<()> {
        let world = self.write()?;
        if email_is_taken(world, account) {
            return Err(self.conflict());
        }
        if let Some(kept) = world.accounts.get_mut(&account.id) {
            kept.clone_from(account);
        }
        Ok(())
    }

    async fn delete_account(&mut self, id: AccountId) -> Stored<()> {
        let world = self.write()?;
        world.deletions.remove(&id);
        world.former_emails.retain(|_, it| it.account != id);
        world.links.remove(&id);
        world.transfers.retain(|_, it| it.from != id && it.to != id);
        world.passkeys.retain(|_, it| it.account != id);
        world
            .ceremonies
            .retain(|_, it| it.purpose.account() != Some(id));
        world.sessions.retain(|_, it| it.account != id);
        world.drafts.retain(|_, it| it.account != id);
        world.accounts.remove(&id);
        Ok(())
    }

    async fn deletion_of(&mut self, account: AccountId) -> Stored<Option<Timestamp>> {
        Ok(self.world()?.deletions.get(&account).copied())
    }

    async fn put_deletion(&mut self, account: AccountId, due: Timestamp) -> Stored<()> {
        self.write()?.deletions.insert(account, due);
        Ok(())
    }

    async fn drop_deletion(&mut self, account: AccountId) -> Stored<()> {
        self.write()?.deletions.remove(&account);
        Ok(())
    }

    async fn due_deletions(&mut self, now: Timestamp, most: u32) -> Stored<Vec<AccountId>> {
        let all = self.world()?.deletions.iter();
        let mut due: Vec<_> = all.filter(|(_, due)| **due <= now).collect();
        due.sort_by_key(|(account, due)| (**due, **account));
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let due = due.into_iter().take(most);
        Ok(due.map(|(account, _)| *account).collect())
    }

    async fn transfer_of(&mut self, account: AccountId) -> Stored<Option<Transfer>> {
        let mut all = self.world()?.transfers.values();
        Ok(all
            .find(|it| it.from == account || it.to == account)
            .cloned())
    }

    async fn insert_transfer(&mut self, transfer: &Transfer) -> Stored<()> {
        let world = self.write()?;
        let mut all = world.transfers.values();
        if all.any(|it| it.from == transfer.from || it.to == transfer.to) {
            return Err(self.conflict());
        }
        world.transfers.insert(transfer.from, transfer.clone());
        Ok(())
    }

    async fn delete_transfer_of(&mut self, account: AccountId) -> Stored<()> {
        let transfers = &mut self.write()?.transfers;
        transfers.retain(|_, it| it.from != account && it.to != account);
        Ok(())
    }

    async fn due_transfers(&mut self, now: Timestamp, most: u32) -> Stored<Vec<AccountId>> {
        let all = self.world()?.transfers.values();
        let mut due: Vec<_> = all.filter(|it| it.due <= now).collect();
        due.sort_by_key(|it| (it.due, it.from));
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Ok(due.into_iter().take(most).map(|it| it.from).collect())
    }

    async fn former_email(&mut self, email: &Email) -> Stored<Option<FormerEmail>> {
        let id = former_email_id(email);
        Ok(self.world()?.former_emails.get(&id).cloned())
    }

    async fn last_former_email(&mut self, account: AccountId) -> Stored<Option<FormerEmail>> {
        let all = self.world()?.former_emails.values();
        let own = all.filter(|former| former.account == account);
        Ok(own.max_by_key(|former| former.replaced).cloned())
    }

    async fn former_emails_of(&mut self, account: AccountId) -> Stored<Vec<FormerEmail>> {
        let all = self.world()?.former_emails.values();
        let mut own: Vec<_> = all.filter(|it| it.account == account).cloned().collect();
        own.sort_by_key(|it| core::cmp::Reverse(it.replaced));
        Ok(own)
    }

    async fn put_former_email(&mut self, former: &FormerEmail) -> Stored<()> {
        let former_emails = &mut self.write()?.former_emails;
        former_emails.insert(former_email_id(&former.email), former.clone());
        Ok(())
    }

    async fn delete_former_emails(&mut self, account: AccountId, since: Timestamp) -> Stored<()> {
        let former_emails = &mut self.write()?.former_emails;
        former_emails.retain(|_, former| former.account != account || former.replaced < since);
        Ok(())
    }

    async fn link_of_account(&mut self, account: AccountId) -> Stored<Option<Link>> {
        let found = self.world()?.links.get(&account);
        Ok(found.map(|(link, _)| link.clone()))
    }

    async fn link_by_open_id(&mut self, open_id: &OpenId) -> Stored<Option<Link>> {
        let mut links = self.world()?.links.values();
        let found = links.find(|(link, _)| link.open_id == *open_id);
        Ok(found.map(|(link, _)| link.clone()))
    }

    async fn grant_of_link(&mut self, account: AccountId) -> Stored<Option<Grant>> {
        let found = self.world()?.links.get(&account);
        Ok(found.map(|(_, grant)| grant.clone()))
    }

    async fn insert_link(&mut self, link: &Link, grant: &Grant) -> Stored<()> {
        let world = self.write()?;
        let taken = world.links.contains_key(&link.account)
            || world
                .links
                .values()
                .any(|(other, _)| other.open_id == link.open_id);
        if taken {
            return Err(self.conflict());
        }
        let granted = (link.clone(), grant.clone());
        world.links.insert(link.account, granted);
        Ok(())
    }

    async fn update_link(&mut self, link: &Link, grant: &Grant) -> Stored<()> {
        if let Some(kept) = self.write()?.links.get_mut(&link.account) {
            *kept = (link.clone(), grant.clone());
        }
        Ok(())
    }

    async fn set_grant_health(&mut self, account: AccountId, health: GrantHealth) -> Stored<()> {
        if let Some((link, _)) = self.write()?.links.get_mut(&account) {
            link.health = health;
        }
        Ok(())
    }

    async fn due_grants(&mut self, now: Timestamp, most: u32) -> Stored<Vec<AccountId>> {
        let links = self.world()?.links.values();
        let due = links.filter_map(|(link, _)| match link.health {
            GrantHealth::Good { due } => (due <= now).then_some((due, link.account)),
            GrantHealth::Lost(_) => None,
        });
        let mut due: Vec<_> = due.collect();
        due.sort();
        due.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(due.into_iter().map(|(_, account)| account).collect())
    }

    async fn delete_link(&mut self, account: AccountId) -> Stored<()> {
        self.write()?.links.remove(&account);
        Ok(())
    }

    async fn session(&mut self, token_hash: &str) -> Stored<Option<Session>> {
        Ok(self.world()?.sessions.get(token_hash).cloned())
    }

    async fn put_session(&mut self, session: &Session) -> Stored<()> {
        self.write()?
            .sessions
            .insert(session.token_hash.clone(), session.clone());
        Ok(())
    }

    async fn delete_session(&mut self, token_hash: &str) -> Stored<()> {
        self.write()?.sessions.remove(token_hash);
        Ok(())
    }

    async fn sessions_of(&mut self, account: AccountId) -> Stored<Vec<Session>> {
        let all = self.world()?.sessions.values();
        Ok(all.filter(|it| it.account == account).cloned().collect())
    }

    async fn trim_sessions(&mut self, account: AccountId, keep: &str, most: u32) -> Stored<()> {
        let world = self.write()?;
        let own = world.sessions.values().filter(|it| it.account == account);
        let mut own: Vec<_> = own
            .map(|it| (core::cmp::Reverse(it.times.seen), it.token_hash.clone()))
            .collect();
        own.sort();
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        for (_, token_hash) in own.into_iter().skip(most) {
            if token_hash != keep {
                world.sessions.remove(&token_hash);
            }
        }
        Ok(())
    }

    async fn delete_other_sessions(&mut self, account: AccountId, keep: &str) -> Stored<()> {
        self.write()?
            .sessions
            .retain(|hash, session| session.account != account || hash.as_str() == keep);
        Ok(())
    }

    async fn passkey(&mut self, id: &str) -> Stored<Option<Passkey>> {
        Ok(self.world()?.passkeys.get(id).cloned())
    }

    async fn passkeys_of(&mut self, account: AccountId) -> Stored<Vec<Passkey>> {
        let all = self.world()?.passkeys.values();
        let mut own: Vec<_> = all.filter(|it| it.account == account).cloned().collect();
        own.sort_by(|one, other| (one.created, &one.id).cmp(&(other.created, &other.id)));
        Ok(own)
    }

    async fn insert_passkey(&mut self, passkey: &Passkey) -> Stored<()> {
        let world = self.write()?;
        if world.passkeys.contains_key(&passkey.id) {
            return Err(self.conflict());
        }
        world.passkeys.insert(passkey.id.clone(), passkey.clone());
        Ok(())
    }

    async fn update_passkey(&mut self, passkey: &Passkey) -> Stored<()> {
        if let Some(kept) = self.write()?.passkeys.get_mut(&passkey.id) {
            kept.clone_from(passkey);
        }
        Ok(())
    }

    async fn delete_passkey(&mut self, id: &str) -> Stored<()> {
        self.write()?.passkeys.remove(id);
        Ok(())
    }

    async fn ceremony(&mut self, browser: &BrowserId) -> Stored<Option<Ceremony>> {
        Ok(self.world()?.ceremonies.get(browser).cloned())
    }

    async fn put_ceremony(&mut self, browser: &BrowserId, ceremony: &Ceremony) -> Stored<()> {
        let world = self.write()?;
        world.ceremonies.insert(browser.clone(), ceremony.clone());
        Ok(())
    }

    async fn delete_ceremony(&mut self, browser: &BrowserId) -> Stored<()> {
        self.write()?.ceremonies.remove(browser);
        Ok(())
    }

    async fn insert_activity(&mut self, activity: &Activity) -> Stored<()> {
        let world = self.write()?;
        if world.activity.contains_key(&activity.id) {
            return Err(self.conflict());
        }
        world.activity.insert(activity.id, activity.clone());
        Ok(())
    }

    async fn activity_of(
        &mut self,
        account: &AccountHash,
        since: Timestamp,
        before: Option<(Timestamp, ActivityId)>,
        most: u32,
    ) -> Stored<Vec<Activity>> {
        let all = self.world()?.activity.values();
        let own = all.filter(|it| {
            let is_before = before.is_none_or(|before| (it.at, it.id) < before);
            it.account == *account && it.at >= since && is_before
        });
        let mut own: Vec<_> = own.cloned().collect();
        own.sort_by_key(|it| core::cmp::Reverse((it.at, it.id)));
        own.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(own)
    }

    async fn authorization(&mut self, id: AuthorizationId) -> Stored<Option<StoredAuthorization>> {
        Ok(self.world()?.authorizations.get(&id).cloned())
    }

    async fn last_authorization(
        &mut self,
        browser: &BrowserId,
    ) -> Stored<Option<StoredAuthorization>> {
        let world = self.world()?;
        let last = world.last.get(browser);
        Ok(last.and_then(|id| world.authorizations.get(id)).cloned())
    }

    async fn put_authorization(&mut self, stored: &StoredAuthorization) -> Stored<()> {
        let world = self.write()?;
        let is_new = world
            .authorizations
            .insert(stored.id, stored.clone())
            .is_none();
        if is_new {
            world
                .last
                .insert(stored.authorization.browser.clone(), stored.id);
        }
        Ok(())
    }

    async fn waiting_proofs(&mut self, proven: Timestamp) -> Stored<Vec<StoredAuthorization>> {
        let all = self.world()?.authorizations.values();
        let waiting = all.filter(|stored| stored.waits().is_some_and(|(_, since)| since <= proven));
        Ok(waiting.cloned().collect())
    }

    async fn waiting_proofs_of(&mut self, open_id: &OpenId) -> Stored<Vec<StoredAuthorization>> {
        let all = self.world()?.authorizations.values();
        let waiting = all.filter(|stored| stored.waits().is_some_and(|(held, _)| held == open_id));
        Ok(waiting.cloned().collect())
    }

    async fn is_grant_held(&mut self, open_id: &OpenId) -> Stored<bool> {
        Ok(is_held(self.world()?, open_id))
    }

    async fn unneeded_grants(&mut self, open_id: &OpenId) -> Stored<Vec<UnneededGrant>> {
        let all = self.world()?.unneeded_grants.values();
        let mut own: Vec<_> = all.filter(|it| it.open_id == *open_id).cloned().collect();
        own.sort_by_key(|it| (it.since, it.grant.id()));
        Ok(own)
    }

    async fn revocable_grants(
        &mut self,
        since: Timestamp,
        kept: u32,
        most: u32,
    ) -> Stored<Vec<UnneededGrant>> {
        let mut newest_first: Vec<_> = self.world()?.unneeded_grants.values().collect();
        newest_first.sort_by_key(|it| core::cmp::Reverse((it.since, it.grant.id())));
        let mut newer: BTreeMap<&OpenId, u32> = BTreeMap::new();
        let mut revocable = Vec::new();
        for unneeded in newest_first {
            let newer = newer.entry(&unneeded.open_id).or_default();
            if unneeded.since < since
                && (*newer >= kept || !is_held(self.world()?, &unneeded.open_id))
            {
                revocable.push(unneeded.clone());
            }
            *newer += 1;
        }
        revocable.reverse();
        revocable.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(revocable)
    }

    async fn has_unneeded_grant(&mut self, id: &str) -> Stored<bool> {
        Ok(self.world()?.unneeded_grants.contains_key(id))
    }

    async fn put_unneeded_grant(&mut self, unneeded: &UnneededGrant) -> Stored<()> {
        self.write()?
            .unneeded_grants
            .insert(unneeded.grant.id(), unneeded.clone());
        Ok(())
    }

    async fn delete_unneeded_grant(&mut self, id: &str) -> Stored<()> {
        self.write()?.unneeded_grants.remove(id);
        Ok(())
    }

    async fn sign_up(&mut self, browser: &BrowserId) -> Stored<Option<SignUp>> {
        Ok(self
            .world()?
            .sign_ups
            .get(browser)
            .map(|(sign_up, _)| sign_up.clone()))
    }

    async fn put_sign_up(
        &mut self,
        browser: &BrowserId,
        sign_up: &SignUp,
        now: Timestamp,
    ) -> Stored<()> {
        self.write()?
            .sign_ups
            .insert(browser.clone(), (sign_up.clone(), now));
        Ok(())
    }

    async fn delete_sign_up(&mut self, browser: &BrowserId) -> Stored<()> {
        self.write()?.sign_ups.remove(browser);
        Ok(())
    }

    async fn sign_ups_of(&mut self, email: &Email) -> Stored<Vec<(BrowserId, SignUp)>> {
        let all = self.world()?.sign_ups.iter();
        let own = all.filter(|(_, (sign_up, _))| sign_up.email == *email);
        Ok(own
            .map(|(browser, (sign_up, _))| (browser.clone(), sign_up.clone()))
            .collect())
    }

    async fn draft(&mut self, id: DraftId) -> Stored<Option<StoredDraft>> {
        Ok(self.world()?.drafts.get(&id).cloned())
    }

    async fn drafts(&mut self, account: AccountId) -> Stored<Vec<StoredDraft>> {
        let all = self.world()?.drafts.values();
        let mut drafts: Vec<_> = all
            .filter(|draft| draft.account == account)
            .cloned()
            .collect();
        drafts.sort_by_key(|draft| (core::cmp::Reverse(draft.changed), draft.id));
        Ok(drafts)
    }

    async fn listed_drafts(&mut self, account: AccountId) -> Stored<Vec<ListedDraft>> {
        let drafts = self.drafts(account).await?;
        Ok(drafts.into_iter().map(Into::into).collect())
    }

    async fn draft_count(&mut self, account: AccountId) -> Stored<u32> {
        let all = self.world()?.drafts.values();
        let own = all.filter(|draft| draft.account == account).count();
        Ok(u32::try_from(own).unwrap_or(u32::MAX))
    }

    async fn put_draft(&mut self, draft: &StoredDraft) -> Stored<()> {
        self.write()?.drafts.insert(draft.id, draft.clone());
        Ok(())
    }

    async fn delete_draft(&mut self, id: DraftId) -> Stored<()> {
        self.write()?.drafts.remove(&id);
        Ok(())
    }

    async fn keyed_request(&mut self, id: &str) -> Stored<Option<KeyedRequest>> {
        Ok(self.world()?.keyed_requests.get(id).cloned())
    }

    async fn put_keyed_request(&mut self, request: &KeyedRequest) -> Stored<()> {
        let keyed = &mut self.write()?.keyed_requests;
        keyed.insert(request.id.clone(), request.clone());
        let own = keyed.values().filter(|it| it.browser == request.browser);
        let mut own: Vec<_> = own.map(|it| (it.begun, it.id.clone())).collect();
        own.sort_by_key(|(begun, id)| (core::cmp::Reverse(*begun), id.clone()));
        for (_, id) in own.into_iter().skip(KEYED_MAX as usize) {
            keyed.remove(&id);
        }
        Ok(())
    }

    async fn delete_keyed_request(&mut self, id: &str) -> Stored<()> {
        self.write()?.keyed_requests.remove(id);
        Ok(())
    }

    async fn delete_keyed_requests(&mut self, browser: &BrowserId) -> Stored<()> {
        let keyed = &mut self.write()?.keyed_requests;
        keyed.retain(|_, request| request.browser != *browser);
        Ok(())
    }

    async fn count(&mut self, key: &str) -> Stored<Option<Count>> {
        Ok(self.world()?.counts.get(key).copied())
    }

    async fn put_count(&mut self, key: &str, count: Count) -> Stored<()> {
        self.write()?.counts.insert(key.to_owned(), count);
        Ok(())
    }

    async fn delete_count(&mut self, key: &str) -> Stored<()> {
        self.write()?.counts.remove(key);
        Ok(())
    }

    async fn put_letter(&mut self, letter: &StoredLetter) -> Stored<()> {
        self.write()?.letters.insert(letter.id, letter.clone());
        Ok(())
    }

    async fn letter(&mut self, id: LetterId) -> Stored<Option<StoredLetter>> {
        Ok(self.world()?.letters.get(&id).cloned())
    }

    async fn delete_letter(&mut self, id: LetterId) -> Stored<()> {
        self.write()?.letters.remove(&id);
        Ok(())
    }

    async fn asked_for_letters(&mut self) -> Stored<u32> {
        let all = self.world()?.letters.values();
        let waiting = all.filter(|it| it.due().is_some() && it.letter.news.is_asked_for());
        Ok(u32::try_from(waiting.count()).unwrap_or(u32::MAX))
    }

    async fn claim_letters(
        &mut self,
        now: Timestamp,
        until: Timestamp,
        most: u32,
    ) -> Stored<Vec<StoredLetter>> {
        let letters = &mut self.write()?.letters;
        let is_due = |it: &&mut StoredLetter| it.due().is_some_and(|due| due <= now);
        let mut due: Vec<_> = letters.values_mut().filter(is_due).collect();
        due.sort_by_key(|it| it.turn());
        due.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        let claim = |letter: &mut StoredLetter| {
            letter.state = LetterState::Waiting { due: until };
            letter.tries = letter.tries.saturating_add(1);
            letter.clone()
        };
        let mut claimed: Vec<_> = due.into_iter().map(claim).collect();
        claimed.sort_by_key(StoredLetter::turn);
        Ok(claimed)
    }

    async fn dead_letters(&mut self) -> Stored<Vec<StoredLetter>> {
        let all = self.world()?.letters.values();
        let mut dead: Vec<_> = all.filter(|it| it.due().is_none()).cloned().collect();
        dead.sort_by_key(|it| (it.written, it.id));
        Ok(dead)
    }

    async fn sweep(&mut self, before: &Sweep) -> Stored<()> {
        let world = self.write()?;
        world
            .sessions
            .retain(|_, session| session.times.seen >= before.sessions);
        world.authorizations.retain(|_, stored| {
            let authorization = &stored.authorization;
            let is_pending = authorization.phase == Phase::Pending;
            let is_kept = authorization.begun >= before.others
                && !(is_pending && authorization.begun < before.pending);
            is_kept || stored.waits().is_some()
        });
        world
            .last
            .retain(|_, id| world.authorizations.contains_key(id));
        world.sign_ups.retain(|_, (_, put)| *put >= before.others);
        world.counts.retain(|_, count| count.ends >= before.counts);
        world
            .keyed_requests
            .retain(|_, request| request.begun >= before.keyed);
        world
            .letters
            .retain(|_, letter| letter.due().is_some() || letter.written >= before.dead_letters);
        world
            .former_emails
            .retain(|_, former| former.replaced >= before.former_emails);
        world.activity.retain(|_, it| it.at >= before.activity);
        world
            .ceremonies
            .retain(|_, it| it.begun >= before.ceremonies);
        Ok(())
    }
}
