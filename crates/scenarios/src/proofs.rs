//! The fork after TikTok: what a proof is used for, by whom, and how often.

use super::person::{Person, WRONG, begin, sign_up};
use super::{Host, PASSWORD, Visit};
use contract::authorization::{
    AuthorizationStatus, CreateAccount, GetAuthorization, LinkExisting, LinkTikTok, Purpose,
};
use contract::problem::Code;
use contract::route::Route;
use contract::sign_up::ResendCode;
use domain::authorization::{Outcome, ReturnTo};
use domain::input::{Fault, Field};
use domain::region::Country;

const UNLINKED: Visit = Visit::Authorize("unlinked");

fn create() -> CreateAccount {
    CreateAccount {
        terms: true,
        region: Some(Country::VN),
        ..CreateAccount::default()
    }
}

fn existing(email: &str) -> LinkExisting {
    LinkExisting {
        email: email.into(),
        password: PASSWORD.into(),
        ..LinkExisting::default()
    }
}

async fn at_fork<H: Host>(host: &H) -> Person<'_, H> {
    let mut person = Person::new(host);
    person
        .authorize_to(Purpose::LogIn, UNLINKED, Outcome::ChooseAccount)
        .await;
    person
}

/// A double click, a reload.
pub async fn a_proof_makes_one_account_however_often_it_is_pressed<H: Host>(host: &H) {
    let mut person = at_fork(host).await;
    let first = person.get(create()).await;
    let member = person.member().await.unwrap();
    assert_eq!(person.get(create()).await, first);
    assert_eq!(
        person.member().await,
        Some(member.clone()),
        "it is the same account"
    );
    person
        .refused(existing("email-only@portal.test"), Code::ProofMissing)
        .await;
    assert_eq!(person.member().await, Some(member));
}

/// And then says where to begin again.
pub async fn a_proof_is_of_use_for_ten_minutes<H: Host>(host: &H) {
    let mut person = at_fork(host).await;
    host.advance(10).await;
    let expired = AuthorizationStatus::Ended {
        outcome: Outcome::Expired,
    };
    assert_eq!(person.status().await, expired);
    let problem = person.refused(create(), Code::ProofMissing).await;
    assert_eq!(problem.go, Some(Route::LogIn { then: None }));
    person
        .refused(existing("email-only@portal.test"), Code::ProofMissing)
        .await;
    assert_eq!(person.member().await, None);
    person
        .authorize_to(Purpose::LogIn, UNLINKED, Outcome::ChooseAccount)
        .await;
    assert_eq!(person.get(create()).await.to, Route::CreateAdsAccount);
}

/// A proof of a log-in makes no link from within, and the other way round.
pub async fn a_proof_is_of_no_use_for_another_intent<H: Host>(host: &H) {
    let mut person = at_fork(host).await;
    person.log_in("email-only@portal.test", PASSWORD).await;
    person
        .refused(LinkTikTok::default(), Code::ProofMissing)
        .await;
    assert_eq!(person.profile().await.tiktok, None);

    let mut member = Person::logged_in(host, "email-only@portal.test").await;
    let begun = member
        .begin(Purpose::Link {
            to: ReturnTo::Profile,
        })
        .await;
    let callback = member.come_back(&begun, UNLINKED).await;
    member.log_out().await;
    assert_eq!(member.get(callback).await.outcome, Outcome::SessionEnded);
    member.refused(create(), Code::ProofMissing).await;
    member
        .refused(existing("email-only@portal.test"), Code::ProofMissing)
        .await;
    assert_eq!(member.member().await, None);

    // Whoever proved nothing has nothing to use.
    let mut nobody = Person::new(host);
    nobody.refused(create(), Code::ProofMissing).await;
    nobody
        .refused(existing("email-only@portal.test"), Code::ProofMissing)
        .await;
}

/// Invariant 1, on two devices.
pub async fn a_fork_in_two_browsers_has_one_winner<H: Host>(host: &H) {
    let mut one = at_fork(host).await;
    let mut other = at_fork(host).await;
    one.get(create()).await;
    other.refused(create(), Code::AlreadyLinked).await;
    other
        .refused(existing("email-only@portal.test"), Code::AlreadyLinked)
        .await;
    assert_eq!(other.member().await, None);
    let account = one.member().await.unwrap().account;
    other
        .authorize_to(Purpose::LogIn, UNLINKED, Outcome::LoggedIn)
        .await;
    assert_eq!(other.member().await.unwrap().account, account);
}

