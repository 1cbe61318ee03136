//! Scopes: what an app asks for and a user grants.

use serde::{Deserialize, Serialize};

/// A scope of Login Kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scope {
    /// `open_id`, `union_id`, display name and avatar. It can't be denied.
    #[serde(rename = "user.info.basic")]
    UserInfoBasic,
    /// Username, biography, profile link and verification. A switch on the consent page.
    #[serde(rename = "user.info.profile")]
    UserInfoProfile,
    /// Counts of followers, of accounts followed, of likes and of videos. A switch, as the rest.
    #[serde(rename = "user.info.stats")]
    UserInfoStats,
    /// The public videos. Its endpoints aren't emulated, nor are those of the next two.
    #[serde(rename = "video.list")]
    VideoList,
    /// Uploading drafts.
    #[serde(rename = "video.upload")]
    VideoUpload,
    /// Posting.
    #[serde(rename = "video.publish")]
    VideoPublish,
}

impl Scope {
    /// All, in the order of the consent page.
    pub const ALL: [Self; 6] = [
        Self::UserInfoBasic,
        Self::UserInfoProfile,
        Self::UserInfoStats,
        Self::VideoList,
        Self::VideoUpload,
        Self::VideoPublish,
    ];

    /// Its name at TikTok.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UserInfoBasic => "user.info.basic",
            Self::UserInfoProfile => "user.info.profile",
            Self::UserInfoStats => "user.info.stats",
            Self::VideoList => "video.list",
            Self::VideoUpload => "video.upload",
            Self::VideoPublish => "video.publish",
        }
    }

    /// Whether the user may deny it and still authorize.
    pub const fn is_toggleable(self) -> bool {
        match self {
            Self::UserInfoBasic => false,
            Self::UserInfoProfile
            | Self::UserInfoStats
            | Self::VideoList
            | Self::VideoUpload
            | Self::VideoPublish => true,
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == word)
    }
}

/// Reads a list that is separated by commas, as TikTok wants it. `None`: it is empty, or a word in
/// it is no scope (two words with a space between them are none). `user.info.basic` is added: every
/// app with Login Kit has it.
pub(crate) fn parse_list(list: &str) -> Option<Vec<Scope>> {
    let mut scopes = list
        .split(',')
        .map(|word| Scope::parse(word.trim()))
        .collect::<Option<Vec<_>>>()?;
    scopes.push(Scope::UserInfoBasic);
    scopes.sort_unstable();
    scopes.dedup();
    Some(scopes)
}

/// The names, separated by commas.
pub(crate) fn join(scopes: &[Scope]) -> String {
    let words: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
    words.join(",")
}
