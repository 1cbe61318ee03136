//! Links made and ended from within the portal, and the bad days of each.

use super::person::{NEW_PASSWORD, Person, WRONG, begin, draft_id, newest_code, other_than};
use super::{Host, PASSWORD, Visit};
use contract::account::UnlinkTikTok;
use contract::authorization::{
    AuthorizationStatus, Completed, GetAuthorization, LinkTikTok, Purpose,
};
use contract::drafts::GetDraft;
use contract::problem::Code;
use contract::route::{ProfileDialog, Route};
use contract::session::ConfirmPassword;
use contract::sign_up::{AddEmail, GetSignUp, ResendCode, VerifyEmail};
use domain::authorization::{Outcome, ReturnTo};

const TO_PROFILE: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};
const UNLINKED: Visit = Visit::Authorize("unlinked");

fn password(password: &str) -> ConfirmPassword {
    ConfirmPassword {
        password: password.into(),
    }
}

fn add_email(email: &str) -> AddEmail {
    AddEmail {
        email: email.into(),
        password: NEW_PASSWORD.into(),
    }
}

/// Logged in by the TikTok account that is the only way in.
async fn tiktok_only<H: Host>(host: &H) -> Person<'_, H> {
    let mut person = Person::new(host);
    let visit = Visit::Authorize("tiktok_only");
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    person
}

/// Two tabs, each with a link under way.
pub async fn a_link_that_is_mine_already_says_so_and_goes_on<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let one = person.begin(TO_PROFILE).await;
    let other = person.begin(TO_PROFILE).await;
    let callback = person.come_back(&one, UNLINKED).await;
    assert_eq!(person.get(callback).await.outcome, Outcome::Linked);
    let callback = person.come_back(&other, UNLINKED).await;
    let completed = person.get(callback).await;
    let outcome = Outcome::AlreadyYours;
    let to = Route::TikTokOutcome { outcome };
    assert_eq!(completed, Completed { outcome, to });
    assert_eq!(
        person.profile().await.tiktok.unwrap().display_name,
        "Mai Coffee"
    );
    assert_eq!(
        host.letters_to("email-only@portal.test").await.len(),
        1,
        "told once"
    );
}

/// Invariant 1, from the other side.
pub async fn a_business_account_takes_one_tiktok_account<H: Host>(host: &H) {
    let mut linked = Person::logged_in(host, "linked@portal.test").await;
    linked
        .refused(begin(TO_PROFILE), Code::AccountHasLink)
        .await;

    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let one = person.begin(TO_PROFILE).await;
    let other = person.begin(TO_PROFILE).await;
    let callback = person.come_back(&one, UNLINKED).await;
    assert_eq!(person.get(callback).await.outcome, Outcome::Linked);
    let callback = person
        .come_back(&other, Visit::Authorize("personal_account"))
        .await;
    let completed = person.get(callback).await;
    let outcome = Outcome::AccountHasLink;
    let to = Route::TikTokOutcome { outcome };
    assert_eq!(completed, Completed { outcome, to });
    assert_eq!(
        person.profile().await.tiktok.unwrap().display_name,
        "Mai Coffee"
    );
    // The TikTok account that wasn't taken is free.
    let mut guest = Person::new(host);
    let visit = Visit::Authorize("personal_account");
    guest
        .authorize_to(Purpose::LogIn, visit, Outcome::ChooseAccount)
        .await;
}

/// Invariant 6.
pub async fn a_failed_link_keeps_session_and_drafts<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    person.draft(1).await;
    let to_ad = Purpose::Link {
        to: ReturnTo::Ad { draft: draft_id(1) },
    };
    let before = (
        person.member().await,
        person.profile().await,
        person.get(GetDraft { id: draft_id(1) }).await,
    );
    for (visit, outcome) in [
        (Visit::Authorize("linked_elsewhere"), Outcome::AlreadyLinked),
        (Visit::Authorize("linked_already"), Outcome::AlreadyLinked),
        (Visit::Cancel("unlinked"), Outcome::Cancelled),
        (Visit::DenyProfile("unlinked"), Outcome::ScopeDenied),
    ] {
        person.authorize_to(to_ad, visit, outcome).await;
        let after = (
            person.member().await,
            person.profile().await,
            person.get(GetDraft { id: draft_id(1) }).await,
        );
        assert_eq!(after, before, "{visit:?}");
    }
}

