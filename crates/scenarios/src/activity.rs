//! The security activity: what happened to the ways to log in, for the owner alone.

use super::person::{NEW_PASSWORD, Person, WRONG, newest_code};
use super::{Failure, Host, PASSWORD, Visit};
use contract::account::{ChangeEmail, ChangePassword, UnlinkTikTok};
use contract::authorization::Purpose;
use contract::problem::Code;
use contract::session::{EndSessions, ListActivity, LogIn};
use contract::sign_up::{ResetPassword, VerifyEmail};
use domain::activity::Event;
use domain::authorization::{Outcome, ReturnTo};
use domain::region::Language;

const OWNER: &str = "email-only@portal.test";
const TO_PROFILE: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};

/// What the owner reads, the newest first.
async fn events<H: Host>(person: &mut Person<'_, H>) -> Vec<Event> {
    let list = person.get(ListActivity::default()).await.activity;
    list.into_iter().map(|activity| activity.event).collect()
}

/// Types the newest code of an address.
async fn verify<H: Host>(person: &mut Person<'_, H>, email: &str) {
    let code = newest_code(person.host, email).await;
    person.get(VerifyEmail { email: None, code }).await;
}

pub async fn what_happens_to_the_ways_to_log_in_is_listed_the_newest_first<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, OWNER).await;
    person
        .authorize_to(TO_PROFILE, Visit::Authorize("unlinked"), Outcome::Linked)
        .await;
    person.get(UnlinkTikTok {}).await;
    Person::logged_in(host, OWNER).await;
    person.get(EndSessions { id: None }).await;
    let change = ChangePassword {
        new_password: NEW_PASSWORD.into(),
    };
    person.get(change).await;
    let change = ChangeEmail {
        new_email: "mai@coffee.test".into(),
    };
    person.get(change).await;
    verify(&mut person, "mai@coffee.test").await;
    let expected = [
        Event::EmailChanged,
        Event::PasswordChanged,
        Event::SessionsEnded,
        Event::Unlinked,
        Event::Linked,
        Event::LoggedInByPassword,
        Event::LoggedInByPassword,
    ];
    let mut told = events(&mut person).await;
    // What comes in one moment has no order.
    let mut wanted = expected.to_vec();
    told.sort_by_key(|event| event.word());
    wanted.sort_by_key(|event| event.word());
    assert_eq!(told, wanted);
}

pub async fn wrong_passwords_and_a_reset_are_listed<H: Host>(host: &H) {
    let mut stranger = Person::new(host);
    let wrong = LogIn {
        email: OWNER.into(),
        password: WRONG.into(),
        then: None,
    };
    stranger.refused(wrong, Code::WrongCredentials).await;
    host.advance(1).await;
    let mut person = Person::new(host);
    let reset = ResetPassword {
        email: OWNER.into(),
        new_password: NEW_PASSWORD.into(),
        language: Language::English,
    };
    person.get(reset).await;
    verify(&mut person, OWNER).await;
    let told = events(&mut person).await;
    assert_eq!(told, [Event::PasswordReset, Event::LogInFailed]);
}

pub async fn a_sign_up_and_a_log_in_by_tiktok_are_listed<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let visit = Visit::Authorize("tiktok_only");
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    assert_eq!(events(&mut person).await[0], Event::LoggedInByTiktok);
    let mut other = Person::new(host);
    other.sign_up("mai@coffee.test").await;
    assert_eq!(events(&mut other).await, [Event::SignedUp]);
}

pub async fn a_grant_that_was_lost_and_given_again_is_listed<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, OWNER).await;
    let visit = Visit::Fail("unlinked", Failure::RemovedLater);
    person
        .authorize_to(TO_PROFILE, visit, Outcome::Linked)
        .await;
    host.advance(24 * 60).await;
    host.sweep().await;
    host.advance(1).await;
    let mut by_tiktok = Person::new(host);
    by_tiktok
        .authorize_to(
            Purpose::LogIn,
            Visit::Authorize("unlinked"),
            Outcome::LoggedIn,
        )
        .await;
    let told = events(&mut by_tiktok).await;
    for event in [Event::AuthorizationLost, Event::AuthorizedAgain] {
        assert!(told.contains(&event), "{told:?}");
    }
}

pub async fn nobody_reads_the_activity_of_another<H: Host>(host: &H) {
    let mut guest = Person::new(host);
    guest
        .refused(ListActivity::default(), Code::NotLoggedIn)
        .await;
    Person::logged_in(host, OWNER).await;
    let mut other = Person::new(host);
    other.sign_up("mai@coffee.test").await;
    assert_eq!(events(&mut other).await, [Event::SignedUp]);
}

pub async fn what_is_older_than_180_days_is_listed_no_more<H: Host>(host: &H) {
    Person::logged_in(host, OWNER).await;
    host.advance(180 * 24 * 60 + 1).await;
    let mut person = Person::new(host);
    person.log_in(OWNER, PASSWORD).await;
    assert_eq!(events(&mut person).await, [Event::LoggedInByPassword]);
}
