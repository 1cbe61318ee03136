//! Grants of links are renewed before they end, by one at a time, and what TikTok can't say now is no fault
//! of theirs.

use crate::harness::{Browser, Memory, block_on};
use contract::account::{GetProfile, UnlinkTikTok};
use contract::authorization::Purpose;
use contract::problem::Code;
use contract::session::ConfirmPassword;
use domain::authorization::{Outcome, ReturnTo};
use domain::email::Email;
use domain::grant::{GrantFault, GrantHealth};
use domain::time::Timestamp;
use scenarios::{Host as _, PASSWORD, Visit};
use service::GrantError;
use service::store::{Mode, Store as _};
use std::pin::pin;
use std::task::{Context, Waker};

const TO_PROFILE: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};
const OWNER: &str = "email-only@portal.test";
const TOKEN: &str = "/v2/oauth/token/";
const DAY: u64 = 24 * 60;

/// Portal in which a TikTok account is linked.
fn linked() -> Memory {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in(OWNER);
    portal.authorize(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    portal
}

fn later(portal: &Memory, minutes: u64) -> Result<(), GrantError> {
    block_on(portal.advance(minutes));
    block_on(portal.portal.sweep())
}

fn fault(portal: &Memory) -> Option<GrantFault> {
    let mut browser = portal.logged_in(OWNER);
    let profile = portal.ask(&mut browser, &GetProfile {}).unwrap();
    assert!(profile.tiktok.is_some(), "the link stays");
    profile.authorize_again
}

#[test]
fn a_grant_is_asked_about_once_a_day() {
    let portal = linked();
    let before = portal.tiktok.asked(TOKEN);
    for days in 1..=3 {
        for _ in 0..144 {
            later(&portal, 10).unwrap();
        }
        assert_eq!(portal.tiktok.asked(TOKEN), before + days);
    }
    assert_eq!(fault(&portal), None);
    assert_eq!(portal.tiktok.grants(), 1, "renewed, and not another");
}

#[test]
fn while_tiktok_is_away_a_grant_is_as_good_as_before() {
    let portal = linked();
    let before = portal.tiktok.asked(TOKEN);
    portal.tiktok.set_away(true);
    later(&portal, DAY).unwrap_err();
    later(&portal, 60).unwrap_err();
    assert_eq!(fault(&portal), None);
    portal.tiktok.set_away(false);
    later(&portal, 60).unwrap();
    assert_eq!(portal.tiktok.asked(TOKEN), before + 3);
    assert_eq!(fault(&portal), None);
}

#[test]
fn what_tiktok_says_of_the_portal_or_of_itself_is_no_fault_of_a_grant() {
    for word in [
        "server_error",
        "temporarily_unavailable",
        "invalid_client",
        "unauthorized_client",
        "unsupported_grant_type",
        // Of one that it can't read: all would be told to authorize again by a mistake of ours.
        "invalid_request",
    ] {
        let portal = linked();
        let letters = portal.outbox.letters().len();
        portal.tiktok.set_refusing(word);
        later(&portal, DAY).unwrap_err();
        let asked = portal.tiktok.asked(TOKEN);
        later(&portal, 50).unwrap();
        assert_eq!(portal.tiktok.asked(TOKEN), asked, "{word}: an hour later");
        later(&portal, 10).unwrap_err();
        assert_eq!(portal.tiktok.asked(TOKEN), asked + 1, "{word}");
        assert_eq!(fault(&portal), None, "{word}");
        assert_eq!(portal.outbox.letters().len(), letters, "{word}");
        portal.tiktok.answer_again();
        later(&portal, 60).unwrap();
        assert_eq!(fault(&portal), None, "{word}");
    }
}

/// The old refresh token is of no use once TikTok has given another, which nobody has.
#[test]
fn a_renewal_whose_answer_was_lost_ends_no_link() {
    let portal = linked();
    portal.tiktok.set_losing_answers(true);
    later(&portal, DAY).unwrap_err();
    assert_eq!(fault(&portal), None);
    portal.tiktok.set_losing_answers(false);
    later(&portal, 60).unwrap();
    assert_eq!(fault(&portal), Some(GrantFault::Revoked));
    let mut browser = Browser::default();
    let visit = Visit::Authorize("unlinked");
    let completed = portal.authorize(&mut browser, Purpose::LogIn, visit);
    assert_eq!(completed.outcome, Outcome::LoggedIn);
    assert_eq!(fault(&portal), None);
}

/// What TikTok gives in an answer that can't be read is lost, and the next link's would be as well.
#[test]
fn an_answer_that_cannot_be_read_costs_one_link_and_no_more() {
    let portal = linked();
    let mut browser = portal.logged_in("someone-else@portal.test");
    portal.ask(&mut browser, &UnlinkTikTok {}).unwrap();
    portal.authorize(
        &mut browser,
        TO_PROFILE,
        Visit::Authorize("personal_account"),
    );
    let before = portal.tiktok.asked(TOKEN);
    portal
        .tiktok
        .set_answering("{\"token\":\"of a later version\"}");
    later(&portal, DAY).unwrap_err();
    assert_eq!(portal.tiktok.asked(TOKEN), before + 1);
}

#[test]
fn scopes_that_are_left_out_are_as_they_were() {
    let portal = linked();
    portal.tiktok.set_answering(
        r#"{"open_id":"o","access_token":"a","expires_in":7200,"refresh_token":"r",
            "refresh_expires_in":8640000,"token_type":"Bearer"}"#,
    );
    later(&portal, DAY).unwrap();
    assert_eq!(fault(&portal), None);
}

