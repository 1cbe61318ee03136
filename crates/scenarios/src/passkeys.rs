//! Passkeys: added, used to log in and to confirm, removed; and what is tried with them.

use super::authenticator::Authenticator;
use super::person::Person;
use super::{Host, PASSWORD, Visit};
use contract::account::UnlinkTikTok;
use contract::authorization::Purpose;
use contract::passkeys::{
    AddPasskey, AskForPasskey, Assertion, BeginPasskey, ConfirmByPasskey, ListPasskeys,
    LogInByPasskey, PasskeyPurpose, RemovePasskey,
};
use contract::problem::Code;
use contract::route::Route;
use contract::session::ListActivity;
use domain::activity::Event;
use domain::authorization::{Outcome, ReturnTo};
use domain::input::{Fault, Field};
use domain::passkey::PASSKEYS_MAX;

const OWNER: &str = "email-only@portal.test";
const OTHER: &str = "someone-else@portal.test";
const HOURS_72: u64 = 72 * 60;

const LOG_IN: AskForPasskey = AskForPasskey {
    purpose: PasskeyPurpose::LogIn,
};
pub(super) const CONFIRM: AskForPasskey = AskForPasskey {
    purpose: PasskeyPurpose::Confirm,
};

impl<H: Host> Person<'_, H> {
    /// Adds the passkey of an authenticator, by a fresh session.
    pub(super) async fn add_passkey(&mut self, authenticator: &mut Authenticator) {
        let options = self.get(BeginPasskey {}).await;
        let made = authenticator.make(&options, "Mai's phone");
        self.get(made).await;
    }

    /// The ids of the passkeys of the account.
    async fn passkeys(&mut self) -> Vec<String> {
        let list = self.get(ListPasskeys {}).await.passkeys;
        list.into_iter().map(|passkey| passkey.id).collect()
    }

    /// What an authenticator signs to log in.
    pub(super) async fn signed(&mut self, authenticator: &mut Authenticator) -> LogInByPasskey {
        let request = self.get(LOG_IN).await;
        LogInByPasskey {
            assertion: authenticator.sign(&request),
            then: None,
        }
    }
}

pub(super) fn authenticator<H: Host>(host: &H, number: u8) -> Authenticator {
    Authenticator::new(host.origin(), number)
}

pub async fn a_passkey_logs_in_and_confirms<H: Host>(host: &H) {
    let mut elsewhere = Person::logged_in(host, OWNER).await;
    let mut person = Person::logged_in(host, OWNER).await;
    let mut phone = authenticator(host, 1);
    person.add_passkey(&mut phone).await;
    assert_eq!(elsewhere.member().await, None, "out everywhere else");
    let letters = host.letters_to(OWNER).await;
    assert!(
        letters.last().unwrap().contains("Mai's phone"),
        "{letters:?}"
    );
    let list = person.get(ListPasskeys {}).await.passkeys;
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].id.clone(), list[0].used), (phone.id(), None));
    assert_eq!(person.profile().await.methods.passkeys, 1);

    let mut anywhere = Person::new(host);
    let signed = anywhere.signed(&mut phone).await;
    assert_eq!(anywhere.get(signed).await.to, Route::Campaigns);
    let member = anywhere.member().await.unwrap();
    assert_eq!(member.email.as_deref(), Some(OWNER));
    let list = anywhere.get(ListPasskeys {}).await.passkeys;
    assert!(list[0].used.is_some());
    let events = anywhere.get(ListActivity::default()).await.activity;
    for event in [Event::PasskeyAdded, Event::LoggedInByPasskey] {
        assert!(events.iter().any(|it| it.event == event), "{event:?}");
    }

    host.advance(11).await;
    anywhere.refused(BeginPasskey {}, Code::ConfirmFirst).await;
    let request = anywhere.get(CONFIRM).await;
    assert_eq!(request.allow, [phone.id()]);
    let assertion = phone.sign(&request);
    anywhere.get(ConfirmByPasskey { assertion }).await;
    anywhere.get(BeginPasskey {}).await;
}

