//! What is kept of an account, for its owner to have, and the account's end.

use super::authenticator::Authenticator;
use super::passwords::{log_in, reset, typed};
use super::person::{NEW_PASSWORD, Person, completion, draft_id, newest_code, sign_up};
use super::{Host, PASSWORD, Visit};
use contract::account::UpdateProfile;
use contract::ads::CreateAdsAccount;
use contract::authorization::Purpose;
use contract::drafts::{ListDrafts, SaveDraft};
use contract::my_data::{DataPart, DeleteAccount, GetMyData, KeepAccount, MyAccount, MyData};
use contract::passkeys::{BeginPasskey, ListPasskeys};
use contract::problem::Code;
use contract::session::{ConfirmPassword, ListActivity};
use domain::activity::Event;
use domain::authorization::{Outcome, ReturnTo};
use domain::business::Industry;
use domain::draft::{Contents, Step};
use domain::input::{Fault, Field};
use domain::region::Language;

const OWNER: &str = "email-only@portal.test";
const LINKED: &str = "linked@portal.test";
const DAY: u64 = 24 * 60;
/// Longer than from one sweep to the next.
const SWEEP: u64 = 11;

const LEFT: &str = "left@needle.test";
const LEAVING: &str = "leaving@needle.test";
const PASSKEY: &str = "Needle security key";

/// What nobody else has, of [`somebody_leaves`].
pub const PERSONAL: [&str; 11] = [
    LEFT,
    LEAVING,
    "Needle Nguyen",
    "Needle Roasters",
    "+84907654321",
    "77 Needle Street",
    "Needle campaign",
    "needle.roasters",
    "Needle on TikTok",
    PASSKEY,
    "TU1NTU1NTU1NTU1NTU1NTQ",
];

/// The public key of their passkey, which the portal needs and they don't.
pub const PUBLIC_KEY: &str = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZl-4q0fI3kq8b6MfiJN9mVn4bjOWpXnb4aymCwa9gzatyc0c7mgxx1wCaZyomGD3rKxp_9ADxJbIaOK67UkTDg";

/// Somebody of whom there is everything that can be there, once they asked for the deletion.
pub async fn somebody_leaves<H: Host>(host: &H) {
    let mut person = everything(host).await;
    person.get(DeleteAccount {}).await;
}

/// The days pass until the account is deleted, and what waits in browsers is, too.
pub async fn everybody_is_gone<H: Host>(host: &H) {
    host.advance(14 * DAY + 1).await;
    host.sweep().await;
    host.advance(DAY + 60).await;
    host.sweep().await;
}

async fn everything<H: Host>(host: &H) -> Person<'_, H> {
    let mut person = Person::new(host);
    person.sign_up(LEFT).await;
    let create = CreateAdsAccount {
        business_name: "Needle Roasters".into(),
        industry: Some(Industry::FoodAndBeverage),
        country: "VN".into(),
        time_zone: "Asia/Ho_Chi_Minh".into(),
        currency: "VND".into(),
        phone: "+84 90 765 4321".into(),
        terms: true,
    };
    person.get(create).await;
    let mut complete = completion();
    complete.street_address = "77 Needle Street".into();
    person.get(complete).await;
    person.move_to(LEAVING).await;
    let name = UpdateProfile {
        name: "Needle Nguyen".into(),
        language: Language::English,
    };
    person.get(name).await;
    for number in 0..25 {
        let view = person.draft(number).await;
        let mut contents = Contents::default();
        contents.campaign.name = format!("Needle campaign {number}");
        let save = SaveDraft {
            id: view.id,
            version: view.draft.version,
            step: Step::Campaign,
            contents,
        };
        person.get(save).await;
    }
    let link = Purpose::Link {
        to: ReturnTo::Profile,
    };
    let visit = Visit::CreateAccount("needle.roasters", "Needle on TikTok");
    person.authorize_to(link, visit, Outcome::Linked).await;
    let options = person.get(BeginPasskey {}).await;
    let made = Authenticator::new(host.origin(), 77).make(&options, PASSKEY);
    person.get(made).await;
    person
}

/// All parts, put together.
async fn export<H: Host>(person: &mut Person<'_, H>) -> (MyAccount, MyData) {
    let mut account = None;
    let mut all = MyData {
        account: None,
        drafts: Vec::new(),
        activity: Vec::new(),
        next: Some(DataPart::Account),
    };
    while let Some(part) = all.next {
        let more = person.get(GetMyData { part }).await;
        account = account.or(more.account);
        all.drafts.extend(more.drafts);
        all.activity.extend(more.activity);
        all.next = more.next;
    }
    (account.unwrap(), all)
}

