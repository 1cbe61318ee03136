//! The world: accounts, links, sessions, authorizations and drafts, moved by the domain's functions
//! alone. Nothing here knows a rule: links are kept in a plain list that would take anything.

use super::command::{Answer, BROWSERS, Command, Purpose};
use domain::authorization::{
    self, Authorization, Back, Intent, Outcome, Proof, ProofRefusal, Received, TikTokFace,
};
use domain::draft::Draft;
use domain::id::{AccountId, BrowserId, DraftId, OpenId};
use domain::link::{self, Bonds, LinkRefusal, Linking, LogInMethods, Privilege, UnlinkRefusal};
use domain::session::SessionTimes;
use domain::sign_up::{self, CodeRefusal, ResendRefusal};
use domain::time::Timestamp;
use std::time::Duration;
use uuid::Uuid;

/// A rule that the world is told to ignore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sabotage {
    LinkWithoutLooking,
    TrustStaleSessions,
    TrustAnyBrowser,
    UnlinkTheLastMethod,
    KeepSpentProofs,
    ExchangeAgain,
    LogOutOnRefusal,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Account {
    /// A verified address, which always comes with a password.
    pub(crate) email: Option<usize>,
    pub(crate) draft: Draft,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Session {
    pub(crate) account: usize,
    pub(crate) times: SessionTimes,
}

#[derive(Clone, Debug, PartialEq)]
struct SignUp {
    email: usize,
    /// The account to add it to; none for a new one.
    account: Option<usize>,
    state: sign_up::State,
}

#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Browser {
    pub(crate) session: Option<Session>,
    sign_up: Option<SignUp>,
}

/// A code that is being exchanged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Exchange {
    pub(crate) authorization: usize,
    pub(crate) browser: usize,
    pub(crate) tiktok: usize,
    pub(crate) since: Timestamp,
}

#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) now: Timestamp,
    pub(crate) accounts: Vec<Account>,
    /// Account and TikTok account.
    pub(crate) links: Vec<(usize, usize)>,
    pub(crate) browsers: Vec<Browser>,
    pub(crate) authorizations: Vec<Authorization>,
    pub(crate) exchanges: Vec<Exchange>,
    sabotage: Option<Sabotage>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Refusal {
    Proof(ProofRefusal),
    Link(LinkRefusal),
    Unlink(UnlinkRefusal),
    Code(CodeRefusal),
    Resend(ResendRefusal),
    NotLoggedIn,
    ConfirmFirst,
    WrongCredentials,
    NoCodePending,
    EmailTaken,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Happened {
    Nothing,
    Began { authorization: usize },
    Shown(Outcome),
    Waiting,
    Exchanging,
    GivenUp,
    LoggedIn,
    Created,
    LinkedExisting,
    Unlinked,
    CodeSent,
    EmailProven,
    Refused(Refusal),
}

impl Happened {
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Refused(Refusal::Code(CodeRefusal::Wrong { .. })) => {
                "Refused(Code(Wrong))".into()
            }
            Self::Refused(Refusal::Resend(_)) => "Refused(Resend)".into(),
            Self::Began { .. } => "Began".into(),
            other => format!("{other:?}"),
        }
    }
}

type Step = Result<Happened, Refusal>;

pub(crate) fn account_id(account: usize) -> AccountId {
    AccountId(Uuid::from_u128(account as u128))
}

fn draft_id(account: usize) -> DraftId {
    DraftId(Uuid::from_u128(account as u128))
}

fn browser_id(browser: usize) -> BrowserId {
    BrowserId(format!("browser {browser}"))
}

fn open_id(tiktok: usize) -> OpenId {
    OpenId(format!("tiktok {tiktok}"))
}

fn proof(tiktok: usize, proven: Timestamp) -> Proof {
    Proof {
        open_id: open_id(tiktok),
        union_id: None,
        face: TikTokFace {
            display_name: format!("TikTok {tiktok}"),
            username: None,
            avatar_url: None,
        },
        proven,
    }
}

fn number(id: AccountId) -> usize {
    usize::try_from(id.0.as_u128()).unwrap()
}

