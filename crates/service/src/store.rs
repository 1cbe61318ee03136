//! Where accounts, links, sessions, authorizations and drafts are kept.
//!
//! A store gives transactions; a transaction that isn't committed leaves no trace. A writing one
//! sees what every other has committed and nothing changes beneath it: what it read still holds
//! when it commits. The two unique rules (Invariant 1) and the uniqueness of an e-mail address are the
//! store's own constraints as well: breaking one is [`StoreError::Conflict`].
//!
//! A statement that fails, by whatever it is, ends its transaction: it can only be dropped then, and
//! has left no trace.

use crate::hash;
use crate::letter::{Letter, News};
use crate::row::{Unreadable, UnreadableRow};
use async_trait::async_trait;
use domain::activity::Event;
use domain::ads_account::AdsAccount;
use domain::authorization::{Authorization, Phase, TikTokProfile};
use domain::device::Device;
use domain::draft::{Draft, Summary};
use domain::email::Email;
use domain::former_email::FormerEmail;
use domain::grant::GrantHealth;
use domain::id::{AccountId, ActivityId, AuthorizationId, BrowserId, DraftId, LetterId, OpenId};
use domain::limit::Count;
use domain::passkey::Ceremony;
use domain::region::{Country, Language};
use domain::session::SessionTimes;
use domain::sign_up::SignUp;
use domain::time::Timestamp;
use domain::transfer::Transfer;

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Only reads; any number at once.
    Read,
    /// It may write; one at a time.
    Write,
}

/// Why the store doesn't do what it is told.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique rule would be broken.
    #[error("a unique constraint refuses it")]
    Conflict,
    /// It is busy or out of reach: again in a moment.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// A row can't be read.
    #[error(transparent)]
    Unreadable(#[from] UnreadableRow),
    #[error("the store failed: {0}")]
    Failed(String),
}

/// A result of the store.
pub type Stored<T> = Result<T, StoreError>;

/// A TikTok For Business account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    /// Its verified e-mail address. Unique.
    pub email: Option<Email>,
    /// Argon2id in PHC form, never without an address.
    pub password_hash: Option<String>,
    /// The name of the person.
    pub name: Option<String>,
    /// The country or region.
    pub region: Option<Country>,
    /// The language of its e-mails.
    pub language: Language,
    /// Its Ads Manager account.
    pub ads_account: AdsAccount,
    /// When it was made.
    pub created: Timestamp,
    /// When it got its address, if it had none at first.
    pub email_added: Option<Timestamp>,
}

impl Account {
    /// News for its owner, in their language; nothing where it has no address.
    pub(crate) fn letter(&self, news: News) -> Option<Letter> {
        let to = self.email.clone()?;
        Some(Letter {
            to,
            language: self.language,
            news,
        })
    }
}

/// By which an address that an account had is found: SHA-256, in hex. It is told where a row can't be
/// read.
pub fn former_email_id(email: &Email) -> String {
    hash::of(email.as_str())
}

/// The link of one TikTok account with one business account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The business account. Unique.
    pub account: AccountId,
    /// The TikTok account. Unique.
    pub open_id: OpenId,
    /// TikTok's id of it for this developer.
    pub union_id: Option<String>,
    /// How it shows itself.
    pub profile: TikTokProfile,
    /// When it was made.
    pub linked: Timestamp,
    /// Whether TikTok takes its grant.
    pub health: GrantHealth,
}

/// TikTok's tokens for one link. They stay on the host (Invariant 8).
#[derive(Clone, PartialEq, Eq)]
pub struct Grant {
    pub access_token: String,
    pub access_expires: Timestamp,
    /// It rotates with each use.
    pub refresh_token: String,
    pub refresh_expires: Timestamp,
    /// Names of scopes with commas between them.
    pub scopes: String,
}

impl Grant {
    /// By which an unneeded one is found: SHA-256 of the access token, in hex.
    pub fn id(&self) -> String {
        hash::of(&self.access_token)
    }
}

