//! Authorizations at TikTok, and what comes of their proofs.

use super::command::{Purpose, TikTokAnswer};
use super::world::{
    Applied, Exchange, Happened, Refusal, Sabotage, World, account_id, browser_id, draft_id,
    number, open_id, proof, tiktok_number,
};
use domain::authorization::{
    self, Authorization, Intent, Outcome, Proof, ProofRefusal, Received, ReturnTo,
};
use domain::id::BrowserId;
use domain::link::{self, ExistingLinks, LinkDecision, LinkRefusal, LogInMethods};

impl World {
    pub(crate) fn begin(&mut self, browser: usize, purpose: Purpose) -> Applied {
        let intent = match purpose {
            Purpose::SignUp => Intent::SignUp,
            Purpose::LogIn => Intent::LogIn,
            Purpose::Link { to_ad } => {
                let account = self.fresh(browser)?;
                let return_to = if to_ad {
                    ReturnTo::Ad {
                        draft: draft_id(account),
                    }
                } else {
                    ReturnTo::Profile
                };
                Intent::Link {
                    account: account_id(account),
                    return_to,
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

    pub(crate) fn call_back(
        &mut self,
        browser: usize,
        which: usize,
        answer: TikTokAnswer,
        tiktok: usize,
    ) -> Happened {
        let said = match answer {
            TikTokAnswer::Code | TikTokAnswer::SlowCode | TikTokAnswer::ScopeDenied => {
                authorization::AuthorizationResponse::Authorized {
                    code: String::new(),
                }
            }
            TikTokAnswer::Cancelled => authorization::AuthorizationResponse::Cancelled,
            TikTokAnswer::Failed => authorization::AuthorizationResponse::Failed,
        };
        let now = self.now;
        let from = self.claimed_browser(which, browser);
        let authorization = &mut self.authorizations[which];
        if self.sabotage == Some(Sabotage::ExchangeAgain)
            && matches!(authorization.phase, authorization::Phase::Ended { .. })
        {
            authorization.phase = authorization::Phase::Pending;
        }
        match authorization.receive(said, &from, now) {
            Received::Show(outcome) => Happened::Shown(outcome),
            Received::Wait => Happened::Waiting,
            Received::Exchange { .. } => {
                let exchange = Exchange {
                    authorization: which,
                    browser,
                    tiktok,
                    since: now,
                };
                match answer {
                    TikTokAnswer::ScopeDenied => self.conclude(which, Outcome::ScopeDenied, None),
                    TikTokAnswer::SlowCode => {
                        self.exchanges.push(exchange);
                        Happened::Exchanging
                    }
                    TikTokAnswer::Code | TikTokAnswer::Cancelled | TikTokAnswer::Failed => {
                        self.settle(exchange)
                    }
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
    pub(crate) fn settle(&mut self, exchange: Exchange) -> Happened {
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

    pub(crate) fn link_for(&mut self, account: usize, intent: Intent, tiktok: usize) -> Outcome {
        let outcome = match self.link(account, tiktok) {
            Ok(LinkDecision::Make) => Outcome::Linked,
            Ok(LinkDecision::Already) => Outcome::AlreadyYours,
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
            return_to: ReturnTo::Ad { .. },
            ..
        } = intent
        {
            let _ = self.accounts[account]
                .draft
                .choose_identity(&open_id(tiktok).0);
        }
        outcome
    }

    pub(crate) fn link(
        &mut self,
        account: usize,
        tiktok: usize,
    ) -> Result<LinkDecision, LinkRefusal> {
        let existing = ExistingLinks {
            owner: self.owner(tiktok).map(account_id),
            linked: self.linked(account).map(open_id),
        };
        let decision = if self.sabotage == Some(Sabotage::LinkWithoutLooking) {
            LinkDecision::Make
        } else {
            link::link(account_id(account), &open_id(tiktok), &existing)?
        };
        if decision == LinkDecision::Make {
            self.links.push((account, tiktok));
        }
        Ok(decision)
    }

    pub(crate) fn spend(
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

    pub(crate) fn create_account(&mut self, browser: usize, authorization: usize) -> Applied {
        let proof = self.spend(browser, authorization, Intent::LogIn, Outcome::SignedUp)?;
        let tiktok = tiktok_number(&proof.open_id);
        if self.owner(tiktok).is_some() {
            return Err(Refusal::Link(LinkRefusal::AlreadyLinked));
        }
        self.new_account(browser, None, Some(tiktok));
        Ok(Happened::Created)
    }

    pub(crate) fn link_existing(
        &mut self,
        browser: usize,
        authorization: usize,
        email: usize,
    ) -> Applied {
        let proof = self.spend(browser, authorization, Intent::LogIn, Outcome::LoggedIn)?;
        let account = self.by_email(email).ok_or(Refusal::WrongCredentials)?;
        self.link(account, tiktok_number(&proof.open_id))
            .map_err(Refusal::Link)?;
        self.begin_session(browser, account);
        Ok(Happened::LinkedExisting)
    }

    pub(crate) fn link_tiktok(&mut self, browser: usize, authorization: usize) -> Applied {
        let account = self.fresh(browser)?;
        let which = self
            .which(authorization)
            .ok_or(Refusal::Proof(ProofRefusal::Missing))?;
        let intent = self.authorizations[which].intent;
        if !matches!(intent, Intent::Link { account: owner, .. } if number(owner) == account) {
            return Err(Refusal::Proof(ProofRefusal::OtherIntent));
        }
        let proof = self.spend(browser, which, intent, Outcome::Linked)?;
        let outcome = self.link_for(account, intent, tiktok_number(&proof.open_id));
        self.authorizations[which].phase = authorization::Phase::Ended { outcome };
        Ok(Happened::Shown(outcome))
    }

    pub(crate) fn unlink(&mut self, browser: usize) -> Applied {
        let account = self.fresh(browser)?;
        let tiktok = self.linked(account);
        let methods = LogInMethods {
            email_and_password: self.accounts[account].email.is_some()
                || self.sabotage == Some(Sabotage::UnlinkTheLastMethod),
            tiktok: tiktok.is_some(),
            passkeys: 0,
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
