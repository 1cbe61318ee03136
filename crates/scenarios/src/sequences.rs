//! Invariants 1 to 6 of ARCHITECTURE.md, as people see them who use the portal: no sequence of what is
//! done in two browsers, with two TikTok accounts and an address that may change, shows one broken.
//!
//! The ledger knows nothing of how the portal works. It looks at what each browser shows before and
//! after a step, at what the answer says was done, and at the minutes that have passed.

use super::numbers::Numbers;
use super::person::{NEW_PASSWORD, Person, begin, code_in};
use super::{Failure, Host, Visit};
use contract::account::{ChangeEmail, GetProfile, UnlinkTikTok};
use contract::authorization::{
    CompleteAuthorization, Completed, CreateAccount, LinkExisting, LinkTikTok, Purpose,
};
use contract::problem::{Code, Problem};
use contract::session::{ConfirmPassword, GetSession, LogIn, LogOut};
use contract::sign_up::{ResetPassword, VerifyEmail};
use contract::view::Moved;
use domain::authorization::{AUTHORIZATION_LIFE_MINUTES, Outcome, PROOF_LIFE_MINUTES, ReturnTo};
use domain::former_email::UNDO_HOURS;
use domain::region::Country;
use domain::session::{FRESH_MINUTES, SESSION_IDLE};
use std::collections::BTreeMap;

/// How many steps a sequence has.
const STEPS: u32 = 16;
/// Longer than any limit of an hour counts.
const BREAK_MINUTES: u64 = 61;
const BROWSERS: [usize; 2] = [0, 1];
/// With these a proof waits for what its owner does.
const WAITING: [Outcome; 3] = [
    Outcome::ChooseAccount,
    Outcome::ConfirmNeeded,
    Outcome::SessionEnded,
];

/// What must have been answered in a walk that tries everything.
pub const SEEN: [&str; 24] = [
    "SignedUp",
    "LoggedIn",
    "ChooseAccount",
    "Linked",
    "AlreadyLinked",
    "ConfirmedByAnother",
    "SessionEnded",
    "Cancelled",
    "ScopeDenied",
    "TikTokFailed",
    "Expired",
    "OtherBrowser",
    "finished: Linked",
    "again",
    "AccountHasLink",
    "NotLinked",
    "LastLogInMethod",
    "ConfirmFirst",
    "ProofMissing",
    "NotLoggedIn",
    "EmailMissing",
    "moved",
    "taken back",
    "too late",
];

#[derive(Clone, Copy, Debug)]
enum Step {
    LogIn,
    LogOut,
    Confirm,
    /// Goes to TikTok and does that there; what comes back is kept.
    Leave(Purpose, Visit),
    /// Opens what came back last, to whichever browser.
    ComeBack,
    /// Opens what was opened last once more.
    ComeBackAgain,
    CreateAccount,
    LinkExisting,
    FinishLink,
    Unlink,
    /// Has another address, by its code.
    ChangeEmail,
    /// Sets a password by a code to an address: the one that there is, or one that there was.
    Reset(usize),
    Wait(u64),
}

/// What the answer to a step says that it has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Nothing,
    /// Someone else may be logged in in this browser now. No link was made or ended.
    Session,
    /// A link of whoever is logged in in this browser now was made or ended.
    Link,
}

/// What a browser shows of whoever is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    account: String,
    /// The username of the TikTok account that is linked.
    tiktok: Option<String>,
}

/// A browser, and what the ledger notes of it.
struct Side<'h, H: Host> {
    person: Person<'h, H>,
    shown: Option<Shown>,
    /// The minute in which whoever is logged in last proved who they are.
    proven: u64,
    /// The minute in which the proof came back that nothing was done with yet.
    waiting: Option<u64>,
}

/// What came back from TikTok.
#[derive(Clone)]
struct Left {
    callback: CompleteAuthorization,
    browser: usize,
    /// Who was logged in when it began.
    account: Option<String>,
    begun: u64,
}

