//! Accounts, and what they say of their business.

use super::{Row, Shaped, spelled};
use crate::store::Account;
use domain::ads_account::{AdsAccount, Business, Completion, PaymentMethod};
use domain::business::Industry;
use domain::currency::Currency;
use domain::email::Email;
use domain::former_email::FormerEmail;
use domain::id::AccountId;
use domain::region::{Country, Language, TimeZone};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An account, whole: the server has a column for each field.
#[derive(Serialize, Deserialize)]
pub struct AccountRow {
    id: AccountId,
    email: Option<Email>,
    password_hash: Option<String>,
    name: Option<String>,
    region: Option<Country>,
    language: Language,
    ads_account: Shaped<AdsAccountRow>,
    created: Timestamp,
    #[serde(default)]
    email_added: Option<Timestamp>,
}

impl Row for AccountRow {
    type Of = Account;
}

impl From<Account> for AccountRow {
    fn from(account: Account) -> Self {
        let Account {
            id,
            email,
            password_hash,
            name,
            region,
            language,
            ads_account,
            created,
            email_added,
        } = account;
        Self {
            id,
            email,
            password_hash,
            name,
            region,
            language,
            ads_account: Shaped(ads_account),
            created,
            email_added,
        }
    }
}

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
        let AccountRow {
            id,
            email,
            password_hash,
            name,
            region,
            language,
            ads_account: Shaped(ads_account),
            created,
            email_added,
        } = row;
        Self {
            id,
            email,
            password_hash,
            name,
            region,
            language,
            ads_account,
            created,
            email_added,
        }
    }
}

/// An address that an account had: on the server, columns alone.
#[derive(Serialize, Deserialize)]
pub struct FormerEmailRow {
    email: Email,
    account: AccountId,
    replaced: Timestamp,
}

impl Row for FormerEmailRow {
    type Of = FormerEmail;
}

impl From<FormerEmail> for FormerEmailRow {
    fn from(former: FormerEmail) -> Self {
        let FormerEmail {
            email,
            account,
            replaced,
        } = former;
        Self {
            email,
            account,
            replaced,
        }
    }
}

impl From<FormerEmailRow> for FormerEmail {
    fn from(row: FormerEmailRow) -> Self {
        let FormerEmailRow {
            email,
            account,
            replaced,
        } = row;
        Self {
            email,
            account,
            replaced,
        }
    }
}

/// An Ads Manager account.
#[derive(Serialize, Deserialize)]
pub struct AdsAccountRow(AdsAccountState);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AdsAccountState {
    Missing,
    Created {
        business: BusinessRow,
    },
    Complete {
        business: BusinessRow,
        completion: CompletionRow,
    },
}

impl Row for AdsAccountRow {
    type Of = AdsAccount;
}

impl From<AdsAccount> for AdsAccountRow {
    fn from(account: AdsAccount) -> Self {
        Self(match account {
            AdsAccount::Missing => AdsAccountState::Missing,
            AdsAccount::Created { business } => AdsAccountState::Created {
                business: business.into(),
            },
            AdsAccount::Complete {
                business,
                completion,
            } => AdsAccountState::Complete {
                business: business.into(),
                completion: completion.into(),
            },
        })
    }
}

impl From<AdsAccountRow> for AdsAccount {
    fn from(AdsAccountRow(row): AdsAccountRow) -> Self {
        match row {
            AdsAccountState::Missing => Self::Missing,
            AdsAccountState::Created { business } => Self::Created {
                business: business.into(),
            },
            AdsAccountState::Complete {
                business,
                completion,
            } => Self::Complete {
                business: business.into(),
                completion: completion.into(),
            },
        }
    }
}

#[derive(Serialize, Deserialize)]
struct BusinessRow {
    name: String,
    industry: IndustryRow,
    country: Country,
    time_zone: TimeZone,
    currency: Currency,
    phone: String,
}

impl From<Business> for BusinessRow {
    fn from(business: Business) -> Self {
        let Business {
            name,
            industry,
            country,
            time_zone,
            currency,
            phone,
        } = business;
        Self {
            name,
            industry: industry.into(),
            country,
            time_zone,
            currency,
            phone,
        }
    }
}

impl From<BusinessRow> for Business {
    fn from(row: BusinessRow) -> Self {
        let BusinessRow {
            name,
            industry,
            country,
            time_zone,
            currency,
            phone,
        } = row;
        Self {
            name,
            industry: industry.into(),
            country,
            time_zone,
            currency,
            phone,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct CompletionRow {
    website: Option<String>,
    street_address: String,
    city: String,
    postal_code: Option<String>,
    payment_method: PaymentMethodRow,
}

impl From<Completion> for CompletionRow {
    fn from(completion: Completion) -> Self {
        let Completion {
            website,
            street_address,
            city,
            postal_code,
            payment_method,
        } = completion;
        Self {
            website,
            street_address,
            city,
            postal_code,
            payment_method: payment_method.into(),
        }
    }
}

impl From<CompletionRow> for Completion {
    fn from(row: CompletionRow) -> Self {
        let CompletionRow {
            website,
            street_address,
            city,
            postal_code,
            payment_method,
        } = row;
        Self {
            website,
            street_address,
            city,
            postal_code,
            payment_method: payment_method.into(),
        }
    }
}

spelled! {
    PaymentMethodRow of PaymentMethod {
        Manual = "manual",
        Automatic = "automatic",
    }

    IndustryRow of Industry {
        Apparel = "apparel",
        Appliances = "appliances",
        Apps = "apps",
        Automotive = "automotive",
        Baby = "baby",
        Beauty = "beauty",
        BusinessServices = "business_services",
        Education = "education",
        Electronics = "electronics",
        FinancialServices = "financial_services",
        FoodAndBeverage = "food_and_beverage",
        Games = "games",
        Health = "health",
        Home = "home",
        Media = "media",
        Pets = "pets",
        RealEstate = "real_estate",
        Retail = "retail",
        Sports = "sports",
        Travel = "travel",
        Other = "other",
    }
}
