//! Invariant 3 over every way to log in and every command that takes one away: nobody is left without one, nor with
//! one alone that is too new.

use crate::harness::asking::{begin, log_in};
use crate::harness::{Browser, Memory, block_on};
use contract::account::{ChangeEmail, GetProfile, Profile, UnlinkTikTok};
use contract::authorization::Purpose;
use contract::passkeys::{
    AskForPasskey, BeginPasskey, ListPasskeys, LogInByPasskey, PasskeyPurpose, RemovePasskey,
};
use contract::problem::Problem;
use contract::sign_up::{AddEmail, ResetPassword, VerifyEmail};
use contract::transfer::{BeginTransfer, BeginTransferByPasskey, StopTransfer};
use domain::authorization::ReturnTo;
use domain::link::REPLACEMENT_HOURS;
use domain::region::Language;
use domain::transfer::WAIT_HOURS;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use scenarios::{Authenticator, Host as _, PASSWORD, Visit};
use std::cell::RefCell;
use std::collections::BTreeMap;

const TO_PROFILE: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};
/// TikTok accounts: few, so that they meet.
const TIKTOKS: [&str; 3] = ["linked_already", "tiktok_only", "unlinked"];
const HOUR: u64 = 60;
const TOO_NEW: u64 = REPLACEMENT_HOURS * HOUR;

/// An index is taken modulo what there is.
#[derive(Clone, Copy, Debug)]
enum Command {
    AddPasskey(usize),
    UsePasskey(usize),
    RemovePasskey(usize, usize),
    Link(usize, usize),
    Unlink(usize),
    /// Adds an address where there is none, changes it where there is one.
    NewAddress(usize),
    /// Sets a password by a code to the address that it has, or to one that it had.
    Reset(usize, bool),
    Transfer {
        from: usize,
        to: usize,
        by_passkey: bool,
    },
    Stop(usize),
    Wait(u64),
}

fn command() -> impl Strategy<Value = Command> {
    let who = || 0..3_usize;
    prop_oneof![
        3 => who().prop_map(Command::AddPasskey),
        3 => who().prop_map(Command::UsePasskey),
        3 => (who(), 0..3_usize).prop_map(|(who, which)| Command::RemovePasskey(who, which)),
        3 => (who(), 0..TIKTOKS.len()).prop_map(|(who, tiktok)| Command::Link(who, tiktok)),
        4 => who().prop_map(Command::Unlink),
        2 => who().prop_map(Command::NewAddress),
        1 => (who(), any::<bool>()).prop_map(|(who, former)| Command::Reset(who, former)),
        8 => (who(), who(), any::<bool>())
            .prop_map(|(from, to, by_passkey)| Command::Transfer { from, to, by_passkey }),
        1 => who().prop_map(Command::Stop),
        4 => prop::sample::select(vec![HOUR, u64::from(WAIT_HOURS) * HOUR, TOO_NEW])
            .prop_map(Command::Wait),
    ]
}

/// An account as whoever owns it knows it.
struct Owner {
    email: Option<String>,
    former: Option<String>,
    password: String,
    tiktok: Option<&'static str>,
    authenticators: Vec<Authenticator>,
    ways: BTreeMap<String, Way>,
}

#[derive(Clone, Copy, Debug)]
struct Way {
    /// The minute since which it can be seen; nothing stands for ever.
    since: Option<u64>,
    /// Whether it has worked: a passkey counts once it has.
    works: bool,
}

impl Way {
    fn lasts(self, now: u64) -> bool {
        self.works && self.since.is_none_or(|since| now >= since + TOO_NEW)
    }
}

struct Play {
    portal: Memory,
    owners: [Owner; 3],
    now: u64,
    drawn: u8,
    seen: BTreeMap<&'static str, u32>,
}

