//! A host that ends while it works, at any of its turns at the store: whoever sends the request again
//! with its key is answered as if nothing had happened, and nothing is done twice.

use crate::harness::asking::{NEW_PASSWORD, begin, sign_up};
use crate::harness::{Browser, Memory, block_on};
use async_trait::async_trait;
use contract::account::GetProfile;
use contract::ads::CreateAdsAccount;
use contract::authorization::{CompleteAuthorization, Purpose};
use contract::drafts::{CreateDraft, SaveDraft};
use contract::passkeys::BeginPasskey;
use contract::problem::Code;
use contract::session::ConfirmPassword;
use contract::sign_up::VerifyEmail;
use contract::table::UseCase;
use domain::authorization::{Outcome, ReturnTo};
use domain::business::Industry;
use domain::draft::{Contents, Step};
use domain::id::DraftId;
use domain::time::minutes;
use scenarios::{Authenticator, Host as _, PASSWORD, Visit};
use service::Portal;
use service::store::{Mode, Session, Store, Stored, Transaction, Visit as Visited};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};
use uuid::Uuid;

const NEW: &str = "new@coffee.test";

/// After so many turns its host is there no more.
struct Ending {
    store: Arc<dyn Store>,
    turns: AtomicU32,
    has_ended: AtomicBool,
}

impl Ending {
    /// Waits for ever once all its turns are taken.
    async fn turn(&self) {
        let left = |turns: u32| turns.checked_sub(1);
        let (set, fetch) = (Ordering::SeqCst, Ordering::SeqCst);
        if self.turns.fetch_update(set, fetch, left).is_err() {
            self.has_ended.store(true, set);
            core::future::pending::<()>().await;
        }
    }
}

#[async_trait]
impl Store for Ending {
    async fn begin(&self, mode: Mode) -> Stored<Box<dyn Transaction>> {
        self.turn().await;
        self.store.begin(mode).await
    }

    async fn session(&self, token_hash: &str) -> Stored<Option<Session>> {
        self.turn().await;
        self.store.session(token_hash).await
    }

    async fn visit(&self, token_hash: &str) -> Stored<Option<Visited>> {
        self.turn().await;
        self.store.visit(token_hash).await
    }
}

/// Whether the host ended before it had answered.
fn ends<R: UseCase>(portal: &Memory, browser: &Browser, request: &R, turns: u32) -> bool {
    let store = Arc::new(Ending {
        store: Arc::new(portal.store.clone()),
        turns: AtomicU32::new(turns),
        has_ended: AtomicBool::new(false),
    });
    let mut env = portal.portal.env().clone();
    env.store = store.clone();
    let host = Memory {
        portal: Portal::new(env),
        ..portal.copy()
    };
    let body = serde_json::to_vec(request).unwrap();
    let mut answer = pin!(host.answer(browser, R::NAME, &body));
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(answer) = answer.as_mut().poll(&mut context) {
            assert!(answer.reply.is_ok(), "{}", R::NAME);
            return false;
        }
        if store.has_ended.load(Ordering::SeqCst) {
            return true;
        }
    }
}

/// Ends a host at each turn, each time in a world of its own, and asks another one a minute later.
fn at_every_turn<R: UseCase>(
    set_up: impl Fn() -> (Memory, Browser, R),
    check: impl Fn(&Memory, &mut Browser, R::Reply),
) {
    for turns in 0.. {
        let (portal, mut browser, request) = set_up();
        browser.key = Some("the-same-key".to_owned());
        let has_ended = ends(&portal, &browser, &request, turns);
        portal.clock.advance(minutes(1));
        let again = portal.ask(&mut browser, &request);
        let Ok(reply) = again else {
            panic!(
                "{}, ended at turn {turns}: {again:?}",
                R::NAME,
                again = again.err()
            );
        };
        browser.key = None;
        check(&portal, &mut browser, reply);
        // At last it had answered, and the answer was lost.
        if !has_ended {
            assert!(turns > 1, "{} has more turns", R::NAME);
            return;
        }
    }
}

fn visitor(portal: &Memory) -> Browser {
    let mut browser = Browser::default();
    portal.member(&mut browser);
    browser
}

/// Somebody whose address is proven.
fn newcomer(portal: &Memory) -> Browser {
    let mut browser = visitor(portal);
    portal
        .ask(&mut browser, &sign_up(NEW, NEW_PASSWORD))
        .unwrap();
    let verify = verify(portal);
    portal.ask(&mut browser, &verify).unwrap();
    browser
}

fn verify(portal: &Memory) -> VerifyEmail {
    VerifyEmail {
        code: portal.newest_code(NEW),
        ..VerifyEmail::default()
    }
}

