//! The Ads Manager account under a business account.
//!
//! It starts when the business is named ("Sign up"), and is complete when its address and way to
//! pay are ("Welcome to TikTok Ads Manager"). Country, time zone, currency and business name can't
//! be changed after it is created.

use crate::business::Industry;
use crate::currency::Currency;
use crate::region::{Country, TimeZone};
use serde::{Deserialize, Serialize};

/// The business, as given when the account is created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Business {
    /// 1–100 characters, no emoji.
    pub name: String,
    /// One of TikTok's industries.
    pub industry: Industry,
    /// The country or region in which the business is registered.
    pub country: Country,
    /// The IANA time zone in which days begin.
    pub time_zone: TimeZone,
    /// The currency in which the account is billed.
    pub currency: Currency,
    /// A phone number in E.164.
    pub phone: String,
}

/// The way in which ads are paid for.
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
    /// In the order of the form.
    pub const ALL: [Self; 2] = [Self::Manual, Self::Automatic];
}

/// Address and payment, which complete the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Completion {
    /// Its address on the web, where it has one.
    pub website: Option<String>,
    /// Street and house number on one line.
    pub street_address: String,
    /// The city or town.
    pub city: String,
    /// Postal code, where the country has them.
    pub postal_code: Option<String>,
    /// The chosen payment method.
    pub payment_method: PaymentMethod,
}

/// The state of an Ads Manager account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AdsAccount {
    /// There is none yet.
    #[default]
    Missing,
    /// The business is named.
    Created {
        /// The business that was given.
        business: Business,
    },
    /// It is ready for campaigns.
    Complete {
        /// What it was created with.
        business: Business,
        /// Address and payment.
        completion: Completion,
    },
}

/// Why it can't be created or completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdsAccountRefusal {
    /// There is one: country, time zone and currency can't be changed.
    Exists,
    /// There is none to complete.
    Missing,
    /// The account is complete already.
    Complete,
}

impl AdsAccount {
    /// Creates the account.
    ///
    /// Errors: `Exists`.
    pub fn create(&mut self, business: Business) -> Result<(), AdsAccountRefusal> {
        match self {
            Self::Missing => {
                *self = Self::Created { business };
                Ok(())
            }
            Self::Created { .. } | Self::Complete { .. } => Err(AdsAccountRefusal::Exists),
        }
    }

    /// Completes the account.
    ///
    /// Errors: `Missing`, `Complete`.
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

    /// The business's address on the web, where it was given.
    pub fn website(&self) -> Option<&str> {
        match self {
            Self::Missing | Self::Created { .. } => None,
            Self::Complete { completion, .. } => completion.website.as_deref(),
        }
    }
}
