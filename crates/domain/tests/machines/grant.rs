//! What becomes of a grant, and when TikTok is asked about it.

use domain::grant::{GrantFault, GrantHealth, refused};
use domain::time::{Timestamp, minutes};

const NOW: Timestamp = Timestamp(1_000_000_000);
const HOUR: u64 = 60;

#[test]
fn tiktok_is_asked_a_day_after_it_granted_and_before_the_refresh_token_ends() {
    let at = |refresh_hours: u64| {
        let health = GrantHealth::granted(NOW, NOW.plus(minutes(refresh_hours * HOUR)));
        let mut hours = 0..;
        hours.find(|hours| health.is_due(NOW.plus(minutes(hours * HOUR))))
    };
    assert_eq!(at(180 * 24), Some(24));
    assert_eq!(at(26), Some(24));
    assert_eq!(at(12), Some(11));
    assert_eq!(at(1), Some(0));
    assert_eq!(at(0), Some(0), "one that has ended is asked about at once");
}

#[test]
fn one_that_is_lost_is_never_due_and_says_why() {
    for fault in GrantFault::ALL {
        let lost = GrantHealth::Lost(fault);
        assert!(!lost.is_due(Timestamp(i64::MAX)));
        assert_eq!(lost.fault(), Some(fault));
    }
    assert_eq!(GrantHealth::unanswered(NOW).fault(), None);
}

#[test]
fn no_answer_is_asked_for_again_an_hour_later() {
    let health = GrantHealth::unanswered(NOW);
    assert!(!health.is_due(NOW.plus(minutes(HOUR - 1))));
    assert!(health.is_due(NOW.plus(minutes(HOUR))));
}

#[test]
fn a_refusal_after_the_end_is_an_expiry_and_one_before_it_a_revocation() {
    assert_eq!(refused(NOW, NOW), GrantFault::Expired);
    assert_eq!(refused(NOW, NOW.plus(minutes(1))), GrantFault::Revoked);
}

#[test]
fn each_fault_is_read_by_its_word_and_a_later_one_as_a_revocation() {
    for fault in GrantFault::ALL {
        assert_eq!(GrantFault::of_word(fault.word()), fault);
    }
    assert_eq!(GrantFault::of_word("account_banned"), GrantFault::Revoked);
}
