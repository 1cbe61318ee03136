//! An authorization: `receive`, `conclude`, `proof` and `spend` in every phase.

use domain::authorization::{
    AUTHORIZATION_LIFE_MINUTES, Authorization, AuthorizationResponse, EXCHANGE_LIFE, Intent,
    Outcome, PROOF_LIFE_MINUTES, Phase, Proof, ProofRefusal, Received, ReturnTo, TikTokProfile,
};
use domain::id::{AccountId, BrowserId, OpenId};
use domain::time::{Timestamp, minutes};
use std::time::Duration;
use uuid::Uuid;

const BEGUN: Timestamp = Timestamp(1_000_000);

const CODE: &str = "code";

fn authorized() -> AuthorizationResponse {
    AuthorizationResponse::Authorized {
        code: CODE.to_owned(),
    }
}

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
        profile: TikTokProfile {
            display_name: "Mai Coffee".into(),
            username: None,
            avatar_url: None,
        },
        proven: BEGUN,
    }
}

fn proved(outcome: Outcome) -> Phase {
    Phase::Proved {
        proof: proof(),
        outcome,
    }
}

fn ended(outcome: Outcome) -> Phase {
    Phase::Ended { outcome }
}

fn exchanging() -> Phase {
    Phase::Exchanging { since: BEGUN }
}

