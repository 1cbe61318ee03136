//! Who is there: log in, log out, and the ends of a session.

use super::person::{Person, WRONG, ads_account, begin, draft_id, sign_up};
use super::{Host, PASSWORD, Sender, Visit};
use contract::account::{GetProfile, UnlinkTikTok, UpdateProfile};
use contract::ads::GetAdsAccount;
use contract::authorization::{LinkTikTok, Purpose};
use contract::drafts::{
    CreateDraft, DeleteDraft, FinishDraft, GetDraft, ListDrafts, ReopenDraft, SaveDraft,
};
use contract::my_data::{DataPart, DeleteAccount, GetMyData, KeepAccount};
use contract::passkeys::{
    AddPasskey, AskForPasskey, BeginPasskey, ConfirmByPasskey, ListPasskeys, PasskeyPurpose,
    RemovePasskey,
};
use contract::problem::{Code, Problem};
use contract::route::{CampaignScreen, Route};
use contract::session::{
    ConfirmPassword, EndSessions, GetSession, ListActivity, ListSessions, ListedSession, LogIn,
    LogOut, NOBODY,
};
use contract::sign_up::AddEmail;
use contract::table::{NAMES, UseCase};
use contract::transfer::{BeginTransfer, BeginTransferByPasskey, StopTransfer};
use domain::authorization::{Outcome, ReturnTo};
use domain::draft::{Contents, Step};
use domain::input::{Fault, Field};
use domain::region::Language;
use domain::rollout::Availability;

const DAY_MINUTES: u64 = 24 * 60;

/// Or to where someone wanted to go.
pub async fn a_log_in_leads_on_with_what_is_unfinished<H: Host>(host: &H) {
    let log_in = |then| LogIn {
        email: " Email-Only@Portal.test ".into(),
        password: PASSWORD.into(),
        then,
    };
    let mut person = Person::new(host);
    assert_eq!(person.get(log_in(None)).await.to, Route::Campaigns);
    assert_eq!(
        person
            .get(log_in(Some(Route::Profile { dialog: None })))
            .await
            .to,
        Route::Profile { dialog: None }
    );
    let ad = Route::Campaign {
        draft: draft_id(1),
        screen: CampaignScreen::Ad,
    };
    assert_eq!(person.get(log_in(Some(ad.clone()))).await.to, ad);
    // What a log-in can't lead to is left out, and the home takes its place.
    let itself = Route::LogIn { then: None };
    assert_eq!(person.get(log_in(Some(itself))).await.to, Route::Campaigns);

    let mut new = Person::new(host);
    new.sign_up("new@coffee.test").await;
    let mut again = Person::new(host);
    let password = super::person::NEW_PASSWORD;
    let moved = again.log_in("new@coffee.test", password).await;
    assert_eq!(moved.to, Route::CreateAdsAccount);
    again.get(ads_account()).await;
    assert_eq!(
        again.log_in("new@coffee.test", password).await.to,
        Route::Welcome
    );
}

/// In this browser, and in no other.
pub async fn a_log_out_ends_what_needs_a_session<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "linked@portal.test").await;
    let mut elsewhere = Person::logged_in(host, "linked@portal.test").await;
    let session = person.get(GetSession::default()).await;
    assert_eq!(session.tiktok, Availability::Available);
    assert!(session.demonstration);
    assert_eq!(session.home, Route::Campaigns);
    assert_eq!(session.member.unwrap().name, "Hội An Lanterns");

    assert_eq!(person.get(LogOut {}).await.to, Route::LogIn { then: None });
    assert_eq!(person.member().await, None);
    let session = person.get(GetSession::default()).await;
    assert_eq!(session.home, Route::LogIn { then: None });
    person.refused(GetProfile {}, Code::NotLoggedIn).await;
    assert_eq!(
        person.get(LogOut {}).await.to,
        Route::LogIn { then: None },
        "twice is no mistake"
    );
    assert!(elsewhere.member().await.is_some());
}

