//! Requests whose answer was lost, and which are sent again with their key.

use super::journeys::all_but_identity;
use super::passkeys::{CONFIRM, authenticator};
use super::passwords::reset;
use super::person::{
    NEW_PASSWORD, Person, WRONG, ads_account, completion, draft_id, newest_code, other_than,
    sign_up, without_id,
};
use super::{Host, PASSWORD, Sender, Visit};
use contract::account::{ChangeEmail, ChangePassword, UnlinkTikTok, UpdateProfile};
use contract::authorization::{CreateAccount, LinkExisting, LinkTikTok, Purpose};
use contract::drafts::{CreateDraft, DeleteDraft, FinishDraft, ListDrafts, ReopenDraft, SaveDraft};
use contract::my_data::{DeleteAccount, KeepAccount};
use contract::passkeys::{BeginPasskey, ConfirmByPasskey, RemovePasskey};
use contract::problem::{Code, Problem};
use contract::repeat::{KEPT_MINUTES, takes_key};
use contract::session::{ConfirmPassword, EndSessions, GetSession, LogIn, LogOut};
use contract::sign_up::{AddEmail, ResendCode, VerifyEmail};
use contract::table::{NAMES, UseCase};
use contract::transfer::{BeginTransfer, BeginTransferByPasskey, StopTransfer};
use domain::authorization::{Outcome, ReturnTo};
use domain::draft::Step;
use domain::input::Fault;
use domain::region::{Country, Language};

const NEW: &str = "new@coffee.test";
const NEWER: &str = "newer@coffee.test";

/// Someone whose browser has been here, as every page's has.
async fn visitor<H: Host>(host: &H) -> Person<'_, H> {
    let mut person = Person::new(host);
    person.get(GetSession::default()).await;
    person
}

/// An answer, without what differs from request to request.
async fn answer<R: UseCase, H: Host>(
    person: &mut Person<'_, H>,
    key: &str,
    request: &R,
) -> Result<String, Problem> {
    let sender = Sender {
        page: person.page.as_deref(),
        key: Some(key),
    };
    let body = serde_json::to_vec(request).unwrap();
    let host = person.host;
    let answer = host.call(&mut person.browser, sender, R::NAME, body).await;
    answer
        .map(|reply| String::from_utf8(reply).unwrap())
        .map_err(without_id)
}

/// The answer is lost on its way, and its cookies with it.
async fn lose<R: UseCase, H: Host>(
    person: &mut Person<'_, H>,
    key: &str,
    request: &R,
) -> Result<String, Problem> {
    let before = person.browser.clone();
    let lost = answer(person, key, request).await;
    person.browser = before;
    lost
}

