//! An address is changed, and for a while the one before takes the account back (J8).

use super::passwords::{log_in, reset, typed};
use super::person::{NEW_PASSWORD, Person, newest_code, sign_up};
use super::{Host, PASSWORD, Visit};
use contract::account::{ChangeEmail, ChangePassword, GetProfile, UnlinkTikTok};
use contract::authorization::Purpose;
use contract::problem::Code;
use contract::route::{ProfileDialog, Route};
use contract::session::ConfirmPassword;
use contract::sign_up::{AddEmail, CodePurpose, GetSignUp, ResendCode};
use domain::authorization::Outcome;
use domain::former_email::UNDO_HOURS;
use domain::input::{Fault, Field};

const BEFORE: &str = "email-only@portal.test";
const AFTER: &str = "mai@coffee.test";
const LATER: &str = "mai@kitchen.test";

fn change(email: &str) -> ChangeEmail {
    ChangeEmail {
        new_email: email.into(),
    }
}

/// Someone whose address is `after` now. They were logged in by the one before.
async fn moved<'h, H: Host>(host: &'h H, before: &str, after: &str) -> Person<'h, H> {
    let mut person = Person::logged_in(host, before).await;
    person.move_to(after).await;
    person
}

impl<H: Host> Person<'_, H> {
    /// Has another address, by a fresh session.
    pub(super) async fn move_to(&mut self, email: &str) {
        self.get(change(email)).await;
        let code = newest_code(self.host, email).await;
        let to = self.get(typed(code)).await.to;
        assert_eq!(to, Route::Profile { dialog: None });
    }

    /// Sets the new password by a code to an address, and replies with where that leads.
    pub(super) async fn take_back(&mut self, email: &str) -> Route {
        self.get(reset(email)).await;
        let code = newest_code(self.host, email).await;
        self.get(typed(code)).await.to
    }
}

async fn log_in_is_refused<H: Host>(host: &H, email: &str, password: &str) {
    Person::new(host)
        .refused(log_in(email, password), Code::WrongCredentials)
        .await;
}

/// Until the code is typed nothing has changed; from then on the new one logs in, and no other session
/// goes on.
pub async fn another_address_counts_once_its_code_is_typed<H: Host>(host: &H) {
    let mut elsewhere = Person::logged_in(host, BEFORE).await;
    let mut person = Person::new(host);
    person.refused(change(AFTER), Code::NotLoggedIn).await;
    person.log_in(BEFORE, PASSWORD).await;
    host.advance(11).await;
    person.refused(change(AFTER), Code::ConfirmFirst).await;
    person
        .get(ConfirmPassword {
            password: PASSWORD.into(),
        })
        .await;
    let sent = person.get(change(" Mai@Coffee.test ")).await;
    assert_eq!(sent.purpose, CodePurpose::ChangeEmail);
    assert_eq!(sent.email, AFTER);
    assert_eq!(person.profile().await.email.as_deref(), Some(BEFORE));
    assert_eq!(elsewhere.get(GetSignUp {}).await.sent, None, "it is here");

    let code = newest_code(host, AFTER).await;
    let to = person.get(typed(code)).await.to;
    assert_eq!(to, Route::Profile { dialog: None });
    assert_eq!(person.profile().await.email.as_deref(), Some(AFTER));
    assert_eq!(elsewhere.member().await, None, "out everywhere else");
    log_in_is_refused(host, BEFORE, PASSWORD).await;
    Person::logged_in(host, AFTER).await;

    let letters = host.letters_to(BEFORE).await;
    assert_eq!(letters.len(), 1, "that it was done: {letters:?}");
    let way = "/log-in/reset-password";
    assert!(letters[0].contains(way), "a way back: {}", letters[0]);
    assert!(!letters[0].contains(AFTER), "it may be another's mailbox");
}

/// Whoever changed it is out, wherever they are, and their address logs in no more.
pub async fn the_address_before_takes_the_account_back<H: Host>(host: &H) {
    let mut thief = moved(host, "linked@portal.test", AFTER).await;
    let account = thief.member().await.unwrap().account;
    let mut owner = Person::new(host);
    let asked = Route::Profile {
        dialog: Some(ProfileDialog::ReviewLink),
    };
    assert_eq!(owner.take_back("linked@portal.test").await, asked);
    let member = owner.member().await.unwrap();
    assert_eq!(member.account, account);
    assert_eq!(member.email.as_deref(), Some("linked@portal.test"));
    assert_eq!(thief.member().await, None);
    log_in_is_refused(host, AFTER, PASSWORD).await;
    log_in_is_refused(host, AFTER, NEW_PASSWORD).await;
    log_in_is_refused(host, "linked@portal.test", PASSWORD).await;
    let letters = host.letters_to(AFTER).await;
    assert_eq!(letters.len(), 2, "the code, and that it is over");

    // Nor does it take the account back by itself.
    thief.get(reset(AFTER)).await;
    let letters = host.letters_to(AFTER).await;
    let last = letters.last().unwrap();
    assert_eq!(super::person::code_in(last), None, "{last}");
    // The session is fresh: it ends the link, too.
    assert_eq!(owner.get(UnlinkTikTok {}).await.tiktok, None);
}