/// A session ends after 24 hours without use.
pub async fn a_session_that_nobody_uses_ends<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    for _ in 0..3 {
        host.advance(DAY_MINUTES - 2).await;
        assert!(person.member().await.is_some(), "use keeps it");
    }
    host.advance(DAY_MINUTES).await;
    assert_eq!(person.member().await, None);
    let problem = person.refused(GetProfile {}, Code::NotLoggedIn).await;
    assert_eq!(problem.go, Some(Route::LogIn { then: None }));
    person.log_in("email-only@portal.test", PASSWORD).await;
    assert!(person.member().await.is_some());
}

/// And a fresh proof doesn't prolong it.
pub async fn a_session_ends_after_two_weeks_however_it_is_used<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    // Eleven hours at a time, which is never idle.
    let steps = 14 * 24 * 60 / (11 * 60);
    for _ in 0..steps {
        host.advance(11 * 60).await;
        assert!(person.member().await.is_some());
    }
    let confirm = ConfirmPassword {
        password: PASSWORD.into(),
    };
    person.get(confirm).await;
    host.advance(14 * 24 * 60 - steps * 11 * 60).await;
    assert_eq!(person.member().await, None);
}

/// Invariant 2, and a limit to guessing at an open session: it ends, and no other does.
pub async fn a_password_confirms_and_the_tenth_wrong_one_ends_the_session<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    host.advance(10).await;
    assert!(person.profile().await.confirm_first);
    person
        .faulty(
            ConfirmPassword::default(),
            &[(Field::Password, Fault::Missing)],
        )
        .await;
    let confirm = |password: &str| ConfirmPassword {
        password: password.into(),
    };
    // The right one ends the row.
    for _ in 0..2 {
        for _ in 0..9 {
            person.refused(confirm(WRONG), Code::WrongCredentials).await;
        }
        person.get(confirm(PASSWORD)).await;
        assert!(!person.profile().await.confirm_first);
    }
    let mut other = Person::logged_in(host, "email-only@portal.test").await;
    for _ in 0..9 {
        person.refused(confirm(WRONG), Code::WrongCredentials).await;
    }
    person.refused(confirm(WRONG), Code::NotLoggedIn).await;
    assert_eq!(person.member().await, None);
    other.get(confirm(PASSWORD)).await;
    assert!(other.member().await.is_some());
}

/// One browser is one person.
pub async fn a_log_in_as_another_replaces_the_session<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let first = person.member().await.unwrap();
    person.draft(1).await;
    let visit = Visit::Authorize("tiktok_only");
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    let second = person.member().await.unwrap();
    assert_ne!(second.account, first.account);
    person
        .refused(GetDraft { id: draft_id(1) }, Code::NotFound)
        .await;
    // A log-in that is refused leaves the one before.
    let wrong = LogIn {
        email: "email-only@portal.test".into(),
        password: WRONG.into(),
        then: None,
    };
    person.refused(wrong, Code::WrongCredentials).await;
    assert_eq!(person.member().await, Some(second));
}

fn not_logged_in<T>(answer: Result<T, Problem>) {
    let problem = answer.err().unwrap();
    assert_eq!(problem.code, Code::NotLoggedIn);
    assert_eq!(problem.go, Some(Route::LogIn { then: None }));
}

