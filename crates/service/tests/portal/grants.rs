//! No token that TikTok still honours belongs to nobody: what lives at TikTok, the store holds.

use crate::harness::asking::{begin, log_in};
use crate::harness::{Browser, Memory, block_on};
use contract::account::UnlinkTikTok;
use contract::authorization::{CompleteAuthorization, CreateAccount, Purpose};
use contract::problem::Code;
use contract::session::{ConfirmPassword, LogOut};
use contract::table::UseCase as _;
use domain::authorization::{Outcome, ReturnTo};
use domain::region::Country;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use scenarios::{Failure, Host as _, PASSWORD, Visit};
use serde_json::Value;
use service::memory::{MemoryStore, World};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Waker};
use tiktok_emulator::Revocation;

const TO_PROFILE: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};
const REVOKE: &str = "/v2/oauth/revoke/";
const BOTH: [Revocation; 2] = [Revocation::Grant, Revocation::AllGrants];

/// Tables of the store that hold grants.
const HOLDERS: [&str; 3] = ["links", "authorizations", "unneeded_grants"];

fn portal(revocation: Revocation) -> Memory {
    let portal = Memory::seeded();
    portal.tiktok.set_revocation(revocation);
    portal
}

/// What the store holds, by the tables of [`HOLDERS`]: the grants that live at TikTok by the ids
/// that they have there, and nothing for those that don't.
fn held(portal: &Memory) -> BTreeMap<&'static str, Vec<Option<String>>> {
    let stored = block_on(portal.store.export()).write().unwrap();
    let tiktok = portal.tiktok.world();
    let id = |row: &Value| {
        let token = row.pointer("/grant/refresh_token")?.as_str()?;
        // TikTok never gave it.
        if token.starts_with("seeded") {
            return None;
        }
        let known = tiktok["refresh_tokens"].get(token);
        Some(known.and_then(|token| Some(token["grant"].as_str()?.to_owned())))
    };
    let rows = |table: &&'static str| {
        let rows = stored[*table].as_object().unwrap().values();
        (*table, rows.filter_map(id).collect())
    };
    HOLDERS.iter().map(rows).collect()
}

/// That nothing lives at TikTok but what the store holds.
fn nobodys(portal: &Memory) -> Vec<String> {
    let held: BTreeSet<_> = held(portal).into_values().flatten().flatten().collect();
    let tiktok = portal.tiktok.world();
    let living = tiktok["grants"].as_object().unwrap().keys();
    living.filter(|id| !held.contains(*id)).cloned().collect()
}

fn sweep(portal: &Memory) {
    // What TikTok refuses is tried again by the next one.
    let _ = block_on(portal.portal.sweep());
}

fn create_account() -> CreateAccount {
    CreateAccount {
        terms: true,
        region: Some(Country::VN),
        ..CreateAccount::default()
    }
}

#[test]
fn after_many_log_ins_an_unlink_leaves_no_token() {
    for revocation in BOTH {
        let portal = portal(revocation);
        let mut owner = portal.logged_in("email-only@portal.test");
        portal.authorize(&mut owner, TO_PROFILE, Visit::Authorize("unlinked"));
        for _ in 0..3 {
            let mut browser = Browser::default();
            let visit = Visit::Authorize("unlinked");
            let completed = portal.authorize(&mut browser, Purpose::LogIn, visit);
            assert_eq!(completed.outcome, Outcome::LoggedIn);
        }
        // To revoke one of them now could end the link's own.
        assert_eq!(portal.tiktok.asked(REVOKE), 0);
        assert_eq!(portal.tiktok.grants(), 4);
        assert_eq!(nobodys(&portal), [""; 0]);
        portal.ask(&mut owner, &UnlinkTikTok {}).unwrap();
        assert_eq!(portal.tiktok.grants(), 0, "{revocation:?}");
        assert_eq!(held(&portal)["unneeded_grants"], []);
    }
}

/// Whoever logs in every day doesn't heap up tokens for half a year.
#[test]
fn of_many_replaced_grants_the_oldest_are_revoked_by_the_sweep() {
    let portal = portal(Revocation::Grant);
    let mut owner = portal.logged_in("email-only@portal.test");
    portal.authorize(&mut owner, TO_PROFILE, Visit::Authorize("unlinked"));
    for _ in 0..23 {
        let mut browser = Browser::default();
        portal.authorize(&mut browser, Purpose::LogIn, Visit::Authorize("unlinked"));
        block_on(portal.advance(3));
    }
    sweep(&portal);
    assert_eq!(portal.tiktok.asked(REVOKE), 3);
    assert_eq!(portal.tiktok.grants(), 21, "20 and the link's own");
    assert!(held(&portal)["links"].iter().all(Option::is_some));
}

