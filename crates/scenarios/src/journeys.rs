//! Journeys J1 to J6 and J4x, each from its first page to its last.

use super::person::{
    NEW_PASSWORD, Person, ads_account, completion, draft_id, newest_code, sign_up,
};
use super::{Host, PASSWORD, Visit};
use contract::account::GetProfile;
use contract::ads::GetAdsAccount;
use contract::authorization::{AuthorizationStatus, CreateAccount, LinkExisting, Purpose};
use contract::drafts::{FinishDraft, GetDraft, SaveDraft};
use contract::problem::Code;
use contract::route::{CampaignScreen, ProfileDialog, Route};
use contract::session::AdsStage;
use contract::sign_up::{GetSignUp, VerifyEmail};
use domain::ads_account::AdsAccount;
use domain::authorization::{Outcome, ReturnTo};
use domain::draft::{
    Ad, AdGroup, BudgetMode, CallToAction, Campaign, Contents, Objective, OptimizationGoal, Stage,
    Step,
};
use domain::input::{Fault, Field};
use domain::region::{Country, Language};

const TO_PROFILE: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};

/// Names the business, and finishes the ad account.
async fn set_up_ads_account<H: Host>(person: &mut Person<'_, H>) {
    let welcome = person.get(ads_account()).await;
    assert_eq!(welcome.to, Route::Welcome);
    let stage = person.member().await.map(|member| member.ads_account);
    assert_eq!(stage, Some(AdsStage::Created));
    let campaigns = person.get(completion()).await;
    assert_eq!(campaigns.to, Route::Campaigns);
    let view = person.get(GetAdsAccount {}).await;
    assert!(
        matches!(view.account, AdsAccount::Complete { .. }),
        "{view:?}"
    );
}

/// J1.
pub async fn someone_signs_up_with_tiktok<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let unticked = super::person::begin(Purpose::SignUp { terms: false });
    person
        .faulty(unticked, &[(Field::Terms, Fault::NotAgreed)])
        .await;

    let sign_up = Purpose::SignUp { terms: true };
    let completed = person
        .authorize(sign_up, Visit::Authorize("unlinked"))
        .await;
    assert_eq!(completed.outcome, Outcome::SignedUp);
    assert_eq!(completed.to, Route::CreateAdsAccount);
    let member = person.member().await.unwrap();
    assert_eq!(member.name, "Mai Coffee");
    assert_eq!(member.email, None);
    assert_eq!(member.ads_account, AdsStage::Missing);

    set_up_ads_account(&mut person).await;
    let profile = person.profile().await;
    let tiktok = profile.tiktok.unwrap();
    assert_eq!(tiktok.display_name, "Mai Coffee");
    assert_eq!(tiktok.username.as_deref(), Some("unlinked"));
    assert!(profile.methods.tiktok && !profile.methods.email_and_password);

    // TikTok credentials log in.
    let mut again = Person::new(host);
    let completed = again
        .authorize(Purpose::LogIn, Visit::Authorize("unlinked"))
        .await;
    assert_eq!(completed.outcome, Outcome::LoggedIn);
    assert_eq!(completed.to, Route::Campaigns);
    assert_eq!(again.member().await.unwrap().account, member.account);
}

/// J1, where there is no TikTok account either.
pub async fn someone_creates_a_tiktok_account_on_the_way<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let sign_up = Purpose::SignUp { terms: true };
    let visit = Visit::CreateAccount("new_roastery", "New Roastery");
    person.authorize_to(sign_up, visit, Outcome::SignedUp).await;
    let tiktok = person.profile().await.tiktok.unwrap();
    assert_eq!(tiktok.display_name, "New Roastery");
    assert_eq!(tiktok.username.as_deref(), Some("new_roastery"));
}