/// Whatever a guest asks for that needs a member.
pub async fn a_guest_is_told_to_log_in<H: Host>(host: &H) {
    let mut guest = Person::new(host);
    let id = draft_id(1);
    not_logged_in(guest.ask(GetProfile {}).await);
    not_logged_in(guest.ask(UpdateProfile::default()).await);
    not_logged_in(guest.ask(UnlinkTikTok {}).await);
    not_logged_in(guest.ask(LinkTikTok::default()).await);
    not_logged_in(
        guest
            .ask(begin(Purpose::Link {
                to: ReturnTo::Profile,
            }))
            .await,
    );
    not_logged_in(guest.ask(begin(Purpose::Confirm)).await);
    not_logged_in(guest.ask(GetAdsAccount {}).await);
    not_logged_in(guest.ask(ads_account()).await);
    not_logged_in(guest.ask(super::person::completion()).await);
    not_logged_in(guest.ask(ListDrafts {}).await);
    not_logged_in(guest.ask(CreateDraft { id, copy_of: None }).await);
    not_logged_in(guest.ask(GetDraft { id }).await);
    not_logged_in(guest.ask(FinishDraft { id, version: 1 }).await);
    not_logged_in(guest.ask(ReopenDraft { id, version: 1 }).await);
    not_logged_in(guest.ask(DeleteDraft { id }).await);
    let confirm = ConfirmPassword {
        password: PASSWORD.into(),
    };
    not_logged_in(guest.ask(confirm).await);
    let add = AddEmail {
        email: "new@coffee.test".into(),
        password: super::person::NEW_PASSWORD.into(),
    };
    not_logged_in(guest.ask(add).await);
}

/// Trimmed, and shown wherever the person is named.
pub async fn personal_info_is_kept<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    assert_eq!(
        person.member().await.unwrap().name,
        "email-only@portal.test"
    );
    let update = |name: &str, language| UpdateProfile {
        name: name.into(),
        language,
    };
    let profile = person.get(update("  Trần Mai ", Language::English)).await;
    assert_eq!(profile.name, "Trần Mai");
    assert_eq!(profile.language, Language::English);
    assert_eq!(person.profile().await, profile);
    assert_eq!(person.member().await.unwrap().name, "Trần Mai");

    let long = "a".repeat(81);
    let too_long = [(Field::Name, Fault::TooLong { max: 80 })];
    person
        .faulty(update(&long, Language::Vietnamese), &too_long)
        .await;
    assert_eq!(
        person.profile().await,
        profile,
        "nothing of a wrong form is kept"
    );
    person.get(update("", Language::Vietnamese)).await;
    assert_eq!(
        person.member().await.unwrap().name,
        "email-only@portal.test"
    );
}

/// A page that was drawn for X while Y is logged in reads and changes nothing of Y's, and learns
/// nothing from the refusal: an id that no account has is answered alike.
pub async fn a_page_acts_for_the_account_that_it_was_drawn_for<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "linked@portal.test").await;
    let x = person.member().await.unwrap().account.to_string();
    person.log_out().await;
    person.log_in("email-only@portal.test", PASSWORD).await;
    let y = person.member().await.unwrap().account.to_string();
    let before = person.profile().await;

    for page in [
        x.as_str(),
        NOBODY,
        "00000000-0000-4000-8000-000000000000",
        "",
    ] {
        for (name, body) in of_a_member() {
            let sender = Sender {
                page: Some(page),
                key: None,
            };
            let answer = host.call(&mut person.browser, sender, name, body).await;
            let code = answer.err().map(|problem| problem.code);
            assert_eq!(code, Some(Code::OtherAccount), "{name} for {page:?}");
        }
    }
    person.page = Some(x);
    assert_eq!(
        person.member().await.unwrap().account.to_string(),
        y,
        "who is there is told to every page"
    );
    person.page = Some(y);
    assert_eq!(person.profile().await, before);
    person.log_out().await;
    // Nobody is there: the refusal says no more than that.
    for (name, body) in of_a_member() {
        if name == LogOut::NAME {
            continue;
        }
        let sender = Sender {
            page: person.page.as_deref(),
            key: None,
        };
        let answer = host.call(&mut person.browser, sender, name, body).await;
        let code = answer.err().map(|problem| problem.code);
        assert_eq!(code, Some(Code::NotLoggedIn), "{name}");
    }
}