#[test]
fn a_log_out_at_the_fork_leaves_no_token() {
    let portal = portal(Revocation::Grant);
    let mut browser = Browser::default();
    let completed = portal.authorize(&mut browser, Purpose::LogIn, Visit::Authorize("unlinked"));
    assert_eq!(completed.outcome, Outcome::ChooseAccount);
    assert_eq!(portal.tiktok.grants(), 1);
    portal.ask(&mut browser, &LogOut {}).unwrap();
    assert_eq!(portal.tiktok.grants(), 0);
    assert!(held(&portal).values().all(Vec::is_empty));
}

#[test]
fn another_authorization_takes_the_place_of_a_proof_and_revokes_its_grant() {
    let portal = portal(Revocation::Grant);
    let mut browser = Browser::default();
    portal.authorize(&mut browser, Purpose::LogIn, Visit::Authorize("unlinked"));
    portal.begin(&mut browser, Purpose::LogIn);
    assert_eq!(portal.tiktok.grants(), 0);
    assert!(held(&portal).values().all(Vec::is_empty));
}

#[test]
fn a_sweep_ends_a_proof_after_ten_minutes_and_revokes_its_grant() {
    let portal = portal(Revocation::Grant);
    let mut browser = Browser::default();
    portal.authorize(&mut browser, Purpose::LogIn, Visit::Authorize("unlinked"));
    block_on(portal.advance(9));
    sweep(&portal);
    assert_eq!(portal.tiktok.grants(), 1, "it is of use yet");
    block_on(portal.advance(1));
    sweep(&portal);
    assert_eq!(portal.tiktok.grants(), 0);
    assert!(held(&portal).values().all(Vec::is_empty));
    let create = create_account();
    assert_eq!(portal.refused(&mut browser, &create), Code::ProofMissing);
}

#[test]
fn a_grant_whose_user_info_fails_is_revoked() {
    let portal = portal(Revocation::Grant);
    let mut browser = Browser::default();
    let visit = Visit::Fail("unlinked", Failure::UserInfoFails);
    let completed = portal.authorize(&mut browser, Purpose::LogIn, visit);
    assert_eq!(completed.outcome, Outcome::TikTokFailed);
    assert_eq!(portal.tiktok.asked(REVOKE), 1);
    assert_eq!(portal.tiktok.grants(), 0);
}

/// Two answers about one token that name two users prove nothing.
#[test]
fn user_info_of_another_user_than_the_grants_logs_nobody_in() {
    let portal = portal(Revocation::Grant);
    let mut browser = Browser::default();
    let visit = Visit::Authorize("unlinked");
    let callback = portal.bring_back(&mut browser, Purpose::LogIn, visit);
    let open_id = crate::harness::at_tiktok("tiktok_only").open_id;
    let body = serde_json::to_vec(&callback).unwrap();
    let mut answer = pin!(portal.answer(&browser, CompleteAuthorization::NAME, &body));
    let mut context = Context::from_waker(Waker::noop());
    // The exchange, and what it stores.
    for _ in 0..2 {
        assert!(answer.as_mut().poll(&mut context).is_pending());
    }
    portal.tiktok.set_answering(&format!(
        r#"{{"data":{{"user":{{"open_id":"{open_id}","display_name":"Mai","username":"mai"}}}},
        "error":{{"code":"ok","message":"","log_id":"L"}}}}"#
    ));
    // User info.
    assert!(answer.as_mut().poll(&mut context).is_pending());
    portal.tiktok.answer_again();
    let answer = block_on(answer);
    assert!(answer.cause.unwrap().contains("another open_id"));
    let reply: Value = serde_json::from_slice(&answer.reply.unwrap()).unwrap();
    assert_eq!(reply["outcome"], "tiktok_failed");
    assert_eq!(answer.cookies, [], "no session");
    assert_eq!(portal.tiktok.grants(), 0);
}

