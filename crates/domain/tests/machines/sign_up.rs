//! The proof of an e-mail address: `verify` and `resend` in every state.

use domain::input::Fault;
use domain::sign_up::{
    CODE_LIFE_MINUTES, CODE_TRIES, CodeRefusal, RESEND_WAIT, ResendRefusal, State, code,
};
use domain::time::{Timestamp, minutes};
use std::time::Duration;

const SENT: Timestamp = Timestamp(1_000_000);

fn awaiting(code: Option<&str>, tries: u32) -> State {
    State::AwaitingCode {
        code: code.map(str::to_owned),
        sent: SENT,
        tries,
        older: Vec::new(),
    }
}

fn wrong(left: u32) -> Result<(), CodeRefusal> {
    Err(CodeRefusal::Wrong { left })
}

#[test]
fn a_code_does_in_each_state_what_the_table_says() {
    let right = Some("123456");
    let last = Timestamp(SENT.plus(minutes(CODE_LIFE_MINUTES)).0 - 1);
    let late = SENT.plus(minutes(CODE_LIFE_MINUTES));
    let spent = Err(CodeRefusal::Spent);
    for (state, typed, now, result, becomes) in [
        (awaiting(right, 0), "123456", SENT, Ok(()), State::Verified),
        (awaiting(right, 4), "123456", last, Ok(()), State::Verified),
        (
            awaiting(right, 0),
            "654321",
            SENT,
            wrong(4),
            awaiting(right, 1),
        ),
        (
            awaiting(right, 4),
            "654321",
            SENT,
            wrong(0),
            awaiting(right, 5),
        ),
        (
            awaiting(right, 5),
            "123456",
            SENT,
            spent,
            awaiting(right, 5),
        ),
        (
            awaiting(right, 0),
            "123456",
            late,
            spent,
            awaiting(right, 0),
        ),
        (
            awaiting(right, 0),
            "654321",
            late,
            spent,
            awaiting(right, 0),
        ),
        (awaiting(right, 0), "", SENT, wrong(4), awaiting(right, 1)),
        (
            awaiting(right, 0),
            "12345",
            SENT,
            wrong(4),
            awaiting(right, 1),
        ),
        (
            awaiting(right, 0),
            "1234567",
            SENT,
            wrong(4),
            awaiting(right, 1),
        ),
        // A decoy is refused in the same words as a stranger's wrong code, try by try.
        (
            awaiting(None, 0),
            "123456",
            SENT,
            wrong(4),
            awaiting(None, 1),
        ),
        (awaiting(None, 0), "", SENT, wrong(4), awaiting(None, 1)),
        (awaiting(None, 5), "123456", SENT, spent, awaiting(None, 5)),
        (awaiting(None, 0), "123456", late, spent, awaiting(None, 0)),
        (
            State::Verified,
            "123456",
            SENT,
            Err(CodeRefusal::AlreadyVerified),
            State::Verified,
        ),
    ] {
        let mut changed = state.clone();
        assert_eq!(
            changed.verify(typed, now),
            result,
            "{state:?} × {typed} at {now:?}"
        );
        assert_eq!(changed, becomes, "{state:?} × {typed} at {now:?}");
    }
}

#[test]
fn a_code_is_tried_five_times_and_no_more() {
    let mut state = State::send(Some("123456".into()), SENT);
    for left in (0..CODE_TRIES).rev() {
        assert_eq!(state.verify("000000", SENT), wrong(left));
    }
    assert_eq!(state.verify("123456", SENT), Err(CodeRefusal::Spent));
}

#[test]
fn a_code_that_was_ended_is_spent_and_another_one_can_be_asked_for() {
    for code in [Some("123456"), None] {
        let mut state = awaiting(code, 0);
        state.end_code();
        assert_eq!(state.verify("123456", SENT), Err(CodeRefusal::Spent));
        let later = SENT.plus(RESEND_WAIT);
        state.resend(Some("654321".to_owned()), later).unwrap();
        assert_eq!(state.verify("654321", later), Ok(()));
    }
    let mut verified = State::Verified;
    verified.end_code();
    assert_eq!(verified, State::Verified);
}