/// Every use case that runs for a member, with a request that would be answered otherwise.
fn of_a_member() -> Vec<(&'static str, Vec<u8>)> {
    fn row<R: UseCase>(request: &R) -> (&'static str, Vec<u8>) {
        (R::NAME, serde_json::to_vec(request).unwrap())
    }
    let id = draft_id(7);
    let link = Purpose::Link {
        to: ReturnTo::Profile,
    };
    let rows = vec![
        row(&LogOut {}),
        row(&ConfirmPassword {
            password: PASSWORD.into(),
        }),
        row(&AddEmail {
            email: "new@coffee.test".into(),
            password: super::person::NEW_PASSWORD.into(),
        }),
        row(&begin(link)),
        row(&begin(Purpose::Confirm)),
        row(&LinkTikTok::default()),
        row(&UnlinkTikTok {}),
        row(&GetProfile {}),
        row(&UpdateProfile {
            name: "Somebody else".into(),
            language: Language::English,
        }),
        row(&ads_account()),
        row(&contract::ads::ReadPhone::default()),
        row(&ListActivity::default()),
        row(&GetMyData {
            part: DataPart::Account,
        }),
        row(&DeleteAccount {}),
        row(&KeepAccount {}),
        row(&BeginPasskey {}),
        row(&AddPasskey {
            name: "Mai's phone".to_owned(),
            ..AddPasskey::default()
        }),
        row(&ListPasskeys {}),
        row(&RemovePasskey::default()),
        row(&AskForPasskey {
            purpose: PasskeyPurpose::Confirm,
        }),
        row(&ConfirmByPasskey::default()),
        row(&BeginTransfer {
            email: "linked@portal.test".into(),
            password: PASSWORD.into(),
        }),
        row(&BeginTransferByPasskey::default()),
        row(&StopTransfer {}),
        row(&ListSessions {}),
        row(&EndSessions::default()),
        row(&contract::account::ChangePassword::default()),
        row(&contract::account::ChangeEmail::default()),
        row(&GetAdsAccount {}),
        row(&super::person::completion()),
        row(&ListDrafts {}),
        row(&CreateDraft { id, copy_of: None }),
        row(&GetDraft { id }),
        row(&SaveDraft {
            id,
            version: 1,
            step: Step::Campaign,
            contents: Contents::default(),
        }),
        row(&FinishDraft { id, version: 1 }),
        row(&ReopenDraft { id, version: 1 }),
        row(&DeleteDraft { id }),
    ];
    // A use case is a member's, a guest's, or anybody's; a new one is put where it belongs.
    let others = [
        "get_session",
        "log_in",
        "log_in_by_passkey",
        "sign_up",
        "reset_password",
        "get_sign_up",
        "resend_code",
        "verify_email",
        "complete_authorization",
        "get_authorization",
        "create_account",
        "link_existing",
    ];
    for name in NAMES {
        let is_a_members = rows.iter().any(|(row, _)| row == name);
        assert_ne!(is_a_members, others.contains(name), "{name}");
    }
    rows
}

/// A page has been given a cookie by the answer to its first question. Without one back, nobody can
/// log in there: it is said before a code is sent, a try counted or TikTok asked.
pub async fn a_page_whose_browser_keeps_no_cookies_is_told_before_anything_is_done<H: Host>(
    host: &H,
) {
    let mut person = Person::new(host);
    person.page = Some(NOBODY.to_owned());
    let log_in = |password: &str| LogIn {
        email: "email-only@portal.test".into(),
        password: password.into(),
        then: None,
    };
    // More often than a password may be tried.
    for _ in 0..20 {
        person.browser = host.browser();
        person.get(GetSession::default()).await;
        person.browser = host.browser();
        person.refused(log_in(WRONG), Code::CookiesRefused).await;
    }
    let mut asked = 0;
    for name in NAMES {
        if *name == GetSession::NAME {
            continue;
        }
        let mut browser = host.browser();
        let sender = Sender {
            page: Some(NOBODY),
            key: None,
        };
        let answer = host.call(&mut browser, sender, name, b"{}".to_vec()).await;
        let code = answer.err().map(|problem| problem.code);
        assert_eq!(code, Some(Code::CookiesRefused), "{name}");
        asked += 1;
    }
    assert_eq!(asked, NAMES.len() - 1);
    let address = "no-cookies@coffee.test";
    person.browser = host.browser();
    person.refused(sign_up(address), Code::CookiesRefused).await;
    assert_eq!(host.letters_to(address).await.len(), 0);
    // The refusal brought one: who keeps it by now is let in by asking again.
    person.get(sign_up(address)).await;
    assert_eq!(host.letters_to(address).await.len(), 1);
    person.browser = host.browser();
    person.refused(log_in(PASSWORD), Code::CookiesRefused).await;
    person.get(log_in(PASSWORD)).await;
    assert!(person.member().await.is_some());
    // A client without pages has what cookies it wants.
    Person::new(host).get(log_in(PASSWORD)).await;
}