/// The portal is stopped meanwhile: what it stored is what it goes on with.
#[test]
fn a_revocation_that_tiktok_does_not_hear_of_is_made_up_for_after_a_restart() {
    let portal = portal(Revocation::Grant);
    let mut browser = Browser::default();
    portal.authorize(&mut browser, Purpose::LogIn, Visit::Authorize("unlinked"));
    portal.tiktok.set_away(true);
    portal.ask(&mut browser, &LogOut {}).unwrap();
    block_on(portal.advance(10));
    assert!(block_on(portal.portal.sweep()).is_err());
    assert_eq!(portal.tiktok.grants(), 1);
    assert_eq!(nobodys(&portal), [""; 0]);

    let text = block_on(portal.store.export()).write().unwrap().to_string();
    let (world, unreadable) = World::read(serde_json::from_str(&text).unwrap()).unwrap();
    assert_eq!(unreadable, []);
    let store = MemoryStore::new(world);
    let mut env = portal.portal.env().clone();
    env.store = Arc::new(store.clone());
    let portal = Memory {
        portal: service::Portal::new(env),
        store,
        ..portal
    };
    portal.tiktok.set_away(false);
    // Long enough for its access token to end: it is renewed, and revoked.
    block_on(portal.advance(150));
    block_on(portal.portal.sweep()).unwrap();
    assert_eq!(portal.tiktok.grants(), 0);
    assert_eq!(held(&portal)["unneeded_grants"], []);
}

#[test]
fn a_grant_that_tiktok_stumbles_over_does_not_stand_before_the_others() {
    let portal = portal(Revocation::Grant);
    let mut browser = Browser::default();
    for username in ["unlinked", "personal_account"] {
        portal.authorize(&mut browser, Purpose::LogIn, Visit::Authorize(username));
        portal.tiktok.set_refusing("server_error");
        portal.ask(&mut browser, &LogOut {}).unwrap();
        portal.tiktok.answer_again();
    }
    let asked = portal.tiktok.asked(REVOKE);
    block_on(portal.advance(10));
    portal.tiktok.set_refusing("server_error");
    assert!(block_on(portal.portal.sweep()).is_err());
    assert_eq!(portal.tiktok.asked(REVOKE), asked + 2);
    portal.tiktok.answer_again();
    block_on(portal.portal.sweep()).unwrap();
    assert_eq!(portal.tiktok.grants(), 0);
}

/// The owner unlinks while another browser logs in by the same TikTok account.
#[test]
fn a_log_in_during_an_unlink_leaves_no_token() {
    for revocation in BOTH {
        let portal = portal(revocation);
        let mut owner = portal.logged_in("email-only@portal.test");
        portal.authorize(&mut owner, TO_PROFILE, Visit::Authorize("unlinked"));
        let unlinking = owner.clone();
        let mut unlink = pin!(portal.answer(&unlinking, UnlinkTikTok::NAME, b"{}"));
        let mut context = Context::from_waker(Waker::noop());
        assert!(unlink.as_mut().poll(&mut context).is_pending());
        let mut other = Browser::default();
        let completed = portal.authorize(&mut other, Purpose::LogIn, Visit::Authorize("unlinked"));
        assert_eq!(completed.outcome, Outcome::LoggedIn);
        assert!(block_on(unlink).reply.is_ok());
        assert_eq!(portal.tiktok.grants(), 0, "{revocation:?}");
        assert_eq!(portal.member(&mut other), None);
    }
}

/// A fork in another browser has a proof of the same TikTok account, which one revocation could end.
#[test]
fn a_fork_that_is_left_spares_the_same_account_in_another_browser() {
    for revocation in BOTH {
        let portal = portal(revocation);
        let (mut one, mut two) = (Browser::default(), Browser::default());
        for browser in [&mut one, &mut two] {
            portal.authorize(browser, Purpose::LogIn, Visit::Authorize("unlinked"));
        }
        portal.ask(&mut one, &LogOut {}).unwrap();
        assert_eq!(portal.tiktok.grants(), 2, "{revocation:?}");
        assert_eq!(nobodys(&portal), [""; 0]);
        portal.ask(&mut two, &LogOut {}).unwrap();
        assert_eq!(portal.tiktok.grants(), 0, "{revocation:?}");
    }
}

/// One revocation could end the grant that waits there: it goes with the others, and what is asked of
/// TikTok anew has a living one.
#[test]
fn an_unlink_ends_a_fork_of_the_same_account_in_another_browser() {
    for revocation in BOTH {
        let portal = portal(revocation);
        let mut other = Browser::default();
        portal.authorize(&mut other, Purpose::LogIn, Visit::Authorize("unlinked"));
        let mut owner = portal.logged_in("email-only@portal.test");
        portal.authorize(&mut owner, TO_PROFILE, Visit::Authorize("unlinked"));
        portal.ask(&mut owner, &UnlinkTikTok {}).unwrap();
        assert_eq!(portal.tiktok.grants(), 0, "{revocation:?}");
        assert!(held(&portal).values().all(Vec::is_empty));
        let refused = portal.refused(&mut other, &create_account());
        assert_eq!(refused, Code::ProofMissing);
    }
}