/// The proof waits; logging in is all that is asked.
pub async fn a_session_that_ended_at_tiktok_finishes_the_link_after_log_in<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let begun = person.begin(TO_PROFILE).await;
    let callback = person.come_back(&begun, UNLINKED).await;
    person.log_out().await;
    let completed = person.get(callback).await;
    assert_eq!(completed.outcome, Outcome::SessionEnded);
    assert_eq!(completed.to, Route::FinishLink);
    let status = person.status().await;
    assert!(
        matches!(&status, AuthorizationStatus::Proved { profile, outcome: Outcome::SessionEnded, .. }
            if profile.display_name == "Mai Coffee"),
        "{status:?}"
    );
    let problem = person
        .refused(LinkTikTok::default(), Code::NotLoggedIn)
        .await;
    assert_eq!(problem.go, Some(Route::LogIn { then: None }));

    person.log_in("email-only@portal.test", PASSWORD).await;
    let linked = person.get(LinkTikTok::default()).await;
    assert_eq!(linked.outcome, Outcome::Linked);
    let dialog = Some(ProfileDialog::Linked);
    assert_eq!(linked.to, Route::Profile { dialog });
    assert_eq!(
        person.get(LinkTikTok::default()).await,
        linked,
        "pressed twice, it shows the same"
    );
    assert_eq!(
        person.profile().await.tiktok.unwrap().display_name,
        "Mai Coffee"
    );
}

/// The authorization was the other's.
pub async fn another_account_cannot_finish_the_link<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let begun = person.begin(TO_PROFILE).await;
    let callback = person.come_back(&begun, UNLINKED).await;
    person.log_out().await;
    person.sign_up("next-at-this-desk@coffee.test").await;
    assert_eq!(person.get(callback).await.outcome, Outcome::SessionEnded);
    person
        .refused(LinkTikTok::default(), Code::ProofMissing)
        .await;
    assert_eq!(person.profile().await.tiktok, None);
    person.log_in("email-only@portal.test", PASSWORD).await;
    assert_eq!(
        person.get(LinkTikTok::default()).await.outcome,
        Outcome::Linked
    );
}

/// Invariant 1, for a link that waited: whoever is faster has it, and the other is told.
pub async fn a_waiting_link_that_another_made_meanwhile_is_told<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let begun = person.begin(TO_PROFILE).await;
    let callback = person.come_back(&begun, UNLINKED).await;
    person.log_out().await;
    assert_eq!(person.get(callback).await.outcome, Outcome::SessionEnded);
    let mut faster = Person::new(host);
    faster.sign_up("faster@coffee.test").await;
    faster
        .authorize_to(TO_PROFILE, UNLINKED, Outcome::Linked)
        .await;

    person.log_in("email-only@portal.test", PASSWORD).await;
    let member = person.member().await;
    let told = person.get(LinkTikTok::default()).await;
    assert_eq!(told.outcome, Outcome::AlreadyLinked);
    let dialog = Some(ProfileDialog::UnableToLink);
    assert_eq!(told.to, Route::Profile { dialog });
    assert_eq!(person.get(LinkTikTok::default()).await, told);
    assert_eq!(person.member().await, member);
    assert_eq!(person.profile().await.tiktok, None);
    assert!(faster.profile().await.tiktok.is_some());
}

/// Invariant 2: before the authorization begins.
pub async fn a_stale_session_confirms_before_it_links<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    assert!(!person.profile().await.confirm_first);
    host.advance(10).await;
    assert!(person.profile().await.confirm_first);
    person.refused(begin(TO_PROFILE), Code::ConfirmFirst).await;
    person
        .refused(password(WRONG), Code::WrongCredentials)
        .await;
    person.refused(begin(TO_PROFILE), Code::ConfirmFirst).await;
    person.get(password(PASSWORD)).await;
    assert!(!person.profile().await.confirm_first);
    person
        .authorize_to(TO_PROFILE, UNLINKED, Outcome::Linked)
        .await;
}