/// J2.
pub async fn someone_new_logs_in_with_tiktok<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let completed = person
        .authorize(Purpose::LogIn, Visit::Authorize("unlinked"))
        .await;
    assert_eq!(completed.outcome, Outcome::ChooseAccount);
    assert_eq!(completed.to, Route::ChooseAccount);
    assert_eq!(
        person.member().await,
        None,
        "nobody is logged in at the fork"
    );
    let status = person.status().await;
    let AuthorizationStatus::Proved {
        profile,
        outcome,
        left_s,
    } = status
    else {
        panic!("the proof waits at the fork: {status:?}");
    };
    assert_eq!(
        (profile.display_name.as_str(), outcome),
        ("Mai Coffee", Outcome::ChooseAccount)
    );
    assert!((1..=600).contains(&left_s), "{left_s}");

    let create = CreateAccount {
        terms: true,
        region: Some(Country::VN),
        language: Language::Vietnamese,
        ..CreateAccount::default()
    };
    assert_eq!(person.get(create).await.to, Route::CreateAdsAccount);
    assert_eq!(person.profile().await.language, Language::Vietnamese);
    set_up_ads_account(&mut person).await;

    let mut again = Person::new(host);
    let visit = Visit::Authorize("unlinked");
    again
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    assert_eq!(again.member().await, person.member().await);
}

/// J3.
pub async fn someone_links_the_account_they_have<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let visit = Visit::Authorize("unlinked");
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::ChooseAccount)
        .await;
    let existing = LinkExisting {
        email: "Email-Only@portal.test".into(),
        password: PASSWORD.into(),
        ..LinkExisting::default()
    };
    assert_eq!(person.get(existing).await.to, Route::Campaigns);
    let profile = person.profile().await;
    assert_eq!(profile.email.as_deref(), Some("email-only@portal.test"));
    assert_eq!(
        profile.tiktok.map(|tiktok| tiktok.display_name).as_deref(),
        Some("Mai Coffee")
    );

    // From then on both credentials log in.
    let mut by_email = Person::logged_in(host, "email-only@portal.test").await;
    let mut by_tiktok = Person::new(host);
    by_tiktok
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    let account = person.member().await.unwrap().account;
    assert_eq!(by_email.member().await.unwrap().account, account);
    assert_eq!(by_tiktok.member().await.unwrap().account, account);

    let letters = host.letters_to("email-only@portal.test").await;
    assert_eq!(letters.len(), 1, "its owner is told: {letters:?}");
    assert!(
        letters.iter().all(|letter| letter.contains("Mai Coffee")),
        "{letters:?}"
    );
}

/// J4.
pub async fn someone_links_from_user_settings<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let before = person.profile().await;
    assert_eq!((before.tiktok, before.linked), (None, None));
    let completed = person
        .authorize(TO_PROFILE, Visit::Authorize("unlinked"))
        .await;
    assert_eq!(completed.outcome, Outcome::Linked);
    let dialog = Some(ProfileDialog::Linked);
    assert_eq!(completed.to, Route::Profile { dialog });
    let profile = person.get(GetProfile {}).await;
    assert!(profile.linked.is_some());
    assert_eq!(
        profile.tiktok.map(|tiktok| tiktok.display_name).as_deref(),
        Some("Mai Coffee")
    );
    assert!(profile.methods.tiktok && profile.methods.email_and_password);
    assert_eq!(host.letters_to("email-only@portal.test").await.len(), 1);
}

/// J4x.
pub async fn someone_is_unable_to_link_and_takes_another_tiktok_account<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    person.draft(1).await;
    let before = (
        person.member().await,
        person.get(GetDraft { id: draft_id(1) }).await,
    );

    let begun = person.begin(TO_PROFILE).await;
    let callback = person
        .come_back(&begun, Visit::Authorize("linked_elsewhere"))
        .await;
    let completed = person.get(callback).await;
    assert_eq!(completed.outcome, Outcome::AlreadyLinked);
    let dialog = Some(ProfileDialog::UnableToLink);
    assert_eq!(completed.to, Route::Profile { dialog });
    let after = (
        person.member().await,
        person.get(GetDraft { id: draft_id(1) }).await,
    );
    assert_eq!(after, before, "session and drafts stay as they were");
    assert_eq!(person.profile().await.tiktok, None);

    // "Log out" ends TikTok's session, and the authorization starts again, for another account.
    person.log_out_of_tiktok(&begun).await;
    let again = person.begin(TO_PROFILE).await;
    assert!(
        again.authorize_url.contains("disable_auto_auth=1"),
        "{}",
        again.authorize_url
    );
    let callback = person.come_back(&again, Visit::Authorize("unlinked")).await;
    assert_eq!(person.get(callback).await.outcome, Outcome::Linked);

    // The other account keeps its link, and isn't told.
    let mut other = Person::logged_in(host, "someone-else@portal.test").await;
    assert!(other.profile().await.tiktok.is_some());
    assert_eq!(
        host.letters_to("someone-else@portal.test").await,
        Vec::<String>::new()
    );
}

