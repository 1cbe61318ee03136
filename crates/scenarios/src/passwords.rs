//! A password that is forgotten is replaced by a code (J8).

use super::person::{NEW_PASSWORD, Person, WRONG, code_in, newest_code};
use super::{Host, PASSWORD, Visit};
use contract::account::{ChangePassword, UnlinkTikTok};
use contract::authorization::Purpose;
use contract::problem::Code;
use contract::route::{ProfileDialog, Route};
use contract::session::{ConfirmPassword, LogIn};
use contract::sign_up::{CodePurpose, GetSignUp, ResendCode, ResetPassword, VerifyEmail};
use domain::authorization::{Outcome, ReturnTo};
use domain::input::{Fault, Field};
use domain::region::Language;

const MEMBER: &str = "email-only@portal.test";
const LINKED: &str = "linked@portal.test";

pub(super) fn reset(email: &str) -> ResetPassword {
    ResetPassword {
        email: email.into(),
        new_password: NEW_PASSWORD.into(),
        language: Language::Vietnamese,
    }
}

pub(super) fn typed(code: String) -> VerifyEmail {
    VerifyEmail {
        code,
        ..VerifyEmail::default()
    }
}

pub(super) fn log_in(email: &str, password: &str) -> LogIn {
    LogIn {
        email: email.into(),
        password: password.into(),
        then: None,
    }
}

/// Until the code is typed nothing has changed; from then on the new one counts, here alone.
pub async fn a_forgotten_password_is_replaced_by_a_code<H: Host>(host: &H) {
    let mut elsewhere = Person::new(host);
    elsewhere.log_in(MEMBER, PASSWORD).await;
    let mut person = Person::new(host);
    let sent = person.get(reset(" Email-Only@Portal.test ")).await;
    assert_eq!(sent.purpose, CodePurpose::ResetPassword);
    assert_eq!(person.get(GetSignUp {}).await.sent.unwrap().email, MEMBER);
    assert_eq!(person.member().await, None);
    assert!(elsewhere.member().await.is_some(), "nothing has changed");
    Person::new(host)
        .refused(log_in(MEMBER, NEW_PASSWORD), Code::WrongCredentials)
        .await;
    Person::new(host).log_in(MEMBER, PASSWORD).await;

    let code = newest_code(host, MEMBER).await;
    let moved = person.get(typed(code.clone())).await;
    assert_eq!(moved.to, Route::Campaigns, "their home");
    let member = person.member().await.unwrap();
    assert_eq!(member.email.as_deref(), Some(MEMBER));
    assert_eq!(elsewhere.member().await, None, "out everywhere else");
    person.refused(typed(code), Code::NoCodePending).await;
    Person::new(host)
        .refused(log_in(MEMBER, PASSWORD), Code::WrongCredentials)
        .await;
    Person::new(host).log_in(MEMBER, NEW_PASSWORD).await;

    let letters = host.letters_to(MEMBER).await;
    assert_eq!(
        letters.len(),
        2,
        "the code, and that it was done: {letters:?}"
    );
    let last = letters.last().unwrap();
    assert_eq!(code_in(last), None, "{last}");
    assert!(last.contains("/log-in/reset-password"), "a way on: {last}");
}

/// In the words of the first one, and the first counts no more.
pub async fn another_code_for_a_new_password_takes_the_place_of_the_first<H: Host>(host: &H) {
    let mut person = Person::new(host);
    person.get(reset(MEMBER)).await;
    let first = newest_code(host, MEMBER).await;
    host.advance(1).await;
    person.get(ResendCode::default()).await;
    let second = newest_code(host, MEMBER).await;
    if first != second {
        person
            .faulty(typed(first), &[(Field::Code, Fault::Superseded)])
            .await;
    }
    person.get(typed(second)).await;
    assert!(person.member().await.is_some());
}

/// Whoever knew the password before may have linked a TikTok account of their own.
pub async fn a_reset_asks_whether_the_linked_account_stays<H: Host>(host: &H) {
    let mut person = Person::new(host);
    person.get(reset(LINKED)).await;
    let code = newest_code(host, LINKED).await;
    let asked = Route::Profile {
        dialog: Some(ProfileDialog::ReviewLink),
    };
    assert_eq!(person.get(typed(code)).await.to, asked);
    // The session is fresh: it ends the link without another question.
    let profile = person.get(UnlinkTikTok {}).await;
    assert_eq!(profile.tiktok, None);
    let visit = Visit::Authorize("linked_already");
    Person::new(host)
        .authorize_to(Purpose::LogIn, visit, Outcome::ChooseAccount)
        .await;
}