/// What was done twice, by name.
#[derive(Default)]
struct Done(Vec<&'static str>);

impl Done {
    /// Loses an answer and asks again, in quotes or without; it must be the same, and a reply.
    async fn twice<R: UseCase, H: Host>(&mut self, person: &mut Person<'_, H>, request: R) {
        let key = format!("{} {}", R::NAME, self.0.len()).replace(' ', "-");
        let first = lose(person, &key, &request).await;
        assert!(first.is_ok(), "{}: {first:?}", R::NAME);
        let quoted = format!("\"{key}\"");
        let again = answer(person, &quoted, &request).await;
        assert_eq!(again, first, "{}", R::NAME);
        let third = answer(person, &key, &request).await;
        assert_eq!(third, first, "{}, when the answer has come", R::NAME);
        self.0.push(R::NAME);
    }
}

fn log_in(email: &str, password: &str) -> LogIn {
    LogIn {
        email: email.into(),
        password: password.into(),
        then: None,
    }
}

fn verify(code: String) -> VerifyEmail {
    VerifyEmail {
        code,
        ..VerifyEmail::default()
    }
}

fn rename(name: &str) -> UpdateProfile {
    UpdateProfile {
        name: name.into(),
        language: Language::English,
    }
}

/// Each use case that takes a key.
pub async fn what_changes_something_is_done_once_and_answered_twice<H: Host>(host: &H) {
    let mut done = Done::default();
    by_email(host, &mut done).await;
    campaigns(host, &mut done).await;
    with_tiktok(host, &mut done).await;
    with_passkey(host, &mut done).await;
    with_two_accounts(host, &mut done).await;
    for name in NAMES {
        assert_eq!(takes_key(name), done.0.contains(name), "{name}");
    }
}

/// From a sign-up by e-mail to the log-in of the day after.
async fn by_email<H: Host>(host: &H, done: &mut Done) {
    let mut person = visitor(host).await;
    done.twice(&mut person, sign_up(NEW)).await;
    assert_eq!(host.letters_to(NEW).await.len(), 1);
    host.advance(1).await;
    done.twice(&mut person, ResendCode::default()).await;
    assert_eq!(host.letters_to(NEW).await.len(), 2);
    let code = newest_code(host, NEW).await;
    done.twice(&mut person, verify(code)).await;
    let member = person.member().await.unwrap();
    assert_eq!(member.email.unwrap().as_str(), NEW);

    person.page = Some(member.account.to_string());
    done.twice(&mut person, rename("Mai")).await;
    done.twice(&mut person, ads_account()).await;
    done.twice(&mut person, completion()).await;
    let password = ConfirmPassword {
        password: NEW_PASSWORD.into(),
    };
    done.twice(&mut person, password).await;
    assert!(person.member().await.is_some(), "the session goes on");
    done.twice(&mut person, EndSessions::default()).await;
    let letters = host.letters_to(NEW).await.len();
    let change = ChangePassword {
        new_password: NEW_PASSWORD.into(),
    };
    done.twice(&mut person, change).await;
    assert_eq!(host.letters_to(NEW).await.len(), letters + 1);
    let change = ChangeEmail {
        new_email: NEWER.into(),
    };
    done.twice(&mut person, change).await;
    assert_eq!(host.letters_to(NEWER).await.len(), 1);
    let code = newest_code(host, NEWER).await;
    done.twice(&mut person, verify(code)).await;
    assert_eq!(host.letters_to(NEW).await.len(), letters + 2);
    let back = ChangeEmail {
        new_email: NEW.into(),
    };
    person.get(back).await;
    let code = newest_code(host, NEW).await;
    person.get(verify(code)).await;
    let letters = host.letters_to(NEW).await.len();
    done.twice(&mut person, DeleteAccount {}).await;
    done.twice(&mut person, KeepAccount {}).await;
    assert_eq!(host.letters_to(NEW).await.len(), letters + 2);
    person.log_out().await;
    person.page = None;
    done.twice(&mut person, log_in(NEW, NEW_PASSWORD)).await;
    assert_eq!(person.member().await.unwrap().account, member.account);

    person.log_out().await;
    let letters = host.letters_to(NEW).await.len();
    done.twice(&mut person, reset(NEW)).await;
    assert_eq!(host.letters_to(NEW).await.len(), letters + 1);
    let code = newest_code(host, NEW).await;
    done.twice(&mut person, verify(code)).await;
    assert_eq!(person.member().await.unwrap().account, member.account);
}

/// A campaign, by someone who has all that it needs.
async fn campaigns<H: Host>(host: &H, done: &mut Done) {
    let mut person = visitor(host).await;
    person.log_in("linked@portal.test", PASSWORD).await;
    let (id, other) = (draft_id(1), draft_id(2));
    done.twice(&mut person, CreateDraft { id, copy_of: None })
        .await;
    let view = person.draft(1).await;
    let mut contents = all_but_identity();
    contents.ad.identity = view.identity.map(|identity| identity.identity_id);
    let save = SaveDraft {
        id,
        version: view.draft.version,
        step: Step::Ad,
        contents,
    };
    done.twice(&mut person, save).await;
    let version = person.draft(1).await.draft.version;
    assert_eq!(version, view.draft.version + 1);
    done.twice(&mut person, FinishDraft { id, version }).await;
    let version = version + 1;
    done.twice(&mut person, ReopenDraft { id, version }).await;
    person.draft(2).await;
    done.twice(&mut person, DeleteDraft { id: other }).await;
    assert_eq!(person.get(ListDrafts {}).await.drafts.len(), 1);
}

/// What a TikTok account does.
async fn with_tiktok<H: Host>(host: &H, done: &mut Done) {
    let mut person = visitor(host).await;
    let begun = person.begin(Purpose::LogIn).await;
    let visit = Visit::Authorize("unlinked");
    let callback = person.come_back(&begun, visit).await;
    done.twice(&mut person, callback).await;
    let create = CreateAccount {
        terms: true,
        region: Some(Country::VN),
        ..CreateAccount::default()
    };
    done.twice(&mut person, create).await;
    let account = person.member().await.unwrap().account;
    let email = "mai@coffee.test";
    let add = AddEmail {
        email: email.into(),
        password: NEW_PASSWORD.into(),
    };
    done.twice(&mut person, add).await;
    assert_eq!(host.letters_to(email).await.len(), 1);
    person.get(verify(newest_code(host, email).await)).await;
    // The address is too new to be the only way in.
    host.advance(72 * 60).await;
    person.log_in(email, NEW_PASSWORD).await;
    done.twice(&mut person, UnlinkTikTok {}).await;
    assert_eq!(person.profile().await.tiktok, None);
    let unlinked = host.letters_to(email).await.len();

    // A link that waits for a log-in.
    let to = ReturnTo::Profile;
    let begun = person.begin(Purpose::Link { to }).await;
    let callback = person.come_back(&begun, visit).await;
    person.log_out().await;
    assert_eq!(person.get(callback).await.outcome, Outcome::SessionEnded);
    person.log_in(email, NEW_PASSWORD).await;
    done.twice(&mut person, LinkTikTok::default()).await;
    assert!(person.profile().await.tiktok.is_some());
    assert_eq!(host.letters_to(email).await.len(), unlinked + 1);
    assert_eq!(person.member().await.unwrap().account, account);

    let mut other = visitor(host).await;
    let visit = Visit::Authorize("personal_account");
    other
        .authorize_to(Purpose::LogIn, visit, Outcome::ChooseAccount)
        .await;
    let existing = LinkExisting {
        email: "email-only@portal.test".into(),
        password: PASSWORD.into(),
        ..LinkExisting::default()
    };
    done.twice(&mut other, existing).await;
    let member = other.member().await.unwrap();
    assert_eq!(member.email.unwrap().as_str(), "email-only@portal.test");
    let letters = host.letters_to("email-only@portal.test").await;
    assert_eq!(letters.len(), 1);
}

/// What a passkey does.
async fn with_passkey<H: Host>(host: &H, done: &mut Done) {
    let owner = "email-only@portal.test";
    let mut person = visitor(host).await;
    person.log_in(owner, PASSWORD).await;
    let letters = host.letters_to(owner).await.len();
    let mut phone = authenticator(host, 1);
    let options = person.get(BeginPasskey {}).await;
    let made = phone.make(&options, "Mai's phone");
    done.twice(&mut person, made).await;
    person.log_out().await;
    let signed = person.signed(&mut phone).await;
    done.twice(&mut person, signed).await;
    let request = person.get(CONFIRM).await;
    let assertion = phone.sign(&request);
    done.twice(&mut person, ConfirmByPasskey { assertion })
        .await;
    let remove = RemovePasskey { id: phone.id() };
    done.twice(&mut person, remove).await;
    assert_eq!(person.profile().await.methods.passkeys, 0);
    assert_eq!(host.letters_to(owner).await.len(), letters + 2);
}

/// What moves a link from one to the other.
async fn with_two_accounts<H: Host>(host: &H, done: &mut Done) {
    let (has, gets) = ("linked@portal.test", "passkeys@portal.test");
    let mut owner = visitor(host).await;
    owner.log_in(has, PASSWORD).await;
    let mut phone = authenticator(host, 2);
    owner.add_passkey(&mut phone).await;
    // It is too new to move anything.
    host.advance(72 * 60).await;
    let letters = host.letters_to(has).await.len();
    let mut person = visitor(host).await;
    person.log_in(gets, PASSWORD).await;
    let begin = BeginTransfer {
        email: has.into(),
        password: PASSWORD.into(),
    };
    done.twice(&mut person, begin).await;
    done.twice(&mut person, StopTransfer {}).await;
    let assertion = person.signed(&mut phone).await.assertion;
    done.twice(&mut person, BeginTransferByPasskey { assertion })
        .await;
    assert!(person.profile().await.transfer.is_some());
    assert_eq!(host.letters_to(has).await.len(), letters + 3);
}

/// A wrong code that is sent again costs one try.
pub async fn a_refusal_that_stays_is_told_twice_and_counted_once<H: Host>(host: &H) {
    let mut person = visitor(host).await;
    person.get(sign_up(NEW)).await;
    let wrong = verify(other_than(&newest_code(host, NEW).await));
    let first = lose(&mut person, "wrong", &wrong).await;
    assert_eq!(answer(&mut person, "wrong", &wrong).await, first);
    let third = answer(&mut person, "another", &wrong).await.unwrap_err();
    let faults = third.fields.into_iter().map(|it| it.fault);
    assert_eq!(faults.collect::<Vec<_>>(), [Fault::Wrong { left: 3 }]);

    let request = log_in("email-only@portal.test", WRONG);
    let first = lose(&mut person, "log-in", &request).await;
    assert_eq!(first.as_ref().unwrap_err().code, Code::WrongCredentials);
    assert_eq!(answer(&mut person, "log-in", &request).await, first);
}

/// Also later than another code may be asked for.
pub async fn a_sign_up_whose_answer_was_lost_is_confirmed<H: Host>(host: &H) {
    let mut person = visitor(host).await;
    let first = lose(&mut person, "sign-up", &sign_up(NEW)).await;
    host.advance(2).await;
    let again = answer(&mut person, "sign-up", &sign_up(NEW)).await;
    assert_eq!(again, first);
    assert_eq!(host.letters_to(NEW).await.len(), 1);
    person.get(verify(newest_code(host, NEW).await)).await;
    assert!(person.member().await.is_some());
}

/// By a token of its own: the one that was lost is worth nothing.
pub async fn a_session_whose_cookie_was_lost_is_there_again<H: Host>(host: &H) {
    let mut person = visitor(host).await;
    person.get(sign_up(NEW)).await;
    let code = verify(newest_code(host, NEW).await);
    let mut on_its_way = Person::new(host);
    on_its_way.browser = person.browser.clone();
    let first = answer(&mut on_its_way, "verify", &code).await;
    assert!(first.is_ok(), "{first:?}");
    assert_eq!(person.member().await, None);
    assert_eq!(answer(&mut person, "verify", &code).await, first);
    let member = person.member().await.unwrap();
    assert_eq!(member.email.unwrap().as_str(), NEW);
    assert_eq!(on_its_way.member().await, None);
    // And again, as often as it takes.
    let mut third = person.browser.clone();
    let before = lose(&mut person, "verify", &code).await;
    assert_eq!(before, first);
    core::mem::swap(&mut third, &mut person.browser);
    assert_eq!(answer(&mut person, "verify", &code).await, first);
    assert!(person.member().await.is_some());
}

/// Nobody else learns or gets anything by a key.
pub async fn a_key_is_of_its_browser_its_use_case_and_its_request<H: Host>(host: &H) {
    let mut person = visitor(host).await;
    let request = log_in("email-only@portal.test", PASSWORD);
    let first = lose(&mut person, "mine", &request).await;
    assert!(first.is_ok(), "{first:?}");
    // Another request, another use case, another page.
    let other = log_in("linked@portal.test", PASSWORD);
    let refused = answer(&mut person, "mine", &other).await.unwrap_err();
    assert_eq!(refused, Problem::new(Code::MalformedRequest));
    let refused = answer(&mut person, "mine", &sign_up(NEW)).await;
    assert_eq!(refused.unwrap_err().code, Code::MalformedRequest);
    assert!(host.letters_to(NEW).await.is_empty());
    person.page = Some("00000000-0000-4000-8000-000000000000".to_owned());
    let refused = answer(&mut person, "mine", &request).await;
    assert_eq!(refused.unwrap_err().code, Code::MalformedRequest);
    assert_eq!(person.member().await, None);

    // In another browser it is another request: here one whose code was never asked for.
    let mut stranger = visitor(host).await;
    person.page = None;
    person.get(sign_up(NEW)).await;
    let code = verify(newest_code(host, NEW).await);
    lose(&mut person, "code", &code).await.unwrap();
    let refused = answer(&mut stranger, "code", &code).await;
    assert_eq!(refused.unwrap_err().code, Code::NoCodePending);
    // Nor in one that has no name yet.
    let mut new = Person::new(host);
    let refused = answer(&mut new, "code", &code).await;
    assert_eq!(refused.unwrap_err().code, Code::NoCodePending);
    assert_eq!(stranger.member().await, None);
    assert_eq!(new.member().await, None);

    for none in ["", "two words", "\"\"", "\"", &"k".repeat(101)] {
        let refused = answer(&mut person, none, &request).await;
        assert_eq!(
            refused.unwrap_err().code,
            Code::MalformedRequest,
            "{none:?}"
        );
    }
}

/// Whoever sits here next can't be logged in by it.
pub async fn a_log_out_forgets_what_was_answered<H: Host>(host: &H) {
    let mut person = visitor(host).await;
    person.get(sign_up(NEW)).await;
    let code = verify(newest_code(host, NEW).await);
    lose(&mut person, "code", &code).await.unwrap();
    // The cookie of the session never came, and the log-out counts all the same.
    person.log_out().await;
    let refused = answer(&mut person, "code", &code).await;
    assert_eq!(refused.unwrap_err().code, Code::NoCodePending);
    assert_eq!(person.member().await, None);

    let request = log_in(NEW, NEW_PASSWORD);
    answer(&mut person, "log-in", &request).await.unwrap();
    answer(&mut person, "name", &rename("Mai")).await.unwrap();
    person.log_out().await;
    let refused = answer(&mut person, "name", &rename("Mai")).await;
    assert_eq!(refused.unwrap_err().code, Code::NotLoggedIn);
    // A log-out isn't kept itself.
    answer(&mut person, "out", &LogOut {}).await.unwrap();
    person.log_in(NEW, NEW_PASSWORD).await;
    answer(&mut person, "out", &LogOut {}).await.unwrap();
    assert_eq!(person.member().await, None);
}

/// Somebody else has logged in since: they learn nothing, and nothing is theirs by it.
pub async fn an_answer_is_for_who_was_here<H: Host>(host: &H) {
    let mut person = visitor(host).await;
    let mine = log_in("email-only@portal.test", PASSWORD);
    lose(&mut person, "mine", &mine).await.unwrap();
    lose(&mut person, "sign-up", &sign_up(NEW)).await.unwrap();
    person.log_in("linked@portal.test", PASSWORD).await;
    let other = person.member().await;
    for refused in [
        answer(&mut person, "mine", &mine).await,
        answer(&mut person, "sign-up", &sign_up(NEW)).await,
    ] {
        assert_eq!(refused.unwrap_err(), Problem::new(Code::OtherAccount));
    }
    assert_eq!(person.member().await, other);

    answer(&mut person, "name", &rename("Mai")).await.unwrap();
    person.log_in("email-only@portal.test", PASSWORD).await;
    let refused = answer(&mut person, "name", &rename("Mai")).await;
    assert_eq!(refused.unwrap_err().code, Code::OtherAccount);
    assert_eq!(person.profile().await.name, "");
}

/// Then it is another request.
pub async fn an_answer_is_kept_for_ten_minutes<H: Host>(host: &H) {
    let mut person = visitor(host).await;
    person.log_in("email-only@portal.test", PASSWORD).await;
    answer(&mut person, "name", &rename("Mai")).await.unwrap();
    answer(&mut person, "other", &rename("Lan")).await.unwrap();
    host.advance(KEPT_MINUTES - 1).await;
    answer(&mut person, "name", &rename("Mai")).await.unwrap();
    assert_eq!(person.profile().await.name, "Lan");
    host.advance(1).await;
    answer(&mut person, "name", &rename("Mai")).await.unwrap();
    assert_eq!(person.profile().await.name, "Mai");
}

/// A refusal that may be another one the next time isn't kept.
pub async fn what_may_pass_is_tried_anew<H: Host>(host: &H) {
    let mut person = visitor(host).await;
    person.get(sign_up(NEW)).await;
    let resend = ResendCode::default();
    let refused = answer(&mut person, "resend", &resend).await;
    assert_eq!(refused.unwrap_err().code, Code::TooManyRequests);
    host.advance(1).await;
    answer(&mut person, "resend", &resend).await.unwrap();
    assert_eq!(host.letters_to(NEW).await.len(), 2);
    let refused = answer(&mut person, "name", &rename("Mai")).await;
    assert_eq!(refused.unwrap_err().code, Code::NotLoggedIn);
    person.get(verify(newest_code(host, NEW).await)).await;
    answer(&mut person, "name", &rename("Mai")).await.unwrap();
}