/// They can be typed again.
pub async fn wrong_credentials_at_the_fork_leave_the_proof<H: Host>(host: &H) {
    let mut person = at_fork(host).await;
    let wrong = LinkExisting {
        email: "email-only@portal.test".into(),
        password: WRONG.into(),
        ..LinkExisting::default()
    };
    person.refused(wrong, Code::WrongCredentials).await;
    let empty = [
        (Field::Email, Fault::Missing),
        (Field::Password, Fault::Missing),
    ];
    person.faulty(LinkExisting::default(), &empty).await;
    assert!(matches!(
        person.status().await,
        AuthorizationStatus::Proved { .. }
    ));
    person.get(existing("email-only@portal.test")).await;
    assert_eq!(
        person.profile().await.tiktok.unwrap().display_name,
        "Mai Coffee"
    );
}

/// Another account's credentials can be typed.
pub async fn an_account_with_a_link_at_the_fork_leaves_the_proof<H: Host>(host: &H) {
    let mut person = at_fork(host).await;
    person
        .refused(existing("linked@portal.test"), Code::AccountHasLink)
        .await;
    assert_eq!(person.member().await, None, "a refused link logs nobody in");
    assert!(matches!(
        person.status().await,
        AuthorizationStatus::Proved { .. }
    ));
    let mut owner = Person::logged_in(host, "linked@portal.test").await;
    assert_eq!(
        owner.profile().await.tiktok.unwrap().display_name,
        "Hội An Lanterns"
    );
    person.get(existing("email-only@portal.test")).await;
}

/// As they are at sign-up.
pub async fn the_terms_are_asked_for_at_the_fork<H: Host>(host: &H) {
    let mut person = at_fork(host).await;
    let unticked = CreateAccount {
        terms: false,
        ..create()
    };
    person
        .faulty(unticked, &[(Field::Terms, Fault::NotAgreed)])
        .await;
    assert!(matches!(
        person.status().await,
        AuthorizationStatus::Proved { .. }
    ));
    // Whoever already has an account agreed to them then.
    let log_in = begin(Purpose::LogIn);
    assert!(person.ask(log_in).await.is_ok());
}

/// On a shared machine the next one finds neither the TikTok account nor the address.
pub async fn a_log_out_leaves_nothing_at_the_fork<H: Host>(host: &H) {
    let mut person = at_fork(host).await;
    person.get(sign_up("new@coffee.test")).await;
    person.log_in("linked@portal.test", PASSWORD).await;
    person.log_out().await;
    let ended = AuthorizationStatus::Ended {
        outcome: Outcome::Expired,
    };
    assert_eq!(person.status().await, ended);
    person.log_in("email-only@portal.test", PASSWORD).await;
    person
        .refused(existing("email-only@portal.test"), Code::ProofMissing)
        .await;
    person.refused(create(), Code::ProofMissing).await;
    person
        .refused(ResendCode::default(), Code::NoCodePending)
        .await;
}

/// Two tabs of one browser: each shows the TikTok account that it came back with, and only the last
/// one's proof waits.
pub async fn a_proof_is_used_by_the_page_that_shows_it<H: Host>(host: &H) {
    let mut person = at_fork(host).await;
    let first = person.get(GetAuthorization {}).await.id;
    let visit = Visit::Authorize("personal_account");
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::ChooseAccount)
        .await;
    let last = person.get(GetAuthorization {}).await.id;
    assert!(first.is_some() && first != last);
    let create = |authorization| CreateAccount {
        authorization,
        ..create()
    };
    let existing = LinkExisting {
        authorization: first,
        ..existing("email-only@portal.test")
    };
    person.refused(create(first), Code::ProofMissing).await;
    person.refused(existing, Code::ProofMissing).await;
    assert_eq!(person.member().await, None);
    person.get(create(last)).await;
    let linked = person.profile().await.tiktok.unwrap();
    assert_eq!(linked.display_name, "Linh");
}
