//! One call: who asks, what time it is, and the cookies that its answer sets.

use crate::delivery::{self, ASKED_FOR_MAX, QueueFull};
use crate::env::{Caller, Cookie, Env};
use crate::hash;
use crate::letter::{Letter, News};
use crate::note;
use crate::refusal::{Refusal, Reply};
use crate::secret;
use crate::store::{
    Account, Mode, Session, Stored, StoredAuthorization, StoredLetter, Transaction, Visit,
    Whereabouts,
};
use contract::problem::Code;
use contract::repeat::key_of;
use contract::route::Route;
use contract::session::{AdsStage, GetSession};
use contract::table::UseCase;
use domain::activity::Event;
use domain::ads_account::AdsAccount;
use domain::id::{AccountId, BrowserId, LetterId};
use domain::region::Country;
use domain::rollout::Availability;
use domain::session::{SESSIONS_MAX, SessionStatus, SessionTimes};
use domain::sign_up::SignUp;
use domain::time::Timestamp;

/// A running write of `seen` on every request would make every reader a writer.
const SEEN_PRECISION: core::time::Duration = core::time::Duration::from_mins(1);

/// What secrets are for.
const PROOF: &str = "proof";
const SIGN_UP: &str = "sign-up";

/// A request with a key that is being worked on.
#[derive(Clone)]
pub(crate) struct KeyedClaim {
    pub(crate) id: String,
    pub(crate) begun: Timestamp,
}

/// Someone who is logged in.
pub(crate) struct Member {
    pub(crate) session: Session,
    pub(crate) account: Account,
}

pub(crate) struct Call<'a> {
    pub(crate) env: &'a Env,
    pub(crate) caller: &'a Caller,
    pub(crate) now: Timestamp,
    pub(crate) cookies: Vec<Cookie>,
    /// What went wrong, at TikTok or by the way, for the log alone.
    pub(crate) cause: Option<String>,
    /// What it is by its key, until its answer is kept.
    pub(crate) keyed: Option<KeyedClaim>,
    /// Letters that were stored by a transaction that isn't committed yet.
    letters: Vec<StoredLetter>,
    /// The session's token as it is now: a log-in within this call changes it.
    token: Option<String>,
    /// The browser's secret, once it is known or drawn.
    browser: Option<String>,
    /// The hash of the secret of the proof that waits in this browser.
    proof: Option<String>,
    /// The secret of the address that waits in this browser.
    sign_up: Option<String>,
}

impl<'a> Call<'a> {
    pub(crate) fn new(env: &'a Env, caller: &'a Caller) -> Self {
        Self {
            env,
            caller,
            now: env.clock.now(),
            cookies: Vec::new(),
            cause: None,
            keyed: None,
            letters: Vec::new(),
            token: caller.session.clone(),
            browser: caller.browser.clone(),
            proof: caller.proof.as_deref().map(hash::of),
            sign_up: caller.sign_up.clone(),
        }
    }

    pub(crate) async fn read(&self) -> Reply<Box<dyn Transaction>> {
        Ok(self.env.store.begin(Mode::Read).await?)
    }

    pub(crate) async fn write(&mut self) -> Reply<Box<dyn Transaction>> {
        // Those of a transaction that was dropped went with it.
        self.letters.clear();
        Ok(self.env.store.begin(Mode::Write).await?)
    }

    /// Which browser asks, where it was here before.
    pub(crate) fn browser_before(&self) -> Option<BrowserId> {
        self.browser.as_deref().map(secret::browser_id)
    }

    /// Which browser asks. One that has no secret yet is given one.
    pub(crate) fn browser(&mut self) -> BrowserId {
        if let Some(secret) = &self.browser {
            return secret::browser_id(secret);
        }
        let secret = secret::token(&*self.env.randomness);
        let id = secret::browser_id(&secret);
        self.cookies.push(Cookie::SetBrowser(secret.clone()));
        self.browser = Some(secret);
        id
    }

    /// Whether this browser may use, or look at, the proof that waits in an authorization. The
    /// browser's own secret isn't enough: it lives for a year, and stays when the browser is closed.
    pub(crate) fn holds_proof(&self, stored: &StoredAuthorization) -> bool {
        stored.secret_hash.is_some() && stored.secret_hash == self.proof
    }

    /// Gives this browser a secret for a proof, and replies with its hash.
    pub(crate) fn draw_proof(&mut self) -> String {
        let secret = self.draw(PROOF);
        self.set_proof(secret)
    }

    fn set_proof(&mut self, secret: String) -> String {
        let hash = hash::of(&secret);
        // One that was drawn before another was faster is worth nothing.
        self.cookies.retain(|cookie| match cookie {
            Cookie::SetProof(_) => false,
            Cookie::SetBrowser(_)
            | Cookie::SetSession(_)
            | Cookie::ClearSession
            | Cookie::SetSignUp(_) => true,
        });
        self.cookies.push(Cookie::SetProof(secret));
        self.proof = Some(hash.clone());
        hash
    }