impl Play {
    fn begin() -> Self {
        let owner = |email: Option<&str>, tiktok| Owner {
            email: email.map(str::to_owned),
            former: None,
            password: PASSWORD.to_owned(),
            tiktok,
            authenticators: Vec::new(),
            ways: BTreeMap::new(),
        };
        let mut play = Self {
            portal: Memory::seeded(),
            owners: [
                owner(Some("linked@portal.test"), Some("linked_already")),
                owner(Some("email-only@portal.test"), None),
                owner(None, Some("tiktok_only")),
            ],
            now: 0,
            drawn: 0,
            seen: BTreeMap::new(),
        };
        for who in 0..play.owners.len() {
            let ways = play.ways(who);
            play.owners[who].ways = ways
                .into_iter()
                .map(|(way, works)| (way, Way { since: None, works }))
                .collect();
        }
        play
    }

    /// A fresh session of an account, by any way that it has: a failure is a breach of Invariant 3.
    fn enter(&mut self, who: usize) -> Browser {
        let portal = &self.portal;
        let owner = &mut self.owners[who];
        let mut browser = Browser::default();
        if let Some(email) = &owner.email {
            let log_in = log_in(email, &owner.password);
            if portal.ask(&mut browser, &log_in).is_ok() {
                return browser;
            }
        }
        if let Some(tiktok) = owner.tiktok {
            portal.authorize(&mut browser, Purpose::LogIn, Visit::Authorize(tiktok));
            if portal.member(&mut browser).is_some() {
                return browser;
            }
        }
        let entered = (0..owner.authenticators.len()).any(|_| {
            let is_in = use_passkey(portal, &mut browser, &mut owner.authenticators[0]).is_ok();
            owner.authenticators.rotate_left(1);
            is_in
        });
        assert!(entered, "Invariant 3: nobody can log in to account {who}");
        browser
    }

    fn profile(&self, browser: &mut Browser) -> Profile {
        self.portal.ask(browser, &GetProfile {}).unwrap()
    }

    /// What logs in to an account, by what its settings say, and whether it has worked.
    fn ways(&mut self, who: usize) -> BTreeMap<String, bool> {
        let mut browser = self.enter(who);
        let profile = self.profile(&mut browser);
        let passkeys = self.portal.ask(&mut browser, &ListPasskeys {}).unwrap();
        let owner = &mut self.owners[who];
        let passkeys = passkeys.passkeys.iter();
        let mut ways: BTreeMap<_, _> = passkeys
            .map(|it| (format!("passkey {}", it.id), it.used.is_some()))
            .collect();
        if let Some(email) = profile.email.filter(|_| profile.methods.email_and_password) {
            ways.insert(format!("password {}", email.as_str()), true);
        }
        owner.tiktok = profile.tiktok.and_then(|tiktok| {
            let known = TIKTOKS.iter().copied();
            let username = tiktok.username.unwrap_or_default();
            known.into_iter().find(|known| *known == username)
        });
        ways.extend(
            owner
                .tiktok
                .map(|tiktok| (format!("tiktok {tiktok}"), true)),
        );
        ways
    }