/// It still takes the account back, and its owner may be another than whoever sets passwords now.
pub async fn the_address_before_is_told_of_another_password<H: Host>(host: &H) {
    let mut thief = Person::logged_in(host, BEFORE).await;
    thief.move_to(AFTER).await;
    let change = ChangePassword {
        new_password: NEW_PASSWORD.to_owned(),
    };
    thief.get(change.clone()).await;
    let told = host.letters_to(BEFORE).await;
    assert!(
        told.last().unwrap().contains("The password of your"),
        "{told:?}"
    );
    host.advance(72 * 60).await;
    let mut thief = Person::new(host);
    thief.get(log_in(AFTER, NEW_PASSWORD)).await;
    thief.get(change).await;
    assert_eq!(
        host.letters_to(BEFORE).await,
        told,
        "it takes nothing back any more"
    );
}

/// However often it is changed after that: the first owner was there first.
pub async fn the_first_of_several_addresses_takes_the_account_back<H: Host>(host: &H) {
    let mut thief = moved(host, BEFORE, AFTER).await;
    host.advance(1).await;
    thief.move_to(LATER).await;
    Person::new(host).take_back(BEFORE).await;
    assert_eq!(thief.member().await, None);
    for email in [AFTER, LATER] {
        let mut again = Person::new(host);
        again.get(reset(email)).await;
        let last = host.letters_to(email).await.pop().unwrap();
        assert_eq!(super::person::code_in(&last), None, "{last}");
        log_in_is_refused(host, email, PASSWORD).await;
    }
    Person::new(host).log_in(BEFORE, NEW_PASSWORD).await;
}

/// By a code to it, as any other; what came between takes nothing back.
pub async fn an_address_is_changed_back<H: Host>(host: &H) {
    let mut person = moved(host, BEFORE, AFTER).await;
    host.advance(1).await;
    person.move_to(BEFORE).await;
    assert_eq!(person.profile().await.email.as_deref(), Some(BEFORE));
    person.get(reset(AFTER)).await;
    let last = host.letters_to(AFTER).await.pop().unwrap();
    assert_eq!(super::person::code_in(&last), None, "{last}");
}

/// After its time a letter says that it is too late, and the address is free.
pub async fn an_address_takes_nothing_back_after_its_time<H: Host>(host: &H) {
    let minutes = UNDO_HOURS * 60;
    let mut person = moved(host, BEFORE, AFTER).await;
    host.advance(minutes - 1).await;
    // In time it can be asked for, and is too late when it is typed.
    let mut late = Person::new(host);
    late.get(reset(BEFORE)).await;
    let code = newest_code(host, BEFORE).await;
    host.advance(1).await;
    late.faulty(typed(code), &[(Field::Code, Fault::Spent)])
        .await;

    late.get(reset(BEFORE)).await;
    let last = host.letters_to(BEFORE).await.pop().unwrap();
    assert_eq!(super::person::code_in(&last), None, "{last}");
    person.log_in(AFTER, PASSWORD).await;
    let own = person.member().await.unwrap().account;

    let mut other = Person::new(host);
    other.sign_up(BEFORE).await;
    let member = other.member().await.unwrap();
    assert_ne!(member.account, own);
    assert_eq!(member.email.as_deref(), Some(BEFORE));
    person
        .faulty(change(AFTER), &[(Field::NewEmail, Fault::Unchanged)])
        .await;
}

/// Until then it is kept for the account: nobody signs up with it, or has it for another account.
pub async fn an_address_that_can_take_an_account_back_is_nobody_elses<H: Host>(host: &H) {
    moved(host, BEFORE, AFTER).await;
    let mut stranger = Person::new(host);
    stranger.get(sign_up(BEFORE)).await;
    let last = host.letters_to(BEFORE).await.pop().unwrap();
    assert_eq!(super::person::code_in(&last), None, "{last}");
    assert!(last.contains("/log-in/reset-password"), "a way on: {last}");
    let mut member = Person::logged_in(host, "linked@portal.test").await;
    member.get(change(BEFORE)).await;
    let last = host.letters_to(BEFORE).await.pop().unwrap();
    assert_eq!(super::person::code_in(&last), None, "{last}");
}

