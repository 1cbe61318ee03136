//! What TikTok granted for a link: renewed each day, and authorized again once TikTok takes it no more.

use super::person::{Person, begin};
use super::{Failure, Host, Visit};
use contract::account::UnlinkTikTok;
use contract::authorization::{Completed, Purpose};
use contract::drafts::ListDrafts;
use contract::problem::Code;
use contract::route::{ProfileDialog, Route};
use domain::authorization::{Outcome, ReturnTo};
use domain::grant::GrantFault;

const TO_PROFILE: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};
const OWNER: &str = "email-only@portal.test";
const UNLINKED: Visit = Visit::Authorize("unlinked");
const DAY: u64 = 24 * 60;

/// The owner, who links a TikTok account of which TikTok takes the grant a day and no longer.
async fn linked_for_a_day<H: Host>(host: &H, failure: Failure) -> Person<'_, H> {
    let mut person = Person::logged_in(host, OWNER).await;
    let visit = Visit::Fail("unlinked", failure);
    person
        .authorize_to(TO_PROFILE, visit, Outcome::Linked)
        .await;
    a_day_later(host).await;
    Person::logged_in(host, OWNER).await
}

async fn a_day_later<H: Host>(host: &H) {
    host.advance(DAY).await;
    host.sweep().await;
}

/// What the profile says, and Ads Manager as well.
async fn fault<H: Host>(person: &mut Person<'_, H>) -> Option<GrantFault> {
    let profile = person.profile().await;
    let list = person.get(ListDrafts {}).await;
    assert_eq!(list.authorize_again, profile.authorize_again);
    profile.authorize_again
}

pub async fn a_grant_is_renewed_for_as_long_as_tiktok_takes_it<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, OWNER).await;
    person
        .authorize_to(TO_PROFILE, UNLINKED, Outcome::Linked)
        .await;
    for _ in 0..3 {
        a_day_later(host).await;
        let mut person = Person::logged_in(host, OWNER).await;
        assert_eq!(fault(&mut person).await, None);
    }
    assert_eq!(host.letters_to(OWNER).await.len(), 1, "that it was linked");
}

/// Told once, shown until it is done, and the link stays.
pub async fn a_grant_that_was_taken_away_is_authorized_again_in_place<H: Host>(host: &H) {
    let mut person = linked_for_a_day(host, Failure::RemovedLater).await;
    let mut elsewhere = Person::logged_in(host, OWNER).await;
    assert_eq!(fault(&mut person).await, Some(GrantFault::Revoked));
    let linked = person.profile().await.tiktok;
    assert_eq!(linked.as_ref().unwrap().display_name, "Mai Coffee");
    let letters = host.letters_to(OWNER).await;
    assert_eq!(letters.len(), 2);
    assert!(letters[1].contains("authorize it again"), "{}", letters[1]);

    // No other TikTok account takes its place, and a cancelled try changes nothing.
    for (visit, outcome) in [
        (
            Visit::Authorize("personal_account"),
            Outcome::AccountHasLink,
        ),
        (Visit::Authorize("linked_elsewhere"), Outcome::AlreadyLinked),
        (Visit::Cancel("unlinked"), Outcome::Cancelled),
    ] {
        person.authorize_to(TO_PROFILE, visit, outcome).await;
        assert_eq!(fault(&mut person).await, Some(GrantFault::Revoked));
    }
    let completed = person.authorize(TO_PROFILE, UNLINKED).await;
    let to = Route::Profile {
        dialog: Some(ProfileDialog::Linked),
    };
    let outcome = Outcome::Linked;
    assert_eq!(completed, Completed { outcome, to });
    assert_eq!(fault(&mut person).await, None);
    assert_eq!(person.profile().await.tiktok, linked);
    assert!(
        elsewhere.member().await.is_some(),
        "nothing was linked anew"
    );
    a_day_later(host).await;
    assert_eq!(host.letters_to(OWNER).await.len(), 2);
    let mut person = Person::logged_in(host, OWNER).await;
    assert_eq!(fault(&mut person).await, None);
    // One that TikTok takes is not authorized again.
    person
        .refused(begin(TO_PROFILE), Code::AccountHasLink)
        .await;
}

pub async fn a_grant_that_was_renewed_without_a_scope_says_so<H: Host>(host: &H) {
    let mut person = linked_for_a_day(host, Failure::ScopeRemovedLater).await;
    assert_eq!(fault(&mut person).await, Some(GrantFault::ScopeMissing));
    assert_eq!(host.letters_to(OWNER).await.len(), 2);
    a_day_later(host).await;
    assert_eq!(host.letters_to(OWNER).await.len(), 2, "told once");
}

pub async fn a_log_in_by_tiktok_authorizes_again<H: Host>(host: &H) {
    linked_for_a_day(host, Failure::RemovedLater).await;
    let mut person = Person::new(host);
    person
        .authorize_to(Purpose::LogIn, UNLINKED, Outcome::LoggedIn)
        .await;
    assert_eq!(fault(&mut person).await, None);
}

/// A session that is too old confirms first, as for every link.
pub async fn authorizing_again_wants_a_fresh_session<H: Host>(host: &H) {
    let mut person = linked_for_a_day(host, Failure::RemovedLater).await;
    host.advance(11).await;
    person.refused(begin(TO_PROFILE), Code::ConfirmFirst).await;
}

/// There is nothing to revoke any more, and nothing in the way.
pub async fn a_link_whose_grant_was_taken_away_is_unlinked<H: Host>(host: &H) {
    let mut person = linked_for_a_day(host, Failure::RemovedLater).await;
    let unlinked = person.get(UnlinkTikTok {}).await;
    assert_eq!(unlinked.tiktok, None);
    assert_eq!(unlinked.authorize_again, None);
    person
        .authorize_to(TO_PROFILE, UNLINKED, Outcome::Linked)
        .await;
    assert_eq!(fault(&mut person).await, None);
}

pub async fn a_persona_shows_a_link_that_is_to_be_authorized_again<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "authorization-ended@portal.test").await;
    assert_eq!(fault(&mut person).await, Some(GrantFault::Revoked));
    let visit = Visit::Authorize("authorization_ended");
    person
        .authorize_to(TO_PROFILE, visit, Outcome::Linked)
        .await;
    assert_eq!(fault(&mut person).await, None);
}