/// A server that stops, or whose time is over, takes up no other.
#[test]
fn a_sweep_ends_between_two_grants_and_the_next_one_goes_on() {
    let portal = linked();
    block_on(portal.advance(DAY));
    let before = portal.tiktok.asked(TOKEN);
    block_on(portal.portal.sweep_while(&|| false)).unwrap();
    assert_eq!(portal.tiktok.asked(TOKEN), before);
    block_on(portal.portal.sweep()).unwrap();
    assert_eq!(portal.tiktok.asked(TOKEN), before + 1);
}

/// While it is being renewed it would come back with other tokens.
#[test]
fn an_unlink_waits_for_a_renewal_of_a_grant_that_still_works() {
    let portal = linked();
    let owner = "email-only@portal.test";
    // Due since the beginning, as one of a release before is.
    let mut tx = block_on(portal.store.begin(Mode::Write)).unwrap();
    let email = Email::parse(owner).unwrap();
    let account = block_on(tx.account_by_email(&email)).unwrap().unwrap().id;
    let due = GrantHealth::Good {
        due: Timestamp::default(),
    };
    block_on(tx.set_grant_health(account, due)).unwrap();
    block_on(tx.commit()).unwrap();
    let mut browser = portal.logged_in(owner);
    let mut sweep = pin!(portal.portal.sweep());
    let mut context = Context::from_waker(Waker::noop());
    assert!(sweep.as_mut().poll(&mut context).is_pending());
    let code = portal.refused(&mut browser, &UnlinkTikTok {});
    assert_eq!(code, Code::Unavailable);
    let _ = block_on(sweep);
    let unlinked = portal.ask(&mut browser, &UnlinkTikTok {}).unwrap();
    assert_eq!(unlinked.tiktok, None);
    assert_eq!(portal.tiktok.grants(), 0);
}

#[test]
fn a_refresh_token_that_has_ended_says_so() {
    let portal = linked();
    // Nobody swept for longer than it lives.
    later(&portal, 400 * DAY).unwrap();
    assert_eq!(fault(&portal), Some(GrantFault::Expired));
}

/// An unlink needs a grant that works, and the sweep wants to renew the same one.
#[test]
fn an_unlink_and_a_sweep_at_once_renew_it_once() {
    let portal = linked();
    block_on(portal.advance(DAY));
    let mut browser = portal.logged_in(OWNER);
    let confirm = ConfirmPassword {
        password: PASSWORD.to_owned(),
    };
    portal.ask(&mut browser, &confirm).unwrap();
    let before = portal.tiktok.asked(TOKEN);
    let mut sweep = pin!(portal.portal.sweep());
    let mut context = Context::from_waker(Waker::noop());
    assert!(sweep.as_mut().poll(&mut context).is_pending());
    assert_eq!(portal.tiktok.asked(TOKEN), before + 1, "on its way");
    let code = portal.refused(&mut browser, &UnlinkTikTok {});
    assert_eq!(code, Code::Unavailable, "for a moment");
    block_on(sweep).unwrap();
    assert_eq!(portal.tiktok.asked(TOKEN), before + 1);
    let unlinked = portal.ask(&mut browser, &UnlinkTikTok {}).unwrap();
    assert_eq!(unlinked.tiktok, None);
    assert_eq!(portal.tiktok.grants(), 0);
}
