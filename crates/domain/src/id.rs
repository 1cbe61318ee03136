//! Identifiers: one newtype for each kind of thing, so that one can't stand in for another.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

/// A text that is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoId;

impl core::fmt::Display for NoId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("it is no id")
    }
}

impl core::error::Error for NoId {}

/// An id as it is always spelled: 32 digits in groups, with hyphens between them. `uuid` has a parser that
/// reads other spellings as well, and travels in the first module then: it takes 0.7 kB of brotli.
fn hyphenated(text: &str) -> Result<Uuid, NoId> {
    let bytes = text.as_bytes();
    if bytes.len() != 36 {
        return Err(NoId);
    }
    let mut value = 0;
    for (place, byte) in bytes.iter().enumerate() {
        if [8, 13, 18, 23].contains(&place) {
            if *byte != b'-' {
                return Err(NoId);
            }
        } else {
            let digit = char::from(*byte).to_digit(16).ok_or(NoId)?;
            value = value << 4 | u128::from(digit);
        }
    }
    Ok(Uuid::from_u128(value))
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl core::str::FromStr for $name {
            type Err = NoId;
            fn from_str(text: &str) -> Result<Self, NoId> {
                hyphenated(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// A TikTok For Business account: ours.
    AccountId,
    /// An authorization. It is also the OAuth `state`.
    AuthorizationId,
    /// A draft of a campaign, an ad group and an ad. The browser that begins it chooses it, so
    /// that a repeated request begins nothing twice.
    DraftId,
    /// A letter that waits to be sent.
    LetterId,
    /// An entry of the security activity.
    ActivityId,
}

/// A TikTok account as this app sees it: `open_id` of TikTok's user info.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct OpenId(pub String);

/// The SHA-256 of a browser's secret: which browser it is, without the means to be it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BrowserId(pub String);
