//! An authorization: `receive`, `conclude`, `proof` and `spend` in every state.

use domain::authorization::{
    AUTHORIZATION_LIFE_MINUTES, Answer, Authorization, EXCHANGE_LIFE, Intent, Outcome,
    PROOF_LIFE_MINUTES, Proof, ProofRefusal, Received, State, TikTokFace,
};
use domain::id::{BrowserId, OpenId};
use domain::time::{Timestamp, minutes};
use std::time::Duration;

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

#[test]
fn a_callback_does_in_each_state_what_the_table_says() {
    let lost = after(EXCHANGE_LIFE);
    let still_alive = Timestamp(lost.0 - 1);
    let show = Received::Show;
    let failed = Outcome::TikTokFailed;
    for (state, answer, now, received, becomes) in [
        (
            State::Pending,
            Answer::Authorized,
            BEGUN,
            Received::Exchange,
            exchanging(),
        ),
        (
            State::Pending,
            Answer::Authorized,
            last_moment(),
            Received::Exchange,
            State::Exchanging {
                since: last_moment(),
            },
        ),
        (
            State::Pending,
            Answer::Cancelled,
            BEGUN,
            show(Outcome::Cancelled),
            ended(Outcome::Cancelled),
        ),
        (
            State::Pending,
            Answer::Failed,
            BEGUN,
            show(failed),
            ended(failed),
        ),
        (
            State::Pending,
            Answer::Authorized,
            too_late(),
            show(Outcome::Expired),
            ended(Outcome::Expired),
        ),
        (
            State::Pending,
            Answer::Cancelled,
            too_late(),
            show(Outcome::Expired),
            ended(Outcome::Expired),
        ),
        (
            State::Pending,
            Answer::Failed,
            too_late(),
            show(Outcome::Expired),
            ended(Outcome::Expired),
        ),
        (
            exchanging(),
            Answer::Authorized,
            BEGUN,
            Received::Wait,
            exchanging(),
        ),
        (
            exchanging(),
            Answer::Cancelled,
            still_alive,
            Received::Wait,
            exchanging(),
        ),
        (
            exchanging(),
            Answer::Authorized,
            lost,
            show(failed),
            ended(failed),
        ),
        (
            exchanging(),
            Answer::Cancelled,
            too_late(),
            show(failed),
            ended(failed),
        ),
        (
            proved(Outcome::ChooseAccount),
            Answer::Authorized,
            BEGUN,
            show(Outcome::ChooseAccount),
            proved(Outcome::ChooseAccount),
        ),
        (
            proved(Outcome::SessionEnded),
            Answer::Cancelled,
            too_late(),
            show(Outcome::SessionEnded),
            proved(Outcome::SessionEnded),
        ),
        (
            ended(Outcome::Linked),
            Answer::Authorized,
            BEGUN,
            show(Outcome::Linked),
            ended(Outcome::Linked),
        ),
        (
            ended(Outcome::Linked),
            Answer::Failed,
            too_late(),
            show(Outcome::Linked),
            ended(Outcome::Linked),
        ),
    ] {
        let mut authorization = standing(state.clone());
        let got = authorization.receive(answer, &mine(), now);
        assert_eq!(got, received, "{state:?} × {answer:?} at {now:?}");
        assert_eq!(
            authorization.state, becomes,
            "{state:?} × {answer:?} at {now:?}"
        );
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