    /// Whether this browser may try the code of an address that waits, or look at the address.
    pub(crate) fn holds_sign_up(&self, sign_up: &SignUp) -> bool {
        self.sign_up
            .as_deref()
            .is_some_and(|secret| hash::of(secret) == sign_up.secret_hash)
    }

    /// A code as it is kept for the address that waits in this browser.
    pub(crate) fn keyed(&self, code: &str) -> Reply<String> {
        let secret = self.sign_up.as_deref().ok_or(Code::NoCodePending)?;
        hash::keyed(secret, code).map_err(|error| Refusal::caused(Code::Internal, &error))
    }

    /// Gives this browser a secret for an address that waits, and replies with its hash.
    pub(crate) fn draw_sign_up(&mut self) -> String {
        let secret = self.draw(SIGN_UP);
        self.set_sign_up(secret)
    }

    fn set_sign_up(&mut self, secret: String) -> String {
        let hash = hash::of(&secret);
        self.cookies.push(Cookie::SetSignUp(secret.clone()));
        self.sign_up = Some(secret);
        hash
    }

    /// A secret for what begins now. Of a request with a key it is the same each time: whoever can
    /// send it again, with the browser's own secret, may have it again.
    fn draw(&self, what: &str) -> String {
        self.drawn(what)
            .unwrap_or_else(|| secret::token(&*self.env.randomness))
    }

    /// The secret that this request drew, or will: nothing where it can't be known again.
    fn drawn(&self, what: &str) -> Option<String> {
        let browser = self.caller.browser.as_deref()?;
        let key = key_of(self.caller.key.as_deref()?)?;
        let parts = [browser.as_bytes(), key.as_bytes(), what.as_bytes()];
        Some(hash::of_all(&parts))
    }

    /// Gives this browser the secrets again that it was given with an answer that was lost, where
    /// what they are for still waits.
    pub(crate) async fn give_secrets_again(&mut self, tx: &mut dyn Transaction) -> Reply<()> {
        let browser = self.browser();
        let of_request = |drawn: &String, hash: &str| hash::of(drawn) == hash;
        if let Some(StoredAuthorization {
            secret_hash: Some(hash),
            ..
        }) = tx.last_authorization(&browser).await?
            && self.proof.as_ref() != Some(&hash)
            && let Some(secret) = self.drawn(PROOF).filter(|drawn| of_request(drawn, &hash))
        {
            self.set_proof(secret);
        }
        if let Some(sign_up) = tx.sign_up(&browser).await?
            && !self.holds_sign_up(&sign_up)
            && let Some(secret) = self
                .drawn(SIGN_UP)
                .filter(|drawn| of_request(drawn, &sign_up.secret_hash))
        {
            self.set_sign_up(secret);
        }
        Ok(())
    }

    /// Refuses what a page asks from a browser that keeps no cookies, before anything is done: it was
    /// given one when it asked who is there. It is given another, since it may have lost the first.
    pub(crate) fn keeps_cookies(&mut self, name: &str) -> Reply<()> {
        if name == GetSession::NAME || self.caller.page.is_none() || self.browser.is_some() {
            return Ok(());
        }
        self.browser();
        Err(Code::CookiesRefused.into())
    }

    /// Notes that the session is used, and forgets one that has ended.
    pub(crate) async fn touch(&mut self) -> Reply<()> {
        if let Some(token) = &self.token {
            let session = self.env.store.session(&hash::of(token)).await?;
            self.note_use(session.as_ref()).await;
        }
        Ok(())
    }

    /// Who is logged in, by the one read of a session check. It stands for
    /// [`Self::touch`], too.
    pub(crate) async fn visit(&mut self) -> Reply<Option<Visit>> {
        let Some(token) = &self.token else {
            return Ok(None);
        };
        let visit = self.env.store.visit(&hash::of(token)).await?;
        self.note_use(visit.as_ref().map(|visit| &visit.session))
            .await;
        Ok(visit.filter(|visit| self.goes_on(&visit.session)))
    }

    /// From where this call comes.
    pub(crate) fn whereabouts(&self) -> Whereabouts {
        Whereabouts {
            device: self.caller.device,
            country: self.caller.region,
        }
    }

    /// Whether a session hasn't ended.
    pub(crate) fn goes_on(&self, session: &Session) -> bool {
        match session.times.status(self.now) {
            SessionStatus::Ended => false,
            SessionStatus::Fresh | SessionStatus::Stale => true,
        }
    }

