//! A transfer of a link: what begins it, how long it waits, and what keeps the link where it is.

use domain::id::{AccountId, OpenId};
use domain::link::{LogInMethods, REPLACEMENT_HOURS};
use domain::time::Timestamp;
use domain::transfer::{Sides, Transfer, TransferRefusal, WAIT_HOURS, begin};
use std::time::Duration;
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_000);
const MOMENT: Duration = Duration::from_millis(1);

fn account(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(number))
}

fn open_id(name: &str) -> OpenId {
    OpenId(name.to_owned())
}

/// Both as they are where nothing keeps the link.
fn sides() -> Sides {
    Sides {
        linked: Some(open_id("this")),
        methods: LogInMethods {
            email_and_password: true,
            tiktok: true,
            passkeys: 0,
        },
        wait: Duration::ZERO,
        undo: Duration::ZERO,
        linked_there: None,
    }
}

fn due() -> Timestamp {
    NOW.plus(Duration::from_hours(u64::from(WAIT_HOURS)))
}

fn waiting() -> Transfer {
    Transfer {
        from: account(1),
        to: account(2),
        open_id: open_id("this"),
        due: due(),
    }
}

/// What keeps a link where it is, at its beginning as at its end.
fn kept() -> Vec<(Sides, TransferRefusal)> {
    let methods = |email_and_password, passkeys| Sides {
        methods: LogInMethods {
            email_and_password,
            tiktok: true,
            passkeys,
        },
        ..sides()
    };
    let wait = Duration::from_hours(3);
    let too_new = |methods: Sides| Sides { wait, ..methods };
    let unlinked = Sides {
        linked: None,
        methods: LogInMethods {
            tiktok: false,
            ..sides().methods
        },
        ..sides()
    };
    let taken = Sides {
        linked_there: Some(open_id("that")),
        ..sides()
    };
    vec![
        (unlinked.clone(), TransferRefusal::NotLinked),
        (methods(false, 0), TransferRefusal::LastLogInMethod),
        (
            too_new(methods(true, 0)),
            TransferRefusal::NewLogInMethod { wait },
        ),
        (
            too_new(methods(false, 1)),
            TransferRefusal::NewLogInMethod { wait },
        ),
        (
            Sides {
                wait: MOMENT,
                ..sides()
            },
            TransferRefusal::NewLogInMethod { wait: MOMENT },
        ),
        // So long a former address takes the account back, and the longer of the two counts.
        (
            Sides {
                undo: wait,
                ..sides()
            },
            TransferRefusal::NewLogInMethod { wait },
        ),
        (
            Sides {
                undo: wait,
                wait: MOMENT,
                ..sides()
            },
            TransferRefusal::NewLogInMethod { wait },
        ),
        (taken.clone(), TransferRefusal::AccountHasLink),
        // The same one there: the store would refuse it, too.
        (
            Sides {
                linked_there: Some(open_id("this")),
                ..sides()
            },
            TransferRefusal::AccountHasLink,
        ),
        // What no waiting mends is said first.
        (
            Sides {
                linked: None,
                ..taken.clone()
            },
            TransferRefusal::NotLinked,
        ),
        (too_new(taken), TransferRefusal::AccountHasLink),
    ]
}

#[test]
fn a_transfer_waits_a_day() {
    let begun = begin(account(1), account(2), &sides(), None, None, NOW);
    assert_eq!(begun, Ok(waiting()));
    assert_eq!(due(), Timestamp(1_000 + 24 * 60 * 60 * 1_000));
    let by_a_passkey = Sides {
        methods: LogInMethods {
            email_and_password: false,
            passkeys: 1,
            ..sides().methods
        },
        ..sides()
    };
    let begun = begin(account(1), account(2), &by_a_passkey, None, None, NOW);
    assert_eq!(begun, Ok(waiting()));
}

#[test]
fn a_transfer_that_would_break_a_rule_does_not_begin() {
    for (sides, refusal) in kept() {
        let refused = begin(account(1), account(2), &sides, None, None, NOW);
        assert_eq!(refused, Err(refusal), "{sides:?}");
    }
}

#[test]
fn what_was_added_proves_an_account_once_it_is_old_enough() {
    let wait = Duration::from_hours(REPLACEMENT_HOURS);
    let at = |now| begin(account(1), account(2), &sides(), None, Some(NOW), now).map(|_| ());
    let refused = |wait| Err(TransferRefusal::NewLogInMethod { wait });
    let old_enough = NOW.plus(wait);
    assert_eq!(at(NOW), refused(wait));
    assert_eq!(at(old_enough.minus(MOMENT)), refused(MOMENT));
    assert_eq!(at(old_enough), Ok(()));
    assert_eq!(at(old_enough.plus(MOMENT)), Ok(()));
}

#[test]
fn an_account_gives_itself_nothing() {
    let refused = begin(account(1), account(1), &sides(), None, None, NOW);
    assert_eq!(refused, Err(TransferRefusal::SameAccount));
}

#[test]
fn one_that_waits_keeps_the_next_from_beginning_even_when_its_time_has_come() {
    let refused = Err(TransferRefusal::Waiting { due: due() });
    for now in [NOW, due(), due().plus(MOMENT)] {
        let second = begin(
            account(1),
            account(3),
            &sides(),
            Some(&waiting()),
            None,
            now,
        );
        assert_eq!(second, refused);
    }
    // It doesn't hide what would keep the link anyway.
    for (sides, refusal) in kept() {
        let second = begin(account(1), account(3), &sides, Some(&waiting()), None, NOW);
        assert_eq!(second, Err(refusal), "{sides:?}");
    }
}

#[test]
fn a_link_moves_when_its_time_has_come_and_not_before() {
    let too_early = Err(TransferRefusal::TooEarly { due: due() });
    for (now, moves) in [
        (NOW, too_early),
        (due().minus(MOMENT), too_early),
        (due(), Ok(())),
        (due().plus(Duration::from_hours(24)), Ok(())),
    ] {
        assert_eq!(waiting().carry_out(&sides(), now), moves, "{now:?}");
    }
}

#[test]
fn a_link_stays_where_a_rule_came_to_be_broken_meanwhile() {
    for (sides, refusal) in kept() {
        let now = due();
        assert_eq!(waiting().carry_out(&sides, now), Err(refusal), "{sides:?}");
        // Nobody is told before its time what would come of it.
        let too_early = Err(TransferRefusal::TooEarly { due: due() });
        let before = due().minus(MOMENT);
        assert_eq!(waiting().carry_out(&sides, before), too_early);
    }
}

#[test]
fn another_tiktok_account_that_is_linked_meanwhile_does_not_move() {
    let another = Sides {
        linked: Some(open_id("that")),
        ..sides()
    };
    let refused = waiting().carry_out(&another, due());
    assert_eq!(refused, Err(TransferRefusal::NotLinked));
}