fn tiktok_number(open_id: &OpenId) -> usize {
    open_id.0.strip_prefix("tiktok ").unwrap().parse().unwrap()
}

impl World {
    /// One account by e-mail alone, one by TikTok alone, one by both.
    pub(crate) fn new(sabotage: Option<Sabotage>) -> Self {
        let account = |email| Account {
            email,
            draft: Draft::default(),
        };
        Self {
            now: Timestamp(1_767_225_600_000),
            accounts: vec![account(Some(0)), account(None), account(Some(1))],
            links: vec![(1, 0), (2, 1)],
            browsers: vec![Browser::default(); BROWSERS],
            authorizations: Vec::new(),
            exchanges: Vec::new(),
            sabotage,
        }
    }

    /// Which authorization an index means.
    pub(crate) fn which(&self, index: usize) -> Option<usize> {
        let last = self.authorizations.len().checked_sub(1)?;
        Some(if index == usize::MAX {
            last
        } else {
            index % (last + 1)
        })
    }

    pub(crate) fn step(&mut self, command: Command) -> Happened {
        let before = self.clone();
        self.try_step(command).unwrap_or_else(|refusal| {
            // A refusal drops its transaction. What a refusal keeps, it keeps on its own: a wrong
            // code is counted.
            let counted = self.browsers.clone();
            *self = before;
            if let Refusal::Code(_) = refusal {
                self.browsers = counted;
            }
            if let (Refusal::Link(_), Some(Sabotage::LogOutOnRefusal)) = (refusal, self.sabotage) {
                self.browsers
                    .iter_mut()
                    .for_each(|browser| browser.session = None);
            }
            Happened::Refused(refusal)
        })
    }

    fn try_step(&mut self, command: Command) -> Step {
        match command {
            Command::Advance { seconds } => {
                self.now = self.now.plus(Duration::from_secs(u64::from(seconds)));
                // A process that hangs longer than this is dead: TikTok's transport has a limit.
                let now = self.now;
                self.exchanges
                    .retain(|exchange| now.since(exchange.since) < Duration::from_secs(60));
                Ok(Happened::Nothing)
            }
            Command::LogIn { browser, email } => {
                let account = self.by_email(email).ok_or(Refusal::WrongCredentials)?;
                self.begin_session(browser, account);
                Ok(Happened::LoggedIn)
            }
            Command::LogOut { browser } => {
                self.browsers[browser].session = None;
                Ok(Happened::Nothing)
            }
            Command::SignUp { browser, email } => Ok(self.send_code(browser, email, None)),
            Command::AddEmail { browser, email } => {
                let account = self.fresh(browser)?;
                if self.accounts[account].email.is_some() {
                    return Err(Refusal::EmailTaken);
                }
                Ok(self.send_code(browser, email, Some(account)))
            }
            Command::Resend { browser } => {
                let now = self.now;
                let waiting = self.browsers[browser].sign_up.as_mut();
                let sign_up = waiting.ok_or(Refusal::NoCodePending)?;
                sign_up
                    .state
                    .resend("222222".into(), now)
                    .map_err(Refusal::Resend)?;
                Ok(Happened::CodeSent)
            }
            Command::TypeCode { browser, right } => self.type_code(browser, right),
            Command::Begin { browser, purpose } => self.begin(browser, purpose),
            Command::CallBack {
                browser,
                authorization,
                answer,
                tiktok,
            } => Ok(self
                .which(authorization)
                .map_or(Happened::Nothing, |authorization| {
                    self.call_back(browser, authorization, answer, tiktok)
                })),
            Command::Exchanged => Ok(if self.exchanges.is_empty() {
                Happened::Nothing
            } else {
                let exchange = self.exchanges.remove(0);
                self.settle(exchange)
            }),
            Command::CreateAccount {
                browser,
                authorization,
            } => {
                let proof = self.spend(browser, authorization, Intent::LogIn, Outcome::SignedUp)?;
                let tiktok = tiktok_number(&proof.open_id);
                if self.owner(tiktok).is_some() {
                    return Err(Refusal::Link(LinkRefusal::AlreadyLinked));
                }
                self.new_account(browser, None, Some(tiktok));
                Ok(Happened::Created)
            }
            Command::LinkExisting {
                browser,
                authorization,
                email,
            } => {
                let proof = self.spend(browser, authorization, Intent::LogIn, Outcome::LoggedIn)?;
                let account = self.by_email(email).ok_or(Refusal::WrongCredentials)?;
                self.link(account, tiktok_number(&proof.open_id))
                    .map_err(Refusal::Link)?;
                self.begin_session(browser, account);
                Ok(Happened::LinkedExisting)
            }
            Command::LinkTikTok {
                browser,
                authorization,
            } => {
                let account = self.fresh(browser)?;
                let which = self
                    .which(authorization)
                    .ok_or(Refusal::Proof(ProofRefusal::Missing))?;
                let intent = self.authorizations[which].intent;
                if !matches!(intent, Intent::Link { account: owner, .. } if number(owner) == account)
                {
                    return Err(Refusal::Proof(ProofRefusal::OtherIntent));
                }
                let proof = self.spend(browser, which, intent, Outcome::Linked)?;
                let outcome = self.link_for(account, intent, tiktok_number(&proof.open_id));
                self.authorizations[which].state = authorization::State::Ended { outcome };
                Ok(Happened::Shown(outcome))
            }
            Command::Unlink { browser } => {
                let account = self.fresh(browser)?;
                let tiktok = self.linked(account);
                let methods = LogInMethods {
                    email_and_password: self.accounts[account].email.is_some()
                        || self.sabotage == Some(Sabotage::UnlinkTheLastMethod),
                    tiktok: tiktok.is_some(),
                };
                link::unlink(methods).map_err(Refusal::Unlink)?;
                self.links.retain(|(owner, _)| *owner != account);
                if let Some(tiktok) = tiktok {
                    self.accounts[account]
                        .draft
                        .drop_identity(&open_id(tiktok).0);
                }
                Ok(Happened::Unlinked)
            }
        }
    }

