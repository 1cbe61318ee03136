//! Scopes: what a user grants.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A scope of Login Kit that this client asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// `open_id`, `union_id`, display name and avatar.
    #[serde(rename = "user.info.basic")]
    UserInfoBasic,
    /// Username, biography, profile link and verification.
    #[serde(rename = "user.info.profile")]
    UserInfoProfile,
}

impl Scope {
    const ALL: [Self; 2] = [Self::UserInfoBasic, Self::UserInfoProfile];

    /// Its name at TikTok.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::UserInfoBasic => "user.info.basic",
            Self::UserInfoProfile => "user.info.profile",
        }
    }
}

/// Reads TikTok's list, which is separated by commas. Scopes that aren't ours are left out.
pub fn parse_scopes(list: &str) -> BTreeSet<Scope> {
    list.split(',')
        .filter_map(|word| {
            let word = word.trim();
            Scope::ALL.into_iter().find(|scope| scope.as_str() == word)
        })
        .collect()
}

/// The names, separated by commas.
pub(crate) fn join(scopes: &[Scope]) -> String {
    let words: Vec<_> = scopes.iter().map(Scope::as_str).collect();
    words.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_scopes_is_separated_by_commas_and_may_hold_strangers() {
        assert_eq!(
            parse_scopes("user.info.basic, video.list,user.info.profile,"),
            BTreeSet::from(Scope::ALL)
        );
        assert_eq!(parse_scopes(""), BTreeSet::new());
        assert_eq!(join(&Scope::ALL), "user.info.basic,user.info.profile");
    }
}
