//! What several replies share.

use domain::id::DraftId;
use serde::{Deserialize, Serialize};

/// A page of the app, by name: how a host says where to go next. The app alone spells addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Place {
    /// Log in.
    LogIn,
    /// Sign up.
    SignUp,
    /// Type the code that was sent.
    VerifyEmail,
    /// The fork after TikTok: create a business account, or link one.
    ChooseAccount,
    /// Name the business.
    CreateAdsAccount,
    /// Welcome to TikTok Ads Manager: finish the ad account.
    Welcome,
    /// Ads Manager's campaigns.
    Campaigns,
    /// Business Center.
    BusinessCenter,
    /// User Settings > Personal Info > Profile.
    Profile,
    /// Set an e-mail address and a password.
    AddEmail,
    /// Finish a link that waits for a log-in or a password.
    FinishLink,
    /// The ad of a draft.
    Ad {
        /// The draft.
        draft: DraftId,
    },
}

/// It is done; go there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Moved {
    /// Where to go.
    pub to: Place,
}

/// It is done; stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Done {}
