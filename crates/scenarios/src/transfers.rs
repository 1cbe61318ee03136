//! A link that moves from one account to another of the same owner.

use super::passkeys::authenticator;
use super::passwords::{log_in, reset, typed};
use super::person::{NEW_PASSWORD, Person, newest_code};
use super::{Host, PASSWORD, Visit};
use contract::account::{ChangePassword, UnlinkTikTok};
use contract::authorization::Purpose;
use contract::my_data::{DataPart, DeleteAccount, GetMyData};
use contract::passkeys::RemovePasskey;
use contract::problem::Code;
use contract::session::ListActivity;
use contract::transfer::{BeginTransfer, BeginTransferByPasskey, StopTransfer};
use domain::activity::Event;
use domain::authorization::{Outcome, ReturnTo};
use domain::input::{Fault, Field};

/// The account that has the link, of `linked_already`.
const HAS: &str = "linked@portal.test";
/// The account that has none.
const GETS: &str = "email-only@portal.test";
const OWN: &str = "mine@coffee.test";
const OTHER: &str = "someone-else@portal.test";
const DAY: u64 = 24 * 60;

fn begin(email: &str, password: &str) -> BeginTransfer {
    BeginTransfer {
        email: email.to_owned(),
        password: password.to_owned(),
    }
}

/// A transfer that waits, by whoever gets the link.
async fn begun<H: Host>(host: &H) -> Person<'_, H> {
    let mut person = Person::logged_in(host, GETS).await;
    person.get(begin(HAS, PASSWORD)).await;
    person
}

/// The TikTok account of a person's link, by its name.
async fn linked<H: Host>(person: &mut Person<'_, H>) -> Option<String> {
    let tiktok = person.profile().await.tiktok;
    tiktok.map(|tiktok| tiktok.display_name)
}

async fn told<H: Host>(host: &H, words: &str) -> [usize; 2] {
    let mut counts = [0; 2];
    for (count, email) in counts.iter_mut().zip([HAS, GETS]) {
        let letters = host.letters_to(email).await;
        *count = letters.iter().filter(|it| it.contains(words)).count();
    }
    counts
}

pub async fn a_link_moves_a_day_after_both_sides_were_proven<H: Host>(host: &H) {
    let mut gets = begun(host).await;
    let waiting = gets.profile().await.transfer.unwrap();
    assert!(waiting.arrives);
    assert_eq!(waiting.tiktok, "Hội An Lanterns");
    let part = DataPart::Account;
    let kept = gets.get(GetMyData { part }).await.account.unwrap();
    assert_eq!(kept.transfer, Some(waiting));
    let mut has = Person::logged_in(host, HAS).await;
    assert!(!has.profile().await.transfer.unwrap().arrives);
    assert_eq!(told(host, "requested it").await, [1, 1]);
    host.advance(DAY - 1).await;
    host.sweep().await;
    let mut has = Person::logged_in(host, HAS).await;
    assert!(linked(&mut has).await.is_some());

    host.advance(11).await;
    host.sweep().await;
    let mut gets = Person::logged_in(host, GETS).await;
    assert_eq!(linked(&mut gets).await.as_deref(), Some("Hội An Lanterns"));
    assert_eq!(gets.profile().await.transfer, None);
    assert_eq!(has.member().await, None, "what it began has ended with it");
    let mut has = Person::logged_in(host, HAS).await;
    assert_eq!(linked(&mut has).await, None);
    assert_eq!(told(host, "has moved").await, [1, 1]);
    for (person, event) in [(&mut has, Event::Unlinked), (&mut gets, Event::Linked)] {
        let events = person.get(ListActivity::default()).await.activity;
        for event in [event, Event::TransferBegun] {
            assert!(events.iter().any(|it| it.event == event), "{event:?}");
        }
    }
    // It logs in where it is now.
    let mut anywhere = Person::new(host);
    let visit = Visit::Authorize("linked_already");
    anywhere
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    let member = anywhere.member().await.unwrap();
    assert_eq!(member.email.as_deref(), Some(GETS));
}

pub async fn either_side_stops_a_transfer<H: Host>(host: &H) {
    for side in [HAS, GETS] {
        begun(host).await;
        let stopped = told(host, "doesn’t move").await;
        let mut person = Person::logged_in(host, side).await;
        // Whoever finds it is to stop it at once.
        host.advance(11).await;
        person.get(StopTransfer {}).await;
        assert_eq!(person.profile().await.transfer, None);
        let now = told(host, "doesn’t move").await;
        assert_eq!(now, stopped.map(|count| count + 1));
        person.get(StopTransfer {}).await;
        assert_eq!(told(host, "doesn’t move").await, now, "told once");
        host.advance(DAY + 11).await;
        host.sweep().await;
        let mut has = Person::logged_in(host, HAS).await;
        assert!(linked(&mut has).await.is_some());
    }
}