/// A trip to TikTok that began in a session which the reset ended links nothing.
pub async fn a_reset_ends_a_link_that_is_under_way<H: Host>(host: &H) {
    let mut thief = Person::new(host);
    thief.log_in(MEMBER, PASSWORD).await;
    let to = ReturnTo::Profile;
    let begun = thief.begin(Purpose::Link { to }).await;
    let callback = thief.come_back(&begun, Visit::Authorize("unlinked")).await;

    let mut owner = Person::new(host);
    owner.get(reset(MEMBER)).await;
    let code = newest_code(host, MEMBER).await;
    owner.get(typed(code)).await;

    let completed = thief.get(callback).await;
    assert_eq!(completed.outcome, Outcome::SessionEnded);
    assert_eq!(owner.profile().await.tiktok, None);
    thief
        .refused(log_in(MEMBER, PASSWORD), Code::WrongCredentials)
        .await;
}

/// By a fresh session. It goes on; every other ends, and so does a reset that somebody else began.
pub async fn a_changed_password_counts_at_once_and_ends_other_sessions<H: Host>(host: &H) {
    let change = || ChangePassword {
        new_password: NEW_PASSWORD.into(),
    };
    let mut elsewhere = Person::new(host);
    elsewhere.log_in(MEMBER, PASSWORD).await;
    let mut person = Person::new(host);
    person.refused(change(), Code::NotLoggedIn).await;
    person.log_in(MEMBER, PASSWORD).await;
    host.advance(11).await;
    let mut other = Person::new(host);
    other.get(reset(MEMBER)).await;
    let code = newest_code(host, MEMBER).await;
    person.refused(change(), Code::ConfirmFirst).await;
    person
        .get(ConfirmPassword {
            password: PASSWORD.into(),
        })
        .await;
    person.get(change()).await;
    assert!(person.member().await.is_some(), "this session goes on");
    assert_eq!(elsewhere.member().await, None, "and no other");
    other
        .faulty(typed(code), &[(Field::Code, Fault::Spent)])
        .await;
    Person::new(host)
        .refused(log_in(MEMBER, PASSWORD), Code::WrongCredentials)
        .await;
    Person::new(host).log_in(MEMBER, NEW_PASSWORD).await;
    let letters = host.letters_to(MEMBER).await;
    assert_eq!(letters.len(), 2, "the code, and that it was changed");
    assert!(letters[1].contains("/log-in/reset-password"), "a way on");
}

/// There is no password that could be another.
pub async fn who_has_tiktok_alone_has_no_password_to_change<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let visit = Visit::Authorize("tiktok_only");
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    let change = ChangePassword {
        new_password: NEW_PASSWORD.into(),
    };
    let problem = person.refused(change, Code::EmailMissing).await;
    assert_eq!(problem.go, Some(Route::AddEmail));
}

/// Every rule for a password that is chosen holds here, and is told at its field.
pub async fn a_new_password_is_as_good_as_a_first_one<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let with = |new_password: &str| ResetPassword {
        new_password: new_password.into(),
        ..reset(MEMBER)
    };
    for (password, fault) in [
        ("", Fault::Missing),
        ("short", Fault::TooShort { min: 10 }),
        ("password123", Fault::Common),
        ("email-only@portal.test", Fault::LikeEmail),
    ] {
        person
            .faulty(with(password), &[(Field::NewPassword, fault)])
            .await;
    }
    assert_eq!(host.letters_to(MEMBER).await.len(), 0);
    let mut member = Person::new(host);
    member.log_in(MEMBER, PASSWORD).await;
    let like_email = ChangePassword {
        new_password: MEMBER.into(),
    };
    member
        .faulty(like_email, &[(Field::NewPassword, Fault::LikeEmail)])
        .await;
    person
        .refused(log_in(MEMBER, WRONG), Code::WrongCredentials)
        .await;
}