impl core::fmt::Debug for Grant {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Grant")
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// A grant that neither a link nor a waiting proof holds. It is kept until TikTok has revoked it, so
/// that none is lost that TikTok still honours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnneededGrant {
    /// The TikTok account that it is of.
    pub open_id: OpenId,
    pub grant: Grant,
    /// When it was granted, or another took its place.
    pub since: Timestamp,
}

/// A business session. Of its token only the SHA-256 is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token, in hex.
    pub token_hash: String,
    /// Who is logged in.
    pub account: AccountId,
    pub times: SessionTimes,
    /// From where it was seen last.
    pub whereabouts: Whereabouts,
}

/// A passkey of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// The credential's id, in base64url. Unique.
    pub id: String,
    pub account: AccountId,
    /// The name that its owner gave it.
    pub name: String,
    /// The number of its algorithm at COSE.
    pub algorithm: i64,
    /// `SubjectPublicKeyInfo` (DER), in base64url.
    pub public_key: String,
    pub counter: u32,
    pub backup_eligible: bool,
    pub backed_up: bool,
    pub created: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

/// From where a session is used, as far as the host knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts {
    pub device: Option<Device>,
    /// In which country or region, where the network told.
    pub country: Option<Country>,
}

/// Whose an entry of the security activity is: SHA-256 of the account's id, in hex. The entries outlive the
/// account, and lead to nobody then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountHash(pub String);

impl AccountHash {
    pub fn of(account: AccountId) -> Self {
        Self(hash::of(&account.to_string()))
    }
}

/// An entry of the security activity of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    pub id: ActivityId,
    pub account: AccountHash,
    pub at: Timestamp,
    pub event: Event,
    /// From where, where somebody's request did it.
    pub whereabouts: Whereabouts,
}

/// Whose a session is, with their link: what a page asks first, as one moment has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    pub session: Session,
    pub account: Account,
    pub link: Option<Link>,
    /// When the account is deleted, where that was asked for.
    pub deletion: Option<Timestamp>,
}

/// An authorization with its id and what is needed to exchange its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAuthorization {
    /// Its id, the OAuth `state`.
    pub id: AuthorizationId,
    /// Its machine; `browser` and `begun` are searched for.
    pub authorization: Authorization,
    /// The PKCE verifier (RFC 7636).
    pub verifier: Sealable<String>,
    /// The country or region that the guest chose.
    pub region: Option<Country>,
    /// The language of the page that began it.
    pub language: Language,
    /// The grant, from the exchange until the proof is used.
    pub grant: Option<Sealable<Grant>>,
    /// SHA-256 of the secret with which the proof is used, in hex; once there is a proof.
    pub secret_hash: Option<String>,
}

/// A secret of a row. Where a store has no key to it, the rest of the row can be read all the same, and
/// written with the secret as it is.
#[derive(Clone, PartialEq, Eq)]
pub enum Sealable<T> {
    Open(T),
    /// What stands in its place, and why it can't be opened.
    Sealed {
        sealed: serde_json::Value,
        why: Unreadable,
    },
}

impl<T> core::fmt::Debug for Sealable<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Open(_) => f.write_str("Open"),
            Self::Sealed { why, .. } => write!(f, "Sealed ({why})"),
        }
    }
}

impl StoredAuthorization {
    /// The PKCE verifier, where it can be opened.
    pub fn open_verifier(&self) -> Stored<&str> {
        match &self.verifier {
            Sealable::Open(verifier) => Ok(verifier),
            Sealable::Sealed { why, .. } => Err(self.unreadable(why)),
        }
    }

    /// Takes the grant out. One that can't be opened stays.
    pub fn take_grant(&mut self) -> Stored<Option<Grant>> {
        match self.grant.take() {
            None => Ok(None),
            Some(Sealable::Open(grant)) => Ok(Some(grant)),
            Some(Sealable::Sealed { sealed, why }) => {
                let error = self.unreadable(&why);
                self.grant = Some(Sealable::Sealed { sealed, why });
                Err(error)
            }
        }
    }

    fn unreadable(&self, why: &Unreadable) -> StoreError {
        StoreError::Unreadable(UnreadableRow {
            table: "authorizations",
            id: self.id.to_string(),
            why: why.clone(),
        })
    }