    /// Notes that this call's session, if there is one, is used; one that has ended is forgotten.
    /// Where that can't be written now, the log is told: it keeps nobody from reading.
    async fn note_use(&mut self, session: Option<&Session>) {
        let Some(session) = session else {
            // Nobody is there. The cookie stays: another tab may have just got a new one in its
            // place, which this answer, if it came later, would take away.
            self.token = None;
            return;
        };
        let noted = if !self.goes_on(session) {
            self.forget_session();
            self.delete_session(&session.token_hash).await
        } else if self.now.since(session.times.seen) >= SEEN_PRECISION {
            let mut session = session.clone();
            session.times.seen = self.now;
            session.whereabouts = self.whereabouts();
            self.put_seen(&session).await
        } else {
            Ok(())
        };
        if let Err(error) = noted {
            self.cause = Some(format!("the session's use wasn't noted: {error}"));
        }
    }

    async fn delete_session(&self, hash: &str) -> Stored<()> {
        let mut tx = self.env.store.begin(Mode::Write).await?;
        tx.delete_session(hash).await?;
        tx.commit().await
    }

    async fn put_seen(&self, session: &Session) -> Stored<()> {
        let mut tx = self.env.store.begin(Mode::Write).await?;
        // It may have ended meanwhile: an ended session must not come back.
        if tx.session(&session.token_hash).await?.is_some() {
            tx.put_session(session).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    fn forget_session(&mut self) {
        self.token = None;
        self.cookies.push(Cookie::ClearSession);
    }

    /// Who is logged in, as this transaction sees it.
    pub(crate) async fn visitor(&self, tx: &mut dyn Transaction) -> Reply<Option<Member>> {
        let Some(token) = &self.token else {
            return Ok(None);
        };
        let Some(session) = tx.session(&hash::of(token)).await? else {
            return Ok(None);
        };
        if !self.goes_on(&session) {
            return Ok(None);
        }
        let account = tx.account(session.account).await?;
        Ok(account.map(|account| Member { session, account }))
    }

    /// The page for who is on the way to no other: the log-in, where nobody is logged in.
    pub(crate) async fn home(&self, tx: &mut dyn Transaction) -> Reply<Route> {
        let member = self.visitor(tx).await?;
        Ok(member.map_or(Route::LogIn { then: None }, |member| {
            home_of(&member.account)
        }))
    }

    /// Who is logged in; it must be someone, and whoever the page that asks was drawn for. Each use
    /// case that runs for a member begins here, so none can act for another than is shown.
    pub(crate) async fn member(&self, tx: &mut dyn Transaction) -> Reply<Member> {
        let member = self.visitor(tx).await?.ok_or(Code::NotLoggedIn)?;
        self.drawn_for(&member)?;
        Ok(member)
    }

    /// Refuses a page that was drawn for another than the member.
    pub(crate) fn drawn_for(&self, member: &Member) -> Reply<()> {
        match &self.caller.page {
            Some(page) if *page != member.account.id.to_string() => Err(Code::OtherAccount.into()),
            Some(_) | None => Ok(()),
        }
    }

    /// Who is logged in, by a session that may change what logs in (Invariant 2).
    pub(crate) async fn fresh_member(&self, tx: &mut dyn Transaction) -> Reply<Member> {
        let member = self.member(tx).await?;
        match domain::link::privilege(member.session.times.status(self.now)) {
            domain::link::Privilege::Granted => Ok(member),
            domain::link::Privilege::ConfirmFirst => Err(Code::ConfirmFirst.into()),
            domain::link::Privilege::LogInFirst => Err(Code::NotLoggedIn.into()),
        }
    }

    /// Notes what happens to an account, with the transaction in which it happens.
    pub(crate) async fn note(
        &self,
        tx: &mut dyn Transaction,
        account: AccountId,
        event: Event,
    ) -> Stored<()> {
        let here = (self.now, self.whereabouts());
        note::note(self.env, tx, account, event, here).await
    }

    /// Begins a session, in place of the one before: a log-in rotates the token. From now on this
    /// browser is known to the account.
    pub(crate) async fn begin_session(
        &mut self,
        tx: &mut dyn Transaction,
        account: AccountId,
    ) -> Reply<()> {
        self.make_known(tx, account).await?;
        self.rotate(tx, account, SessionTimes::begin(self.now))
            .await?;
        let own = self.session_hash();
        Ok(tx.trim_sessions(account, &own, SESSIONS_MAX).await?)
    }

    /// Gives a session a new token, and these times.
    pub(crate) async fn rotate(
        &mut self,
        tx: &mut dyn Transaction,
        account: AccountId,
        times: SessionTimes,
    ) -> Reply<()> {
        if let Some(old) = &self.token {
            tx.delete_session(&hash::of(old)).await?;
        }
        let token = secret::token(&*self.env.randomness);
        tx.put_session(&Session {
            token_hash: hash::of(&token),
            account,
            times,
            whereabouts: self.whereabouts(),
        })
        .await?;
        self.cookies.retain(|cookie| match cookie {
            Cookie::SetBrowser(_) | Cookie::SetProof(_) | Cookie::SetSignUp(_) => true,
            Cookie::SetSession(_) | Cookie::ClearSession => false,
        });
        self.cookies.push(Cookie::SetSession(token.clone()));
        self.token = Some(token);
        Ok(())
    }

    /// What logs in to the account has changed: this session goes on under a new token, so that a
    /// copy of the old one ends with every other session.
    pub(crate) async fn end_other_sessions(
        &mut self,
        tx: &mut dyn Transaction,
        Member { session, account }: &Member,
    ) -> Reply<()> {
        self.rotate(tx, account.id, session.times).await?;
        Ok(tx
            .delete_other_sessions(account.id, &self.session_hash())
            .await?)
    }

    /// Stores a letter with what it tells of. [`Self::commit`] has it sent.
    ///
    /// Errors: too many wait that are asked for.
    pub(crate) async fn write_letter(
        &mut self,
        tx: &mut dyn Transaction,
        letter: Letter,
    ) -> Reply<()> {
        if letter.news.is_asked_for() && tx.asked_for_letters().await? >= ASKED_FOR_MAX {
            return Err(QueueFull.into());
        }
        let id = LetterId(secret::id(&*self.env.randomness));
        let stored = delivery::store(tx, id, letter, self.now).await?;
        self.letters.push(stored);
        Ok(())
    }

    /// Writes to the owner of an account ([`delivery::letters_to`]).
    pub(crate) async fn tell(
        &mut self,
        tx: &mut dyn Transaction,
        account: &Account,
        news: News,
    ) -> Reply<()> {
        for letter in delivery::letters_to(tx, account, news, self.now).await? {
            self.write_letter(tx, letter).await?;
        }
        Ok(())
    }

    /// Commits what may have a letter, and has it sent.
    pub(crate) async fn commit(&mut self, tx: Box<dyn Transaction>) -> Reply<()> {
        tx.commit().await?;
        for letter in self.letters.drain(..) {
            self.env.mail.stored(&letter).await;
        }
        Ok(())
    }

    pub(crate) async fn end_session(&mut self) -> Reply<()> {
        if let Some(token) = &self.token {
            self.delete_session(&hash::of(token)).await?;
            self.forget_session();
        }
        Ok(())
    }

    /// The hash of the session's token: which session this is.
    pub(crate) fn session_hash(&self) -> String {
        self.token.as_deref().map(hash::of).unwrap_or_default()
    }

    /// The hash of the token of the session that this call began; nothing where it began none.
    pub(crate) fn begun_session(&self) -> Option<String> {
        let begins = |cookie: &Cookie| match cookie {
            Cookie::SetSession(_) => true,
            Cookie::SetBrowser(_)
            | Cookie::ClearSession
            | Cookie::SetProof(_)
            | Cookie::SetSignUp(_) => false,
        };
        self.cookies.iter().any(begins).then(|| self.session_hash())
    }

    /// Whether a guest has the feature. What the network tells goes before what they chose.
    pub(crate) fn guest_availability(&mut self, chosen: Option<Country>) -> Availability {
        let region = self.caller.region.or(chosen);
        let bucket = bucket(
            self.browser
                .as_deref()
                .map(hash::of)
                .unwrap_or_default()
                .as_bytes(),
        );
        self.env.rollout.availability(region, bucket)
    }

    /// Whether an account has the feature.
    pub(crate) fn availability(&self, account: &Account) -> Availability {
        self.env
            .rollout
            .availability(account.region, bucket(account.id.0.as_bytes()))
    }
}

/// A stable number of someone's: FNV-1a, which spreads well enough for shares.
fn bucket(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// How far an account's Ads Manager account is.
pub(crate) fn ads_stage(account: &Account) -> AdsStage {
    match account.ads_account {
        AdsAccount::Missing => AdsStage::Missing,
        AdsAccount::Created { .. } => AdsStage::Created,
        AdsAccount::Complete { .. } => AdsStage::Complete,
    }
}

/// The page for who is on the way to no other: on with what is unfinished.
pub(crate) fn home_of(account: &Account) -> Route {
    match account.ads_account {
        AdsAccount::Missing => Route::CreateAdsAccount,
        AdsAccount::Created { .. } => Route::Welcome,
        AdsAccount::Complete { .. } => Route::Campaigns,
    }
}

/// Refuses those who don't have the feature.
pub(crate) fn available(availability: Availability) -> Reply<()> {
    match availability {
        Availability::Available => Ok(()),
        Availability::OutsideMarket | Availability::NotYet => Err(Code::NotAvailable.into()),
    }
}
