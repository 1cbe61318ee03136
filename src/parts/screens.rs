//! The pages of each part, and how they are drawn.

use crate::layout::{
    AdsManagerShell, BusinessCenterShell, GuestShell, Onboarding, OnboardingShell, SettingsShell,
};
use crate::pages;
use crate::route::{CampaignScreen, ProfileDialog, Route};
use domain::authorization::Outcome;
use domain::id::DraftId;
use leptos::prelude::*;

/// A file of its own beside the first module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The code, the fork and the way back from TikTok.
    Arriving,
    /// What comes after TikTok: outcomes, the end of a link, the Ads Manager account.
    Linking,
    /// Ads Manager and Business Center.
    Ads,
    /// What User Settings shows first.
    Settings,
    /// The ways to log in, and what came of them.
    Security,
    /// Every step of a draft.
    Wizard,
}

/// A page that a part has, by that part.
#[derive(Clone)]
pub enum Parted {
    Arriving(Arriving),
    Linking(Linking),
    Ads(Ads),
    Settings(Settings),
    Security(Security),
    Wizard(Wizard),
}

impl Parted {
    pub const fn part(&self) -> Part {
        match self {
            Self::Arriving(_) => Part::Arriving,
            Self::Linking(_) => Part::Linking,
            Self::Ads(_) => Part::Ads,
            Self::Settings(_) => Part::Settings,
            Self::Security(_) => Part::Security,
            Self::Wizard(_) => Part::Wizard,
        }
    }
}

#[derive(Clone)]
pub enum Arriving {
    VerifyEmail,
    LogInByPasskey { then: Option<Route> },
    ResetPassword,
    ChooseAccount,
    Callback { query: String },
    Waiting,
}

impl Arriving {
    pub(super) fn draw(self) -> AnyView {
        match self {
            Self::VerifyEmail => {
                view! { <GuestShell><pages::verify_email::VerifyEmail/></GuestShell> }.into_any()
            }
            Self::LogInByPasskey { then } => {
                view! { <GuestShell><pages::log_in_by_passkey::LogInByPasskey then/></GuestShell> }
                    .into_any()
            }
            Self::ResetPassword => {
                view! { <GuestShell><pages::reset_password::ResetPassword/></GuestShell> }
                    .into_any()
            }
            Self::ChooseAccount => {
                view! { <GuestShell><pages::choose_account::ChooseAccount/></GuestShell> }
                    .into_any()
            }
            Self::Callback { query } => {
                view! { <GuestShell><pages::tiktok::Callback query=query/></GuestShell> }.into_any()
            }
            Self::Waiting => {
                view! { <GuestShell><pages::tiktok::Waiting/></GuestShell> }.into_any()
            }
        }
    }
}

#[derive(Clone, Copy)]
pub enum Linking {
    CreateAdsAccount,
    Outcome(Outcome),
    FinishLink,
}

impl Linking {
    pub(super) fn draw(self) -> AnyView {
        match self {
            Self::CreateAdsAccount => {
                let step = Onboarding::AdAccount;
                view! {
                    <OnboardingShell step>
                        <pages::create_ads_account::CreateAdsAccount/>
                    </OnboardingShell>
                }
                .into_any()
            }
            Self::Outcome(outcome) => {
                view! { <GuestShell><pages::tiktok::Outcome outcome=outcome/></GuestShell> }
                    .into_any()
            }
            Self::FinishLink => {
                view! { <GuestShell><pages::finish_link::FinishLink/></GuestShell> }.into_any()
            }
        }
    }
}

#[derive(Clone, Copy)]
pub enum Ads {
    Welcome,
    Campaigns,
    BusinessCenter,
}

impl Ads {
    pub(super) fn draw(self) -> AnyView {
        match self {
            Self::Welcome => {
                let step = Onboarding::Completion;
                view! { <OnboardingShell step><pages::welcome::Welcome/></OnboardingShell> }
                    .into_any()
            }
            Self::Campaigns => {
                view! { <AdsManagerShell><pages::campaigns::Campaigns/></AdsManagerShell> }
                    .into_any()
            }
            Self::BusinessCenter => view! {
                <BusinessCenterShell><pages::business_center::BusinessCenter/></BusinessCenterShell>
            }
            .into_any(),
        }
    }
}

#[derive(Clone, Copy)]
pub enum Settings {
    Profile,
}

impl Settings {
    /// `route` is where the app is now, dialogs included.
    pub(super) fn draw(self, route: Memo<Option<Route>>) -> AnyView {
        match self {
            Self::Profile => {
                let dialog = Memo::new(move |_| route.with(|route| profile_dialog(route.as_ref())));
                view! {
                    <SettingsShell current=Route::Profile { dialog: None }>
                        <pages::settings::Profile dialog=dialog/>
                    </SettingsShell>
                }
                .into_any()
            }
        }
    }
}

#[derive(Clone, Copy)]
pub enum Security {
    AddEmail,
    ChangePassword,
    Passkeys,
    MoveLink,
    Sessions,
    MyData,
}

impl Security {
    pub(super) fn draw(self) -> AnyView {
        // What the profile leads to alone is a part of it.
        let profile = Route::Profile { dialog: None };
        let (current, page) = match self {
            Self::AddEmail => (profile, view! { <pages::security::AddEmail/> }.into_any()),
            Self::ChangePassword => (
                profile,
                view! { <pages::security::ChangePassword/> }.into_any(),
            ),
            Self::Passkeys => (
                Route::Passkeys,
                view! { <pages::security::Passkeys/> }.into_any(),
            ),
            Self::MoveLink => (profile, view! { <pages::security::MoveLink/> }.into_any()),
            Self::Sessions => (
                Route::Sessions,
                view! { <pages::security::Sessions/> }.into_any(),
            ),
            Self::MyData => (
                Route::MyData,
                view! { <pages::security::MyData/> }.into_any(),
            ),
        };
        view! { <SettingsShell current>{page}</SettingsShell> }.into_any()
    }
}

#[derive(Clone, Copy)]
pub struct Wizard {
    pub draft: DraftId,
    /// The step of the address that was gone to.
    pub screen: CampaignScreen,
}

impl Wizard {
    /// `route` is where the app is now, steps and dialogs included.
    pub(super) fn draw(self, route: Memo<Option<Route>>) -> AnyView {
        let Self { draft, screen } = self;
        // Every step of a draft is one page: what is typed stays while one goes about in it.
        let screen = Memo::new(move |before| {
            // While another page takes its place, the last screen stays.
            route
                .with(|route| campaign_screen(route.as_ref()))
                .or(before.copied())
                .unwrap_or(screen)
        });
        view! { <pages::campaign::Campaign draft=draft screen=screen/> }.into_any()
    }
}

fn profile_dialog(route: Option<&Route>) -> Option<ProfileDialog> {
    match route {
        Some(Route::Profile { dialog }) => *dialog,
        Some(_) | None => None,
    }
}

fn campaign_screen(route: Option<&Route>) -> Option<CampaignScreen> {
    match route {
        Some(Route::Campaign { screen, .. }) => Some(*screen),
        Some(_) | None => None,
    }
}
