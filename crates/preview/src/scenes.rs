//! The scenes: each screen and dialog in each state worth designing, as a script. What must have one
//! is derived from the routes, the codes and the states; the scenes of the host's problems are
//! made from their codes.

use super::address::here;
use super::message_keys;
use super::script::{Script, Step};
use contract::UseCase;
use contract::authorization::{AuthorizationStatus, GetAuthorization, LastAuthorization};
use contract::drafts::{DraftView, FinishDraft, GetDraft};
use contract::problem::{Code, Problem};
use contract::session::{AdsStage, GetSession, Session};
use domain::authorization::Outcome;
use domain::draft::Stage;
use domain::input::{Fault, FieldFault};
use domain::rollout::Availability;
use portal::client::{Network, recorded_requests};
use portal::route::{CampaignScreen, ProfileDialog, Route};
use serde::{Deserialize, Serialize};

/// The scenes of one journey.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Journey {
    /// Its name, that of its file.
    pub name: String,
    /// Its scenes in the order of the way.
    pub scenes: Vec<Script>,
}

const FILES: [(&str, &str); 5] = [
    ("entry", include_str!("scenes/entry.json")),
    ("tiktok", include_str!("scenes/tiktok.json")),
    ("ads_account", include_str!("scenes/ads_account.json")),
    ("campaigns", include_str!("scenes/campaigns.json")),
    ("settings", include_str!("scenes/settings.json")),
];

/// Every scene, by journeys; the last are the host's problems.
pub fn all() -> Vec<Journey> {
    let mut all: Vec<_> = FILES
        .iter()
        .map(|(name, text)| Journey {
            name: (*name).to_owned(),
            // A file that is none has no scenes, and what it should show is missed by a test.
            scenes: serde_json::from_str(text).unwrap_or_default(),
        })
        .collect();
    all.push(Journey {
        name: "problems".to_owned(),
        scenes: Code::ALL.into_iter().map(problem).collect(),
    });
    all
}

/// The scene of a name.
pub fn find(name: &str) -> Option<Script> {
    let mut scenes = all().into_iter().flat_map(|journey| journey.scenes);
    scenes.find(|scene| scene.name == name)
}

/// A log-in that the host refuses.
fn problem(code: Code) -> Script {
    let code_word = portal::json::word(code);
    Script {
        name: format!("problem-{}", code_word.replace('_', "-")),
        of: Some("log-in".to_owned()),
        persona: None,
        at: Route::LogIn { then: None }.path(),
        steps: vec![
            Step::fill("email", "mai@coffee.example"),
            Step::fill("password", "roasted-this-morning"),
            // A page asks once more before it believes that.
            if code == Code::CookiesRefused {
                Step::Network(Network::NoCookies)
            } else {
                Step::Refuse(code)
            },
            Step::send(),
        ],
        shows: vec![format!("code:{code_word}")],
    }
}

/// A list of words with an exhaustive match: a variant without a word doesn't compile, and a word
/// that no scene shows fails a test.
macro_rules! words {
    ($word:ident, $list:ident: $type:ty; $($pattern:pat => $said:literal,)+) => {
        fn $word(value: &$type) -> &'static str {
            match value {
                $($pattern => $said,)+
            }
        }

        const $list: &[&str] = &[$($said),+];
    };
}

