//! Invariants 1 to 6 of ARCHITECTURE.md as properties: no sequence of commands breaks one.
//!
//! A small world of browsers, accounts and TikTok accounts is moved by random commands through the
//! domain's own functions, and a ledger that knows none of them checks each step by what it saw.
//! That the ledger can object is proven too: a world that is sabotaged is caught.

mod authorizations;
mod command;
mod ledger;
mod standing;
mod world;

use command::{Command, commands};
use ledger::Ledger;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};
use std::cell::RefCell;
use std::collections::BTreeMap;
use world::{Sabotage, World};

/// So many that each event which is asked for below happens ten times at least. `PORTAL_SEQUENCES` has
/// it try more: `PORTAL_SEQUENCES=1000000 cargo test -p domain --test invariants`.
const SEQUENCES: u32 = 20_000;

/// Seeded, so that a failure is there again tomorrow; proptest prints the shortest sequence.
fn runner(sequences: u32) -> TestRunner {
    TestRunner::new(Config {
        cases: sequences,
        rng_seed: RngSeed::Fixed(20_260_101),
        failure_persistence: None,
        ..Config::default()
    })
}

fn walk(
    sequence: &[Command],
    sabotage: Option<Sabotage>,
    seen: &mut BTreeMap<String, u32>,
) -> Result<(), String> {
    let mut world = World::new(sabotage);
    let mut ledger = Ledger::new(&world);
    for command in sequence {
        let before = world.clone();
        let happened = world.step(*command);
        *seen.entry(happened.name()).or_default() += 1;
        ledger.check(*command, &before, &happened, &world)?;
    }
    Ok(())
}

#[test]
fn no_sequence_of_commands_breaks_an_invariant() {
    let seen = RefCell::new(BTreeMap::new());
    let more = std::env::var("PORTAL_SEQUENCES").ok();
    let sequences = more.map_or(SEQUENCES, |number| number.parse().unwrap());
    let result = runner(sequences).run(&commands(), |sequence| {
        walk(&sequence, None, &mut seen.borrow_mut()).map_err(TestCaseError::fail)
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    // An invariant that nothing tempted isn't tested: each of these must have happened, and more
    // than once or twice.
    let seen = seen.into_inner();
    for event in [
        "Shown(SignedUp)",
        "Shown(LoggedIn)",
        "Shown(ChooseAccount)",
        "Shown(Linked)",
        "Shown(AlreadyYours)",
        "Shown(AlreadyLinked)",
        "Shown(AccountHasLink)",
        "Shown(ConfirmNeeded)",
        "Shown(SessionEnded)",
        "Shown(Confirmed)",
        "Shown(ConfirmedByAnother)",
        "Shown(Cancelled)",
        "Shown(ScopeDenied)",
        "Shown(TikTokFailed)",
        "Shown(Expired)",
        "Shown(OtherBrowser)",
        "Waiting",
        "GivenUp",
        "Created",
        "Refused(Proof(Missing))",
        "Refused(Proof(Expired))",
        "Refused(Proof(OtherBrowser))",
        "Refused(Link(AlreadyLinked))",
        "Refused(Link(AccountHasLink))",
        "Refused(Unlink(NotLinked))",
        "Refused(Unlink(LastLogInMethod))",
        "Refused(ConfirmFirst)",
        "Refused(Code(Spent))",
        "Unlinked",
        "EmailProven",
    ] {
        let count = seen.get(event).copied().unwrap_or(0);
        assert!(count >= 10, "{event} happened {count} times: {seen:#?}");
    }
}

#[test]
fn a_world_that_ignores_a_rule_is_caught() {
    for (sabotage, invariant) in [
        (Sabotage::LinkWithoutLooking, "Invariant 1"),
        (Sabotage::TrustStaleSessions, "Invariant 2"),
        (Sabotage::TrustAnyBrowser, "Invariant 2"),
        (Sabotage::UnlinkTheLastMethod, "Invariant 3"),
        (Sabotage::KeepSpentProofs, "Invariant 4"),
        (Sabotage::ExchangeAgain, "Invariant 5"),
        (Sabotage::LogOutOnRefusal, "Invariant 6"),
    ] {
        let result = runner(SEQUENCES).run(&commands(), |sequence| {
            match walk(&sequence, Some(sabotage), &mut BTreeMap::new()) {
                Err(broken) if broken.starts_with(invariant) => Err(TestCaseError::fail(broken)),
                // Another invariant may break of it as well: the one that is meant is looked for.
                Ok(()) | Err(_) => Ok(()),
            }
        });
        match result {
            Err(TestError::Fail(..)) => {}
            Err(TestError::Abort(reason)) => panic!("{sabotage:?}: {reason}"),
            Ok(()) => panic!("{sabotage:?} wasn't caught as a breach of {invariant}"),
        }
    }
}
