//! How often a transfer is begun, and what becomes of the grant.

use crate::harness::asking::log_in;
use crate::harness::{Browser, Memory, block_on};
use contract::account::UnlinkTikTok;
use contract::authorization::Purpose;
use contract::problem::Code;
use contract::session::ListActivity;
use contract::table::UseCase as _;
use contract::transfer::{BeginTransfer, StopTransfer};
use domain::activity::Event;
use domain::authorization::{Outcome, ReturnTo};
use domain::limit::TRANSFER_BY_ACCOUNT;
use domain::region::Country;
use domain::time::minutes;
use scenarios::{Host as _, PASSWORD, Visit};
use service::env::Caller;

const HAS: &str = "linked@portal.test";
const GETS: &str = "email-only@portal.test";
const LINK: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};

fn begin(email: &str) -> BeginTransfer {
    BeginTransfer {
        email: email.to_owned(),
        password: PASSWORD.to_owned(),
    }
}

/// Each is told by letters to both and noted for 180 days.
#[test]
fn twenty_transfers_of_an_account_are_begun_in_a_day_at_most_whatever_is_on_the_other_side() {
    let portal = Memory::seeded();
    let mut gets = portal.logged_in(GETS);
    for _ in 0..TRANSFER_BY_ACCOUNT.count {
        portal.ask(&mut gets, &begin(HAS)).unwrap();
        portal.ask(&mut gets, &StopTransfer {}).unwrap();
    }
    let other = "someone-else@portal.test";
    let mut third = portal.logged_in("passkeys@portal.test");
    let sides = [(&mut gets, other), (&mut third, HAS)];
    for (browser, email) in sides {
        let refused = portal.refused(browser, &begin(email));
        assert_eq!(refused, Code::TooManyRequests, "{email}");
    }
    portal.ask(&mut third, &begin(other)).unwrap();
}

/// It moves with its link: nothing is asked of TikTok, and an unlink there ends it.
#[test]
fn a_grant_moves_with_its_link_and_is_revoked_where_it_came_to() {
    let portal = Memory::seeded();
    let (has, gets) = ("passkeys@portal.test", GETS);
    let mut browser = portal.logged_in(GETS);
    let completed = portal.authorize(&mut browser, LINK, Visit::Authorize("unlinked"));
    assert_eq!(completed.outcome, Outcome::Linked);
    let mut taker = portal.logged_in(has);
    portal.ask(&mut taker, &begin(gets)).unwrap();
    portal.clock.advance(minutes(24 * 60));
    block_on(portal.sweep());
    assert_eq!(portal.member(&mut browser), None, "what it began has ended");
    let mut taker = Browser::default();
    portal.ask(&mut taker, &log_in(has, PASSWORD)).unwrap();
    assert_eq!(portal.tiktok.grants(), 1);
    portal.ask(&mut taker, &UnlinkTikTok {}).unwrap();
    assert_eq!(portal.tiktok.grants(), 0);
}

/// Who stops it, and where, is nothing that the other side learns.
#[test]
fn where_a_transfer_was_stopped_stands_in_the_activity_of_who_stopped_it_alone() {
    let portal = Memory::seeded();
    let mut gets = portal.logged_in(GETS);
    portal.ask(&mut gets, &begin(HAS)).unwrap();
    let mut has = portal.logged_in(HAS);
    let caller = Caller {
        browser: has.secret.clone(),
        session: has.session.clone(),
        region: Country::parse("VN").ok(),
        ..Caller::default()
    };
    let answer = block_on(portal.portal.answer(StopTransfer::NAME, b"{}", &caller));
    has.keep(&answer);
    assert!(answer.reply.is_ok());
    let countries = [&mut has, &mut gets].map(|browser| {
        let events = portal
            .ask(browser, &ListActivity::default())
            .unwrap()
            .activity;
        let stopped = events
            .into_iter()
            .find(|it| it.event == Event::TransferStopped);
        stopped.unwrap().country
    });
    assert_eq!(countries, [Country::parse("VN").ok(), None]);
}