/// A callback that was opened in the browser that began it.
#[derive(Clone)]
struct Opened {
    callback: CompleteAuthorization,
    browser: usize,
    showed: Completed,
    /// Who was there then.
    account: Option<String>,
}

struct Walk<'h, H: Host> {
    host: &'h H,
    sides: [Side<'h, H>; 2],
    left: Option<Left>,
    last: Option<Opened>,
    /// The TikTok account that each business account was seen with.
    links: BTreeMap<String, Option<String>>,
    email: String,
    /// The addresses before, each with the minute in which another took its place.
    former: Vec<(String, u64)>,
    usernames: [&'static str; 2],
    now: u64,
    seen: &'h mut BTreeMap<String, u32>,
}

/// Walks `count` sequences, of which each has a number, and counts in `seen` what was answered: what
/// isn't there was never tried. The numbers tell the people of one sequence from those of another.
///
/// # Errors
///
/// The first step that breaks an invariant, with the steps before it.
pub async fn sequences<H: Host>(
    host: &H,
    first: u64,
    count: u64,
    seen: &mut BTreeMap<String, u32>,
) -> Result<(), String> {
    for number in first..first + count {
        host.advance(BREAK_MINUTES).await;
        let mut walk = Walk::begin(host, number, seen).await;
        walk.side(0).shown = walk.look(0).await?;
        let mut numbers = Numbers(number);
        let mut steps = Vec::new();
        for _ in 0..STEPS {
            let (browser, step) = walk.any(&mut numbers);
            steps.push((browser, step));
            walk.take(browser, step)
                .await
                .map_err(|broken| format!("sequence {number}, {steps:#?}: {broken}"))?;
        }
        walk.look_at_both()
            .await
            .map_err(|broken| format!("sequence {number}, {steps:#?}, the end: {broken}"))?;
    }
    Ok(())
}

impl<'h, H: Host> Walk<'h, H> {
    /// Someone has signed up by e-mail in the first browser, and two TikTok accounts are new.
    async fn begin(host: &'h H, number: u64, seen: &'h mut BTreeMap<String, u32>) -> Self {
        let email = format!("walker-{number}@walks.test");
        // A visit names its account by a text that stays.
        let usernames = ["one", "two"]
            .map(|which| &*Box::leak(format!("walker_{number}_{which}").into_boxed_str()));
        for username in usernames {
            let mut guest = Person::new(host);
            let begun = guest.begin(Purpose::LogIn).await;
            let visit = Visit::CreateAccount(username, username);
            guest.come_back(&begun, visit).await;
        }
        let mut walk = Self {
            host,
            sides: BROWSERS.map(|_| Side {
                person: Person::new(host),
                shown: None,
                proven: 0,
                waiting: None,
            }),
            left: None,
            last: None,
            links: BTreeMap::new(),
            email: email.clone(),
            former: Vec::new(),
            usernames,
            now: 0,
            seen,
        };
        walk.side(0).person.sign_up(&email).await;
        walk
    }

    fn side(&mut self, browser: usize) -> &mut Side<'h, H> {
        self.sides.get_mut(browser).unwrap()
    }

    /// Something to do, and where: mostly what makes sense, and sometimes what doesn't.
    fn any(&self, numbers: &mut Numbers) -> (usize, Step) {
        let browser = usize::from(numbers.below(3) == 0);
        let link = Purpose::Link {
            to: ReturnTo::Profile,
        };
        if let Some(left) = self.left.as_ref().filter(|_| numbers.below(2) == 0) {
            let is_elsewhere = numbers.below(6) == 0;
            let there = if is_elsewhere { browser } else { left.browser };
            return (there, Step::ComeBack);
        }
        let side = self.sides.get(browser).unwrap();
        // Most of what a guest does is refused.
        let is_guest = side.shown.is_none() && side.waiting.is_none();
        let kinds = if is_guest && numbers.below(2) == 0 {
            2
        } else {
            24
        };
        let step = match numbers.below(kinds) {
            0 if is_guest => Step::Leave(Purpose::LogIn, self.visit(numbers)),
            0 | 1 => Step::LogIn,
            2 => Step::LogOut,
            3 => Step::Confirm,
            4..=7 => Step::Leave(link, self.visit(numbers)),
            8 | 9 => Step::Leave(Purpose::LogIn, self.visit(numbers)),
            10 => Step::Leave(Purpose::SignUp { terms: true }, self.visit(numbers)),
            11 => Step::Leave(Purpose::Confirm, self.visit(numbers)),
            12 => {
                // It shows again where it was opened.
                let there = self.last.as_ref().map_or(0, |last| last.browser);
                return (there, Step::ComeBackAgain);
            }
            13 => Step::CreateAccount,
            14 => Step::LinkExisting,
            15 => Step::FinishLink,
            16 | 17 => Step::Unlink,
            18 => Step::ChangeEmail,
            19 | 20 => Step::Reset(numbers.of(&[0, 1, 1, 2])),
            // Most of it ends with the session.
            _ if !self.former.is_empty() && numbers.below(2) == 0 => Step::Wait(UNDO_HOURS * 60),
            _ => Step::Wait(numbers.of(&[1, 4, 6, 11])),
        };
        (browser, step)
    }

    fn visit(&self, numbers: &mut Numbers) -> Visit {
        let username = numbers.of(&self.usernames);
        match numbers.below(8) {
            0 => Visit::Cancel(username),
            1 => Visit::DenyProfile(username),
            2 => Visit::Fail(username, Failure::TokenFails),
            _ => Visit::Authorize(username),
        }
    }

    fn see(&mut self, what: String) {
        *self.seen.entry(what).or_default() += 1;
    }

    /// Takes a step, and compares what is shown with what the answer said.
    async fn take(&mut self, browser: usize, step: Step) -> Result<(), String> {
        let done = match self.step(browser, step).await? {
            Ok(done) => done,
            Err(Problem { code, .. }) => {
                self.see(format!("{code:?}"));
                if [Code::Internal, Code::Unavailable, Code::TooManyRequests].contains(&code) {
                    return Err(format!("it is refused with {code:?}"));
                }
                Done::Nothing
            }
        };
        let before = self.side(browser).shown.clone();
        let after = self.look(browser).await?;
        if done == Done::Nothing {
            return if after == before {
                Ok(())
            } else {
                Err(format!(
                    "Invariant 6: what did nothing has {before:?} become {after:?}"
                ))
            };
        }
        self.see(format!("{done:?}"));
        if let (Done::Link, Some(Shown { account, tiktok })) = (done, after.clone()) {
            self.links.insert(account, tiktok);
        }
        self.side(browser).shown = after;
        self.look_at_both().await
    }

    /// What a browser shows. Whoever is logged in can log in again (Invariant 3).
    async fn look(&mut self, browser: usize) -> Result<Option<Shown>, String> {
        let person = &mut self.side(browser).person;
        let Some(member) = person.get(GetSession::default()).await.member else {
            return Ok(None);
        };
        let profile = person.get(GetProfile {}).await;
        if !profile.methods.email_and_password && !profile.methods.tiktok {
            return Err("Invariant 3: nobody can log in to the account again".to_owned());
        }
        Ok(Some(Shown {
            account: member.account.to_string(),
            tiktok: profile.tiktok.and_then(|profile| profile.username),
        }))
    }

    /// No link is another than the answers said, and none is of two accounts.
    async fn look_at_both(&mut self) -> Result<(), String> {
        for browser in BROWSERS {
            let before = self.side(browser).shown.clone();
            let after = self.look(browser).await?;
            // An unlink ends the sessions that TikTok began: nobody is there then.
            if let Some(Shown { account, tiktok }) = &after {
                if before.is_none_or(|before| before.account != *account) {
                    return Err(format!(
                        "Invariant 2: {account} is there, and never logged in"
                    ));
                }
                let known = self.links.entry(account.clone()).or_default();
                if known != tiktok {
                    return Err(format!(
                        "Invariant 6: the link of {account} was {known:?} and is {tiktok:?}"
                    ));
                }
            }
            self.side(browser).shown = after;
        }
        let mut linked: Vec<_> = self.links.values().flatten().collect();
        linked.sort();
        match linked.windows(2).find(|pair| pair.first() == pair.last()) {
            Some(pair) => Err(format!("Invariant 1: {pair:?} is of two accounts")),
            None => Ok(()),
        }
    }

    async fn step(&mut self, browser: usize, step: Step) -> Result<Result<Done, Problem>, String> {
        let email = self.email.clone();
        let person = &mut self.side(browser).person;
        let password = NEW_PASSWORD.to_owned();
        match step {
            Step::LogIn => {
                let then = None;
                let answer = person
                    .ask(LogIn {
                        email,
                        password,
                        then,
                    })
                    .await;
                Ok(answer.map(|_| self.enter(browser)))
            }
            Step::LogOut => Ok(person.ask(LogOut {}).await.map(|_| Done::Session)),
            Step::Confirm => {
                let answer = person.ask(ConfirmPassword { password }).await;
                let now = self.now;
                Ok(answer.map(|_| {
                    self.side(browser).proven = now;
                    Done::Nothing
                }))
            }
            Step::Leave(purpose, visit) => Ok(self.leave(browser, purpose, visit).await),
            Step::ComeBack => self.come_back(browser).await,
            Step::ComeBackAgain => self.come_back_again().await,
            Step::CreateAccount => {
                let request = CreateAccount {
                    terms: true,
                    region: Some(Country::VN),
                    ..CreateAccount::default()
                };
                match person.ask(request).await {
                    Ok(_) => self.use_proof(browser).map(Ok),
                    Err(problem) => Ok(Err(problem)),
                }
            }
            Step::LinkExisting => {
                let authorization = None;
                let request = LinkExisting {
                    authorization,
                    email,
                    password,
                };
                match person.ask(request).await {
                    Ok(_) => self.use_proof(browser).map(Ok),
                    Err(problem) => Ok(Err(problem)),
                }
            }
            Step::FinishLink => match person.ask(LinkTikTok::default()).await {
                Ok(Completed { outcome, .. }) => {
                    self.see(format!("finished: {outcome:?}"));
                    if outcome != Outcome::Linked || self.side(browser).waiting.is_none() {
                        return Ok(Ok(Done::Nothing));
                    }
                    self.must_be_fresh(browser)?;
                    let proven = self.side(browser).proven;
                    let done = self.use_proof(browser);
                    self.side(browser).proven = proven;
                    done.map(Ok)
                }
                Err(problem) => Ok(Err(problem)),
            },
            Step::Unlink => match person.ask(UnlinkTikTok {}).await {
                Ok(_) => self.must_be_fresh(browser).map(|()| Ok(Done::Link)),
                Err(problem) => Ok(Err(problem)),
            },
            Step::ChangeEmail => self.change_email(browser).await,
            Step::Reset(back) => self.reset(browser, back).await,
            Step::Wait(minutes) => {
                self.host.advance(minutes).await;
                self.now += minutes;
                // A session that nobody uses ends.
                let is_long = minutes >= SESSION_IDLE.as_secs() / 60;
                Ok(Ok(if is_long {
                    Done::Session
                } else {
                    Done::Nothing
                }))
            }
        }
    }

    /// Only the one account has an address, and the code counts where it was asked for.
    async fn change_email(&mut self, browser: usize) -> Result<Result<Done, Problem>, String> {
        let new_email = format!("{}-{}", self.now, self.email);
        let person = &mut self.side(browser).person;
        let request = ChangeEmail {
            new_email: new_email.clone(),
        };
        match person.ask(request).await {
            Ok(_) => {}
            Err(problem) if problem.code == Code::TooManyRequests => return Ok(Ok(Done::Nothing)),
            Err(problem) => return Ok(Err(problem)),
        }
        self.must_be_fresh(browser)?;
        if let Err(problem) = self.type_code(browser, &new_email).await? {
            return Err(format!("the code is refused: {problem:?}"));
        }
        let before = core::mem::replace(&mut self.email, new_email);
        self.former.push((before, self.now));
        self.see("moved".to_owned());
        Ok(Ok(Done::Session))
    }

    /// By the address of so many changes before, or by the one that there is.
    async fn reset(
        &mut self,
        browser: usize,
        back: usize,
    ) -> Result<Result<Done, Problem>, String> {
        let at = self.former.len().checked_sub(back.max(1));
        let before = at.filter(|_| back > 0).and_then(|at| self.former.get(at));
        let before = before.cloned();
        let email = before.as_ref().map_or(&self.email, |(email, _)| email);
        let email = email.clone();
        let request = ResetPassword {
            email: email.clone(),
            new_password: NEW_PASSWORD.to_owned(),
            ..ResetPassword::default()
        };
        match self.side(browser).person.ask(request).await {
            Ok(_) => {}
            Err(problem) if problem.code == Code::TooManyRequests => return Ok(Ok(Done::Nothing)),
            Err(problem) => return Ok(Err(problem)),
        }
        let is_in_time = before
            .as_ref()
            .is_none_or(|(_, replaced)| self.now - replaced < UNDO_HOURS * 60);
        let letters = self.host.letters_to(&email).await;
        let has_code = letters.last().is_some_and(|last| code_in(last).is_some());
        if has_code != is_in_time {
            return Err(format!("{email} has a code: {has_code}"));
        }
        if !has_code {
            self.see("too late".to_owned());
            return Ok(Ok(Done::Nothing));
        }
        if let Err(problem) = self.type_code(browser, &email).await? {
            return Err(format!("the code is refused: {problem:?}"));
        }
        if let (Some(at), true) = (at, before.is_some()) {
            // What came after it takes nothing back.
            self.former.truncate(at);
            self.email = email;
            self.see("taken back".to_owned());
        }
        Ok(Ok(self.enter(browser)))
    }

    async fn type_code(
        &mut self,
        browser: usize,
        email: &str,
    ) -> Result<Result<Moved, Problem>, String> {
        let letters = self.host.letters_to(email).await;
        let code = letters.last().and_then(|last| code_in(last));
        let code = code.ok_or_else(|| format!("no code came to {email}"))?;
        let request = VerifyEmail {
            code,
            ..VerifyEmail::default()
        };
        Ok(self.side(browser).person.ask(request).await)
    }

    /// Someone has just proven who they are, and is logged in.
    fn enter(&mut self, browser: usize) -> Done {
        self.side(browser).proven = self.now;
        Done::Session
    }

    /// What changes how one logs in is done soon after a proof (Invariant 2).
    fn must_be_fresh(&mut self, browser: usize) -> Result<(), String> {
        let minutes = self.now - self.side(browser).proven;
        if minutes >= FRESH_MINUTES {
            return Err(format!(
                "Invariant 2: done {minutes} minutes after a log-in"
            ));
        }
        Ok(())
    }

    /// A proof was used, or one that was used before is said to be: then nothing is done
    /// (Invariant 4).
    fn use_proof(&mut self, browser: usize) -> Result<Done, String> {
        let Some(proven) = self.side(browser).waiting.take() else {
            return Ok(Done::Nothing);
        };
        let minutes = self.now - proven;
        if minutes >= PROOF_LIFE_MINUTES {
            return Err(format!(
                "Invariant 4: a proof was used after {minutes} minutes"
            ));
        }
        self.enter(browser);
        Ok(Done::Link)
    }

    async fn leave(
        &mut self,
        browser: usize,
        purpose: Purpose,
        visit: Visit,
    ) -> Result<Done, Problem> {
        let (host, begun_at) = (self.host, self.now);
        let side = self.side(browser);
        let begun = side.person.ask(begin(purpose)).await?;
        // It takes the place of a proof that waited.
        side.waiting = None;
        let account = side.shown.as_ref().map(|shown| shown.account.clone());
        let url = begun.authorize_url;
        let callback = host.at_tiktok(&mut side.person.browser, &url, visit).await;
        if let Some(callback) = callback {
            self.left = Some(Left {
                callback,
                browser,
                account,
                begun: begun_at,
            });
        }
        Ok(Done::Nothing)
    }

    async fn come_back(&mut self, browser: usize) -> Result<Result<Done, Problem>, String> {
        let Some(left) = self.left.clone() else {
            return Ok(Ok(Done::Nothing));
        };
        let callback = left.callback.clone();
        let completed = match self.side(browser).person.ask(callback).await {
            Ok(completed) => completed,
            Err(problem) => return Ok(Err(problem)),
        };
        let outcome = completed.outcome;
        self.see(format!("{outcome:?}"));
        let now = self.now;
        let done = match outcome {
            Outcome::SignedUp => {
                self.enter(browser);
                Some(Done::Link)
            }
            Outcome::LoggedIn => Some(self.enter(browser)),
            Outcome::Linked => {
                self.must_be_fresh(browser)?;
                let shown = self.side(browser).shown.as_ref();
                if shown.map(|shown| &shown.account) != left.account.as_ref() {
                    return Err("Invariant 2: linked to another than began it".to_owned());
                }
                Some(Done::Link)
            }
            Outcome::ChooseAccount | Outcome::ConfirmNeeded | Outcome::SessionEnded => {
                self.side(browser).waiting = Some(now);
                Some(Done::Nothing)
            }
            Outcome::Confirmed => {
                self.enter(browser);
                Some(Done::Nothing)
            }
            Outcome::AlreadyYours
            | Outcome::AlreadyLinked
            | Outcome::AccountHasLink
            | Outcome::ConfirmedByAnother
            | Outcome::Cancelled
            | Outcome::ScopeDenied
            | Outcome::TikTokFailed
            | Outcome::NotAvailable
            | Outcome::Expired
            | Outcome::OtherBrowser
            | Outcome::Unknown => None,
        };
        let minutes = now - left.begun;
        if done.is_some() && browser != left.browser {
            return Err(format!(
                "Invariant 2: {outcome:?} in another browser than began it"
            ));
        }
        if done.is_some() && minutes >= AUTHORIZATION_LIFE_MINUTES {
            return Err(format!("Invariant 4: {outcome:?} after {minutes} minutes"));
        }
        if browser == left.browser {
            let Left { callback, .. } = left;
            let shown = self.look(browser).await?;
            self.last = Some(Opened {
                callback,
                browser,
                showed: completed,
                account: shown.map(|shown| shown.account),
            });
            self.left = None;
        }
        Ok(Ok(done.unwrap_or(Done::Nothing)))
    }

    /// A callback that comes twice shows what it showed, and does nothing more (Invariant 5). Where that
    /// leads depends on who is there. What waits may have been used since, or be too old.
    async fn come_back_again(&mut self) -> Result<Result<Done, Problem>, String> {
        let Some(last) = self.last.clone() else {
            return Ok(Ok(Done::Nothing));
        };
        let side = self.side(last.browser);
        let account = side.shown.as_ref().map(|shown| shown.account.clone());
        let again = match side.person.ask(last.callback).await {
            Ok(again) => again,
            Err(problem) => return Ok(Err(problem)),
        };
        self.see("again".to_owned());
        let Opened { showed, .. } = last;
        let is_same =
            again.outcome == showed.outcome && (again.to == showed.to || account != last.account);
        if !WAITING.contains(&showed.outcome) && !is_same {
            return Err(format!("Invariant 5: {showed:?} is {again:?} again"));
        }
        Ok(Ok(Done::Nothing))
    }
}