/// Invariant 2: while the user was at TikTok.
pub async fn a_session_that_went_stale_at_tiktok_confirms_and_finishes<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    host.advance(6).await;
    let begun = person.begin(TO_PROFILE).await;
    host.advance(6).await;
    let callback = person.come_back(&begun, UNLINKED).await;
    let completed = person.get(callback.clone()).await;
    assert_eq!(completed.outcome, Outcome::ConfirmNeeded);
    assert_eq!(completed.to, Route::FinishLink);
    assert_eq!(person.get(callback).await, completed);
    person
        .refused(LinkTikTok::default(), Code::ConfirmFirst)
        .await;
    person
        .refused(password(WRONG), Code::WrongCredentials)
        .await;
    person
        .refused(LinkTikTok::default(), Code::ConfirmFirst)
        .await;
    assert_eq!(person.profile().await.tiktok, None);
    person.get(password(PASSWORD)).await;
    assert_eq!(
        person.get(LinkTikTok::default()).await.outcome,
        Outcome::Linked
    );

    // The proof itself grows old as well.
    let mut late = Person::logged_in(host, "outside@portal.test").await;
    late.refused(LinkTikTok::default(), Code::ProofMissing)
        .await;
    let mut late = Person::new(host);
    late.sign_up("late@coffee.test").await;
    let begun = late.begin(TO_PROFILE).await;
    let callback = late
        .come_back(&begun, Visit::Authorize("personal_account"))
        .await;
    late.log_out().await;
    assert_eq!(late.get(callback).await.outcome, Outcome::SessionEnded);
    host.advance(10).await;
    late.log_in("late@coffee.test", NEW_PASSWORD).await;
    late.refused(LinkTikTok::default(), Code::ProofMissing)
        .await;
    assert_eq!(late.profile().await.tiktok, None);
}

/// Who has no password proves at TikTok who they are, and by no other account.
pub async fn a_tiktok_only_account_confirms_at_tiktok<H: Host>(host: &H) {
    let mut person = tiktok_only(host).await;
    host.advance(10).await;
    let email = "pho@corner.test";
    person.refused(add_email(email), Code::ConfirmFirst).await;
    person
        .refused(password(PASSWORD), Code::WrongCredentials)
        .await;

    for other in ["linked_already", "unlinked"] {
        let visit = Visit::Authorize(other);
        person
            .authorize_to(Purpose::Confirm, visit, Outcome::ConfirmedByAnother)
            .await;
        person.refused(add_email(email), Code::ConfirmFirst).await;
    }
    let member = person.member().await;
    let visit = Visit::Authorize("tiktok_only");
    person
        .authorize_to(Purpose::Confirm, visit, Outcome::Confirmed)
        .await;
    assert_eq!(
        person.member().await,
        member,
        "the session is the same person's"
    );
    person.get(add_email(email)).await;

    let mut no_link = Person::logged_in(host, "email-only@portal.test").await;
    no_link
        .refused(begin(Purpose::Confirm), Code::NotLinked)
        .await;
}

/// At a machine that was left alone TikTok may want no more than a click.
pub async fn an_account_with_a_password_is_confirmed_by_nothing_else<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "linked@portal.test").await;
    host.advance(10).await;
    person
        .refused(begin(Purpose::Confirm), Code::EmailExists)
        .await;
    person.refused(UnlinkTikTok {}, Code::ConfirmFirst).await;
    person.get(password(PASSWORD)).await;
    person.get(UnlinkTikTok {}).await;
}

/// Invariant 3: the refusal offers the way.
pub async fn the_last_way_to_log_in_is_kept<H: Host>(host: &H) {
    let mut person = tiktok_only(host).await;
    let problem = person.refused(UnlinkTikTok {}, Code::LastLogInMethod).await;
    assert_eq!(problem.go, Some(Route::AddEmail));
    // An address that isn't proven yet is no way to log in.
    person.get(add_email("pho@corner.test")).await;
    person.refused(UnlinkTikTok {}, Code::LastLogInMethod).await;
    let profile = person.profile().await;
    assert_eq!(profile.tiktok.unwrap().display_name, "Phở Corner");
    assert_eq!(profile.email, None);
}