#[test]
fn another_code_can_be_asked_for_after_a_minute() {
    let waits = |left| Err(ResendRefusal::TooSoon { wait: left });
    let at = |seconds| SENT.plus(Duration::from_secs(seconds));
    let resent = |code: Option<&str>, seconds, older: &[&str]| State::AwaitingCode {
        code: code.map(str::to_owned),
        sent: at(seconds),
        tries: 0,
        older: older.iter().map(|&code| code.to_owned()).collect(),
    };
    for (state, now, result, becomes) in [
        (
            awaiting(Some("1"), 3),
            SENT,
            waits(RESEND_WAIT),
            awaiting(Some("1"), 3),
        ),
        (
            awaiting(Some("1"), 3),
            at(59),
            waits(Duration::from_secs(1)),
            awaiting(Some("1"), 3),
        ),
        (
            awaiting(Some("1"), 3),
            at(60),
            Ok(()),
            resent(Some("222222"), 60, &["1"]),
        ),
        (
            awaiting(Some("1"), 5),
            at(7200),
            Ok(()),
            resent(Some("222222"), 7200, &["1"]),
        ),
        (
            awaiting(None, 3),
            at(60),
            Ok(()),
            resent(Some("222222"), 60, &[]),
        ),
        (
            State::Verified,
            at(60),
            Err(ResendRefusal::AlreadyVerified),
            State::Verified,
        ),
    ] {
        let mut changed = state.clone();
        assert_eq!(
            changed.resend(Some("222222".into()), now),
            result,
            "{state:?} at {now:?}"
        );
        assert_eq!(changed, becomes, "{state:?} at {now:?}");
    }
}

#[test]
fn the_code_before_dies_with_the_next() {
    let mut state = State::send(Some("111111".into()), SENT);
    let later = SENT.plus(RESEND_WAIT);
    state.resend(Some("222222".into()), later).unwrap();
    // It is told apart from a wrong one, and costs no try.
    for _ in 0..=CODE_TRIES {
        assert_eq!(state.verify("111111", later), Err(CodeRefusal::Superseded));
    }
    assert_eq!(state.verify("000000", later), wrong(4));
    let latest = later.plus(RESEND_WAIT);
    state.resend(Some("333333".into()), latest).unwrap();
    for dead in ["111111", "222222"] {
        assert_eq!(state.verify(dead, latest), Err(CodeRefusal::Superseded));
    }
    assert_eq!(state.verify("333333", latest), Ok(()));
}

#[test]
fn the_wait_is_told_for_every_state() {
    assert_eq!(awaiting(None, 0).resend_wait(SENT), RESEND_WAIT);
    assert_eq!(
        awaiting(None, 0).resend_wait(SENT.plus(RESEND_WAIT)),
        Duration::ZERO
    );
    assert_eq!(State::Verified.resend_wait(SENT), Duration::ZERO);
}

#[test]
fn a_code_is_six_digits_however_it_is_spaced() {
    for (typed, result) in [
        ("123456", Ok("123456")),
        (" 123 456\n", Ok("123456")),
        ("123\u{a0}456", Ok("123456")),
        ("", Err(Fault::Missing)),
        ("   ", Err(Fault::Missing)),
        ("12345", Err(Fault::Malformed)),
        ("1234567", Err(Fault::Malformed)),
        ("12345a", Err(Fault::Malformed)),
        ("12345\0", Err(Fault::Malformed)),
        ("１２３４５６", Ok("123456")),
        ("１２３　４５６", Ok("123456")),
        ("١٢٣٤٥٦", Ok("123456")),
        ("๑๒๓๔๕๖", Ok("123456")),
        ("\u{200e}123\u{200b}456\u{feff}", Ok("123456")),
        ("①②③④⑤⑥", Err(Fault::Malformed)),
        ("１２", Err(Fault::Malformed)),
    ] {
        assert_eq!(code(typed), result.map(str::to_owned), "{typed:?}");
    }
}

/// Its address may have become another account's meanwhile.
#[test]
fn no_code_counts_once_another_is_asked_for_that_cannot_come_true() {
    let mut state = State::send(Some("111111".into()), SENT);
    let later = SENT.plus(RESEND_WAIT);
    state.resend(None, later).unwrap();
    assert_eq!(state.verify("111111", later), Err(CodeRefusal::Superseded));
    assert_eq!(state.verify("222222", later), wrong(4));
}