    /// Of whom the grant is that waits with a proof, and since when.
    pub fn waits(&self) -> Option<(&OpenId, Timestamp)> {
        match &self.authorization.phase {
            Phase::Proved { proof, .. } => {
                self.grant.as_ref().map(|_| (&proof.open_id, proof.proven))
            }
            Phase::Pending | Phase::Exchanging { .. } | Phase::Ended { .. } => None,
        }
    }
}

/// A draft with its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDraft {
    pub id: DraftId,
    pub account: AccountId,
    pub draft: Draft,
    /// When it was last changed.
    pub changed: Timestamp,
}

/// A request that came with a key, so that it may come again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyedRequest {
    /// Which key of which browser: a hash.
    pub id: String,
    /// Of one browser the newest [`KEYED_MAX`] are kept.
    pub browser: BrowserId,
    /// A hash of what was asked. A password may be in it, so it is one that nobody can try without
    /// the browser's secret.
    pub fingerprint: String,
    pub begun: Timestamp,
    /// What it was answered; nothing while it is being worked on.
    pub answer: Option<KeyedAnswer>,
}

/// How many keyed requests of one browser are kept.
pub const KEYED_MAX: u32 = 64;

/// What a request was answered, and who may be told again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyedAnswer {
    pub told: Told,
    /// Who was logged in once it was answered.
    pub account: Option<AccountId>,
    /// The hash of the token of the session that it began.
    pub session: Option<String>,
}

/// The JSON of an answer, as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Reply(String),
    Problem(String),
}

/// A letter from the transaction that it tells of until it has gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLetter {
    pub id: LetterId,
    pub letter: Letter,
    /// When it was written.
    pub written: Timestamp,
    /// How often somebody began to send it.
    pub tries: u32,
    pub state: LetterState,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterState {
    /// It is to be sent, from that moment on.
    Waiting { due: Timestamp },
    /// It can't be sent, and is kept for an operator.
    Dead { why: String },
}

impl StoredLetter {
    /// When it is to be sent next; nothing where it can't be.
    pub fn due(&self) -> Option<Timestamp> {
        match self.state {
            LetterState::Waiting { due } => Some(due),
            LetterState::Dead { .. } => None,
        }
    }

    /// By what those that are due are ordered.
    pub fn turn(&self) -> impl Ord + use<> {
        (self.letter.news.is_asked_for(), self.due(), self.id)
    }
}

/// The moments before which something is of no use any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sweep {
    /// Sessions that were last seen before it.
    pub sessions: Timestamp,
    /// Authorizations that were begun before it, from which nobody came back.
    pub pending: Timestamp,
    /// Authorizations that were begun, and sign-ups that were put, before it.
    pub others: Timestamp,
    /// Counts that end before it.
    pub counts: Timestamp,
    /// Requests with a key that were begun before it.
    pub keyed: Timestamp,
    /// Letters that couldn't be sent and were written before it.
    pub dead_letters: Timestamp,
    /// Addresses in whose place another came before it.
    pub former_emails: Timestamp,
    /// Security activity of before it.
    pub activity: Timestamp,
    /// Ceremonies that were begun before it.
    pub ceremonies: Timestamp,
}

/// A draft in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedDraft {
    pub id: DraftId,
    pub summary: Summary,
    /// When it was last changed.
    pub changed: Timestamp,
}

impl From<StoredDraft> for ListedDraft {
    fn from(stored: StoredDraft) -> Self {
        Self {
            id: stored.id,
            summary: stored.draft.summary(),
            changed: stored.changed,
        }
    }
}

#[async_trait]
pub trait Store: Send + Sync {
    /// Begins one. A writing one waits for its turn.
    async fn begin(&self, mode: Mode) -> Stored<Box<dyn Transaction>>;

    /// A session by the hash of its token: one read, which needs no transaction.
    async fn session(&self, token_hash: &str) -> Stored<Option<Session>>;
    /// The same with whose it is, by one read as well.
    async fn visit(&self, token_hash: &str) -> Stored<Option<Visit>>;
}