    /// Does it, and says whether it may have left an account with new ways alone: what is proven by an address may.
    fn take(&mut self, command: Command) -> Result<bool, Problem> {
        match command {
            Command::AddPasskey(who) => {
                let mut browser = self.enter(who);
                self.drawn += 1;
                let mut phone = Authenticator::new(self.portal.origin(), self.drawn);
                let options = self.portal.ask(&mut browser, &BeginPasskey {})?;
                let made = phone.make(&options, "phone");
                self.portal.ask(&mut browser, &made)?;
                self.owners[who].authenticators.push(phone);
                Ok(false)
            }
            Command::UsePasskey(who) => {
                let phones = &mut self.owners[who].authenticators;
                if let Some(phone) = phones.last_mut() {
                    use_passkey(&self.portal, &mut Browser::default(), phone)?;
                    *self.seen.entry("by passkey").or_default() += 1;
                }
                Ok(false)
            }
            Command::RemovePasskey(who, which) => {
                let mut browser = self.enter(who);
                let list = self.portal.ask(&mut browser, &ListPasskeys {})?.passkeys;
                if !list.is_empty() {
                    let id = list[which % list.len()].id.clone();
                    self.portal.ask(&mut browser, &RemovePasskey { id })?;
                }
                Ok(false)
            }
            Command::Link(who, tiktok) => {
                let mut browser = self.enter(who);
                let begun = self.portal.ask(&mut browser, &begin(TO_PROFILE))?;
                let visit = Visit::Authorize(TIKTOKS[tiktok]);
                let visited = self
                    .portal
                    .at_tiktok(&mut browser, &begun.authorize_url, visit);
                let callback = block_on(visited).unwrap();
                self.portal.ask(&mut browser, &callback)?;
                Ok(false)
            }
            Command::Unlink(who) => {
                let mut browser = self.enter(who);
                self.portal.ask(&mut browser, &UnlinkTikTok {})?;
                Ok(false)
            }
            Command::NewAddress(who) => self.new_address(who).map(|()| true),
            Command::Reset(who, former) => self.reset(who, former).map(|()| true),
            Command::Transfer {
                from,
                to,
                by_passkey,
            } => self.transfer(from, to, by_passkey).map(|()| false),
            Command::Stop(who) => {
                let mut browser = self.enter(who);
                self.portal.ask(&mut browser, &StopTransfer {})?;
                Ok(false)
            }
            Command::Wait(minutes) => {
                self.now += minutes;
                block_on(self.portal.advance(minutes));
                // TikTok's tokens of the personas were never given.
                let _ = block_on(self.portal.portal.sweep());
                Ok(false)
            }
        }
    }

    fn new_address(&mut self, who: usize) -> Result<(), Problem> {
        let mut browser = self.enter(who);
        self.drawn += 1;
        let email = format!("address-{}@portal.test", self.drawn);
        let before = self.owners[who].email.clone();
        if before.is_none() {
            let password = PASSWORD.to_owned();
            let email = email.clone();
            self.portal
                .ask(&mut browser, &AddEmail { email, password })?;
        } else {
            let new_email = email.clone();
            self.portal.ask(&mut browser, &ChangeEmail { new_email })?;
        }
        self.type_code(&mut browser, &email)?;
        let owner = &mut self.owners[who];
        owner.email = Some(email);
        owner.former = before.or(owner.former.take());
        Ok(())
    }

    fn reset(&mut self, who: usize, former: bool) -> Result<(), Problem> {
        let owner = &self.owners[who];
        let email = if former { &owner.former } else { &owner.email };
        let Some(email) = email.clone() else {
            return Ok(());
        };
        self.drawn += 1;
        let new_password = format!("a password of number {}", self.drawn);
        let request = ResetPassword {
            email: email.clone(),
            new_password: new_password.clone(),
            language: Language::English,
        };
        let mut browser = Browser::default();
        self.portal.ask(&mut browser, &request)?;
        if !self.type_code(&mut browser, &email)? {
            return Ok(());
        }
        *self.seen.entry("typed").or_default() += 1;
        let owner = &mut self.owners[who];
        owner.password = new_password;
        owner.email = Some(email);
        if former {
            owner.former = None;
        }
        Ok(())
    }

    /// Types the code of the newest letter, and says whether it has one: an address that takes nothing back any
    /// more gets none.
    fn type_code(&self, browser: &mut Browser, email: &str) -> Result<bool, Problem> {
        let Some(code) = self.portal.code_of_newest(email) else {
            return Ok(false);
        };
        let verify = VerifyEmail {
            code,
            ..VerifyEmail::default()
        };
        self.portal.ask(browser, &verify).map(|_| true)
    }

    fn transfer(&mut self, from: usize, to: usize, by_passkey: bool) -> Result<(), Problem> {
        let mut browser = self.enter(to);
        let owner = &mut self.owners[from];
        if by_passkey {
            if let Some(phone) = owner.authenticators.last_mut() {
                let purpose = PasskeyPurpose::LogIn;
                let request = self.portal.ask(&mut browser, &AskForPasskey { purpose })?;
                let assertion = phone.sign(&request);
                let begin = BeginTransferByPasskey { assertion };
                self.portal.ask(&mut browser, &begin)?;
            }
        } else if let Some(email) = owner.email.clone() {
            let password = owner.password.clone();
            self.portal
                .ask(&mut browser, &BeginTransfer { email, password })?;
        }
        Ok(())
    }

