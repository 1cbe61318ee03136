//! What the app adds to a [`Route`]: its address in this build, who may see it, and which part of it
//! is one page.

mod placed;

pub use contract::route::{CampaignScreen, DEMONSTRATION_TOOLS, ProfileDialog, Route, query};
pub use placed::{Placement, of_address, place};

/// Who may see a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Anyone,
    /// Guests; a member is redirected to their home, or to `then` of a log-in.
    Guest,
    /// Members; a guest is redirected to the log-in.
    Member,
}

/// A route as a page of this app.
pub trait Page {
    /// The address that a link to it says: its path, or where the hosts of a preview have it.
    fn address(&self) -> String;

    /// The route without its dialog and, in a campaign, without its step: while it stays the same,
    /// the component stays, and with it all that is typed.
    fn page(&self) -> Route;

    /// The route under one heading: that of [`Self::page`], and of a campaign each step.
    fn heading(&self) -> Route;

    /// Who may see it.
    fn access(&self) -> Access;
}

impl Page for Route {
    fn address(&self) -> String {
        placed::address(self)
    }

    fn page(&self) -> Route {
        match self {
            Route::Profile { dialog: _ } => Route::Profile { dialog: None },
            Route::Campaign { draft, screen: _ } => Route::Campaign {
                draft: *draft,
                screen: CampaignScreen::Campaign,
            },
            Route::Home
            | Route::SignUp
            | Route::VerifyEmail
            | Route::LogIn { .. }
            | Route::LogInByPasskey { .. }
            | Route::ResetPassword
            | Route::ChooseAccount
            | Route::FinishLink
            | Route::MoveLink
            | Route::CreateAdsAccount
            | Route::Welcome
            | Route::Campaigns
            | Route::BusinessCenter
            | Route::AddEmail
            | Route::ChangePassword
            | Route::Passkeys
            | Route::Sessions
            | Route::MyData
            | Route::TikTokCallback { .. }
            | Route::TikTokWaiting
            | Route::TikTokOutcome { .. } => self.clone(),
        }
    }

    fn heading(&self) -> Route {
        match self {
            Route::Campaign {
                draft,
                screen: CampaignScreen::UnableToLink,
            } => Route::Campaign {
                draft: *draft,
                screen: CampaignScreen::Ad,
            },
            Route::Campaign { .. } => self.clone(),
            Route::Home
            | Route::SignUp
            | Route::VerifyEmail
            | Route::LogIn { .. }
            | Route::LogInByPasskey { .. }
            | Route::ResetPassword
            | Route::ChooseAccount
            | Route::FinishLink
            | Route::MoveLink
            | Route::CreateAdsAccount
            | Route::Welcome
            | Route::Campaigns
            | Route::BusinessCenter
            | Route::Profile { .. }
            | Route::AddEmail
            | Route::ChangePassword
            | Route::Passkeys
            | Route::Sessions
            | Route::MyData
            | Route::TikTokCallback { .. }
            | Route::TikTokWaiting
            | Route::TikTokOutcome { .. } => self.page(),
        }
    }

    fn access(&self) -> Access {
        match self {
            Route::SignUp | Route::LogIn { .. } | Route::LogInByPasskey { .. } => Access::Guest,
            Route::MoveLink
            | Route::CreateAdsAccount
            | Route::Welcome
            | Route::Campaigns
            | Route::Campaign { .. }
            | Route::BusinessCenter
            | Route::Profile { .. }
            | Route::AddEmail
            | Route::ChangePassword
            | Route::Passkeys
            | Route::Sessions
            | Route::MyData => Access::Member,
            Route::Home
            | Route::VerifyEmail
            // Who is asked for their password while they are logged in may have forgotten it.
            | Route::ResetPassword
            | Route::ChooseAccount
            | Route::FinishLink
            | Route::TikTokCallback { .. }
            | Route::TikTokWaiting
            | Route::TikTokOutcome { .. } => Access::Anyone,
        }
    }
}