const USERNAMES: [&str; 2] = ["unlinked", "personal_account"];
const BROWSERS: usize = 3;

#[derive(Clone, Copy, Debug)]
enum Command {
    LogIn {
        browser: usize,
        tiktok: usize,
    },
    Link {
        browser: usize,
        tiktok: usize,
    },
    Deny {
        browser: usize,
        tiktok: usize,
    },
    FailUserInfo {
        browser: usize,
        tiktok: usize,
    },
    Leave {
        browser: usize,
    },
    LogOut {
        browser: usize,
    },
    CreateAccount {
        browser: usize,
    },
    LogInByEmail {
        browser: usize,
    },
    Unlink {
        browser: usize,
    },
    Wait {
        minutes: u64,
    },
    Sweep,
    /// TikTok answers so often, and then not any more.
    Away {
        after: usize,
    },
    Back,
}

fn commands() -> impl Strategy<Value = Vec<Command>> {
    use Command as C;
    let browser = 0..BROWSERS;
    let both = || (0..BROWSERS, 0..USERNAMES.len());
    let one = prop_oneof![
        6 => both().prop_map(|(browser, tiktok)| C::LogIn { browser, tiktok }),
        6 => both().prop_map(|(browser, tiktok)| C::Link { browser, tiktok }),
        1 => both().prop_map(|(browser, tiktok)| C::Deny { browser, tiktok }),
        1 => both().prop_map(|(browser, tiktok)| C::FailUserInfo { browser, tiktok }),
        2 => browser.clone().prop_map(|browser| C::Leave { browser }),
        2 => browser.clone().prop_map(|browser| C::LogOut { browser }),
        2 => browser.clone().prop_map(|browser| C::CreateAccount { browser }),
        3 => browser.clone().prop_map(|browser| C::LogInByEmail { browser }),
        5 => browser.prop_map(|browser| C::Unlink { browser }),
        3 => prop_oneof![Just(1), Just(5), Just(11), Just(150), Just(1450)].prop_map(|minutes| C::Wait { minutes }),
        3 => Just(C::Sweep),
        2 => (0..4_usize).prop_map(|after| C::Away { after }),
        3 => Just(C::Back),
    ];
    proptest::collection::vec(one, 1..40)
}

/// The portal, some browsers, and what happened.
struct Play<'s> {
    portal: Memory,
    browsers: Vec<Browser>,
    /// Whether TikTok refused an unlink since the last log-in: then a link's grant may have ended.
    is_half_unlinked: bool,
    seen: &'s RefCell<BTreeMap<String, u32>>,
}

