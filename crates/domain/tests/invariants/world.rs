//! The world: accounts, links, sessions, authorizations and drafts, moved by the domain's functions
//! alone. Nothing here knows an invariant: links are kept in a plain list that would take anything.

use super::command::{BROWSERS, Command};
use domain::authorization::{Authorization, Outcome, Proof, ProofRefusal, TikTokProfile};
use domain::draft::Draft;
use domain::id::{AccountId, BrowserId, DraftId, OpenId};
use domain::link::{self, LinkRefusal, Privilege, UnlinkRefusal};
use domain::session::SessionTimes;
use domain::sign_up::{self, CodeRefusal, ResendRefusal};
use domain::time::Timestamp;
use std::time::Duration;
use uuid::Uuid;

/// An invariant that the world is told to ignore.
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
    pub(crate) sabotage: Option<Sabotage>,
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
            Self::Nothing
            | Self::Shown(_)
            | Self::Waiting
            | Self::Exchanging
            | Self::GivenUp
            | Self::LoggedIn
            | Self::Created
            | Self::LinkedExisting
            | Self::Unlinked
            | Self::CodeSent
            | Self::EmailProven
            | Self::Refused(_) => format!("{self:?}"),
        }
    }
}

pub(crate) type Applied = Result<Happened, Refusal>;

pub(crate) fn account_id(account: usize) -> AccountId {
    AccountId(Uuid::from_u128(account as u128))
}

pub(crate) fn draft_id(account: usize) -> DraftId {
    DraftId(Uuid::from_u128(account as u128))
}

pub(crate) fn browser_id(browser: usize) -> BrowserId {
    BrowserId(format!("browser {browser}"))
}

pub(crate) fn open_id(tiktok: usize) -> OpenId {
    OpenId(format!("tiktok {tiktok}"))
}

pub(crate) fn proof(tiktok: usize, proven: Timestamp) -> Proof {
    Proof {
        open_id: open_id(tiktok),
        union_id: None,
        profile: TikTokProfile {
            display_name: format!("TikTok {tiktok}"),
            username: None,
            avatar_url: None,
        },
        proven,
    }
}

pub(crate) fn number(id: AccountId) -> usize {
    usize::try_from(id.0.as_u128()).unwrap_or(usize::MAX)
}

pub(crate) fn tiktok_number(open_id: &OpenId) -> usize {
    let number = open_id.0.strip_prefix("tiktok ").map(str::parse);
    number.and_then(Result::ok).unwrap_or(usize::MAX)
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

    fn try_step(&mut self, command: Command) -> Applied {
        match command {
            Command::Advance { seconds } => {
                self.now = self.now.plus(Duration::from_secs(u64::from(seconds)));
                // A process that hangs longer than this is dead: TikTok's transport has a limit.
                let now = self.now;
                self.exchanges
                    .retain(|exchange| now.since(exchange.since) < Duration::from_mins(1));
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
                let waiting = self.browsers[browser].sign_up.as_ref();
                let email = waiting.ok_or(Refusal::NoCodePending)?.email;
                let code = self.by_email(email).is_none().then(|| "222222".to_owned());
                let waiting = self.browsers[browser].sign_up.as_mut();
                let sign_up = waiting.ok_or(Refusal::NoCodePending)?;
                sign_up.state.resend(code, now).map_err(Refusal::Resend)?;
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
            } => self.create_account(browser, authorization),
            Command::LinkExisting {
                browser,
                authorization,
                email,
            } => self.link_existing(browser, authorization, email),
            Command::LinkTikTok {
                browser,
                authorization,
            } => self.link_tiktok(browser, authorization),
            Command::Unlink { browser } => self.unlink(browser),
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

    fn type_code(&mut self, browser: usize, right: bool) -> Applied {
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

    pub(crate) fn new_account(
        &mut self,
        browser: usize,
        email: Option<usize>,
        tiktok: Option<usize>,
    ) {
        let account = self.accounts.len();
        self.accounts.push(Account {
            email,
            draft: Draft::default(),
        });
        self.links.extend(tiktok.map(|tiktok| (account, tiktok)));
        self.begin_session(browser, account);
    }

    pub(crate) fn begin_session(&mut self, browser: usize, account: usize) {
        let times = SessionTimes::begin(self.now);
        self.browsers[browser].session = Some(Session { account, times });
    }

    pub(crate) fn member(&self, browser: usize) -> Result<usize, Refusal> {
        let session = self.browsers[browser].session.ok_or(Refusal::NotLoggedIn)?;
        match link::privilege(session.times.status(self.now)) {
            Privilege::Granted | Privilege::ConfirmFirst => Ok(session.account),
            Privilege::LogInFirst => Err(Refusal::NotLoggedIn),
        }
    }

    pub(crate) fn fresh(&self, browser: usize) -> Result<usize, Refusal> {
        let session = self.browsers[browser].session.ok_or(Refusal::NotLoggedIn)?;
        match link::privilege(session.times.status(self.now)) {
            Privilege::Granted => Ok(session.account),
            Privilege::ConfirmFirst if self.sabotage == Some(Sabotage::TrustStaleSessions) => {
                Ok(session.account)
            }
            Privilege::ConfirmFirst => Err(Refusal::ConfirmFirst),
            Privilege::LogInFirst => Err(Refusal::NotLoggedIn),
        }
    }

    pub(crate) fn by_email(&self, email: usize) -> Option<usize> {
        self.accounts
            .iter()
            .position(|account| account.email == Some(email))
    }

    pub(crate) fn owner(&self, tiktok: usize) -> Option<usize> {
        let link = self.links.iter().find(|(_, linked)| *linked == tiktok);
        link.map(|(account, _)| *account)
    }

    pub(crate) fn linked(&self, account: usize) -> Option<usize> {
        let link = self.links.iter().find(|(owner, _)| *owner == account);
        link.map(|(_, tiktok)| *tiktok)
    }
}