words! { route, ROUTES: Route;
    // It shows nothing of its own.
    Route::Home => "route:/log-in",
    Route::SignUp => "route:/sign-up",
    Route::VerifyEmail => "route:/sign-up/verify",
    Route::LogIn { .. } => "route:/log-in",
    Route::LogInByPasskey { .. } => "route:/log-in/passkey",
    Route::ResetPassword => "route:/log-in/reset-password",
    Route::ChooseAccount => "route:/log-in/choose",
    Route::MoveLink => "route:/link/move",
    Route::FinishLink => "route:/link/finish",
    Route::CreateAdsAccount => "route:/ads-account/new",
    Route::Welcome => "route:/welcome",
    Route::Campaigns => "route:/campaigns",
    Route::Campaign { screen: CampaignScreen::Campaign, .. } => "route:/campaigns/campaign",
    Route::Campaign { screen: CampaignScreen::AdGroup, .. } => "route:/campaigns/ad-group",
    Route::Campaign { screen: CampaignScreen::Ad, .. } => "route:/campaigns/ad",
    Route::Campaign { screen: CampaignScreen::UnableToLink, .. } => "route:/campaigns/ad/unable-to-link",
    Route::Campaign { screen: CampaignScreen::Review, .. } => "route:/campaigns/review",
    Route::BusinessCenter => "route:/business-center",
    Route::Profile { dialog: None } => "route:/settings/profile",
    Route::Profile { dialog: Some(ProfileDialog::Linked) } => "route:/settings/profile/linked",
    Route::Profile { dialog: Some(ProfileDialog::UnableToLink) } => "route:/settings/profile/unable-to-link",
    Route::Profile { dialog: Some(ProfileDialog::Unlink) } => "route:/settings/profile/unlink",
    Route::Profile { dialog: Some(ProfileDialog::ReviewLink) } => "route:/settings/profile/review-link",
    Route::Profile { dialog: Some(ProfileDialog::Confirm) } => "route:/settings/profile/confirm",
    Route::AddEmail => "route:/settings/email",
    Route::ChangePassword => "route:/settings/password",
    Route::Passkeys => "route:/settings/passkeys",
    Route::Sessions => "route:/settings/sessions",
    Route::MyData => "route:/settings/data",
    Route::TikTokCallback { .. } => "route:/tiktok/callback",
    Route::TikTokWaiting => "route:/tiktok/waiting",
    Route::TikTokOutcome { .. } => "route:/tiktok/outcome",
}

words! { outcome, OUTCOMES: Outcome;
    Outcome::SignedUp => "outcome:signed_up",
    Outcome::LoggedIn => "outcome:logged_in",
    Outcome::ChooseAccount => "outcome:choose_account",
    Outcome::Linked => "outcome:linked",
    Outcome::AlreadyYours => "outcome:already_yours",
    Outcome::AlreadyLinked => "outcome:already_linked",
    Outcome::AccountHasLink => "outcome:account_has_link",
    Outcome::ConfirmNeeded => "outcome:confirm_needed",
    Outcome::SessionEnded => "outcome:session_ended",
    Outcome::Confirmed => "outcome:confirmed",
    Outcome::ConfirmedByAnother => "outcome:confirmed_by_another",
    Outcome::Cancelled => "outcome:cancelled",
    Outcome::ScopeDenied => "outcome:scope_denied",
    Outcome::TikTokFailed => "outcome:tiktok_failed",
    Outcome::NotAvailable => "outcome:not_available",
    Outcome::Expired => "outcome:expired",
    Outcome::OtherBrowser => "outcome:other_browser",
    Outcome::Unknown => "outcome:unknown",
}

words! { standing, STANDINGS: AuthorizationStatus;
    AuthorizationStatus::None => "state:no_authorization",
    AuthorizationStatus::Pending { .. } => "state:pending",
    AuthorizationStatus::Proved { .. } => "state:proved",
    AuthorizationStatus::Ended { .. } => "state:ended",
}

words! { ads_stage, ADS_STAGES: AdsStage;
    AdsStage::Missing => "state:ads_account_missing",
    AdsStage::Created => "state:ads_account_created",
    AdsStage::Complete => "state:ads_account_complete",
}

words! { availability, AVAILABILITIES: Availability;
    Availability::Available => "state:available",
    Availability::OutsideMarket => "state:outside_market",
    // The same words at the same places; no persona is kept out by chance.
    Availability::NotYet => "state:outside_market",
}

words! { stage, STAGES: Stage;
    Stage::Editing { .. } => "state:editing",
    Stage::Finished => "state:finished",
}