    fn step(&mut self, command: Command) -> Result<(), String> {
        let done = self.take(command);
        let by_address = done.is_ok_and(|by_address| {
            *self.seen.entry(name(command)).or_default() += 1;
            by_address
        });
        for who in 0..self.owners.len() {
            let had_link = self.owners[who].tiktok.is_some();
            let ways = self.ways(who);
            if matches!(command, Command::Wait(_)) && !had_link && self.owners[who].tiktok.is_some()
            {
                *self.seen.entry("moved").or_default() += 1;
            }
            let now = self.now;
            let before = &self.owners[who].ways;
            let after = ways.into_iter().map(|(way, works)| {
                // What takes an account back is as good as what it had before.
                let unknown = (!matches!(command, Command::Reset(..))).then_some(now);
                let since = before.get(&way).map_or(unknown, |before| before.since);
                (way, Way { since, works })
            });
            let after: BTreeMap<_, _> = after.collect();
            if !after.values().any(|way| way.works) {
                return Err(format!("Invariant 3: nothing of {after:?} has worked"));
            }
            let lasts = |ways: &BTreeMap<_, Way>| ways.values().any(|way| way.lasts(now));
            if lasts(before) && !by_address && !lasts(&after) {
                return Err(format!(
                    "Invariant 3: of {before:?} account {who} is left with new ones alone, {after:?}"
                ));
            }
            self.owners[who].ways = after;
        }
        // So that no limit of ten minutes counts.
        self.now += 11;
        block_on(self.portal.advance(11));
        Ok(())
    }
}

fn use_passkey(
    portal: &Memory,
    browser: &mut Browser,
    phone: &mut Authenticator,
) -> Result<(), Problem> {
    let purpose = PasskeyPurpose::LogIn;
    let request = portal.ask(browser, &AskForPasskey { purpose })?;
    let assertion = phone.sign(&request);
    let log_in = LogInByPasskey {
        assertion,
        then: None,
    };
    portal.ask(browser, &log_in).map(drop)
}

fn name(command: Command) -> &'static str {
    match command {
        Command::AddPasskey(_) => "passkey added",
        Command::UsePasskey(_) => "passkey used",
        Command::RemovePasskey(..) => "passkey removed",
        Command::Link(..) => "link",
        Command::Unlink(_) => "unlinked",
        Command::NewAddress(_) => "new address",
        Command::Reset(_, false) => "reset",
        Command::Reset(_, true) => "taken back",
        Command::Transfer { .. } => "transfer",
        Command::Stop(_) => "stop",
        Command::Wait(_) => "wait",
    }
}

#[test]
fn no_sequence_leaves_an_account_without_a_way_to_log_in_that_lasts() {
    let seen = RefCell::new(BTreeMap::<&str, u32>::new());
    let mut runner = TestRunner::new(Config {
        cases: 120,
        rng_seed: RngSeed::Fixed(20_270_101),
        failure_persistence: None,
        ..Config::default()
    });
    let commands = prop::collection::vec(command(), 1..40);
    let result = runner.run(&commands, |sequence| {
        let mut play = Play::begin();
        for command in sequence {
            play.step(command)
                .map_err(|wrong| TestCaseError::fail(format!("{command:?}: {wrong}")))?;
        }
        for (event, count) in play.seen {
            *seen.borrow_mut().entry(event).or_default() += count;
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    // What nothing tempted isn't tested.
    for event in [
        "by passkey",
        "passkey removed",
        "unlinked",
        "new address",
        "reset",
        "taken back",
        "transfer",
        "moved",
    ] {
        let often = seen.borrow().get(event).copied().unwrap_or_default();
        assert!(often >= 5, "{event}: {often} of {seen:?}");
    }
}