/// Whoever knew the password before may have begun it. The letter says: set another one.
pub async fn a_reset_on_either_side_stops_a_transfer<H: Host>(host: &H) {
    let mut thief = begun(host).await;
    let reset_by = async |email| {
        let mut owner = Person::new(host);
        owner.get(reset(email)).await;
        owner.get(typed(newest_code(host, email).await)).await;
        assert_eq!(owner.profile().await.transfer, None);
    };
    reset_by(HAS).await;
    assert_eq!(told(host, "doesn’t move").await, [1, 1]);
    thief
        .refused(begin(HAS, PASSWORD), Code::WrongCredentials)
        .await;
    thief.get(begin(HAS, NEW_PASSWORD)).await;
    reset_by(GETS).await;
    assert_eq!(told(host, "doesn’t move").await, [2, 2]);
    assert_eq!(thief.member().await, None);
}

/// Never without the owner of the link, nor without that of the account that gets it.
pub async fn a_transfer_wants_both_sides_proven<H: Host>(host: &H) {
    let mut person = Person::new(host);
    person
        .refused(begin(HAS, PASSWORD), Code::NotLoggedIn)
        .await;
    let mut person = Person::logged_in(host, GETS).await;
    person
        .refused(begin(HAS, "not-the-password"), Code::WrongCredentials)
        .await;
    person
        .refused(
            begin("nobody@portal.test", PASSWORD),
            Code::WrongCredentials,
        )
        .await;
    person
        .faulty(
            BeginTransfer::default(),
            &[
                (Field::Email, Fault::Missing),
                (Field::Password, Fault::Missing),
            ],
        )
        .await;
    host.advance(11).await;
    person
        .refused(begin(HAS, PASSWORD), Code::ConfirmFirst)
        .await;
    // By a passkey of the other account.
    let mut has = Person::logged_in(host, HAS).await;
    let mut phone = authenticator(host, 1);
    has.add_passkey(&mut phone).await;
    // One that a thief added a moment ago moves nothing, though the password is old.
    let mut person = Person::logged_in(host, GETS).await;
    let assertion = person.signed(&mut phone).await.assertion;
    person
        .refused(BeginTransferByPasskey { assertion }, Code::NewLogInMethod)
        .await;
    host.advance(3 * DAY).await;
    let mut person = Person::logged_in(host, GETS).await;
    let mut unknown = authenticator(host, 9);
    let assertion = person.signed(&mut unknown).await.assertion;
    person
        .refused(BeginTransferByPasskey { assertion }, Code::PasskeyUnknown)
        .await;
    let assertion = person.signed(&mut phone).await.assertion;
    person.get(BeginTransferByPasskey { assertion }).await;
    assert!(person.profile().await.transfer.unwrap().arrives);
}

/// Invariants 1 and 3, and one at a time.
pub async fn a_transfer_that_would_break_a_rule_is_refused<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, OTHER).await;
    person
        .refused(begin(HAS, PASSWORD), Code::AccountHasLink)
        .await;
    let mut person = Person::logged_in(host, HAS).await;
    person.refused(begin(HAS, PASSWORD), Code::NotLinked).await;
    person.refused(begin(GETS, PASSWORD), Code::NotLinked).await;
    let mut person = begun(host).await;
    person.get(begin(HAS, PASSWORD)).await;
    assert_eq!(told(host, "requested it").await, [1, 1], "the same one");
    person
        .refused(begin(OTHER, PASSWORD), Code::TransferWaits)
        .await;
    let mut third = Person::logged_in(host, "passkeys@portal.test").await;
    third
        .refused(begin(HAS, PASSWORD), Code::TransferWaits)
        .await;
}

/// The last way to log in of the account that has it.
pub async fn a_link_that_alone_logs_in_does_not_move<H: Host>(host: &H) {
    let mut has = Person::new(host);
    let visit = Visit::Authorize("tiktok_only");
    has.authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    let mut phone = authenticator(host, 1);
    has.add_passkey(&mut phone).await;
    let mut person = Person::logged_in(host, GETS).await;
    let assertion = person.signed(&mut phone).await.assertion;
    // It has just worked, and was added a moment ago.
    person
        .refused(BeginTransferByPasskey { assertion }, Code::NewLogInMethod)
        .await;
    host.advance(3 * DAY).await;
    let mut person = Person::logged_in(host, GETS).await;
    let assertion = person.signed(&mut phone).await.assertion;
    person.get(BeginTransferByPasskey { assertion }).await;
}