words! { fault, FAULTS: Fault;
    Fault::Missing => "fault:missing",
    Fault::TooShort { .. } => "fault:too_short",
    Fault::TooLong { .. } => "fault:too_long",
    Fault::Malformed => "fault:malformed",
    Fault::NotAgreed => "fault:not_agreed",
    Fault::NotAChoice => "fault:not_a_choice",
    Fault::Emoji { .. } => "fault:emoji",
    Fault::Forbidden { .. } => "fault:forbidden",
    Fault::BelowMinimum { .. } => "fault:below_minimum",
    Fault::OtherCurrency { .. } => "fault:other_currency",
    Fault::Unchanged => "fault:unchanged",
    Fault::LikeEmail => "fault:like_email",
    Fault::Common => "fault:common",
    Fault::EndsBeforeStart => "fault:ends_before_start",
    Fault::Past => "fault:past",
    Fault::TooFar { .. } => "fault:too_far",
    Fault::NoSuchTime => "fault:no_such_time",
    Fault::Wrong { .. } => "fault:wrong",
    Fault::Superseded => "fault:superseded",
    Fault::Spent => "fault:spent",
}

/// All that scenes must show.
pub fn wanted() -> Vec<String> {
    let lists = [
        ROUTES,
        OUTCOMES,
        STANDINGS,
        ADS_STAGES,
        AVAILABILITIES,
        STAGES,
        FAULTS,
    ];
    let codes = Code::ALL.map(|code| format!("code:{}", portal::json::word(code)));
    let words = lists.into_iter().flatten().map(|word| (*word).to_owned());
    words.chain(codes).collect()
}

/// What of it this page shows, or was told on its way here.
pub fn shown() -> Vec<String> {
    let mut shown = Vec::new();
    if let Some(here) = here() {
        shown.push(route(&here).to_owned());
        if let Route::TikTokOutcome { outcome: it } = here {
            shown.push(outcome(&it).to_owned());
        }
    }
    for asked in recorded_requests() {
        if let Some(code) = asked.problem {
            shown.push(format!("code:{}", portal::json::word(code)));
        }
        let reply = asked.reply.unwrap_or_default();
        if asked.name == FinishDraft::NAME && asked.problem.is_none() {
            shown.push(stage(&Stage::Finished).to_owned());
        }
        if asked.name == GetSession::NAME
            && let Ok(session) = serde_json::from_str::<Session>(&reply)
        {
            shown.push(availability(&session.tiktok).to_owned());
            shown.extend(
                session
                    .member
                    .map(|it| ads_stage(&it.ads_account).to_owned()),
            );
        } else if asked.name == GetAuthorization::NAME
            && let Ok(last) = serde_json::from_str::<LastAuthorization>(&reply)
        {
            shown.push(standing(&last.status).to_owned());
        } else if asked.name == GetDraft::NAME
            && let Ok(view) = serde_json::from_str::<DraftView>(&reply)
        {
            shown.push(stage(&view.draft.stage).to_owned());
        } else if let Ok(ended) = serde_json::from_str::<Ended>(&reply) {
            shown.push(outcome(&ended.outcome).to_owned());
        }
    }
    // What a host finds wrong, it names; what the page finds, its words tell: `fault_missing_email`.
    for found in recorded_requests()
        .iter()
        .filter_map(|it| faults_in(it.reply.as_deref()?))
        .flatten()
    {
        shown.push(fault(&found.fault).to_owned());
    }
    for key in message_keys::seen() {
        let said = key.replacen('_', ":", 1);
        let of = FAULTS.iter().find(|word| said.starts_with(**word));
        shown.extend(of.map(|word| (*word).to_owned()));
    }
    shown.sort();
    shown.dedup();
    shown
}

/// What a problem says of fields.
fn faults_in(reply: &str) -> Option<Vec<FieldFault>> {
    let problem: Problem = serde_json::from_str(reply).ok()?;
    Some(problem.fields)
}

/// A reply that tells how an authorization ended.
#[derive(Deserialize)]
struct Ended {
    outcome: Outcome,
}
