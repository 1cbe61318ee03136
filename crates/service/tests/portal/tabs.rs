//! Two tabs of one browser, walked at random.

use crate::harness::{Memory, block_on};
use scenarios::two_tabs;

#[test]
fn no_sequence_in_two_tabs_acts_for_another_than_is_shown() {
    let tempted = block_on(two_tabs(&Memory::seeded(), 600, true)).unwrap();
    // A walk that tempts nothing proves nothing.
    assert!(tempted.stale > 500, "{tempted:?}");
    assert_eq!(tempted.refused, tempted.stale, "{tempted:?}");
    assert!(tempted.answered > 500, "{tempted:?}");
}

/// What it is for: pages that don't say for whom they were drawn act for whoever is there.
#[test]
fn pages_that_say_nothing_are_caught_by_the_same_walk() {
    let walked = block_on(two_tabs(&Memory::seeded(), 600, false));
    assert!(walked.unwrap_err().ends_with("acted for another"));
}
