//! The Ads Manager account.

use crate::check::Check;
use domain::address::web_address;
use domain::ads_account::{AdsAccount, Business, Completion, PaymentMethod};
use domain::business::{Industry, business_name};
use domain::input::{
    Fault, Faults, Field, FieldFault, agreed, chosen, fold_digits, line, optional_line,
};
use domain::money;
use domain::phone::{Phone, phone};
use domain::region::{Country, TimeZone};
use serde::{Deserialize, Serialize};

/// Characters at most of a line of an address.
const ADDRESS_LINE_MAX: u32 = 200;
/// Characters at most of a postal code.
const POSTAL_CODE_MAX: u32 = 12;

/// A postal code, where there is one: digits in it may be of any script and width.
fn postal_code(text: &str) -> Result<Option<String>, Fault> {
    optional_line(&fold_digits(text), POSTAL_CODE_MAX)
}

/// "Create a TikTok Ads Manager account". Name, country, time zone and currency can't be changed
/// afterwards.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "the fields' own names; each as typed or chosen"
)]
pub struct CreateAdsAccount {
    pub business_name: String,
    pub industry: Option<Industry>,
    pub country: String,
    pub time_zone: String,
    pub currency: String,
    pub phone: String,
    pub terms: bool,
}

impl Check for CreateAdsAccount {
    type Checked = Business;
    fn check(&self) -> Result<Business, Vec<FieldFault>> {
        let mut faults = Faults::new();
        let name = faults.take(Field::BusinessName, business_name(&self.business_name));
        let industry = faults.take(Field::Industry, chosen(self.industry));
        let country = faults.take(Field::Country, Country::parse(&self.country));
        let time_zone = faults.take(Field::TimeZone, TimeZone::parse(&self.time_zone));
        let currency = faults.take(Field::Currency, money::currency(&self.currency));
        let phone = faults.take(Field::Phone, phone(&self.phone, country));
        let terms = faults.take(Field::Terms, agreed(self.terms));
        match (name, industry, country, time_zone, currency, phone, terms) {
            (
                Some(name),
                Some(industry),
                Some(country),
                Some(time_zone),
                Some(currency),
                Some(phone),
                Some(()),
            ) => Ok(Business {
                name,
                industry,
                country,
                time_zone,
                currency,
                phone: phone.number,
            }),
            (_, _, _, _, _, _, _) => Err(faults.found()),
        }
    }
}

/// Asks how a phone number is read, before it is sent for good. Only a host knows the numbers of all
/// countries.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadPhone {
    /// The country or region of the business, as chosen.
    pub country: String,
    /// As typed.
    pub phone: String,
}

impl Check for ReadPhone {
    type Checked = Phone;
    fn check(&self) -> Result<Phone, Vec<FieldFault>> {
        let mut faults = Faults::new();
        let country = Country::parse(&self.country).ok();
        let phone = faults.take(Field::Phone, phone(&self.phone, country));
        phone.ok_or_else(|| faults.found())
    }
}

/// A phone number as it would be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadNumber {
    /// In E.164.
    pub number: String,
    /// Whether such numbers are given out, as far as the host knows. Others are taken, too: new ones
    /// are given out every month.
    pub is_known: bool,
}

/// Asks for the Ads Manager account.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GetAdsAccount {}

/// The Ads Manager account, and what a form about it may be filled with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdsAccountView {
    /// Missing, created or complete, with what is known by then.
    pub account: AdsAccount,
    /// The country or region that was chosen at sign-up.
    pub region: Option<Country>,
}

/// Completes the ad account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "the fields' own names; each as typed or chosen"
)]
pub struct CompleteAdsAccount {
    /// It may be empty.
    pub website: String,
    pub street_address: String,
    pub city: String,
    /// It may be empty.
    pub postal_code: String,
    pub payment_method: Option<PaymentMethod>,
}

impl Check for CompleteAdsAccount {
    type Checked = Completion;
    fn check(&self) -> Result<Completion, Vec<FieldFault>> {
        let mut faults = Faults::new();
        let website = faults.take(
            Field::Website,
            match web_address(&self.website) {
                Ok(address) => Ok(Some(address)),
                Err(Fault::Missing) => Ok(None),
                Err(fault) => Err(fault),
            },
        );
        let street_address = faults.take(
            Field::StreetAddress,
            line(&self.street_address, ADDRESS_LINE_MAX),
        );
        let city = faults.take(Field::City, line(&self.city, ADDRESS_LINE_MAX));
        let postal_code = faults.take(Field::PostalCode, postal_code(&self.postal_code));
        let payment_method = faults.take(Field::PaymentMethod, chosen(self.payment_method));
        match (website, street_address, city, postal_code, payment_method) {
            (
                Some(website),
                Some(street_address),
                Some(city),
                Some(postal_code),
                Some(payment_method),
            ) => Ok(Completion {
                website,
                street_address,
                city,
                postal_code,
                payment_method,
            }),
            (_, _, _, _, _) => Err(faults.found()),
        }
    }
}
