//! Links, and what TikTok gave for them.

use super::{Row, Shaped};
use crate::store::{Grant, Link, UnneededGrant};
use domain::authorization::TikTokProfile;
use domain::grant::{GrantFault, GrantHealth};
use domain::id::{AccountId, OpenId};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A link, whole: the server has a column for each field.
#[derive(Serialize, Deserialize)]
pub struct LinkRow {
    account: AccountId,
    open_id: OpenId,
    union_id: Option<String>,
    #[serde(rename = "face")]
    profile: Shaped<ProfileRow>,
    grant: Shaped<GrantRow>,
    linked: Timestamp,
    /// A release before wrote neither.
    #[serde(default)]
    renewal_due: Timestamp,
    #[serde(default)]
    grant_fault: Option<String>,
}

impl Row for LinkRow {
    type Of = (Link, Grant);
}

impl From<(Link, Grant)> for LinkRow {
    fn from((link, grant): (Link, Grant)) -> Self {
        let Link {
            account,
            open_id,
            union_id,
            profile,
            linked,
            health,
        } = link;
        let (renewal_due, grant_fault) = match health {
            GrantHealth::Good { due } => (due, None),
            GrantHealth::Lost(fault) => (Timestamp::default(), Some(fault.word().to_owned())),
        };
        Self {
            account,
            open_id,
            union_id,
            profile: Shaped(profile),
            grant: Shaped(grant),
            linked,
            renewal_due,
            grant_fault,
        }
    }
}

impl From<LinkRow> for (Link, Grant) {
    fn from(row: LinkRow) -> Self {
        let LinkRow {
            account,
            open_id,
            union_id,
            profile: Shaped(profile),
            grant: Shaped(grant),
            linked,
            renewal_due,
            grant_fault,
        } = row;
        let link = Link {
            account,
            open_id,
            union_id,
            profile,
            linked,
            health: match grant_fault {
                Some(word) => GrantHealth::Lost(GrantFault::of_word(&word)),
                None => GrantHealth::Good { due: renewal_due },
            },
        };
        (link, grant)
    }
}

/// How a TikTok account shows itself.
#[derive(Serialize, Deserialize)]
pub struct ProfileRow {
    display_name: String,
    username: Option<String>,
    avatar_url: Option<String>,
}

impl Row for ProfileRow {
    type Of = TikTokProfile;
}

impl From<TikTokProfile> for ProfileRow {
    fn from(profile: TikTokProfile) -> Self {
        let TikTokProfile {
            display_name,
            username,
            avatar_url,
        } = profile;
        Self {
            display_name,
            username,
            avatar_url,
        }
    }
}

impl From<ProfileRow> for TikTokProfile {
    fn from(row: ProfileRow) -> Self {
        let ProfileRow {
            display_name,
            username,
            avatar_url,
        } = row;
        Self {
            display_name,
            username,
            avatar_url,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub struct GrantRow {
    access_token: String,
    access_expires: Timestamp,
    refresh_token: String,
    refresh_expires: Timestamp,
    scopes: String,
}

impl Row for GrantRow {
    type Of = Grant;
}

impl From<Grant> for GrantRow {
    fn from(grant: Grant) -> Self {
        let Grant {
            access_token,
            access_expires,
            refresh_token,
            refresh_expires,
            scopes,
        } = grant;
        Self {
            access_token,
            access_expires,
            refresh_token,
            refresh_expires,
            scopes,
        }
    }
}

impl From<GrantRow> for Grant {
    fn from(row: GrantRow) -> Self {
        let GrantRow {
            access_token,
            access_expires,
            refresh_token,
            refresh_expires,
            scopes,
        } = row;
        Self {
            access_token,
            access_expires,
            refresh_token,
            refresh_expires,
            scopes,
        }
    }
}

/// A grant that is to be revoked, whole: the server has a column for each field.
#[derive(Serialize, Deserialize)]
pub struct UnneededGrantRow {
    open_id: OpenId,
    grant: Shaped<GrantRow>,
    since: Timestamp,
}

impl Row for UnneededGrantRow {
    type Of = UnneededGrant;
}

impl From<UnneededGrant> for UnneededGrantRow {
    fn from(unneeded: UnneededGrant) -> Self {
        let UnneededGrant {
            open_id,
            grant,
            since,
        } = unneeded;
        Self {
            open_id,
            grant: Shaped(grant),
            since,
        }
    }
}

impl From<UnneededGrantRow> for UnneededGrant {
    fn from(row: UnneededGrantRow) -> Self {
        let UnneededGrantRow {
            open_id,
            grant: Shaped(grant),
            since,
        } = row;
        Self {
            open_id,
            grant,
            since,
        }
    }
}