/// Reads and writes that hold together. `insert_` fails on what exists, `put_` replaces it.
#[async_trait]
pub trait Transaction: Send {
    /// Makes it so. Without it nothing happened.
    async fn commit(self: Box<Self>) -> Stored<()>;

    /// An account by its id.
    async fn account(&mut self, id: AccountId) -> Stored<Option<Account>>;
    /// An account by its verified e-mail address.
    async fn account_by_email(&mut self, email: &Email) -> Stored<Option<Account>>;
    /// A new account. Conflict: the id, or the address.
    async fn insert_account(&mut self, account: &Account) -> Stored<()>;
    /// Changes an account that exists. Conflict: the address.
    async fn update_account(&mut self, account: &Account) -> Stored<()>;
    /// Deletes an account with its link, a transfer of it, its passkeys, their ceremonies, its sessions, its drafts and the addresses
    /// that it had. The security activity stays, and so does what else waits in a browser.
    async fn delete_account(&mut self, id: AccountId) -> Stored<()>;

    /// When an account is deleted, where that was asked for.
    async fn deletion_of(&mut self, account: AccountId) -> Stored<Option<Timestamp>>;
    /// Has it deleted at that moment.
    async fn put_deletion(&mut self, account: AccountId, due: Timestamp) -> Stored<()>;
    /// It isn't deleted after all. Where none was asked for, nothing changes.
    async fn drop_deletion(&mut self, account: AccountId) -> Stored<()>;
    /// The accounts that are to be deleted by now, up to `most` of them, those first that waited longest.
    async fn due_deletions(&mut self, now: Timestamp, most: u32) -> Stored<Vec<AccountId>>;

    /// An address that an account had.
    async fn former_email(&mut self, email: &Email) -> Stored<Option<FormerEmail>>;
    /// The one that was replaced last of those that an account had.
    async fn last_former_email(&mut self, account: AccountId) -> Stored<Option<FormerEmail>>;
    /// All that an account had, the last replaced first.
    async fn former_emails_of(&mut self, account: AccountId) -> Stored<Vec<FormerEmail>>;
    /// One, new or changed.
    async fn put_former_email(&mut self, former: &FormerEmail) -> Stored<()>;
    /// Forgets those of an account that were replaced at a moment or after it.
    async fn delete_former_emails(&mut self, account: AccountId, since: Timestamp) -> Stored<()>;

    /// The link of a business account.
    async fn link_of_account(&mut self, account: AccountId) -> Stored<Option<Link>>;
    /// The link of a TikTok account.
    async fn link_by_open_id(&mut self, open_id: &OpenId) -> Stored<Option<Link>>;
    /// What TikTok granted for the link of a business account. Only who asks TikTok needs it.
    async fn grant_of_link(&mut self, account: AccountId) -> Stored<Option<Grant>>;
    /// A new link. Conflict: either side has one.
    async fn insert_link(&mut self, link: &Link, grant: &Grant) -> Stored<()>;
    /// Replaces all that the link of its business account holds. Without one nothing changes.
    async fn update_link(&mut self, link: &Link, grant: &Grant) -> Stored<()>;
    /// Notes whether TikTok takes the grant of a link. Without one nothing changes.
    async fn set_grant_health(&mut self, account: AccountId, health: GrantHealth) -> Stored<()>;
    /// Whose grants are to be renewed by now, up to `most` of them, those first that waited longest.
    async fn due_grants(&mut self, now: Timestamp, most: u32) -> Stored<Vec<AccountId>>;
    /// Ends the link of a business account.
    async fn delete_link(&mut self, account: AccountId) -> Stored<()>;

    /// The transfer that an account takes part in, on either side.
    async fn transfer_of(&mut self, account: AccountId) -> Stored<Option<Transfer>>;
    /// A new one. Conflict: either side takes part in one on the same side.
    async fn insert_transfer(&mut self, transfer: &Transfer) -> Stored<()>;
    /// The same is gone then.
    async fn delete_transfer_of(&mut self, account: AccountId) -> Stored<()>;
    /// Whose links move by now, up to `most` of them, those first that waited longest.
    async fn due_transfers(&mut self, now: Timestamp, most: u32) -> Stored<Vec<AccountId>>;