async fn deletion<H: Host>(person: &mut Person<'_, H>) -> Option<i64> {
    let member = person.member().await.unwrap();
    member.deletion.map(|due| due.0)
}

pub async fn the_export_holds_all_there_is_and_no_secret<H: Host>(host: &H) {
    let mut person = everything(host).await;
    host.advance(1).await;
    let (account, all) = export(&mut person).await;
    let text = serde_json::to_string(&(&account, &all)).unwrap();
    for personal in PERSONAL {
        assert!(text.contains(personal), "{personal}");
    }
    let profile = person.profile().await;
    assert_eq!(account.tiktok.map(|it| it.profile), profile.tiktok);
    assert_eq!(account.former_emails[0].email, LEFT);
    assert!(account.has_password);
    assert_eq!(account.sessions.len(), 1);
    let passkeys = person.get(ListPasskeys {}).await.passkeys;
    assert_eq!(passkeys.len(), 1);
    let kept = &account.passkeys[0];
    assert_eq!(
        (&kept.id, &kept.name, kept.created),
        (&passkeys[0].id, &passkeys[0].name, passkeys[0].created)
    );
    assert!(!kept.public_key.is_empty());
    let mut ids: Vec<_> = all.drafts.iter().map(|draft| draft.id).collect();
    ids.sort();
    let expected: Vec<_> = (0..25).map(draft_id).collect();
    assert_eq!(ids, expected, "each once");
    let listed = person.get(ListActivity::default()).await.activity;
    assert_eq!(all.activity, listed);
    assert_eq!(listed[0].event, Event::DataDownloaded);
}

pub async fn only_a_fresh_session_exports_or_deletes<H: Host>(host: &H) {
    let part = DataPart::Account;
    let mut guest = Person::new(host);
    guest.refused(GetMyData { part }, Code::NotLoggedIn).await;
    guest.refused(DeleteAccount {}, Code::NotLoggedIn).await;
    guest.refused(KeepAccount {}, Code::NotLoggedIn).await;
    let mut person = Person::logged_in(host, OWNER).await;
    host.advance(11).await;
    for part in [
        DataPart::Account,
        DataPart::Drafts { after: None },
        DataPart::Activity { after: None },
    ] {
        person.refused(GetMyData { part }, Code::ConfirmFirst).await;
    }
    person.refused(DeleteAccount {}, Code::ConfirmFirst).await;
    assert_eq!(deletion(&mut person).await, None);
    let confirm = ConfirmPassword {
        password: PASSWORD.into(),
    };
    person.get(confirm).await;
    person.get(DeleteAccount {}).await;
    assert!(deletion(&mut person).await.is_some());
}

/// Afterwards the address and the TikTok account are anybody's, and nothing of before comes with them.
pub async fn an_account_is_deleted_14_days_after_its_owner_asked<H: Host>(host: &H) {
    let mut elsewhere = Person::logged_in(host, OWNER).await;
    let mut person = Person::logged_in(host, OWNER).await;
    let link = Purpose::Link {
        to: ReturnTo::Profile,
    };
    let visit = Visit::Authorize("unlinked");
    person.authorize_to(link, visit, Outcome::Linked).await;
    person.draft(1).await;
    person.get(DeleteAccount {}).await;
    assert!(deletion(&mut person).await.is_some());
    assert_eq!(elsewhere.member().await, None, "out everywhere else");
    let letters = host.letters_to(OWNER).await;
    let asked = letters.last().unwrap();
    assert!(
        asked.contains("Keep account") && asked.contains("14 days"),
        "{asked}"
    );

    host.advance(14 * DAY - SWEEP).await;
    host.sweep().await;
    let mut person = Person::logged_in(host, OWNER).await;
    assert_eq!(
        person.get(ListDrafts {}).await.drafts.len(),
        1,
        "it is all there"
    );
    host.advance(SWEEP).await;
    host.sweep().await;
    assert_eq!(person.member().await, None);
    person
        .refused(log_in(OWNER, PASSWORD), Code::WrongCredentials)
        .await;
    let letters = host.letters_to(OWNER).await;
    assert!(
        letters.last().unwrap().contains("was deleted"),
        "{letters:?}"
    );
    host.sweep().await;
    assert_eq!(
        host.letters_to(OWNER).await.len(),
        letters.len(),
        "told once"
    );

    let mut anew = Person::new(host);
    anew.sign_up(OWNER).await;
    anew.authorize_to(link, visit, Outcome::Linked).await;
    assert_eq!(anew.profile().await.name, "");
    let events = anew.get(ListActivity::default()).await.activity;
    let events: Vec<_> = events.iter().map(|it| it.event).collect();
    assert_eq!(events.len(), 2, "{events:?}");
}