    fn send_code(&mut self, browser: usize, email: usize, account: Option<usize>) -> Happened {
        let code = self.by_email(email).is_none().then(|| "111111".to_owned());
        let state = sign_up::State::send(code, self.now);
        self.browsers[browser].sign_up = Some(SignUp {
            email,
            account,
            state,
        });
        Happened::CodeSent
    }

    fn type_code(&mut self, browser: usize, right: bool) -> Step {
        let now = self.now;
        let waiting = self.browsers[browser].sign_up.as_mut();
        let sign_up = waiting.ok_or(Refusal::NoCodePending)?;
        let typed = match &sign_up.state {
            sign_up::State::AwaitingCode {
                code: Some(code), ..
            } if right => code.clone(),
            sign_up::State::AwaitingCode { .. } | sign_up::State::Verified => "000000".to_owned(),
        };
        sign_up.state.verify(&typed, now).map_err(Refusal::Code)?;
        let SignUp { email, account, .. } = sign_up.clone();
        if self.by_email(email).is_some() {
            return Err(Refusal::EmailTaken);
        }
        match account {
            None => self.new_account(browser, Some(email), None),
            Some(account) => {
                if self.member(browser)? != account {
                    return Err(Refusal::NoCodePending);
                }
                self.accounts[account].email = Some(email);
            }
        }
        self.browsers[browser].sign_up = None;
        Ok(Happened::EmailProven)
    }

    fn begin(&mut self, browser: usize, purpose: Purpose) -> Step {
        let intent = match purpose {
            Purpose::SignUp => Intent::SignUp,
            Purpose::LogIn => Intent::LogIn,
            Purpose::Link { to_ad } => {
                let account = self.fresh(browser)?;
                let back = if to_ad {
                    Back::Ad {
                        draft: draft_id(account),
                    }
                } else {
                    Back::Profile
                };
                Intent::Link {
                    account: account_id(account),
                    back,
                }
            }
            Purpose::Confirm => Intent::Confirm {
                account: account_id(self.member(browser)?),
            },
        };
        let begun = Authorization::begin(intent, browser_id(browser), self.now);
        self.authorizations.push(begun);
        Ok(Happened::Began {
            authorization: self.authorizations.len() - 1,
        })
    }