/// Once, in its browser, for its purpose, and not too late.
pub async fn a_challenge_is_answered_once_in_its_browser_for_its_purpose<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, OWNER).await;
    let mut phone = authenticator(host, 1);
    person.add_passkey(&mut phone).await;
    let mut guest = Person::new(host);
    let signed = guest.signed(&mut phone).await;
    let mut thief = Person::new(host);
    thief.refused(signed.clone(), Code::PasskeyRefused).await;
    thief.get(LOG_IN).await;
    thief.refused(signed.clone(), Code::PasskeyRefused).await;
    guest.get(signed.clone()).await;
    let mut again = Person::new(host);
    again.browser = guest.browser.clone();
    again.refused(signed, Code::PasskeyRefused).await;

    // Another challenge of the same browser takes the place of the first.
    let mut guest = Person::new(host);
    let first = guest.signed(&mut phone).await;
    let second = guest.signed(&mut phone).await;
    guest.refused(first, Code::PasskeyRefused).await;
    guest.refused(second, Code::PasskeyRefused).await;

    let late = guest.signed(&mut phone).await;
    host.advance(5).await;
    guest.refused(late, Code::PasskeyRefused).await;

    let mut person = Person::logged_in(host, OWNER).await;
    let to_confirm = person.get(CONFIRM).await;
    let assertion = phone.sign(&to_confirm);
    let log_in = LogInByPasskey {
        assertion,
        then: None,
    };
    person.refused(log_in, Code::PasskeyRefused).await;
    let options = person.get(BeginPasskey {}).await;
    person.get(LOG_IN).await;
    let made = authenticator(host, 2).make(&options, "another");
    person.refused(made, Code::PasskeyRefused).await;
}

pub async fn what_is_signed_otherwise_is_refused<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, OWNER).await;
    let mut phone = authenticator(host, 1);
    person.add_passkey(&mut phone).await;
    let mut guest = Person::new(host);
    guest
        .refused(LogInByPasskey::default(), Code::PasskeyRefused)
        .await;
    let mut unknown = authenticator(host, 9);
    let signed = guest.signed(&mut unknown).await;
    guest.refused(signed, Code::PasskeyUnknown).await;
    // By another key, under the same id.
    let mut signed = guest.signed(&mut unknown).await;
    signed.assertion.id = phone.id();
    guest.refused(signed, Code::PasskeyRefused).await;
    let mut signed = guest.signed(&mut phone).await;
    signed.assertion.user_handle = Some("AAAA".to_owned());
    guest.refused(signed, Code::PasskeyRefused).await;
    for broken in ["", "=", "é", "AAAA"] {
        let mut signed = guest.signed(&mut phone).await;
        signed.assertion.signature = broken.to_owned();
        guest.refused(signed, Code::PasskeyRefused).await;
    }
    let mut evil = Authenticator::new("https://evil.test".to_owned(), 1);
    let signed = guest.signed(&mut evil).await;
    guest.refused(signed, Code::PasskeyRefused).await;
    // Nobody was verified.
    phone.flags &= !0x04;
    let signed = guest.signed(&mut phone).await;
    guest.refused(signed, Code::PasskeyRefused).await;
    phone.flags |= 0x04;
    let signed = guest.signed(&mut phone).await;
    guest.get(signed).await;
}

/// A copy of an authenticator that counts falls behind the one that is used.
pub async fn a_copy_that_has_counted_less_is_refused<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, OWNER).await;
    let mut key = authenticator(host, 1);
    key.counter = 1;
    person.add_passkey(&mut key).await;
    let mut copy = authenticator(host, 1);
    copy.counter = 1;
    let mut guest = Person::new(host);
    for _ in 0..2 {
        let signed = guest.signed(&mut key).await;
        guest.get(signed).await;
    }
    let mut thief = Person::new(host);
    let signed = thief.signed(&mut copy).await;
    thief.refused(signed, Code::PasskeyRefused).await;
}

pub async fn another_account_has_no_use_of_a_passkey<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, OWNER).await;
    let mut phone = authenticator(host, 1);
    person.add_passkey(&mut phone).await;
    let mut other = Person::logged_in(host, OTHER).await;
    let options = other.get(BeginPasskey {}).await;
    assert_eq!(options.exclude, [""; 0]);
    let made = authenticator(host, 1).make(&options, "stolen id");
    other.refused(made, Code::PasskeyExists).await;
    let mut own = authenticator(host, 4);
    other.add_passkey(&mut own).await;
    let request = other.get(CONFIRM).await;
    let assertion = phone.sign(&request);
    other
        .refused(ConfirmByPasskey { assertion }, Code::PasskeyUnknown)
        .await;
    let remove = RemovePasskey { id: phone.id() };
    other.refused(remove, Code::NotFound).await;
    assert_eq!(other.passkeys().await, [own.id()]);
    // What was begun for one account makes nothing for another.
    let options = other.get(BeginPasskey {}).await;
    other.log_out().await;
    other.log_in(OWNER, PASSWORD).await;
    let made = authenticator(host, 3).make(&options, "another");
    other.refused(made, Code::PasskeyRefused).await;
}

