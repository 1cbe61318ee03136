//! What an Ads Manager account says of the business.

use crate::input::{Fault, line, no_emoji, optional_line};
use serde::{Deserialize, Serialize};

/// Characters at most of a business name, as TikTok's display name.
pub const BUSINESS_NAME_MAX: u32 = 100;
/// Characters at most of a person's name.
pub const NAME_MAX: u32 = 80;

/// A business name: 1–100 characters, no emoji.
pub fn business_name(text: &str) -> Result<String, Fault> {
    line(text, BUSINESS_NAME_MAX).and_then(no_emoji)
}

/// A person's name: up to 80 characters; it may be left empty.
pub fn person_name(text: &str) -> Result<Option<String>, Fault> {
    optional_line(text, NAME_MAX)
}

/// An industry, as TikTok's sign-up asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each name is the industry's own")]
pub enum Industry {
    Apparel,
    Appliances,
    Apps,
    Automotive,
    Baby,
    Beauty,
    BusinessServices,
    Education,
    Electronics,
    FinancialServices,
    FoodAndBeverage,
    Games,
    Health,
    Home,
    Media,
    Pets,
    RealEstate,
    Retail,
    Sports,
    Travel,
    Other,
}

impl Industry {
    /// Every industry, in the order of the English names; `Other` last.
    pub const ALL: [Self; 21] = [
        Self::Apparel,
        Self::Appliances,
        Self::Apps,
        Self::Automotive,
        Self::Baby,
        Self::Beauty,
        Self::BusinessServices,
        Self::Education,
        Self::Electronics,
        Self::FinancialServices,
        Self::FoodAndBeverage,
        Self::Games,
        Self::Health,
        Self::Home,
        Self::Media,
        Self::Pets,
        Self::RealEstate,
        Self::Retail,
        Self::Sports,
        Self::Travel,
        Self::Other,
    ];
}
