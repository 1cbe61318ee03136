//! The bad days of an authorization at TikTok: what comes back, or doesn't, and when and where.

use super::person::Person;
use super::{Failure, Host, Visit};
use contract::authorization::{
    AuthorizationStatus, CompleteAuthorization, Completed, CreateAccount, GetAuthorization, Purpose,
};
use contract::problem::Code;
use contract::route::{Route, query};
use domain::authorization::{Outcome, ReturnTo};

const TO_PROFILE: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};
const PURPOSES_OF_A_GUEST: [Purpose; 2] = [Purpose::SignUp { terms: true }, Purpose::LogIn];

const fn own_page(outcome: Outcome) -> Route {
    Route::TikTokOutcome { outcome }
}

/// For a guest and for a member, who can try again at once.
pub async fn a_cancelled_authorization_says_so_and_changes_nothing<H: Host>(host: &H) {
    for purpose in PURPOSES_OF_A_GUEST {
        let mut person = Person::new(host);
        let completed = person.authorize(purpose, Visit::Cancel("unlinked")).await;
        let told = Completed {
            outcome: Outcome::Cancelled,
            to: own_page(Outcome::Cancelled),
        };
        assert_eq!(completed, told);
        assert_eq!(person.member().await, None);
        let ended = AuthorizationStatus::Ended {
            outcome: Outcome::Cancelled,
        };
        assert_eq!(person.status().await, ended);
    }
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let before = person.profile().await;
    person
        .authorize_to(TO_PROFILE, Visit::Cancel("unlinked"), Outcome::Cancelled)
        .await;
    assert_eq!(person.profile().await, before);
    person
        .authorize_to(TO_PROFILE, Visit::Authorize("unlinked"), Outcome::Linked)
        .await;
}

/// `user.info.profile` names the account: nothing works without it.
pub async fn a_denied_scope_is_told_and_leads_nowhere<H: Host>(host: &H) {
    for purpose in PURPOSES_OF_A_GUEST {
        let mut person = Person::new(host);
        person
            .authorize_to(
                purpose,
                Visit::DenyProfile("unlinked"),
                Outcome::ScopeDenied,
            )
            .await;
        assert_eq!(person.member().await, None);
        let create = CreateAccount {
            terms: true,
            ..CreateAccount::default()
        };
        person.refused(create, Code::ProofMissing).await;
    }
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    person
        .authorize_to(
            TO_PROFILE,
            Visit::DenyProfile("unlinked"),
            Outcome::ScopeDenied,
        )
        .await;
    assert_eq!(person.profile().await.tiktok, None);
    // TikTok asks again, so that it can be granted now.
    person
        .authorize_to(TO_PROFILE, Visit::Authorize("unlinked"), Outcome::Linked)
        .await;
}

/// Each in its words, and none changes anything.
pub async fn every_failure_of_tiktok_is_told<H: Host>(host: &H) {
    for failure in Failure::AT_ONCE {
        let mut person = Person::logged_in(host, "email-only@portal.test").await;
        let begun = person.begin(TO_PROFILE).await;
        let visit = Visit::Fail("unlinked", failure);
        let back = host
            .at_tiktok(&mut person.browser, &begun.authorize_url, visit)
            .await;
        match (failure, back) {
            (Failure::NeverComesBack, None) => {
                assert!(matches!(
                    person.status().await,
                    AuthorizationStatus::Pending { .. }
                ));
            }
            (
                Failure::ServerError
                | Failure::CodeExpired
                | Failure::TokenFails
                | Failure::UserInfoFails,
                Some(callback),
            ) => {
                let completed = person.get(callback).await;
                assert_eq!(completed.outcome, Outcome::TikTokFailed, "{failure:?}");
                assert_eq!(completed.to, own_page(Outcome::TikTokFailed), "{failure:?}");
            }
            (failure, back) => panic!("{failure:?} brought back {back:?}"),
        }
        assert_eq!(person.profile().await.tiktok, None, "{failure:?}");
    }
}

/// And another can be begun at once.
pub async fn an_authorization_that_never_comes_back_expires<H: Host>(host: &H) {
    let mut person = Person::new(host);
    assert_eq!(person.status().await, AuthorizationStatus::None);
    person.begin(Purpose::LogIn).await;
    let AuthorizationStatus::Pending { left_s } = person.status().await else {
        panic!("it is under way");
    };
    assert!((1..=600).contains(&left_s), "{left_s}");
    host.advance(11).await;
    let expired = AuthorizationStatus::Ended {
        outcome: Outcome::Expired,
    };
    assert_eq!(person.status().await, expired);
    let visit = Visit::Authorize("tiktok_only");
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
}

/// Invariant 5, for each way in which an authorization can end.
pub async fn a_callback_that_comes_twice_gives_the_same_page_and_one_effect<H: Host>(host: &H) {
    for (purpose, visit, outcome) in [
        (
            Purpose::LogIn,
            Visit::Authorize("tiktok_only"),
            Outcome::LoggedIn,
        ),
        (
            Purpose::LogIn,
            Visit::Authorize("personal_account"),
            Outcome::ChooseAccount,
        ),
        (
            Purpose::SignUp { terms: true },
            Visit::Authorize("private_account"),
            Outcome::SignedUp,
        ),
        (
            Purpose::LogIn,
            Visit::Cancel("unlinked"),
            Outcome::Cancelled,
        ),
    ] {
        let mut person = Person::new(host);
        let begun = person.begin(purpose).await;
        let callback = person.come_back(&begun, visit).await;
        let first = person.get(callback.clone()).await;
        assert_eq!(first.outcome, outcome);
        let after_first = (person.member().await, person.status().await);
        for _ in 0..2 {
            assert_eq!(person.get(callback.clone()).await, first, "{outcome:?}");
        }
        let after_all = (person.member().await, person.status().await);
        assert_eq!(after_all, after_first, "{outcome:?}");
    }
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let begun = person.begin(TO_PROFILE).await;
    let callback = person.come_back(&begun, Visit::Authorize("unlinked")).await;
    let first = person.get(callback.clone()).await;
    assert_eq!(first.outcome, Outcome::Linked);
    assert_eq!(person.get(callback).await, first);
    assert_eq!(
        host.letters_to("email-only@portal.test").await.len(),
        1,
        "one effect, one letter"
    );
}