/// Rule 3, whichever ways there are.
pub async fn the_last_way_to_log_in_stays_with_passkeys<H: Host>(host: &H) {
    let visit = Visit::Authorize("tiktok_only");
    let mut person = Person::new(host);
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    person.refused(UnlinkTikTok {}, Code::LastLogInMethod).await;
    let mut phone = authenticator(host, 1);
    person.add_passkey(&mut phone).await;
    // Whether it works is not known yet.
    person.refused(UnlinkTikTok {}, Code::LastLogInMethod).await;
    let signed = person.signed(&mut phone).await;
    person.get(signed).await;
    // Whoever added it may be somebody else: the owner has three days to see it.
    person.refused(UnlinkTikTok {}, Code::NewLogInMethod).await;
    host.advance(HOURS_72).await;
    let mut person = Person::new(host);
    let signed = person.signed(&mut phone).await;
    person.get(signed).await;
    person.get(UnlinkTikTok {}).await;
    let mut unused = authenticator(host, 2);
    person.add_passkey(&mut unused).await;
    person
        .refused(RemovePasskey { id: phone.id() }, Code::LastLogInMethod)
        .await;
    person.get(RemovePasskey { id: unused.id() }).await;
    let remove = RemovePasskey { id: phone.id() };
    person.refused(remove.clone(), Code::LastLogInMethod).await;
    // Nor does a TikTok account that was linked a moment ago push the passkey out.
    let link = Purpose::Link {
        to: ReturnTo::Profile,
    };
    person.authorize_to(link, visit, Outcome::Linked).await;
    person.refused(remove.clone(), Code::NewLogInMethod).await;
    host.advance(HOURS_72).await;
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    person.get(remove.clone()).await;
    person.refused(remove, Code::NotFound).await;
    let mut guest = Person::new(host);
    let signed = guest.signed(&mut phone).await;
    guest.refused(signed, Code::PasskeyUnknown).await;
}

pub async fn a_passkey_has_a_name_and_an_account_twenty_of_them<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, OWNER).await;
    let options = person.get(BeginPasskey {}).await;
    let nameless = AddPasskey {
        name: " ".to_owned(),
        ..authenticator(host, 1).make(&options, "")
    };
    person
        .faulty(nameless, &[(Field::Name, Fault::Missing)])
        .await;
    // It waits for another name.
    let made = authenticator(host, 1).make(&options, "Mai's phone");
    person.get(made).await;
    for number in 2..=u8::try_from(PASSKEYS_MAX).unwrap() {
        person.add_passkey(&mut authenticator(host, number)).await;
    }
    assert_eq!(
        person.get(ListPasskeys {}).await.passkeys.len(),
        PASSKEYS_MAX
    );
    person.refused(BeginPasskey {}, Code::TooManyRequests).await;
}

/// Whoever changed the address and added passkeys is out for good once the address before has taken the account
/// back, and so is whoever added one before they changed it.
pub async fn a_passkey_of_a_thief_is_gone_when_the_account_is_taken_back<H: Host>(host: &H) {
    let mut thief = Person::logged_in(host, OWNER).await;
    let mut before = authenticator(host, 1);
    thief.add_passkey(&mut before).await;
    host.advance(1).await;
    thief.move_to("thief@portal.test").await;
    let mut since = authenticator(host, 2);
    let letters = host.letters_to(OWNER).await.len();
    thief.add_passkey(&mut since).await;
    // The address that takes the account back is told, too.
    assert_eq!(host.letters_to(OWNER).await.len(), letters + 1);
    let signed = thief.signed(&mut before).await;
    thief.get(signed).await;
    // What is signed before, and comes after, counts no more.
    let under_way = thief.signed(&mut since).await;

    let mut owner = Person::new(host);
    assert_eq!(owner.take_back(OWNER).await, Route::Campaigns);
    assert_eq!(thief.member().await, None);
    thief.refused(under_way, Code::PasskeyUnknown).await;
    for stolen in [&mut before, &mut since] {
        let signed = thief.signed(stolen).await;
        thief.refused(signed, Code::PasskeyUnknown).await;
    }
    assert_eq!(owner.passkeys().await, [""; 0]);
    let events = owner.get(ListActivity::default()).await.activity;
    let removed = events.iter().filter(|it| it.event == Event::PasskeyRemoved);
    assert_eq!(removed.count(), 2);
    // They can be added again.
    let mut phone = authenticator(host, 1);
    owner.add_passkey(&mut phone).await;
    let mut anywhere = Person::new(host);
    let signed = anywhere.signed(&mut phone).await;
    anywhere.get(signed).await;
}