fn in_phase(phase: Phase) -> Authorization {
    Authorization {
        phase,
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

/// One row: phase × response × moment → what is done × the phase then.
fn row(
    phase: &Phase,
    response: &AuthorizationResponse,
    now: Timestamp,
    received: &Received,
    becomes: &Phase,
) {
    let mut authorization = in_phase(phase.clone());
    let got = authorization.receive(response.clone(), &mine(), now);
    assert_eq!(got, *received, "{phase:?} × {response:?} at {now:?}");
    assert_eq!(
        authorization.phase, *becomes,
        "{phase:?} × {response:?} at {now:?}"
    );
}

#[test]
fn the_first_callback_in_time_is_taken() {
    for now in [BEGUN, last_moment()] {
        let exchange = Phase::Exchanging { since: now };
        row(
            &Phase::Pending,
            &authorized(),
            now,
            &Received::Exchange {
                code: CODE.to_owned(),
            },
            &exchange,
        );
        for (response, outcome) in [
            (AuthorizationResponse::Cancelled, Outcome::Cancelled),
            (AuthorizationResponse::Failed, Outcome::TikTokFailed),
        ] {
            row(
                &Phase::Pending,
                &response,
                now,
                &Received::Show(outcome),
                &ended(outcome),
            );
        }
    }
}

#[test]
fn a_callback_after_ten_minutes_is_too_late_whatever_it_says() {
    for response in [
        authorized(),
        AuthorizationResponse::Cancelled,
        AuthorizationResponse::Failed,
    ] {
        let show = Received::Show(Outcome::Expired);
        row(
            &Phase::Pending,
            &response,
            too_late(),
            &show,
            &ended(Outcome::Expired),
        );
    }
}

#[test]
fn a_callback_during_an_exchange_waits_until_the_exchange_is_lost() {
    let lost = after(EXCHANGE_LIFE);
    let failed = Received::Show(Outcome::TikTokFailed);
    for response in [
        authorized(),
        AuthorizationResponse::Cancelled,
        AuthorizationResponse::Failed,
    ] {
        for now in [BEGUN, Timestamp(lost.0 - 1)] {
            row(
                &exchanging(),
                &response,
                now,
                &Received::Wait,
                &exchanging(),
            );
        }
        for now in [lost, too_late()] {
            row(
                &exchanging(),
                &response,
                now,
                &failed,
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
        for response in [
            authorized(),
            AuthorizationResponse::Cancelled,
            AuthorizationResponse::Failed,
        ] {
            for now in [BEGUN, too_late()] {
                for end in [proved(outcome), ended(outcome)] {
                    row(&end, &response, now, &Received::Show(outcome), &end);
                }
            }
        }
    }
}

#[test]
fn another_browser_is_told_so_and_changes_nothing_in_any_state() {
    for phase in [
        Phase::Pending,
        exchanging(),
        proved(Outcome::ChooseAccount),
        ended(Outcome::Linked),
    ] {
        for response in [
            authorized(),
            AuthorizationResponse::Cancelled,
            AuthorizationResponse::Failed,
        ] {
            let before = in_phase(phase.clone());
            let mut authorization = before.clone();
            let got = authorization.receive(response.clone(), &other(), too_late());
            assert_eq!(
                got,
                Received::Show(Outcome::OtherBrowser),
                "{phase:?} × {response:?}"
            );
            assert_eq!(authorization, before, "{phase:?} × {response:?}");
            assert_eq!(
                authorization.spend(&other(), BEGUN, Outcome::Linked),
                Err(ProofRefusal::OtherBrowser)
            );
            assert_eq!(authorization, before, "{phase:?} × spend");
        }
    }
}

#[test]
fn only_an_exchange_that_was_claimed_can_be_concluded() {
    for (phase, proof, result, becomes) in [
        (
            Phase::Pending,
            Some(proof()),
            Err(ProofRefusal::Missing),
            Phase::Pending,
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
        let mut authorization = in_phase(phase.clone());
        let got = authorization.conclude(Outcome::ChooseAccount, proof);
        assert_eq!(got, result, "{phase:?}");
        assert_eq!(authorization.phase, becomes, "{phase:?}");
    }
}

#[test]
fn an_exchange_that_was_given_up_makes_no_proof_when_it_comes_late() {
    let mut authorization = in_phase(exchanging());
    authorization.receive(authorized(), &mine(), after(EXCHANGE_LIFE));
    let late = authorization.conclude(Outcome::Linked, Some(proof()));
    assert_eq!(late, Err(ProofRefusal::Missing));
    assert_eq!(authorization.phase, ended(Outcome::TikTokFailed));
}

#[test]
fn a_proof_is_there_in_one_state_and_for_ten_minutes() {
    let last = Timestamp(after(minutes(PROOF_LIFE_MINUTES)).0 - 1);
    let gone = after(minutes(PROOF_LIFE_MINUTES));
    let waiting = proved(Outcome::ChooseAccount);
    for (phase, now, result) in [
        (Phase::Pending, BEGUN, Err(ProofRefusal::Missing)),
        (exchanging(), BEGUN, Err(ProofRefusal::Missing)),
        (waiting.clone(), BEGUN, Ok(&proof())),
        (waiting.clone(), last, Ok(&proof())),
        (waiting, gone, Err(ProofRefusal::Expired)),
        (ended(Outcome::Linked), BEGUN, Err(ProofRefusal::Missing)),
    ] {
        assert_eq!(
            in_phase(phase.clone()).proof(&mine(), now),
            result,
            "{phase:?} at {now:?}"
        );
    }
}

#[test]
fn a_proof_is_spent_once_and_leaves_the_page_that_came_of_it() {
    let mut authorization = in_phase(proved(Outcome::ChooseAccount));
    assert_eq!(
        authorization.spend(&mine(), BEGUN, Outcome::SignedUp),
        Ok(proof())
    );
    assert_eq!(
        authorization.spend(&mine(), BEGUN, Outcome::LoggedIn),
        Err(ProofRefusal::Missing)
    );
    let again = authorization.receive(authorized(), &mine(), BEGUN);
    assert_eq!(again, Received::Show(Outcome::SignedUp));
}

#[test]
fn a_proof_that_is_too_old_is_refused_and_kept_as_it_was() {
    let mut authorization = in_phase(proved(Outcome::ChooseAccount));
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
        return_to: ReturnTo::Profile,
    };
    for intent in [Intent::LogIn, Intent::SignUp, link] {
        for phase in [
            Phase::Pending,
            exchanging(),
            proved(Outcome::ChooseAccount),
            ended(Outcome::LoggedIn),
        ] {
            let waits = intent == Intent::LogIn && phase == proved(Outcome::ChooseAccount);
            let mut authorization = Authorization {
                intent,
                ..in_phase(phase.clone())
            };
            assert_eq!(authorization.leave_fork(), waits, "{intent:?} {phase:?}");
            let after = if waits {
                ended(Outcome::Expired)
            } else {
                phase
            };
            assert_eq!(authorization.phase, after);
        }
    }
}

#[test]
fn a_proof_is_abandoned_whatever_it_waits_for_and_nothing_else_is() {
    let mut waiting = in_phase(proved(Outcome::SessionEnded));
    assert!(waiting.abandon());
    assert_eq!(waiting.phase, ended(Outcome::Expired));
    for phase in [Phase::Pending, exchanging(), ended(Outcome::LoggedIn)] {
        let mut authorization = in_phase(phase.clone());
        assert!(!authorization.abandon());
        assert_eq!(authorization.phase, phase);
    }
}

#[test]
fn the_time_left_runs_down_to_nothing() {
    let authorization = in_phase(Phase::Pending);
    assert_eq!(
        authorization.left(BEGUN),
        minutes(AUTHORIZATION_LIFE_MINUTES)
    );
    assert_eq!(authorization.left(last_moment()), Duration::from_millis(1));
    assert_eq!(authorization.left(too_late()), Duration::ZERO);
    assert_eq!(authorization.left(after(minutes(60))), Duration::ZERO);
}
