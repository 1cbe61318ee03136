//! Two at once: the network to TikTok lets others go first, so that calls overlap.

use crate::harness::asking::{NEW_PASSWORD, log_in, sign_up};
use crate::harness::{Browser, Memory, at_tiktok, block_on};
use contract::account::{GetProfile, UnlinkTikTok};
use contract::authorization::{CompleteAuthorization, Completed, Purpose};
use contract::problem::{Code, Problem};
use contract::table::UseCase as _;
use contract::transfer::BeginTransfer;
use domain::authorization::{Outcome, ReturnTo};
use domain::id::OpenId;
use domain::time::minutes;
use scenarios::{PASSWORD, Visit};
use service::store::{Mode, Store as _};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

const TO_PROFILE: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};

type Told = Result<Completed, Problem>;

async fn complete(portal: &Memory, browser: &Browser, callback: &CompleteAuthorization) -> Told {
    let body = serde_json::to_vec(callback).unwrap();
    let answer = portal
        .answer(browser, CompleteAuthorization::NAME, &body)
        .await;
    answer
        .reply
        .map(|reply| serde_json::from_slice(&reply).unwrap())
}

/// Runs all of them, a step each in turn.
async fn all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut running: Vec<_> = futures.into_iter().map(|it| (Box::pin(it), None)).collect();
    std::future::poll_fn(|context| {
        for (future, told) in &mut running {
            if told.is_none()
                && let Poll::Ready(output) = Pin::as_mut(future).poll(context)
            {
                *told = Some(output);
            }
        }
        if running.iter().all(|(_, told)| told.is_some()) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    running.into_iter().filter_map(|(_, told)| told).collect()
}

#[test]
fn of_many_who_link_one_tiktok_account_at_once_one_wins() {
    let portal = Memory::seeded();
    let emails = [
        "email-only@portal.test",
        "a@coffee.test",
        "b@coffee.test",
        "c@coffee.test",
    ];
    let mut ready = Vec::new();
    for email in emails {
        let mut browser = Browser::default();
        if email.ends_with("portal.test") {
            browser = portal.logged_in(email);
        } else {
            portal
                .ask(&mut browser, &sign_up(email, NEW_PASSWORD))
                .unwrap();
            let code = contract::sign_up::VerifyEmail {
                code: portal.newest_code(email),
                ..contract::sign_up::VerifyEmail::default()
            };
            portal.ask(&mut browser, &code).unwrap();
        }
        let callback = portal.bring_back(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
        ready.push((browser, callback));
    }
    let portal = &portal;
    let calls = ready
        .iter()
        .map(|(browser, callback)| complete(portal, browser, callback));
    let told = block_on(all(calls.collect()));
    let outcomes: Vec<_> = told.into_iter().map(|told| told.unwrap().outcome).collect();
    let won = outcomes
        .iter()
        .filter(|outcome| **outcome == Outcome::Linked)
        .count();
    let lost = outcomes
        .iter()
        .filter(|outcome| **outcome == Outcome::AlreadyLinked)
        .count();
    assert_eq!((won, lost), (1, 3), "{outcomes:?}");
    let mut linked = 0;
    for email in emails {
        // The winner's session has another token now.
        let password = if email.ends_with("portal.test") {
            PASSWORD
        } else {
            NEW_PASSWORD
        };
        let mut browser = Browser::default();
        portal.ask(&mut browser, &log_in(email, password)).unwrap();
        let profile = portal.ask(&mut browser, &GetProfile {}).unwrap();
        linked += usize::from(profile.tiktok.is_some());
    }
    assert_eq!(linked, 1);
}

#[test]
fn one_callback_twice_at_once_is_worked_on_once() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    let callback = portal.bring_back(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    let calls = vec![
        complete(&portal, &browser, &callback),
        complete(&portal, &browser, &callback),
    ];
    let told = block_on(all(calls));
    let [Ok(first), Err(second)] = told.as_slice() else {
        panic!("one is worked on, one waits: {told:?}");
    };
    assert_eq!(first.outcome, Outcome::Linked);
    assert_eq!(
        (second.code, second.retry_after_s),
        (Code::InProgress, Some(1))
    );
    assert_eq!(portal.tiktok.asked("/v2/oauth/token/"), 1);
    assert_eq!(
        portal.ask(&mut browser, &callback).unwrap(),
        *first,
        "then it is the same page"
    );
}

#[test]
fn two_tiktok_accounts_at_once_leave_one_link() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    let one = portal.bring_back(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    let two = portal.bring_back(
        &mut browser,
        TO_PROFILE,
        Visit::Authorize("personal_account"),
    );
    let calls = vec![
        complete(&portal, &browser, &one),
        complete(&portal, &browser, &two),
    ];
    let told = block_on(all(calls));
    let outcomes: Vec<_> = told.into_iter().map(|told| told.unwrap().outcome).collect();
    // The link gave the session another token, so the other one comes from a session that ended.
    assert!(
        outcomes.contains(&Outcome::Linked) && outcomes.contains(&Outcome::SessionEnded),
        "{outcomes:?}"
    );
}

/// The process dies between the exchange and its record, or the browser hangs up.
#[test]
fn an_exchange_that_is_lost_is_given_up_after_half_a_minute() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    let callback = portal.bring_back(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    {
        let mut lost = pin!(complete(&portal, &browser, &callback));
        let mut context = Context::from_waker(Waker::noop());
        assert!(
            lost.as_mut().poll(&mut context).is_pending(),
            "it is at TikTok"
        );
    }
    assert_eq!(portal.refused(&mut browser, &callback), Code::InProgress);
    portal.clock.advance(Duration::from_secs(30));
    assert_eq!(
        portal.ask(&mut browser, &callback).unwrap().outcome,
        Outcome::TikTokFailed
    );
    let again = portal.authorize(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    assert_eq!(again.outcome, Outcome::Linked);
}

#[test]
fn an_exchange_that_ends_after_it_was_given_up_makes_nothing() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    let callback = portal.bring_back(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    let slow_browser = browser.clone();
    let mut slow = pin!(complete(&portal, &slow_browser, &callback));
    let mut context = Context::from_waker(Waker::noop());
    assert!(slow.as_mut().poll(&mut context).is_pending());
    portal.clock.advance(Duration::from_secs(30));
    let given_up = portal.ask(&mut browser, &callback).unwrap();
    assert_eq!(given_up.outcome, Outcome::TikTokFailed);
    assert_eq!(block_on(slow).unwrap(), given_up, "it shows the same page");
    assert_eq!(
        portal.ask(&mut browser, &GetProfile {}).unwrap().tiktok,
        None
    );
    assert_eq!(
        portal.tiktok.asked("/v2/oauth/revoke/"),
        1,
        "and the grant goes back"
    );
}

/// Invariant 6: a session that would have come of it doesn't replace the one that is.
#[test]
fn a_log_in_that_was_given_up_keeps_the_session_before() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    let member = portal.member(&mut browser);
    let visit = Visit::Authorize("tiktok_only");
    let callback = portal.bring_back(&mut browser, Purpose::LogIn, visit);
    let body = serde_json::to_vec(&callback).unwrap();
    let slow_browser = browser.clone();
    let mut slow = pin!(portal.answer(&slow_browser, CompleteAuthorization::NAME, &body));
    let mut context = Context::from_waker(Waker::noop());
    assert!(slow.as_mut().poll(&mut context).is_pending());
    portal.clock.advance(Duration::from_secs(30));
    let given_up = portal.ask(&mut browser, &callback).unwrap();
    assert_eq!(given_up.outcome, Outcome::TikTokFailed);
    browser.keep(&block_on(slow));
    assert_eq!(portal.member(&mut browser), member);
}

/// Another tab logs out while this one's answer is on its way.
#[test]
fn a_session_that_ends_during_the_exchange_makes_no_link() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    let callback = portal.bring_back(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    let mut under_way = pin!(complete(&portal, &browser, &callback));
    let mut context = Context::from_waker(Waker::noop());
    assert!(under_way.as_mut().poll(&mut context).is_pending());
    let mut other_tab = browser.clone();
    portal
        .ask(&mut other_tab, &contract::session::LogOut {})
        .unwrap();
    assert_eq!(block_on(under_way).unwrap().outcome, Outcome::SessionEnded);
    portal.clock.advance(minutes(1));
    let mut again = portal.logged_in("email-only@portal.test");
    assert_eq!(portal.ask(&mut again, &GetProfile {}).unwrap().tiktok, None);
}

/// Two servers may do it, over one database.
#[test]
fn of_two_unlinks_at_once_one_renews_the_grant_that_has_ended() {
    let portal = Memory::seeded();
    let mut owner = portal.logged_in("email-only@portal.test");
    portal.authorize(&mut owner, TO_PROFILE, Visit::Authorize("unlinked"));
    portal.clock.advance(minutes(3 * 60));
    let tabs = [(); 2].map(|()| portal.logged_in("email-only@portal.test"));
    let asked = portal.tiktok.asked("/v2/oauth/token/");
    let unlinks = tabs
        .iter()
        .map(|tab| portal.answer(tab, UnlinkTikTok::NAME, b"{}"));
    let told = block_on(all(unlinks.collect()));
    let [first, second] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert!(first.reply.is_ok(), "{first:?}");
    assert_eq!(second.reply.as_ref().unwrap_err().code, Code::Unavailable);
    assert_eq!(portal.tiktok.asked("/v2/oauth/token/"), asked + 1);
    assert_eq!(portal.tiktok.grants(), 0);
}

#[test]
fn a_renewal_whose_server_has_died_is_another_ones_half_a_minute_later() {
    let portal = Memory::seeded();
    let mut owner = portal.logged_in("email-only@portal.test");
    portal.authorize(&mut owner, TO_PROFILE, Visit::Authorize("unlinked"));
    portal.clock.advance(minutes(3 * 60));
    let mut owner = portal.logged_in("email-only@portal.test");
    {
        let dying = owner.clone();
        let mut lost = pin!(portal.answer(&dying, UnlinkTikTok::NAME, b"{}"));
        let mut context = Context::from_waker(Waker::noop());
        assert!(lost.as_mut().poll(&mut context).is_pending(), "at TikTok");
    }
    let refused = portal.refused(&mut owner, &UnlinkTikTok {});
    assert_eq!(refused, Code::Unavailable);
    portal.clock.advance(Duration::from_secs(30));
    portal.ask(&mut owner, &UnlinkTikTok {}).unwrap();
}

/// What the slow one was about to renew is stored nowhere any more.
#[test]
fn an_unlink_that_another_has_overtaken_renews_nothing() {
    let portal = Memory::seeded();
    let mut owner = portal.logged_in("email-only@portal.test");
    portal.authorize(&mut owner, TO_PROFILE, Visit::Authorize("unlinked"));
    // A log-in's grant takes the place of the first, which waits for the unlink.
    portal.authorize(
        &mut Browser::default(),
        Purpose::LogIn,
        Visit::Authorize("unlinked"),
    );
    portal.clock.advance(minutes(3 * 60));
    let [slow, mut fast] = [(); 2].map(|()| portal.logged_in("email-only@portal.test"));
    let mut overtaken = pin!(portal.answer(&slow, UnlinkTikTok::NAME, b"{}"));
    let mut context = Context::from_waker(Waker::noop());
    assert!(overtaken.as_mut().poll(&mut context).is_pending());
    portal.clock.advance(Duration::from_secs(30));
    portal.ask(&mut fast, &UnlinkTikTok {}).unwrap();
    let asked = portal.tiktok.asked("/v2/oauth/token/");
    block_on(overtaken).reply.unwrap_err();
    assert_eq!(portal.tiktok.asked("/v2/oauth/token/"), asked);
    assert_eq!(portal.tiktok.grants(), 0);
}

/// Another server has revoked it, for an unlink, when all is known of it.
#[test]
fn a_log_in_whose_grant_was_revoked_meanwhile_is_none() {
    let portal = Memory::seeded();
    let mut browser = Browser::default();
    let callback = portal.bring_back(
        &mut browser,
        Purpose::LogIn,
        Visit::Authorize("tiktok_only"),
    );
    let mut under_way = pin!(complete(&portal, &browser, &callback));
    let mut context = Context::from_waker(Waker::noop());
    // At TikTok for the tokens, and for whose they are.
    for _ in 0..2 {
        assert!(under_way.as_mut().poll(&mut context).is_pending());
    }
    let mut tx = block_on(portal.store.begin(Mode::Write)).unwrap();
    assert!(under_way.as_mut().poll(&mut context).is_pending());
    let open_id = at_tiktok("tiktok_only").open_id;
    block_on(async {
        let unneeded = tx.unneeded_grants(&OpenId(open_id)).await.unwrap();
        assert_eq!(unneeded.len(), 1);
        tx.delete_unneeded_grant(&unneeded[0].grant.id())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    });
    let told = block_on(under_way).unwrap();
    assert_eq!(told.outcome, Outcome::TikTokFailed);
}

#[test]
fn of_two_sweeps_at_once_one_asks_tiktok() {
    let portal = Memory::seeded();
    for username in ["unlinked", "personal_account"] {
        let mut browser = Browser::default();
        portal.authorize(&mut browser, Purpose::LogIn, Visit::Authorize(username));
    }
    portal.clock.advance(minutes(15));
    let sweeps = vec![portal.portal.sweep(), portal.portal.sweep()];
    for swept in block_on(all(sweeps)) {
        swept.unwrap();
    }
    assert_eq!(portal.tiktok.asked("/v2/oauth/revoke/"), 2);
    assert_eq!(portal.tiktok.grants(), 0);
    // One that died has it to itself for no longer than until the next.
    {
        let mut lost = pin!(portal.portal.sweep());
        let mut context = Context::from_waker(Waker::noop());
        let _ = lost.as_mut().poll(&mut context);
    }
    let mut browser = Browser::default();
    portal.authorize(&mut browser, Purpose::LogIn, Visit::Authorize("unlinked"));
    portal.clock.advance(minutes(10));
    block_on(portal.portal.sweep()).unwrap();
    portal.clock.advance(minutes(10));
    block_on(portal.portal.sweep()).unwrap();
    assert_eq!(portal.tiktok.grants(), 0);
}

/// Neither leaves a link whose grant has ended.
#[test]
fn an_unlink_when_the_link_is_due_to_move_is_the_last_word() {
    for unlinks_first in [true, false] {
        let portal = Memory::seeded();
        let (has, gets) = ("email-only@portal.test", "passkeys@portal.test");
        let mut owner = portal.logged_in(has);
        portal.authorize(&mut owner, TO_PROFILE, Visit::Authorize("unlinked"));
        let mut taker = portal.logged_in(gets);
        let begin = BeginTransfer {
            email: has.to_owned(),
            password: PASSWORD.to_owned(),
        };
        portal.ask(&mut taker, &begin).unwrap();
        portal.clock.advance(minutes(24 * 60));
        let owner = portal.logged_in(has);
        let unlink = async {
            let answer = portal.answer(&owner, UnlinkTikTok::NAME, b"{}").await;
            assert_eq!(answer.reply.is_ok(), unlinks_first);
        };
        let sweep = async { portal.portal.sweep().await.unwrap() };
        let mut both: Vec<Pin<Box<dyn Future<Output = ()>>>> =
            vec![Box::pin(unlink), Box::pin(sweep)];
        if !unlinks_first {
            both.reverse();
        }
        block_on(all(both));
        let mut taker = portal.logged_in(gets);
        let profile = portal.ask(&mut taker, &GetProfile {}).unwrap();
        assert_eq!(profile.tiktok.is_some(), !unlinks_first);
        assert_eq!(portal.tiktok.grants(), usize::from(!unlinks_first));
    }
}