/// The owner reads of it, and not whoever had changed the address meanwhile.
pub async fn an_address_that_takes_its_account_back_stops_a_transfer<H: Host>(host: &H) {
    begun(host).await;
    let mut thief = Person::logged_in(host, HAS).await;
    thief.move_to(OWN).await;
    let mut owner = Person::new(host);
    owner.take_back(HAS).await;
    assert_eq!(owner.profile().await.transfer, None);
    assert_eq!(told(host, "doesn’t move").await, [1, 1]);
    let letters = host.letters_to(OWN).await;
    assert!(!letters.iter().any(|it| it.contains("doesn’t move")));
}

/// The other one is told that nothing comes.
pub async fn a_transfer_ends_with_either_account<H: Host>(host: &H) {
    let mut has = Person::logged_in(host, HAS).await;
    has.get(DeleteAccount {}).await;
    host.advance(14 * DAY - 60).await;
    let mut gets = begun(host).await;
    host.advance(60).await;
    host.sweep().await;
    assert_eq!(gets.profile().await.transfer, None);
    let letters = host.letters_to(GETS).await;
    let told = letters.iter().filter(|it| it.contains("doesn’t move"));
    assert_eq!(told.count(), 1);
    host.advance(DAY).await;
    host.sweep().await;
    let mut gets = Person::logged_in(host, GETS).await;
    assert_eq!(linked(&mut gets).await, None);
}

/// An account whose address took another's place keeps what it had for as long as that one takes it back, though
/// there is a passkey of before.
pub async fn a_link_stays_as_long_as_an_address_takes_its_account_back<H: Host>(host: &H) {
    let mut thief = Person::logged_in(host, HAS).await;
    let mut phone = authenticator(host, 1);
    thief.add_passkey(&mut phone).await;
    let mut guest = Person::new(host);
    let signed = guest.signed(&mut phone).await;
    guest.get(signed).await;
    host.advance(3 * DAY).await;
    let mut thief = Person::logged_in(host, HAS).await;
    thief.move_to(OWN).await;
    let mut person = Person::logged_in(host, GETS).await;
    person
        .refused(begin(OWN, PASSWORD), Code::NewLogInMethod)
        .await;
    host.advance(3 * DAY).await;
    let mut person = Person::logged_in(host, GETS).await;
    person.get(begin(OWN, PASSWORD)).await;
}

/// What the letters tell an owner to do is enough.
pub async fn another_password_and_a_passkey_less_stop_a_transfer<H: Host>(host: &H) {
    begun(host).await;
    let mut owner = Person::logged_in(host, HAS).await;
    let new_password = NEW_PASSWORD.to_owned();
    owner.get(ChangePassword { new_password }).await;
    assert_eq!(owner.profile().await.transfer, None);
    assert_eq!(told(host, "doesn’t move").await, [1, 1]);
    let mut phone = authenticator(host, 1);
    owner.add_passkey(&mut phone).await;
    let mut person = Person::logged_in(host, GETS).await;
    person.get(begin(HAS, NEW_PASSWORD)).await;
    owner.get(RemovePasskey { id: phone.id() }).await;
    assert_eq!(told(host, "doesn’t move").await, [2, 2]);
}

/// Whoever proved the other account and is refused leaves a trace there.
pub async fn a_transfer_that_is_refused_is_seen_where_it_was_proven<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, OTHER).await;
    person.refused(begin(GETS, PASSWORD), Code::NotLinked).await;
    host.advance(1).await;
    let mut owner = Person::new(host);
    owner.get(log_in(GETS, PASSWORD)).await;
    let events = owner.get(ListActivity::default()).await.activity;
    let events: Vec<_> = events.into_iter().map(|it| it.event).collect();
    assert_eq!(events, [Event::LoggedInByPassword, Event::ProofRefused]);
}

/// What happens to either side meanwhile ends it, and both are told.
pub async fn an_unlink_and_another_link_end_a_transfer<H: Host>(host: &H) {
    begun(host).await;
    let mut has = Person::logged_in(host, HAS).await;
    has.get(UnlinkTikTok {}).await;
    assert_eq!(told(host, "doesn’t move").await, [1, 1]);
    let link = Purpose::Link {
        to: ReturnTo::Profile,
    };
    let visit = Visit::Authorize("linked_already");
    has.authorize_to(link, visit, Outcome::Linked).await;
    host.advance(DAY + 11).await;
    host.sweep().await;
    let mut has = Person::logged_in(host, HAS).await;
    assert!(linked(&mut has).await.is_some(), "another link stays");

    let mut gets = begun(host).await;
    let visit = Visit::Authorize("unlinked");
    gets.authorize_to(link, visit, Outcome::Linked).await;
    assert_eq!(told(host, "doesn’t move").await, [2, 2]);
    assert_eq!(gets.profile().await.transfer, None);
    let mut guest = Person::new(host);
    guest.get(log_in(HAS, PASSWORD)).await;
    assert_eq!(guest.profile().await.transfer, None);
}
