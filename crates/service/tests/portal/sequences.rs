//! Sequences of what people do, walked at random.

use crate::harness::{Browser, Memory, block_on};
use contract::authorization::CompleteAuthorization;
use contract::problem::{Code, Problem};
use core::cell::RefCell;
use scenarios::{Host, SEQUENCES_SEEN, Sender, Visit, sequences};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// So many that whatever is looked for happens. `PORTAL_SEQUENCES` has it walk more.
const SEQUENCES: u64 = 1_000;
/// A store in memory is copied whole for each transaction: after so many sequences a new one is
/// quicker.
const ON_ONE: u64 = 20;

#[test]
fn no_sequence_of_what_people_do_breaks_an_invariant() {
    let more = std::env::var("PORTAL_SEQUENCES").ok();
    let count = more.map_or(SEQUENCES, |number| number.parse().unwrap());
    let mut seen = BTreeMap::new();
    for first in (0..count).step_by(usize::try_from(ON_ONE).unwrap()) {
        block_on(sequences(&Memory::seeded(), first, ON_ONE, &mut seen)).unwrap();
    }
    // What nothing tempted isn't tested.
    for event in SEQUENCES_SEEN {
        let times = seen.get(event).copied().unwrap_or(0);
        assert!(times >= 5, "{event}: {times} of {seen:#?}");
    }
}

/// A portal that breaks an invariant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lie {
    LinksWhatIsLinked,
    KnowsNoTime,
    TakesACallbackFromAnyBrowser,
    ForgetsThePassword,
    AnswersACallbackAnew,
    LogsOutOnRefusal,
}

struct Lying {
    memory: Memory,
    lie: Lie,
    /// Who is linked only as far as is told, with the username.
    told: RefCell<BTreeMap<String, String>>,
    /// The callbacks that were opened.
    opened: RefCell<BTreeSet<String>>,
    /// The username with which each callback came, and the browser that began it.
    callbacks: RefCell<BTreeMap<String, (String, Browser)>>,
}

impl Lying {
    fn new(lie: Lie) -> Self {
        Self {
            memory: Memory::seeded(),
            lie,
            told: RefCell::default(),
            opened: RefCell::default(),
            callbacks: RefCell::default(),
        }
    }

    fn lie_of_profile(&self, session: &str, reply: &mut Value) {
        if self.lie == Lie::ForgetsThePassword {
            reply["methods"]["email_and_password"] = json!(false);
        }
        if let Some(username) = self.told.borrow().get(session) {
            reply["tiktok"] = json!({ "display_name": "", "username": username });
        }
    }

    fn lie_of_callback(&self, session: String, query: String, username: String, reply: &mut Value) {
        let is_taken = reply["outcome"] == "already_linked";
        if self.lie == Lie::LinksWhatIsLinked && is_taken {
            reply["outcome"] = json!("linked");
            self.told.borrow_mut().insert(session, username);
        }
        let is_again = !self.opened.borrow_mut().insert(query);
        if self.lie == Lie::AnswersACallbackAnew && is_again {
            reply["outcome"] = json!("tiktok_failed");
        }
    }
}

impl Host for Lying {
    type Browser = Browser;

    fn browser(&self) -> Browser {
        self.memory.browser()
    }

    async fn call(
        &self,
        browser: &mut Browser,
        sender: Sender<'_>,
        name: &str,
        body: Vec<u8>,
    ) -> Result<Vec<u8>, Problem> {
        let query = || {
            let callback: CompleteAuthorization = serde_json::from_slice(&body).unwrap();
            callback.query
        };
        let session = browser.session.clone().unwrap_or_default();
        let began = (name == "complete_authorization")
            .then(|| self.callbacks.borrow().get(&query()).cloned())
            .flatten();
        let mut there = began.as_ref().map(|(_, browser)| browser.clone());
        let asked = match &mut there {
            Some(there) if self.lie == Lie::TakesACallbackFromAnyBrowser => there,
            Some(_) | None => &mut *browser,
        };
        let reply = self.memory.call(asked, sender, name, body.clone()).await;
        let mut reply: Value = match reply {
            Ok(reply) => serde_json::from_slice(&reply).unwrap(),
            Err(problem) => {
                let is_guest = problem.code == Code::NotLoggedIn;
                if self.lie == Lie::LogsOutOnRefusal && !is_guest {
                    browser.session = None;
                }
                return Err(problem);
            }
        };
        if name == "get_profile" {
            self.lie_of_profile(&session, &mut reply);
        }
        if let Some((username, _)) = began {
            self.lie_of_callback(session, query(), username, &mut reply);
        }
        Ok(serde_json::to_vec(&reply).unwrap())
    }

    fn origin(&self) -> String {
        self.memory.origin()
    }

    async fn at_tiktok(
        &self,
        browser: &mut Browser,
        authorize_url: &str,
        visit: Visit,
    ) -> Option<CompleteAuthorization> {
        let callback = self.memory.at_tiktok(browser, authorize_url, visit).await?;
        if let Visit::Authorize(username) = visit {
            let began = (username.to_owned(), browser.clone());
            let mut callbacks = self.callbacks.borrow_mut();
            callbacks.insert(callback.query.clone(), began);
        }
        Some(callback)
    }

    async fn log_out_of_tiktok(&self, browser: &mut Browser, log_out_url: &str) {
        self.memory.log_out_of_tiktok(browser, log_out_url).await;
    }

    async fn letters_to(&self, email: &str) -> Vec<String> {
        self.memory.letters_to(email).await
    }

    async fn advance(&self, minutes: u64) {
        if self.lie != Lie::KnowsNoTime {
            self.memory.advance(minutes).await;
        }
    }

    async fn sweep(&self) {
        Host::sweep(&self.memory).await;
    }
}

#[test]
fn a_portal_that_breaks_an_invariant_is_caught_by_the_same_walk() {
    for (lie, invariant) in [
        (Lie::LinksWhatIsLinked, "Invariant 1"),
        (Lie::KnowsNoTime, "Invariant 2"),
        (Lie::KnowsNoTime, "Invariant 4"),
        (Lie::TakesACallbackFromAnyBrowser, "Invariant 2"),
        (Lie::ForgetsThePassword, "Invariant 3"),
        (Lie::AnswersACallbackAnew, "Invariant 5"),
        (Lie::LogsOutOnRefusal, "Invariant 6"),
    ] {
        let is_caught = (0..SEQUENCES).any(|number| {
            let walked = block_on(sequences(&Lying::new(lie), number, 1, &mut BTreeMap::new()));
            // Another may break of it as well: the one that is meant is looked for.
            walked.is_err_and(|broken| broken.contains(invariant))
        });
        assert!(is_caught, "{lie:?} isn't caught as a breach of {invariant}");
    }
}