/// Invariant 3: with a second way, the first can go, once its owner had the time to notice.
pub async fn an_email_is_added_and_then_tiktok_unlinked<H: Host>(host: &H) {
    let mut person = tiktok_only(host).await;
    let account = person.member().await.unwrap().account;
    person.get(add_email("pho@corner.test")).await;
    let code = newest_code(host, "pho@corner.test").await;
    assert_eq!(
        person
            .get(VerifyEmail {
                code,
                ..VerifyEmail::default()
            })
            .await
            .to,
        Route::Profile { dialog: None }
    );
    let methods = person.profile().await.methods;
    assert!(methods.email_and_password && methods.tiktok);
    person
        .refused(add_email("second@corner.test"), Code::EmailExists)
        .await;

    let refused = person.refused(UnlinkTikTok {}, Code::NewLogInMethod).await;
    assert_eq!(refused.retry_after_s, Some(72 * 60 * 60));
    host.advance(72 * 60 - 1).await;
    person.log_in("pho@corner.test", NEW_PASSWORD).await;
    let refused = person.refused(UnlinkTikTok {}, Code::NewLogInMethod).await;
    assert_eq!(refused.retry_after_s, Some(60));
    host.advance(1).await;
    let profile = person.get(UnlinkTikTok {}).await;
    assert_eq!(profile.tiktok, None);
    assert!(!profile.methods.tiktok);
    let letters = host.letters_to("pho@corner.test").await;
    assert_eq!(
        letters.len(),
        3,
        "the code, the address that was added, the unlink: {letters:?}"
    );
    person.refused(UnlinkTikTok {}, Code::NotLinked).await;

    let mut again = Person::new(host);
    again.log_in("pho@corner.test", NEW_PASSWORD).await;
    assert_eq!(again.member().await.unwrap().account, account);
    let mut by_tiktok = Person::new(host);
    let visit = Visit::Authorize("tiktok_only");
    by_tiktok
        .authorize_to(Purpose::LogIn, visit, Outcome::ChooseAccount)
        .await;
}

/// Whoever sits at the browser when the code is typed.
pub async fn an_address_is_added_only_by_the_account_that_asked<H: Host>(host: &H) {
    let mut person = tiktok_only(host).await;
    person.get(add_email("pho@corner.test")).await;
    let code = newest_code(host, "pho@corner.test").await;
    let typed = || VerifyEmail {
        code: code.clone(),
        ..VerifyEmail::default()
    };
    person.log_in("email-only@portal.test", PASSWORD).await;
    person.refused(typed(), Code::NoCodePending).await;
    let email = person.profile().await.email.unwrap();
    assert_eq!(email.as_str(), "email-only@portal.test");

    let visit = Visit::Authorize("tiktok_only");
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    assert_eq!(
        person.get(typed()).await.to,
        Route::Profile { dialog: None }
    );
    assert_eq!(
        person.profile().await.email.unwrap().as_str(),
        "pho@corner.test"
    );
}

/// And its first owner doesn't get it back by the old link.
pub async fn an_unlinked_account_can_be_linked_again_elsewhere<H: Host>(host: &H) {
    let mut owner = Person::logged_in(host, "linked@portal.test").await;
    owner.get(UnlinkTikTok {}).await;
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let lanterns = Visit::Authorize("linked_already");
    person
        .authorize_to(TO_PROFILE, lanterns, Outcome::Linked)
        .await;
    owner
        .authorize_to(TO_PROFILE, lanterns, Outcome::AlreadyLinked)
        .await;
    let mut by_tiktok = Person::new(host);
    by_tiktok
        .authorize_to(Purpose::LogIn, lanterns, Outcome::LoggedIn)
        .await;
    assert_eq!(by_tiktok.member().await, person.member().await);
    // A link that TikTok granted in earnest is revoked, too.
    assert_eq!(person.get(UnlinkTikTok {}).await.tiktok, None);
}

/// Invariant 2, for the way back.
pub async fn unlinking_needs_a_link_and_a_fresh_session<H: Host>(host: &H) {
    let mut guest = Person::new(host);
    guest.refused(UnlinkTikTok {}, Code::NotLoggedIn).await;
    let mut no_link = Person::logged_in(host, "email-only@portal.test").await;
    no_link.refused(UnlinkTikTok {}, Code::NotLinked).await;
    let mut person = Person::logged_in(host, "linked@portal.test").await;
    host.advance(10).await;
    person.refused(UnlinkTikTok {}, Code::ConfirmFirst).await;
    assert!(person.profile().await.tiktok.is_some());
    person.get(password(PASSWORD)).await;
    assert_eq!(person.get(UnlinkTikTok {}).await.tiktok, None);
}

/// Someone else at the same TikTok account asked for an address and waits with the code.
pub async fn an_address_that_came_meanwhile_is_not_replaced<H: Host>(host: &H) {
    let mut thief = tiktok_only(host).await;
    thief.get(add_email("thief@corner.test")).await;
    let code = newest_code(host, "thief@corner.test").await;

    let mut owner = tiktok_only(host).await;
    owner.get(add_email("owner@corner.test")).await;
    let own = newest_code(host, "owner@corner.test").await;
    owner
        .get(VerifyEmail {
            code: own,
            ..VerifyEmail::default()
        })
        .await;
    assert_eq!(thief.member().await, None, "every other session has ended");

    let visit = Visit::Authorize("tiktok_only");
    thief
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    thief
        .refused(
            VerifyEmail {
                code: code.clone(),
                ..VerifyEmail::default()
            },
            Code::EmailExists,
        )
        .await;
    thief
        .refused(
            VerifyEmail {
                code,
                ..VerifyEmail::default()
            },
            Code::NoCodePending,
        )
        .await;
    let email = owner.profile().await.email.unwrap();
    assert_eq!(email.as_str(), "owner@corner.test");
    Person::new(host)
        .log_in("owner@corner.test", NEW_PASSWORD)
        .await;
}