/// Invariant 4: ten minutes after it began, whatever TikTok says.
pub async fn a_callback_after_ten_minutes_is_too_late<H: Host>(host: &H) {
    for purpose in PURPOSES_OF_A_GUEST {
        for visit in [Visit::Authorize("unlinked"), Visit::Cancel("unlinked")] {
            let mut person = Person::new(host);
            let begun = person.begin(purpose).await;
            host.advance(10).await;
            let callback = person.come_back(&begun, visit).await;
            let completed = person.get(callback.clone()).await;
            assert_eq!(completed.outcome, Outcome::Expired);
            assert_eq!(completed.to, own_page(Outcome::Expired));
            assert_eq!(
                person.get(GetAuthorization {}).await.purpose,
                Some(purpose),
                "so that it can be begun again"
            );
            assert_eq!(person.get(callback).await, completed);
            assert_eq!(person.member().await, None);
        }
    }
}

/// Invariant 4: not even what it was for is told, and the one who began it can still end it.
pub async fn a_callback_in_another_browser_does_nothing<H: Host>(host: &H) {
    let mut victim = Person::logged_in(host, "linked@portal.test").await;
    let mut person = Person::new(host);
    let begun = person.begin(Purpose::LogIn).await;
    let callback = person
        .come_back(&begun, Visit::Authorize("tiktok_only"))
        .await;
    let nothing = Completed {
        outcome: Outcome::OtherBrowser,
        to: own_page(Outcome::OtherBrowser),
    };
    let before = victim.member().await;
    assert_eq!(victim.get(callback.clone()).await, nothing);
    assert_eq!(
        victim.member().await,
        before,
        "nobody is logged in by another's authorization"
    );
    assert_eq!(victim.status().await, AuthorizationStatus::None);
    let mut stranger = Person::new(host);
    assert_eq!(stranger.get(callback.clone()).await, nothing);

    assert_eq!(
        person.get(callback.clone()).await.outcome,
        Outcome::LoggedIn
    );
    assert_eq!(stranger.get(callback).await, nothing, "nor after the end");
    assert_eq!(stranger.member().await, None);
}

/// A state that is none of ours, a callback that makes no sense.
pub async fn a_callback_that_nobody_began_is_unknown<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let unknown = Completed {
        outcome: Outcome::Unknown,
        to: own_page(Outcome::Unknown),
    };
    for state in [
        "",
        "x",
        "00000000-0000-0000-0000-000000000000",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "../../etc/passwd",
        "\0",
        "é😀",
    ] {
        let state = query::encode(state);
        for query in [format!("state={state}"), format!("code=code&state={state}")] {
            let callback = CompleteAuthorization { query };
            assert_eq!(person.get(callback).await, unknown, "{state:?}");
        }
    }
    // A state of ours, with nothing else: TikTok spoke nonsense.
    let begun = person.begin(Purpose::LogIn).await;
    let callback = person
        .come_back(&begun, Visit::Authorize("tiktok_only"))
        .await;
    let state = query::value(&callback.query, "state").unwrap();
    let bare = CompleteAuthorization {
        query: format!("state={state}"),
    };
    assert_eq!(person.get(bare).await.outcome, Outcome::TikTokFailed);
    assert_eq!(person.member().await, None);
}

/// J1's button, pressed by someone who was here before: no second account.
pub async fn a_sign_up_with_a_linked_account_logs_in<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let sign_up = Purpose::SignUp { terms: true };
    let completed = person
        .authorize(sign_up, Visit::Authorize("linked_already"))
        .await;
    assert_eq!(completed.outcome, Outcome::LoggedIn);
    assert_eq!(completed.to, Route::Campaigns);
    let email = person.member().await.unwrap().email.unwrap();
    assert_eq!(email.as_str(), "linked@portal.test");
}

/// A log-in comes straight back where it can; what leads to a link, and a second try, asks.
pub async fn a_returning_user_is_asked_again_only_when_it_helps<H: Host>(host: &H) {
    let asks = |url: &str| url.contains("disable_auto_auth=1");
    let mut person = Person::new(host);
    let begun = person.begin(Purpose::LogIn).await;
    assert!(!asks(&begun.authorize_url), "{}", begun.authorize_url);
    let callback = person
        .come_back(&begun, Visit::Authorize("tiktok_only"))
        .await;
    assert_eq!(person.get(callback).await.outcome, Outcome::LoggedIn);
    person.log_out().await;
    let begun = person.begin(Purpose::LogIn).await;
    assert!(!asks(&begun.authorize_url), "{}", begun.authorize_url);
    let callback = person.come_back(&begun, Visit::Return).await;
    assert_eq!(person.get(callback).await.outcome, Outcome::LoggedIn);
    person.log_out().await;

    // The authorization before led nowhere: another account may be wanted.
    person.log_out_of_tiktok(&begun).await;
    let visit = Visit::Cancel("unlinked");
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::Cancelled)
        .await;
    let begun = person.begin(Purpose::LogIn).await;
    assert!(asks(&begun.authorize_url), "{}", begun.authorize_url);
    let begun = person.begin(Purpose::SignUp { terms: true }).await;
    assert!(asks(&begun.authorize_url), "{}", begun.authorize_url);
}
