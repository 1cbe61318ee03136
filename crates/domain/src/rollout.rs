//! Who has the feature: it is in testing, in the Asia-Pacific market, for some users (journey J0).

use crate::region::Country;
use serde::{Deserialize, Serialize};

/// Whether the TikTok buttons work for someone, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// The buttons work.
    Available,
    /// Their country or region is outside the market.
    OutsideMarket,
    /// Their market has it, but not for them yet.
    NotYet,
}

/// The regions in which the feature is rolled out, and the share of their users who have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rollout {
    /// The countries or regions of the market.
    pub regions: Vec<Country>,
    /// 0–100: how many of a hundred users in these regions have it.
    pub rollout_percent: u8,
}

/// Asia–Pacific, as the feature's test has it unless the operator says otherwise.
pub const ASIA_PACIFIC: &[&str] = &[
    "AU", "BD", "BN", "HK", "ID", "IN", "JP", "KH", "KR", "LA", "LK", "MM", "MN", "MO", "MY", "NP",
    "NZ", "PG", "PH", "PK", "SG", "TH", "TW", "VN",
];

impl Default for Rollout {
    fn default() -> Self {
        let regions = ASIA_PACIFIC
            .iter()
            .filter_map(|code| Country::parse(code).ok())
            .collect();
        Self {
            regions,
            rollout_percent: 100,
        }
    }
}

impl Rollout {
    /// What someone in `region` sees. An unknown region is let through: only a known one can lie
    /// outside. `bucket` is a stable number of theirs, of which the last two decimals count.
    pub fn availability(&self, region: Option<Country>, bucket: u64) -> Availability {
        match region {
            Some(region) if !self.regions.contains(&region) => Availability::OutsideMarket,
            Some(_) | None if bucket % 100 >= u64::from(self.rollout_percent) => {
                Availability::NotYet
            }
            Some(_) | None => Availability::Available,
        }
    }
}
