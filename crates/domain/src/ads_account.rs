//! The Ads Manager account under a business account.
//!
//! It starts when the business is named ("Sign up"), and is complete when its address and way to
//! pay are ("Welcome to TikTok Ads Manager"). Country, time zone, currency and business name can't
//! be changed after it is created.

use crate::business::Industry;
use crate::currency::Currency;
use crate::region::{Country, TimeZone};
use serde::{Deserialize, Serialize};

/// What it is created with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Business {
    /// 1–100 characters, no emoji.
    pub name: String,
    /// Its industry.
    pub industry: Industry,
    /// Where it is.
    pub country: Country,
    /// The IANA time zone in which days begin.
    pub time_zone: TimeZone,
    /// In what it pays.
    pub currency: Currency,
    /// E.164.
    pub phone: String,
}

/// How it pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// Money is paid in, then spent.
    Manual,
    /// What is spent is charged.
    Automatic,
}

impl PaymentMethod {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Manual, Self::Automatic];
}

/// What completes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Completion {
    /// Its address on the web, where it has one.
    pub website: Option<String>,
    /// Street and number.
    pub street_address: String,
    /// City.
    pub city: String,
    /// Postal code, where the country has them.
    pub postal_code: Option<String>,
    /// How it pays.
    pub payment_method: PaymentMethod,
}

/// Where an Ads Manager account stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AdsAccount {
    /// There is none yet.
    #[default]
    Missing,
    /// The business is named.
    Created {
        /// By what.
        business: Business,
    },
    /// It is ready for campaigns.
    Complete {
        /// What it was created with.
        business: Business,
        /// What completed it.
        completion: Completion,
    },
}

/// Why it doesn't move on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdsAccountRefusal {
    /// There is one: country, time zone and currency can't be changed.
    Exists,
    /// There is none to complete.
    Missing,
    /// It is complete.
    Complete,
}

impl AdsAccount {
    /// Creates it.
    pub fn create(&mut self, business: Business) -> Result<(), AdsAccountRefusal> {
        match self {
            Self::Missing => {
                *self = Self::Created { business };
                Ok(())
            }
            Self::Created { .. } | Self::Complete { .. } => Err(AdsAccountRefusal::Exists),
        }
    }

    /// Completes it.
    pub fn complete(&mut self, completion: Completion) -> Result<(), AdsAccountRefusal> {
        match self {
            Self::Missing => Err(AdsAccountRefusal::Missing),
            Self::Created { business } => {
                *self = Self::Complete {
                    business: business.clone(),
                    completion,
                };
                Ok(())
            }
            Self::Complete { .. } => Err(AdsAccountRefusal::Complete),
        }
    }

    /// The business, once it is named.
    pub fn business(&self) -> Option<&Business> {
        match self {
            Self::Missing => None,
            Self::Created { business } | Self::Complete { business, .. } => Some(business),
        }
    }
}