fn is_logged_in<T>(portal: &Memory, browser: &mut Browser, _: T) {
    assert!(portal.member(browser).is_some());
}

#[test]
fn a_sign_up_writes_one_letter() {
    at_every_turn(
        || {
            let portal = Memory::seeded();
            let browser = visitor(&portal);
            (portal, browser, sign_up(NEW, NEW_PASSWORD))
        },
        |portal, browser, _| {
            assert_eq!(portal.outbox.texts_to(NEW).len(), 1);
            portal.ask(browser, &verify(portal)).unwrap();
        },
    );
}

#[test]
fn a_code_that_was_right_logs_in() {
    at_every_turn(
        || {
            let portal = Memory::seeded();
            let mut browser = visitor(&portal);
            portal
                .ask(&mut browser, &sign_up(NEW, NEW_PASSWORD))
                .unwrap();
            let verify = verify(&portal);
            (portal, browser, verify)
        },
        is_logged_in,
    );
}

#[test]
fn a_password_that_was_confirmed_keeps_its_session() {
    at_every_turn(
        || {
            let portal = Memory::seeded();
            let browser = portal.logged_in("email-only@portal.test");
            let password = PASSWORD.to_owned();
            (portal, browser, ConfirmPassword { password })
        },
        is_logged_in,
    );
}

#[test]
fn an_ads_manager_account_is_made() {
    at_every_turn(
        || {
            let portal = Memory::seeded();
            let browser = newcomer(&portal);
            let request = CreateAdsAccount {
                business_name: "Mai Coffee".to_owned(),
                industry: Some(Industry::FoodAndBeverage),
                country: "VN".to_owned(),
                time_zone: "Asia/Ho_Chi_Minh".to_owned(),
                currency: "VND".to_owned(),
                phone: "+84 90 123 4567".to_owned(),
                terms: true,
            };
            (portal, browser, request)
        },
        is_logged_in,
    );
}

#[test]
fn a_draft_is_saved_once() {
    at_every_turn(
        || {
            let portal = Memory::seeded();
            let mut browser = portal.logged_in("linked@portal.test");
            let id = DraftId(Uuid::from_u128(0x4000_8000_0000_0000_0001));
            let begun = portal
                .ask(&mut browser, &CreateDraft { id, copy_of: None })
                .unwrap();
            let mut contents = Contents::default();
            contents.campaign.name = "Tết".to_owned();
            let save = SaveDraft {
                id,
                version: begun.draft.version,
                step: Step::Campaign,
                contents,
            };
            (portal, browser, save)
        },
        |_, _, saved| assert_eq!(saved.version, 2),
    );
}

/// An exchange that broke off is lost, and told so: then a link is begun anew.
#[test]
fn a_link_that_was_made_is_told_and_keeps_its_session() {
    at_every_turn(
        || {
            let portal = Memory::seeded();
            let mut browser = portal.logged_in("email-only@portal.test");
            let purpose = Purpose::Link {
                to: ReturnTo::Profile,
            };
            let begun = portal.ask(&mut browser, &begin(purpose)).unwrap();
            let visit = Visit::Authorize("unlinked");
            let back = block_on(portal.at_tiktok(&mut browser, &begun.authorize_url, visit));
            let back: CompleteAuthorization = back.unwrap();
            (portal, browser, back)
        },
        |portal, browser, completed| {
            let profile = portal.ask(browser, &GetProfile {});
            let is_linked = profile.unwrap().tiktok.is_some();
            let told = completed.outcome;
            assert_eq!(is_linked, told == Outcome::Linked, "{told:?}");
        },
    );
}

/// What was signed is lost with the challenge, once that was taken: then a passkey is made anew.
#[test]
fn a_passkey_is_added_once_or_refused() {
    for turns in 0.. {
        let portal = Memory::seeded();
        let mut browser = portal.logged_in("email-only@portal.test");
        let options = portal.ask(&mut browser, &BeginPasskey {}).unwrap();
        let made = Authenticator::new(portal.origin(), 1).make(&options, "phone");
        browser.key = Some("the-same-key".to_owned());
        let has_ended = ends(&portal, &browser, &made, turns);
        portal.clock.advance(minutes(1));
        let refused = portal.ask(&mut browser, &made).err();
        browser.key = None;
        let profile = portal.ask(&mut browser, &GetProfile {}).unwrap();
        let is_added = profile.methods.passkeys == 1;
        let code = refused.map(|problem| problem.code);
        let expected = (!is_added).then_some(Code::PasskeyRefused);
        assert_eq!(code, expected, "ended at turn {turns}");
        if !has_ended {
            assert!(is_added);
            return;
        }
    }
}