/// Whoever adds one before they change the address keeps it no more than one that they add after.
pub async fn an_address_that_is_changed_back_leaves_no_passkey_of_meanwhile<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, OWNER).await;
    let mut old = authenticator(host, 1);
    person.add_passkey(&mut old).await;
    host.advance(HOURS_72).await;
    let mut person = Person::logged_in(host, OWNER).await;
    let mut just_before = authenticator(host, 2);
    person.add_passkey(&mut just_before).await;
    host.advance(1).await;
    person.move_to("meanwhile@portal.test").await;
    let mut meanwhile = authenticator(host, 3);
    person.add_passkey(&mut meanwhile).await;
    person.move_to(OWNER).await;
    assert_eq!(person.passkeys().await, [old.id()]);
    assert!(person.profile().await.methods.email_and_password);
}

/// Whoever knew the password may have added one. By it they would be in again at once, and end the owner's session
/// faster than anybody can remove a passkey.
pub async fn a_reset_removes_every_passkey<H: Host>(host: &H) {
    let mut thief = Person::logged_in(host, OWNER).await;
    let mut phone = authenticator(host, 1);
    thief.add_passkey(&mut phone).await;
    host.advance(HOURS_72).await;
    let mut owner = Person::new(host);
    assert_eq!(owner.take_back(OWNER).await, Route::Campaigns);
    assert_eq!(owner.passkeys().await, [""; 0]);
    let signed = thief.signed(&mut phone).await;
    thief.refused(signed, Code::PasskeyUnknown).await;
    let letters = host.letters_to(OWNER).await;
    assert!(
        letters.iter().any(|it| it.contains("Removed from your")),
        "{letters:?}"
    );
}

/// Nor does an address that took another's place push out what the owner still has.
pub async fn a_thief_who_changes_the_address_leaves_the_owner_their_passkey<H: Host>(host: &H) {
    let mut owner = Person::logged_in(host, OWNER).await;
    let mut phone = authenticator(host, 1);
    owner.add_passkey(&mut phone).await;
    host.advance(HOURS_72).await;
    let mut thief = Person::logged_in(host, OWNER).await;
    thief.move_to("thief@portal.test").await;
    let remove = RemovePasskey { id: phone.id() };
    thief.refused(remove.clone(), Code::NewLogInMethod).await;
    host.advance(HOURS_72).await;
    let mut owner = Person::new(host);
    let signed = owner.signed(&mut phone).await;
    owner.get(signed).await;
    owner.get(remove).await;
}

/// A handle of nobody's, and none where nobody has said who they are.
pub async fn whoever_logs_in_by_a_passkey_is_named_by_it<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, OWNER).await;
    let mut phone = authenticator(host, 1);
    person.add_passkey(&mut phone).await;
    let mut guest = Person::new(host);
    let mut signed = guest.signed(&mut phone).await;
    signed.assertion.user_handle = None;
    guest.refused(signed, Code::PasskeyRefused).await;
    let request = person.get(CONFIRM).await;
    let assertion = without_handle(phone.sign(&request));
    person.get(ConfirmByPasskey { assertion }).await;
    let mut other = Person::logged_in(host, OTHER).await;
    other.refused(CONFIRM, Code::NotFound).await;
}

/// As an authenticator says it that was told which passkeys will do.
fn without_handle(assertion: Assertion) -> Assertion {
    Assertion {
        user_handle: None,
        ..assertion
    }
}