    fn call_back(
        &mut self,
        browser: usize,
        which: usize,
        answer: Answer,
        tiktok: usize,
    ) -> Happened {
        let said = match answer {
            Answer::Code | Answer::SlowCode | Answer::ScopeDenied => {
                authorization::Answer::Authorized
            }
            Answer::Cancelled => authorization::Answer::Cancelled,
            Answer::Failed => authorization::Answer::Failed,
        };
        let now = self.now;
        let from = self.claimed_browser(which, browser);
        let authorization = &mut self.authorizations[which];
        if self.sabotage == Some(Sabotage::ExchangeAgain)
            && matches!(authorization.state, authorization::State::Ended { .. })
        {
            authorization.state = authorization::State::Pending;
        }
        match authorization.receive(said, &from, now) {
            Received::Show(outcome) => Happened::Shown(outcome),
            Received::Wait => Happened::Waiting,
            Received::Exchange => {
                let exchange = Exchange {
                    authorization: which,
                    browser,
                    tiktok,
                    since: now,
                };
                match answer {
                    Answer::ScopeDenied => self.conclude(which, Outcome::ScopeDenied, None),
                    Answer::SlowCode => {
                        self.exchanges.push(exchange);
                        Happened::Exchanging
                    }
                    Answer::Code | Answer::Cancelled | Answer::Failed => self.settle(exchange),
                }
            }
        }
    }

    /// Which browser this one says it is.
    fn claimed_browser(&self, authorization: usize, browser: usize) -> BrowserId {
        if self.sabotage == Some(Sabotage::TrustAnyBrowser) {
            return self.authorizations[authorization].browser.clone();
        }
        browser_id(browser)
    }

    fn conclude(&mut self, which: usize, outcome: Outcome, proof: Option<Proof>) -> Happened {
        match self.authorizations[which].conclude(outcome, proof) {
            Ok(()) => Happened::Shown(outcome),
            Err(_) => Happened::GivenUp,
        }
    }

    /// What comes of an account that TikTok has told, all of it or nothing.
    fn settle(&mut self, exchange: Exchange) -> Happened {
        let Exchange {
            authorization,
            browser,
            tiktok,
            since,
        } = exchange;
        let before = self.clone();
        let intent = self.authorizations[authorization].intent;
        let waiting = Some(proof(tiktok, since));
        let (outcome, proof) = match intent {
            Intent::SignUp | Intent::LogIn => match self.owner(tiktok) {
                Some(owner) => {
                    self.begin_session(browser, owner);
                    (Outcome::LoggedIn, None)
                }
                None if intent == Intent::LogIn => (Outcome::ChooseAccount, waiting),
                None => {
                    self.new_account(browser, None, Some(tiktok));
                    (Outcome::SignedUp, None)
                }
            },
            Intent::Link { account, .. } => match self.fresh(browser) {
                Ok(member) if member == number(account) => {
                    (self.link_for(member, intent, tiktok), None)
                }
                Err(Refusal::ConfirmFirst) if self.member(browser) == Ok(number(account)) => {
                    (Outcome::ConfirmNeeded, waiting)
                }
                Ok(_) | Err(_) => (Outcome::SessionEnded, waiting),
            },
            Intent::Confirm { account } => {
                let owner = number(account);
                if self.member(browser) == Ok(owner) && self.owner(tiktok) == Some(owner) {
                    let now = self.now;
                    if let Some(session) = &mut self.browsers[browser].session {
                        session.times.authenticated = now;
                    }
                    (Outcome::Confirmed, None)
                } else {
                    (Outcome::ConfirmedByAnother, None)
                }
            }
        };
        let happened = self.conclude(authorization, outcome, proof);
        if happened == Happened::GivenUp {
            *self = before;
        }
        happened
    }