    /// A session by the hash of its token.
    async fn session(&mut self, token_hash: &str) -> Stored<Option<Session>>;
    /// A session, new or changed.
    async fn put_session(&mut self, session: &Session) -> Stored<()>;
    async fn delete_session(&mut self, token_hash: &str) -> Stored<()>;
    /// The sessions of an account, those that have ended and weren't swept among them.
    async fn sessions_of(&mut self, account: AccountId) -> Stored<Vec<Session>>;
    /// Ends those sessions of an account that are too many, but one: the `most` that were used last stay.
    async fn trim_sessions(&mut self, account: AccountId, keep: &str, most: u32) -> Stored<()>;
    /// Ends every session of an account but one.
    async fn delete_other_sessions(&mut self, account: AccountId, keep: &str) -> Stored<()>;

    /// A passkey by its id.
    async fn passkey(&mut self, id: &str) -> Stored<Option<Passkey>>;
    /// Those of an account, the oldest first.
    async fn passkeys_of(&mut self, account: AccountId) -> Stored<Vec<Passkey>>;
    /// A new one. Conflict: the id.
    async fn insert_passkey(&mut self, passkey: &Passkey) -> Stored<()>;
    /// Changes one that exists.
    async fn update_passkey(&mut self, passkey: &Passkey) -> Stored<()>;
    async fn delete_passkey(&mut self, id: &str) -> Stored<()>;

    /// The ceremony that a browser was last given a challenge for.
    async fn ceremony(&mut self, browser: &BrowserId) -> Stored<Option<Ceremony>>;
    /// One, in the place of the browser's last.
    async fn put_ceremony(&mut self, browser: &BrowserId, ceremony: &Ceremony) -> Stored<()>;
    async fn delete_ceremony(&mut self, browser: &BrowserId) -> Stored<()>;

    /// Notes what happened to an account. It is never changed, and deleted by a sweep alone.
    async fn insert_activity(&mut self, activity: &Activity) -> Stored<()>;
    /// The newest entries of an account since a moment, the newest first; of those before an entry, where one
    /// is named. One that a later release wrote and this one can't name is left out.
    async fn activity_of(
        &mut self,
        account: &AccountHash,
        since: Timestamp,
        before: Option<(Timestamp, ActivityId)>,
        most: u32,
    ) -> Stored<Vec<Activity>>;

    /// An authorization by its `state`.
    async fn authorization(&mut self, id: AuthorizationId) -> Stored<Option<StoredAuthorization>>;
    /// The one that a browser began last.
    async fn last_authorization(
        &mut self,
        browser: &BrowserId,
    ) -> Stored<Option<StoredAuthorization>>;
    /// The authorizations whose proof was there by `proven`, and waits with its grant. One that can't
    /// be read is left out, and told to the operator.
    async fn waiting_proofs(&mut self, proven: Timestamp) -> Stored<Vec<StoredAuthorization>>;
    /// The authorizations whose proof of a TikTok account waits with its grant.
    async fn waiting_proofs_of(&mut self, open_id: &OpenId) -> Stored<Vec<StoredAuthorization>>;
    /// An authorization, new or changed.
    async fn put_authorization(&mut self, authorization: &StoredAuthorization) -> Stored<()>;

    /// Whether a link or a waiting proof holds a grant of a TikTok account.
    async fn is_grant_held(&mut self, open_id: &OpenId) -> Stored<bool>;
    /// The unneeded grants of a TikTok account, the oldest first.
    async fn unneeded_grants(&mut self, open_id: &OpenId) -> Stored<Vec<UnneededGrant>>;
    /// Up to `most` unneeded grants that are older than `since` and may be revoked, the oldest first:
    /// those of accounts of which no grant is held, and of the others all but the `kept` newest,
    /// which is the same number each time. The store may note which are to be kept, so it writes.
    /// One that can't be read is left out, and told to the operator.
    async fn revocable_grants(
        &mut self,
        since: Timestamp,
        kept: u32,
        most: u32,
    ) -> Stored<Vec<UnneededGrant>>;
    /// Whether there is one of this [id](Grant::id).
    async fn has_unneeded_grant(&mut self, id: &str) -> Stored<bool>;
    async fn put_unneeded_grant(&mut self, unneeded: &UnneededGrant) -> Stored<()>;
    /// By its [id](Grant::id).
    async fn delete_unneeded_grant(&mut self, id: &str) -> Stored<()>;

