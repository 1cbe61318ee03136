//! An authorization: `receive`, `conclude`, `proof` and `spend` in every state.

use domain::authorization::{
    AUTHORIZATION_LIFE_MINUTES, Answer, Authorization, Back, EXCHANGE_LIFE, Intent, Outcome,
    PROOF_LIFE_MINUTES, Proof, ProofRefusal, Received, State, TikTokFace,
};
use domain::id::{AccountId, BrowserId, OpenId};
use domain::time::{Timestamp, minutes};
use std::time::Duration;
use uuid::Uuid;

const BEGUN: Timestamp = Timestamp(1_000_000);

fn mine() -> BrowserId {
    BrowserId("mine".into())
}

fn other() -> BrowserId {
    BrowserId("other".into())
}

fn proof() -> Proof {
    Proof {
        open_id: OpenId("open".into()),
        union_id: None,
        face: TikTokFace {
            display_name: "Mai Coffee".into(),
            username: None,
            avatar_url: None,
        },
        proven: BEGUN,
    }
}

fn proved(outcome: Outcome) -> State {
    State::Proved {
        proof: proof(),
        outcome,
    }
}

fn ended(outcome: Outcome) -> State {
    State::Ended { outcome }
}

fn exchanging() -> State {
    State::Exchanging { since: BEGUN }
}

fn standing(state: State) -> Authorization {
    Authorization {
        state,
        ..Authorization::begin(Intent::LogIn, mine(), BEGUN)
    }
}

fn after(span: Duration) -> Timestamp {
    BEGUN.plus(span)
}

fn last_moment() -> Timestamp {
    Timestamp(after(minutes(AUTHORIZATION_LIFE_MINUTES)).0 - 1)
}

fn too_late() -> Timestamp {
    after(minutes(AUTHORIZATION_LIFE_MINUTES))
}

/// One row: state × answer × moment → what is done × the state then.
fn row(state: &State, answer: Answer, now: Timestamp, received: Received, becomes: &State) {
    let mut authorization = standing(state.clone());
    let got = authorization.receive(answer, &mine(), now);
    assert_eq!(got, received, "{state:?} × {answer:?} at {now:?}");
    assert_eq!(
        authorization.state, *becomes,
        "{state:?} × {answer:?} at {now:?}"
    );
}

#[test]
fn the_first_callback_in_time_is_taken() {
    for now in [BEGUN, last_moment()] {
        let exchange = State::Exchanging { since: now };
        row(
            &State::Pending,
            Answer::Authorized,
            now,
            Received::Exchange,
            &exchange,
        );
        for (answer, outcome) in [
            (Answer::Cancelled, Outcome::Cancelled),
            (Answer::Failed, Outcome::TikTokFailed),
        ] {
            row(
                &State::Pending,
                answer,
                now,
                Received::Show(outcome),
                &ended(outcome),
            );
        }
    }
}

#[test]
fn a_callback_after_ten_minutes_is_too_late_whatever_it_says() {
    for answer in [Answer::Authorized, Answer::Cancelled, Answer::Failed] {
        let show = Received::Show(Outcome::Expired);
        row(
            &State::Pending,
            answer,
            too_late(),
            show,
            &ended(Outcome::Expired),
        );
    }
}

#[test]
fn a_callback_during_an_exchange_waits_until_the_exchange_is_lost() {
    let lost = after(EXCHANGE_LIFE);
    let failed = Received::Show(Outcome::TikTokFailed);
    for answer in [Answer::Authorized, Answer::Cancelled, Answer::Failed] {
        for now in [BEGUN, Timestamp(lost.0 - 1)] {
            row(&exchanging(), answer, now, Received::Wait, &exchanging());
        }
        for now in [lost, too_late()] {
            row(
                &exchanging(),
                answer,
                now,
                failed,
                &ended(Outcome::TikTokFailed),
            );
        }
    }
}

#[test]
fn a_callback_after_the_end_shows_the_end_again() {
    for outcome in [
        Outcome::ChooseAccount,
        Outcome::SessionEnded,
        Outcome::Linked,
    ] {
        for answer in [Answer::Authorized, Answer::Cancelled, Answer::Failed] {
            for now in [BEGUN, too_late()] {
                for end in [proved(outcome), ended(outcome)] {
                    row(&end, answer, now, Received::Show(outcome), &end);
                }
            }
        }
    }
}

#[test]
fn another_browser_is_told_so_and_changes_nothing_in_any_state() {
    for state in [
        State::Pending,
        exchanging(),
        proved(Outcome::ChooseAccount),
        ended(Outcome::Linked),
    ] {
        for answer in [Answer::Authorized, Answer::Cancelled, Answer::Failed] {
            let before = standing(state.clone());
            let mut authorization = before.clone();
            let got = authorization.receive(answer, &other(), too_late());
            assert_eq!(
                got,
                Received::Show(Outcome::OtherBrowser),
                "{state:?} × {answer:?}"
            );
            assert_eq!(authorization, before, "{state:?} × {answer:?}");
            assert_eq!(
                authorization.spend(&other(), BEGUN, Outcome::Linked),
                Err(ProofRefusal::OtherBrowser)
            );
            assert_eq!(authorization, before, "{state:?} × spend");
        }
    }
}

