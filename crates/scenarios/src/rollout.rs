//! Journey J0: not for everyone yet.

use super::person::{Person, begin, sign_up};
use super::{Host, Visit};
use contract::authorization::{BeginAuthorization, Completed, Purpose};
use contract::problem::Code;
use contract::route::Route;
use contract::session::GetSession;
use domain::authorization::{Outcome, ReturnTo};
use domain::region::Country;
use domain::rollout::Availability;

fn us() -> Option<Country> {
    Country::parse("US").ok()
}

fn from_us(purpose: Purpose) -> BeginAuthorization {
    BeginAuthorization {
        region: us(),
        ..begin(purpose)
    }
}

/// The TikTok buttons say why they don't work, and the e-mail path does.
pub async fn outside_the_market_the_buttons_explain_themselves_and_email_works<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let session = person.get(GetSession { region: us() }).await;
    assert_eq!(session.tiktok, Availability::OutsideMarket);
    assert_eq!(session.region, us());
    assert_eq!(session.member, None);
    let vn = GetSession {
        region: Some(Country::VN),
    };
    assert_eq!(person.get(vn).await.tiktok, Availability::Available);

    let sign_up_there = from_us(Purpose::SignUp { terms: true });
    person.refused(sign_up_there, Code::NotAvailable).await;

    let mut request = sign_up("bay@coffee.test");
    request.region = "US".into();
    person.get(request).await;
    let code = super::person::newest_code(host, "bay@coffee.test").await;
    let moved = person
        .get(contract::sign_up::VerifyEmail {
            code,
            ..contract::sign_up::VerifyEmail::default()
        })
        .await;
    assert_eq!(moved.to, Route::CreateAdsAccount);
    let profile = person.profile().await;
    assert_eq!(profile.region, us());
    assert_eq!(profile.availability, Availability::OutsideMarket);
}

/// The rollout decides at the fork, not at the log-in.
pub async fn a_linked_account_logs_in_from_anywhere<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let begun = person.get(from_us(Purpose::LogIn)).await;
    let callback = person
        .come_back(&begun, Visit::Authorize("tiktok_only"))
        .await;
    let completed = person.get(callback).await;
    assert_eq!(completed.outcome, Outcome::LoggedIn);
    assert!(person.member().await.is_some());
}

/// And no account is made.
pub async fn a_new_tiktok_account_from_outside_the_market_is_told_so<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let begun = person.get(from_us(Purpose::LogIn)).await;
    let callback = person.come_back(&begun, Visit::Authorize("unlinked")).await;
    let completed = person.get(callback).await;
    let outcome = Outcome::NotAvailable;
    let to = Route::TikTokOutcome { outcome };
    assert_eq!(completed, Completed { outcome, to });
    assert_eq!(person.member().await, None);
    let create = contract::authorization::CreateAccount {
        terms: true,
        region: Some(Country::VN),
        ..Default::default()
    };
    person.refused(create, Code::ProofMissing).await;
}

/// It logs in, and is told why it can't link.
pub async fn an_account_outside_the_market_cannot_link<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "outside@portal.test").await;
    let profile = person.profile().await;
    assert_eq!(profile.availability, Availability::OutsideMarket);
    let session = person.get(GetSession::default()).await;
    assert_eq!(session.tiktok, Availability::OutsideMarket);
    // What the request says of the region doesn't matter: the account's counts.
    let link = begin(Purpose::Link {
        to: ReturnTo::Profile,
    });
    person.refused(link, Code::NotAvailable).await;

    // Nor by the fork: its credentials are right, and still it gets no link.
    let mut guest = Person::new(host);
    let fork = Visit::Authorize("unlinked");
    guest
        .authorize_to(Purpose::LogIn, fork, Outcome::ChooseAccount)
        .await;
    let existing = contract::authorization::LinkExisting {
        email: "outside@portal.test".into(),
        password: super::PASSWORD.into(),
        ..contract::authorization::LinkExisting::default()
    };
    guest.refused(existing, Code::NotAvailable).await;
    assert_eq!(guest.member().await, None);
    assert_eq!(person.profile().await.tiktok, None);
}