/// J5.
pub async fn someone_links_from_ad_creation<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let id = draft_id(5);
    let empty = person.draft(5).await;
    assert_eq!(empty.identity, None);
    let saved = person
        .get(SaveDraft {
            id,
            version: empty.draft.version,
            step: Step::Ad,
            contents: all_but_identity(),
        })
        .await;

    let to_ad = Purpose::Link {
        to: ReturnTo::Ad { draft: id },
    };
    let completed = person.authorize(to_ad, Visit::Authorize("unlinked")).await;
    assert_eq!(completed.outcome, Outcome::Linked);
    assert_eq!(
        completed.to,
        Route::Campaign {
            draft: id,
            screen: CampaignScreen::Ad
        }
    );

    let view = person.get(GetDraft { id }).await;
    let identity = view.identity.unwrap();
    assert_eq!(identity.profile.display_name, "Mai Coffee");
    assert_eq!(
        view.draft.stage,
        Stage::Editing { step: Step::Ad },
        "the same step"
    );
    assert_eq!(view.draft.contents.ad.identity, Some(identity.identity_id));
    assert!(view.draft.contents.ad.identity_on);
    assert_eq!(
        view.draft.contents.campaign,
        all_but_identity().campaign,
        "nothing typed is lost"
    );
    assert_eq!(view.draft.contents.ad.text, all_but_identity().ad.text);
    assert!(
        view.draft.version > saved.version,
        "an open tab must notice"
    );

    let version = view.draft.version;
    let finished = person.get(FinishDraft { id, version }).await;
    assert_eq!(finished.draft.stage, Stage::Finished);
}

/// A draft that lacks only its identity.
pub(super) fn all_but_identity() -> Contents {
    Contents {
        campaign: Campaign {
            objective: Some(Objective::WebConversions),
            name: "Tết 2027".into(),
            budget_mode: Some(BudgetMode::Daily),
            budget: "1.250.000".into(),
            budget_language: Some(Language::Vietnamese),
        },
        ad_group: AdGroup {
            name: "Huế".into(),
            location: "VN".into(),
            optimization_goal: Some(OptimizationGoal::Click),
            schedule_start: "2027-02-15T08:00".into(),
            schedule_end: String::new(),
        },
        ad: Ad {
            name: "Cà phê sáng".into(),
            identity_on: true,
            text: "Cà phê sáng ở Huế".into(),
            call_to_action: Some(CallToAction::LearnMore),
            landing_page: "mai-coffee.example".into(),
            ..Ad::default()
        },
    }
}

/// J6.
pub async fn someone_signs_up_by_email<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let sent = person.get(sign_up(" New@Coffee.test ")).await;
    assert_eq!(sent.email.as_str(), "new@coffee.test");
    assert!((1..=60).contains(&sent.resend_after_s), "{sent:?}");
    assert_eq!(sent.code_life_minutes, 10);
    let waiting = person.get(GetSignUp {}).await.sent.unwrap();
    assert_eq!(waiting.email, sent.email, "a reload finds it again");
    assert_eq!(
        person.member().await,
        None,
        "an unproven address has no account"
    );

    let code = newest_code(host, "new@coffee.test").await;
    let moved = person
        .get(VerifyEmail {
            code: code.clone(),
            ..VerifyEmail::default()
        })
        .await;
    assert_eq!(moved.to, Route::CreateAdsAccount);
    let member = person.member().await.unwrap();
    assert_eq!(member.email, Some(sent.email));
    assert_eq!(person.get(GetSignUp {}).await.sent, None);
    person
        .refused(
            VerifyEmail {
                code,
                ..VerifyEmail::default()
            },
            Code::NoCodePending,
        )
        .await;
    set_up_ads_account(&mut person).await;

    person.log_out().await;
    let mut again = Person::new(host);
    assert_eq!(
        again.log_in("NEW@coffee.test", NEW_PASSWORD).await.to,
        Route::Campaigns
    );
    assert_eq!(again.member().await.unwrap().account, member.account);
}