#[test]
fn only_an_exchange_that_was_claimed_can_be_concluded() {
    for (state, proof, result, becomes) in [
        (
            State::Pending,
            Some(proof()),
            Err(ProofRefusal::Missing),
            State::Pending,
        ),
        (
            exchanging(),
            Some(proof()),
            Ok(()),
            proved(Outcome::ChooseAccount),
        ),
        (exchanging(), None, Ok(()), ended(Outcome::ChooseAccount)),
        (
            proved(Outcome::SessionEnded),
            Some(proof()),
            Err(ProofRefusal::Missing),
            proved(Outcome::SessionEnded),
        ),
        (
            ended(Outcome::Linked),
            Some(proof()),
            Err(ProofRefusal::Missing),
            ended(Outcome::Linked),
        ),
    ] {
        let mut authorization = standing(state.clone());
        let got = authorization.conclude(Outcome::ChooseAccount, proof);
        assert_eq!(got, result, "{state:?}");
        assert_eq!(authorization.state, becomes, "{state:?}");
    }
}

#[test]
fn an_exchange_that_was_given_up_makes_no_proof_when_it_comes_late() {
    let mut authorization = standing(exchanging());
    authorization.receive(Answer::Authorized, &mine(), after(EXCHANGE_LIFE));
    let late = authorization.conclude(Outcome::Linked, Some(proof()));
    assert_eq!(late, Err(ProofRefusal::Missing));
    assert_eq!(authorization.state, ended(Outcome::TikTokFailed));
}

#[test]
fn a_proof_is_there_in_one_state_and_for_ten_minutes() {
    let last = Timestamp(after(minutes(PROOF_LIFE_MINUTES)).0 - 1);
    let gone = after(minutes(PROOF_LIFE_MINUTES));
    let waiting = proved(Outcome::ChooseAccount);
    for (state, now, result) in [
        (State::Pending, BEGUN, Err(ProofRefusal::Missing)),
        (exchanging(), BEGUN, Err(ProofRefusal::Missing)),
        (waiting.clone(), BEGUN, Ok(&proof())),
        (waiting.clone(), last, Ok(&proof())),
        (waiting, gone, Err(ProofRefusal::Expired)),
        (ended(Outcome::Linked), BEGUN, Err(ProofRefusal::Missing)),
    ] {
        assert_eq!(
            standing(state.clone()).proof(&mine(), now),
            result,
            "{state:?} at {now:?}"
        );
    }
}

#[test]
fn a_proof_is_spent_once_and_leaves_the_page_that_came_of_it() {
    let mut authorization = standing(proved(Outcome::ChooseAccount));
    assert_eq!(
        authorization.spend(&mine(), BEGUN, Outcome::SignedUp),
        Ok(proof())
    );
    assert_eq!(
        authorization.spend(&mine(), BEGUN, Outcome::LoggedIn),
        Err(ProofRefusal::Missing)
    );
    let again = authorization.receive(Answer::Authorized, &mine(), BEGUN);
    assert_eq!(again, Received::Show(Outcome::SignedUp));
}

#[test]
fn a_proof_that_is_too_old_is_refused_and_kept_as_it_was() {
    let mut authorization = standing(proved(Outcome::ChooseAccount));
    let before = authorization.clone();
    let gone = after(minutes(PROOF_LIFE_MINUTES));
    assert_eq!(
        authorization.spend(&mine(), gone, Outcome::SignedUp),
        Err(ProofRefusal::Expired)
    );
    assert_eq!(authorization, before);
}

#[test]
fn only_a_choice_at_the_fork_is_left_behind() {
    let link = Intent::Link {
        account: AccountId(Uuid::from_u128(1)),
        back: Back::Profile,
    };
    for intent in [Intent::LogIn, Intent::SignUp, link] {
        for state in [
            State::Pending,
            exchanging(),
            proved(Outcome::ChooseAccount),
            ended(Outcome::LoggedIn),
        ] {
            let waits = intent == Intent::LogIn && state == proved(Outcome::ChooseAccount);
            let mut authorization = Authorization {
                intent,
                ..standing(state.clone())
            };
            assert_eq!(authorization.leave_fork(), waits, "{intent:?} {state:?}");
            let after = if waits {
                ended(Outcome::Expired)
            } else {
                state
            };
            assert_eq!(authorization.state, after);
        }
    }
}

#[test]
fn the_time_left_runs_down_to_nothing() {
    let authorization = standing(State::Pending);
    assert_eq!(
        authorization.left(BEGUN),
        minutes(AUTHORIZATION_LIFE_MINUTES)
    );
    assert_eq!(authorization.left(last_moment()), Duration::from_millis(1));
    assert_eq!(authorization.left(too_late()), Duration::ZERO);
    assert_eq!(authorization.left(after(minutes(60))), Duration::ZERO);
}
