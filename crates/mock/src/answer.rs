//! What TikTok answers, where nobody sits at its pages: for previews that show how a journey ends.

use service::personas::PASSWORD;
use tiktok_emulator::visitor::Plan;

pub use tiktok_emulator::Rehearsal;

/// What a person does at TikTok, or TikTok in their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TikTokAnswer {
    /// The user grants every scope.
    Authorize,
    /// The user presses Cancel.
    Cancel,
    /// They authorize, but not to read the profile.
    Deny,
    /// They close TikTok's page and never come back.
    Leave,
    /// They authorize, and TikTok answers otherwise than it would.
    Rehearse(Rehearsal),
}

impl TikTokAnswer {
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Authorize, Self::Cancel, Self::Deny, Self::Leave]
            .into_iter()
            .chain(Rehearsal::ALL.map(Self::Rehearse))
    }

    /// Its name in addresses and scripts; OAuth's word where TikTok comes back with it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authorize => "authorize",
            Self::Cancel => "cancel",
            Self::Deny => "deny",
            Self::Leave => "leave",
            Self::Rehearse(rehearsal) => rehearsal.as_str(),
        }
    }

    /// The answer of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::all().find(|answer| answer.as_str() == name)
    }

    /// How it is done; nothing where it isn't.
    pub(crate) fn plan(self, username: &str) -> Option<Plan> {
        let (username, password) = (username.to_owned(), PASSWORD.to_owned());
        match self {
            Self::Authorize => Some(Plan::Authorize { username, password }),
            Self::Cancel => Some(Plan::Cancel { username, password }),
            Self::Deny => Some(Plan::Deny {
                username,
                password,
                scope: "user.info.profile".to_owned(),
            }),
            Self::Leave => None,
            Self::Rehearse(rehearsal) => Some(Plan::Rehearse {
                username,
                password,
                rehearse: rehearsal.as_str().to_owned(),
            }),
        }
    }
}