impl Play<'_> {
    fn see(&self, what: impl core::fmt::Debug) {
        *self
            .seen
            .borrow_mut()
            .entry(format!("{what:?}"))
            .or_default() += 1;
    }

    fn authorize(&mut self, browser: usize, purpose: Purpose, visit: Visit) {
        let (portal, browser) = (&self.portal, &mut self.browsers[browser]);
        let Ok(begun) = portal.ask(browser, &begin(purpose)) else {
            return;
        };
        let back = block_on(portal.at_tiktok(browser, &begun.authorize_url, visit));
        if let Some(callback) = back {
            let completed = portal.ask(browser, &callback);
            self.see(
                completed
                    .map(|completed| completed.outcome)
                    .map_err(|told| told.code),
            );
        }
    }

    fn step(&mut self, command: Command) {
        match command {
            Command::LogIn { browser, tiktok } => {
                let visit = Visit::Authorize(USERNAMES[tiktok]);
                self.authorize(browser, Purpose::LogIn, visit);
            }
            Command::Link { browser, tiktok } => {
                self.confirm(browser);
                self.authorize(browser, TO_PROFILE, Visit::Authorize(USERNAMES[tiktok]));
            }
            Command::Deny { browser, tiktok } => {
                let visit = Visit::DenyProfile(USERNAMES[tiktok]);
                self.authorize(browser, Purpose::LogIn, visit);
            }
            Command::FailUserInfo { browser, tiktok } => {
                let visit = Visit::Fail(USERNAMES[tiktok], Failure::UserInfoFails);
                self.authorize(browser, Purpose::LogIn, visit);
            }
            Command::Leave { browser } => {
                let _ = self
                    .portal
                    .ask(&mut self.browsers[browser], &begin(Purpose::LogIn));
            }
            Command::LogOut { browser } => {
                let _ = self.portal.ask(&mut self.browsers[browser], &LogOut {});
            }
            Command::CreateAccount { browser } => {
                let created = self
                    .portal
                    .ask(&mut self.browsers[browser], &create_account());
                if created.is_ok() {
                    self.see("created");
                }
            }
            Command::LogInByEmail { browser } => {
                let log_in = log_in("email-only@portal.test", PASSWORD);
                let _ = self.portal.ask(&mut self.browsers[browser], &log_in);
            }
            Command::Unlink { browser } => {
                self.confirm(browser);
                let told = self
                    .portal
                    .ask(&mut self.browsers[browser], &UnlinkTikTok {});
                match told {
                    Ok(_) => self.see("unlinked"),
                    Err(told) if told.code == Code::TikTokUnavailable => {
                        self.see("half unlinked");
                        self.is_half_unlinked = true;
                    }
                    Err(_) => {}
                }
            }
            Command::Wait { minutes } => block_on(self.portal.advance(minutes)),
            Command::Sweep => sweep(&self.portal),
            Command::Away { after } => self.portal.tiktok.set_away_after(after),
            Command::Back => self.portal.tiktok.set_away(false),
        }
    }

    fn confirm(&mut self, browser: usize) {
        let password = PASSWORD.to_owned();
        let _ = self
            .portal
            .ask(&mut self.browsers[browser], &ConfirmPassword { password });
    }

    fn check(&self) -> Result<(), String> {
        let nobodys = nobodys(&self.portal);
        if !nobodys.is_empty() {
            return Err(format!("{nobodys:?} live at TikTok and belong to nobody"));
        }
        let held = held(&self.portal);
        if held["authorizations"].iter().any(Option::is_none) {
            return Err("the grant of a waiting proof has ended".to_owned());
        }
        if !self.is_half_unlinked && held["links"].iter().any(Option::is_none) {
            return Err("the grant of a link has ended".to_owned());
        }
        if !held["unneeded_grants"].is_empty() {
            self.see("unneeded");
        }
        Ok(())
    }

    /// TikTok is there, and time passes: only what is linked is left.
    fn settle(&self) -> Result<(), String> {
        self.portal.tiktok.set_away(false);
        for _ in 0..2 {
            block_on(self.portal.advance(11));
            block_on(self.portal.portal.sweep()).map_err(|error| error.to_string())?;
        }
        self.check()?;
        let stored = block_on(self.portal.store.export()).write().unwrap();
        let open_ids = |table: &str| -> BTreeSet<String> {
            let rows = stored[table].as_object().unwrap().values();
            rows.map(|row| row["open_id"].to_string()).collect()
        };
        let linked = open_ids("links");
        match open_ids("unneeded_grants").difference(&linked).next() {
            Some(open_id) => Err(format!("{open_id} isn't linked, and a grant of it is kept")),
            None => Ok(()),
        }
    }
}

fn play(
    revocation: Revocation,
    sequence: &[Command],
    seen: &RefCell<BTreeMap<String, u32>>,
) -> Result<(), String> {
    let mut play = Play {
        portal: portal(revocation),
        browsers: vec![Browser::default(); BROWSERS],
        is_half_unlinked: false,
        seen,
    };
    play.browsers[0] = play.portal.logged_in("email-only@portal.test");
    for command in sequence {
        play.step(*command);
        play.check()
            .map_err(|wrong| format!("{command:?}: {wrong}"))?;
    }
    play.settle()
}

#[test]
fn in_no_sequence_does_a_token_that_lives_belong_to_nobody() {
    for revocation in BOTH {
        let seen = RefCell::new(BTreeMap::new());
        let mut runner = TestRunner::new(Config {
            cases: 400,
            rng_seed: RngSeed::Fixed(20_270_101),
            failure_persistence: None,
            ..Config::default()
        });
        let result = runner.run(&commands(), |sequence| {
            play(revocation, &sequence, &seen).map_err(TestCaseError::fail)
        });
        if let Err(error) = result {
            panic!("{revocation:?}: {error}");
        }
        let seen = seen.into_inner();
        for event in [
            "Ok(LoggedIn)",
            "Ok(ChooseAccount)",
            "Ok(Linked)",
            "Ok(AlreadyLinked)",
            "Ok(ScopeDenied)",
            "Ok(TikTokFailed)",
            "\"created\"",
            "\"unlinked\"",
            "\"half unlinked\"",
            "\"unneeded\"",
        ] {
            let often = seen.get(event).copied().unwrap_or_default();
            assert!(often >= 5, "{revocation:?} {event}: {often} of {seen:?}");
        }
    }
}