/// By the TikTok account alone, which the portal doesn't know afterwards.
pub async fn an_account_without_an_address_is_deleted_as_well<H: Host>(host: &H) {
    let visit = Visit::Authorize("tiktok_only");
    let mut person = Person::new(host);
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    person.get(DeleteAccount {}).await;
    host.advance(14 * DAY).await;
    host.sweep().await;
    assert_eq!(person.member().await, None);
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::ChooseAccount)
        .await;
}

/// Until it is done, and in any browser: who finds that somebody else asked stops it at once.
pub async fn who_keeps_the_account_keeps_all_of_it<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, LINKED).await;
    person.draft(1).await;
    let before = person.profile().await;
    person.get(DeleteAccount {}).await;
    host.advance(14 * DAY - 30).await;
    let mut person = Person::logged_in(host, LINKED).await;
    host.advance(11).await;
    person.get(KeepAccount {}).await;
    assert_eq!(deletion(&mut person).await, None);
    let letters = host.letters_to(LINKED).await;
    assert!(
        letters.last().unwrap().contains("chose to keep it"),
        "{letters:?}"
    );
    person.get(KeepAccount {}).await;
    assert_eq!(
        host.letters_to(LINKED).await.len(),
        letters.len(),
        "told once"
    );
    host.advance(DAY).await;
    host.sweep().await;
    let after = Person::logged_in(host, LINKED).await.profile().await;
    assert_eq!(after.tiktok, before.tiktok);
    assert_eq!(after.email, before.email);
    let mut person = Person::logged_in(host, LINKED).await;
    assert_eq!(person.get(ListDrafts {}).await.drafts.len(), 1);
    let events = person.get(ListActivity::default()).await.activity;
    for event in [Event::DeletionAsked, Event::DeletionStopped] {
        assert!(events.iter().any(|it| it.event == event), "{event:?}");
    }
}

pub async fn asked_for_again_it_is_deleted_no_later<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, OWNER).await;
    person.get(DeleteAccount {}).await;
    let first = deletion(&mut person).await;
    host.advance(DAY).await;
    let mut person = Person::logged_in(host, OWNER).await;
    person.get(DeleteAccount {}).await;
    assert_eq!(deletion(&mut person).await, first);
    assert_eq!(host.letters_to(OWNER).await.len(), 1);
    // Who kept it and asks anew has 14 days again.
    person.get(KeepAccount {}).await;
    person.get(DeleteAccount {}).await;
    assert!(deletion(&mut person).await > first);
}

/// Whoever got in, moved the account to an address of theirs and has it deleted, is too late by days.
pub async fn a_former_address_takes_back_what_is_to_be_deleted<H: Host>(host: &H) {
    let mut attacker = Person::logged_in(host, OWNER).await;
    attacker.move_to("attacker@portal.test").await;
    attacker.get(DeleteAccount {}).await;
    host.advance(3 * DAY - 1).await;
    host.sweep().await;
    let mut owner = Person::new(host);
    owner.get(reset(OWNER)).await;
    let code = newest_code(host, OWNER).await;
    owner.get(typed(code)).await;
    assert!(
        deletion(&mut owner).await.is_some(),
        "it is shown, and theirs to decide"
    );
    owner.get(KeepAccount {}).await;
    host.advance(30 * DAY).await;
    host.sweep().await;
    let mut owner = Person::new(host);
    owner.log_in(OWNER, NEW_PASSWORD).await;
    assert_eq!(deletion(&mut owner).await, None);
}

/// A code that waits for the address when the account goes makes nothing of it.
pub async fn a_code_of_before_opens_nothing_once_the_account_is_gone<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, OWNER).await;
    person.get(DeleteAccount {}).await;
    host.advance(14 * DAY - SWEEP).await;
    host.sweep().await;
    host.advance(SWEEP - 5).await;
    let mut late = Person::new(host);
    late.get(reset(OWNER)).await;
    let code = newest_code(host, OWNER).await;
    host.advance(5).await;
    host.sweep().await;
    late.faulty(typed(code), &[(Field::Code, Fault::Spent)])
        .await;
    // Nor does anything keep the address from being used anew.
    let mut anew = Person::new(host);
    host.advance(DAY).await;
    anew.get(sign_up(OWNER)).await;
}