const MEMBER: &str = "email-only@portal.test";

impl<H: Host> Person<'_, H> {
    async fn sessions(&mut self) -> Vec<ListedSession> {
        self.get(ListSessions {}).await.sessions
    }
}

/// The one that asks comes first, and no other account's is among them.
pub async fn sessions_are_listed_and_one_is_ended<H: Host>(host: &H) {
    let mut elsewhere = Person::logged_in(host, MEMBER).await;
    Person::logged_in(host, "linked@portal.test").await;
    host.advance(20).await;
    let mut person = Person::logged_in(host, MEMBER).await;
    let all = person.sessions().await;
    let [own, other] = all.as_slice() else {
        panic!("two of them: {all:?}");
    };
    assert!(own.is_this && !other.is_this);
    assert!(own.begun > other.begun);
    host.advance(20).await;
    let seen = elsewhere.sessions().await;
    assert!(seen[0].is_this && seen[0].id == other.id);
    assert!(seen[0].seen > other.seen, "its use is noted");

    let end = EndSessions {
        id: Some(other.id.clone()),
    };
    person.get(end.clone()).await;
    assert_eq!(person.sessions().await.len(), 1);
    assert_eq!(elsewhere.member().await, None);
    // Twice is as good.
    person.get(end).await;
    assert!(person.member().await.is_some());
}

/// By an id that is another account's, nothing ends.
pub async fn nobody_ends_a_session_of_another_account<H: Host>(host: &H) {
    let mut owner = Person::logged_in(host, "linked@portal.test").await;
    let end = EndSessions {
        id: Some(owner.sessions().await[0].id.clone()),
    };
    let mut stranger = Person::logged_in(host, MEMBER).await;
    stranger.get(end.clone()).await;
    assert!(owner.member().await.is_some());
    assert!(stranger.member().await.is_some());
    Person::new(host).refused(end, Code::NotLoggedIn).await;
}

/// An old session is enough: whoever finds another's there is to end it at once.
pub async fn all_other_sessions_are_ended_at_once<H: Host>(host: &H) {
    let mut one = Person::logged_in(host, MEMBER).await;
    let mut two = Person::logged_in(host, MEMBER).await;
    let mut other = Person::logged_in(host, "linked@portal.test").await;
    let mut person = Person::logged_in(host, MEMBER).await;
    host.advance(11).await;
    person.get(EndSessions::default()).await;
    let left = person.sessions().await;
    assert!(left.len() == 1 && left[0].is_this);
    assert_eq!(one.member().await, None);
    assert_eq!(two.member().await, None);
    assert!(other.member().await.is_some(), "another account's goes on");
}

/// One that nobody uses any more is shown to nobody, swept or not.
pub async fn a_session_that_ended_by_itself_is_not_listed<H: Host>(host: &H) {
    Person::logged_in(host, MEMBER).await;
    host.advance(DAY_MINUTES).await;
    let mut person = Person::logged_in(host, MEMBER).await;
    assert_eq!(person.sessions().await.len(), 1);
}

/// Nobody has proven anything by it: wrong passwords count on.
pub async fn ending_sessions_gives_a_guesser_no_new_tries<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, MEMBER).await;
    let wrong = || ConfirmPassword {
        password: WRONG.into(),
    };
    for _ in 0..9 {
        person.refused(wrong(), Code::WrongCredentials).await;
    }
    person.get(EndSessions::default()).await;
    person.refused(wrong(), Code::NotLoggedIn).await;
    assert_eq!(person.member().await, None);
}