/// A sign-up that waited for its code when an account got the address makes no second one of it.
pub async fn a_code_ends_when_its_address_becomes_anothers<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, BEFORE).await;
    person.get(change(AFTER)).await;
    let own = newest_code(host, AFTER).await;
    let mut other = Person::new(host);
    other.get(sign_up(AFTER)).await;
    let code = newest_code(host, AFTER).await;
    // Of the two, the newest counts.
    person
        .faulty(typed(own), &[(Field::Code, Fault::Spent)])
        .await;
    other.get(typed(code)).await;
    host.advance(1).await;
    person.get(ResendCode::default()).await;
    let last = host.letters_to(AFTER).await.pop().unwrap();
    assert_eq!(super::person::code_in(&last), None, "{last}");
    assert_eq!(person.profile().await.email.as_deref(), Some(BEFORE));
}

/// What the thief of a session began ends with it: a reset at the address drops the change that waits.
pub async fn a_change_that_waits_ends_with_its_session<H: Host>(host: &H) {
    let mut thief = Person::logged_in(host, BEFORE).await;
    thief.get(change(AFTER)).await;
    let code = newest_code(host, AFTER).await;
    Person::new(host).take_back(BEFORE).await;
    thief.refused(typed(code.clone()), Code::NotLoggedIn).await;
    assert_eq!(thief.get(GetSignUp {}).await.sent, None);
    // Nor does it count for whoever logs in in that browser.
    thief.log_in("linked@portal.test", PASSWORD).await;
    thief.refused(typed(code), Code::NoCodePending).await;
    assert_eq!(thief.get(GetSignUp {}).await.sent, None);
}

/// Two browsers change it at once: the last one counts, and the first owner's takes the account back.
pub async fn two_changes_at_once_end_in_one<H: Host>(host: &H) {
    let mut one = Person::logged_in(host, BEFORE).await;
    let mut other = Person::logged_in(host, BEFORE).await;
    one.get(change(AFTER)).await;
    other.get(change(LATER)).await;
    let code = newest_code(host, LATER).await;
    other.get(typed(code)).await;
    let code = newest_code(host, AFTER).await;
    one.refused(typed(code), Code::NotLoggedIn).await;
    assert_eq!(other.profile().await.email.as_deref(), Some(LATER));
    Person::new(host).take_back(BEFORE).await;
    assert_eq!(other.member().await, None);
}

/// Whether the new address has an account shows in the letter alone.
pub async fn a_change_tells_nothing_about_the_new_address<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, BEFORE).await;
    let taken = person.get(change("linked@portal.test")).await;
    let letters = host.letters_to("linked@portal.test").await;
    assert_eq!(super::person::code_in(&letters[0]), None);
    let mut other = Person::logged_in(host, BEFORE).await;
    let free = other.get(change(AFTER)).await;
    assert_eq!(
        contract::sign_up::CodeSent {
            email: AFTER.into(),
            ..taken
        },
        free
    );
    person
        .faulty(
            change(" Email-Only@portal.test"),
            &[(Field::NewEmail, Fault::Unchanged)],
        )
        .await;
}

/// There is none that could be another.
pub async fn who_has_tiktok_alone_has_no_address_to_change<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let visit = Visit::Authorize("tiktok_only");
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    let problem = person.refused(change(AFTER), Code::EmailMissing).await;
    assert_eq!(problem.go, Some(Route::AddEmail));
    assert_eq!(person.get(GetProfile {}).await.email, None);
}

/// Whoever added an address to an account of TikTok's may have been a thief: once its owner has changed it,
/// it takes nothing back. Nor does the thief who changes it in turn gain the right to unlink TikTok.
pub async fn an_address_that_was_just_added_takes_nothing_back<H: Host>(host: &H) {
    let mut owner = Person::new(host);
    let log_in = Visit::Authorize("tiktok_only");
    owner
        .authorize_to(Purpose::LogIn, log_in, Outcome::LoggedIn)
        .await;
    let add = AddEmail {
        email: LATER.into(),
        password: PASSWORD.into(),
    };
    owner.get(add).await;
    let code = newest_code(host, LATER).await;
    owner.get(typed(code)).await;
    host.advance(UNDO_HOURS * 60 - 1).await;
    owner.log_in(LATER, PASSWORD).await;
    owner.move_to(AFTER).await;
    let last = host.letters_to(LATER).await.pop().unwrap();
    assert!(!last.contains("/log-in/reset-password"), "no way: {last}");
    Person::new(host).get(reset(LATER)).await;
    let last = host.letters_to(LATER).await.pop().unwrap();
    assert_eq!(super::person::code_in(&last), None, "{last}");
    // What took its place is as new as it was.
    host.advance(2).await;
    let refused = owner.refused(UnlinkTikTok {}, Code::NewLogInMethod).await;
    let wait = u32::try_from(UNDO_HOURS * 60 - 2).unwrap() * 60;
    assert_eq!(refused.retry_after_s, Some(wait));
}