    fn link_for(&mut self, account: usize, intent: Intent, tiktok: usize) -> Outcome {
        let outcome = match self.link(account, tiktok) {
            Ok(Linking::Make) => Outcome::Linked,
            Ok(Linking::Already) => Outcome::AlreadyYours,
            Err(refusal) => {
                if self.sabotage == Some(Sabotage::LogOutOnRefusal) {
                    self.browsers
                        .iter_mut()
                        .for_each(|browser| browser.session = None);
                }
                return match refusal {
                    LinkRefusal::AlreadyLinked => Outcome::AlreadyLinked,
                    LinkRefusal::AccountHasLink => Outcome::AccountHasLink,
                };
            }
        };
        if let Intent::Link {
            back: Back::Ad { .. },
            ..
        } = intent
        {
            let _ = self.accounts[account]
                .draft
                .choose_identity(&open_id(tiktok).0);
        }
        outcome
    }

    fn link(&mut self, account: usize, tiktok: usize) -> Result<Linking, LinkRefusal> {
        let bonds = Bonds {
            owner: self.owner(tiktok).map(account_id),
            linked: self.linked(account).map(open_id),
        };
        let linking = if self.sabotage == Some(Sabotage::LinkWithoutLooking) {
            Linking::Make
        } else {
            link::link(account_id(account), &open_id(tiktok), &bonds)?
        };
        if linking == Linking::Make {
            self.links.push((account, tiktok));
        }
        Ok(linking)
    }

    fn spend(
        &mut self,
        browser: usize,
        authorization: usize,
        intent: Intent,
        outcome: Outcome,
    ) -> Result<Proof, Refusal> {
        let missing = Refusal::Proof(ProofRefusal::Missing);
        let which = self.which(authorization).ok_or(missing)?;
        if self.authorizations[which].intent != intent {
            return Err(Refusal::Proof(ProofRefusal::OtherIntent));
        }
        let from = self.claimed_browser(which, browser);
        let now = self.now;
        let authorization = &mut self.authorizations[which];
        if self.sabotage == Some(Sabotage::KeepSpentProofs) {
            return authorization
                .proof(&from, now)
                .cloned()
                .map_err(Refusal::Proof);
        }
        authorization
            .spend(&from, now, outcome)
            .map_err(Refusal::Proof)
    }

    fn new_account(&mut self, browser: usize, email: Option<usize>, tiktok: Option<usize>) {
        let account = self.accounts.len();
        self.accounts.push(Account {
            email,
            draft: Draft::default(),
        });
        self.links.extend(tiktok.map(|tiktok| (account, tiktok)));
        self.begin_session(browser, account);
    }

    fn begin_session(&mut self, browser: usize, account: usize) {
        let times = SessionTimes::begin(self.now);
        self.browsers[browser].session = Some(Session { account, times });
    }

    fn member(&self, browser: usize) -> Result<usize, Refusal> {
        let session = self.browsers[browser].session.ok_or(Refusal::NotLoggedIn)?;
        match link::privilege(session.times.standing(self.now)) {
            Privilege::Granted | Privilege::ConfirmFirst => Ok(session.account),
            Privilege::LogInFirst => Err(Refusal::NotLoggedIn),
        }
    }

    fn fresh(&self, browser: usize) -> Result<usize, Refusal> {
        let session = self.browsers[browser].session.ok_or(Refusal::NotLoggedIn)?;
        match link::privilege(session.times.standing(self.now)) {
            Privilege::Granted => Ok(session.account),
            Privilege::ConfirmFirst if self.sabotage == Some(Sabotage::TrustStaleSessions) => {
                Ok(session.account)
            }
            Privilege::ConfirmFirst => Err(Refusal::ConfirmFirst),
            Privilege::LogInFirst => Err(Refusal::NotLoggedIn),
        }
    }

    fn by_email(&self, email: usize) -> Option<usize> {
        self.accounts
            .iter()
            .position(|account| account.email == Some(email))
    }

    fn owner(&self, tiktok: usize) -> Option<usize> {
        let link = self.links.iter().find(|(_, linked)| *linked == tiktok);
        link.map(|(account, _)| *account)
    }

    fn linked(&self, account: usize) -> Option<usize> {
        let link = self.links.iter().find(|(owner, _)| *owner == account);
        link.map(|(_, tiktok)| *tiktok)
    }
}