/// A code is a chance to change what logs in: it isn't renewed by whoever finds the browser later.
pub async fn another_code_for_an_account_wants_a_fresh_session<H: Host>(host: &H) {
    let mut person = tiktok_only(host).await;
    person.get(add_email("pho@corner.test")).await;
    host.advance(11).await;
    person
        .refused(ResendCode::default(), Code::ConfirmFirst)
        .await;
    let visit = Visit::Authorize("tiktok_only");
    person
        .authorize_to(Purpose::Confirm, visit, Outcome::Confirmed)
        .await;
    person.get(ResendCode::default()).await;
    let code = newest_code(host, "pho@corner.test").await;
    person
        .get(VerifyEmail {
            code,
            ..VerifyEmail::default()
        })
        .await;
}

/// "It can’t be used to log in anymore" is true of those who have, too.
pub async fn an_unlink_ends_the_sessions_that_tiktok_began<H: Host>(host: &H) {
    let mut other = Person::new(host);
    let visit = Visit::Authorize("linked_already");
    other
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    let mut owner = Person::logged_in(host, "linked@portal.test").await;
    assert_eq!(other.member().await, owner.member().await);
    owner.get(UnlinkTikTok {}).await;
    assert_eq!(other.member().await, None);
    assert!(owner.member().await.is_some());
}

/// TikTok's access tokens live two hours; the grant behind one lives on.
pub async fn an_old_link_is_unlinked_as_well<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    person
        .authorize_to(TO_PROFILE, UNLINKED, Outcome::Linked)
        .await;
    host.advance(150).await;
    person.get(password(PASSWORD)).await;
    person.get(UnlinkTikTok {}).await;
    assert_eq!(person.profile().await.tiktok, None);
}

/// Two tabs of one browser: a link that waits is finished as the one that was begun on that page.
pub async fn a_waiting_link_is_finished_by_the_page_that_began_it<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let mut ids = Vec::new();
    for username in ["unlinked", "personal_account"] {
        let begun = person.begin(TO_PROFILE).await;
        let visit = Visit::Authorize(username);
        let callback = person.come_back(&begun, visit).await;
        person.log_out().await;
        assert_eq!(
            person.get(callback).await.outcome,
            Outcome::SessionEnded,
            "{username}"
        );
        person.log_in("email-only@portal.test", PASSWORD).await;
        ids.push(person.get(GetAuthorization {}).await.id);
    }
    let [first, last] = ids.as_slice() else {
        panic!("{ids:?}");
    };
    let of = |authorization: &Option<_>| LinkTikTok {
        authorization: *authorization,
    };
    person.refused(of(first), Code::ProofMissing).await;
    assert_eq!(person.profile().await.tiktok, None);
    assert_eq!(person.get(of(last)).await.outcome, Outcome::Linked);
    let linked = person.profile().await.tiktok.unwrap();
    assert_eq!(linked.display_name, "Linh");
}

/// It is shown to the account that is to get it, and costs no try when another types something.
pub async fn an_address_that_waits_is_nothing_to_another_account<H: Host>(host: &H) {
    let mut person = tiktok_only(host).await;
    person.get(add_email("pho@corner.test")).await;
    let code = newest_code(host, "pho@corner.test").await;
    person.log_in("email-only@portal.test", PASSWORD).await;
    assert_eq!(person.get(GetSignUp {}).await.sent, None);
    for _ in 0..6 {
        let wrong = VerifyEmail {
            code: other_than(&code),
            ..VerifyEmail::default()
        };
        person.refused(wrong, Code::NoCodePending).await;
    }
    person
        .authorize_to(
            Purpose::LogIn,
            Visit::Authorize("tiktok_only"),
            Outcome::LoggedIn,
        )
        .await;
    assert!(person.get(GetSignUp {}).await.sent.is_some());
    let typed = VerifyEmail {
        code,
        ..VerifyEmail::default()
    };
    person.get(typed).await;
}