    /// The address that waits to be proven in a browser; one at most.
    async fn sign_up(&mut self, browser: &BrowserId) -> Stored<Option<SignUp>>;
    async fn put_sign_up(
        &mut self,
        browser: &BrowserId,
        sign_up: &SignUp,
        now: Timestamp,
    ) -> Stored<()>;
    async fn delete_sign_up(&mut self, browser: &BrowserId) -> Stored<()>;
    /// All that wait for a proof of this address, by their browsers. One that can't be read is left
    /// out, and told to the operator.
    async fn sign_ups_of(&mut self, email: &Email) -> Stored<Vec<(BrowserId, SignUp)>>;

    /// A draft of any account.
    async fn draft(&mut self, id: DraftId) -> Stored<Option<StoredDraft>>;
    /// The drafts of an account, the last changed first. One that can't be read is left out, and
    /// told to the operator.
    async fn drafts(&mut self, account: AccountId) -> Stored<Vec<StoredDraft>>;
    /// The same drafts by what a list shows of them, without what is typed into them.
    async fn listed_drafts(&mut self, account: AccountId) -> Stored<Vec<ListedDraft>>;
    /// How many drafts an account has.
    async fn draft_count(&mut self, account: AccountId) -> Stored<u32>;
    /// A draft, new or changed.
    async fn put_draft(&mut self, draft: &StoredDraft) -> Stored<()>;
    async fn delete_draft(&mut self, id: DraftId) -> Stored<()>;

    /// A request that came with a key.
    async fn keyed_request(&mut self, id: &str) -> Stored<Option<KeyedRequest>>;
    /// One, new or changed. Those of its browser that are too many go, the oldest first.
    async fn put_keyed_request(&mut self, request: &KeyedRequest) -> Stored<()>;
    async fn delete_keyed_request(&mut self, id: &str) -> Stored<()>;
    /// All of a browser.
    async fn delete_keyed_requests(&mut self, browser: &BrowserId) -> Stored<()>;

    /// The count of a [`Limit`](domain::limit::Limit) under `key`.
    async fn count(&mut self, key: &str) -> Stored<Option<Count>>;
    async fn put_count(&mut self, key: &str, count: Count) -> Stored<()>;
    async fn delete_count(&mut self, key: &str) -> Stored<()>;

    /// A letter, new or changed.
    async fn put_letter(&mut self, letter: &StoredLetter) -> Stored<()>;
    async fn letter(&mut self, id: LetterId) -> Stored<Option<StoredLetter>>;
    async fn delete_letter(&mut self, id: LetterId) -> Stored<()>;
    /// How many letters wait that are [asked for](crate::letter::News::is_asked_for).
    async fn asked_for_letters(&mut self) -> Stored<u32>;
    /// Up to `most` of the letters that are due at `now`: those before others that nobody asked for,
    /// and of each kind those that were due first. Each is due at `until` then, and was tried once
    /// more. One that can't be read is left out, and told to the operator.
    async fn claim_letters(
        &mut self,
        now: Timestamp,
        until: Timestamp,
        most: u32,
    ) -> Stored<Vec<StoredLetter>>;
    /// The letters that can't be sent, the oldest first. One that can't be read is left out, and told
    /// to the operator.
    async fn dead_letters(&mut self) -> Stored<Vec<StoredLetter>>;

    /// Deletes what is of no use any more. An authorization whose grant waits stays.
    async fn sweep(&mut self, before: &Sweep) -> Stored<()>;
}
