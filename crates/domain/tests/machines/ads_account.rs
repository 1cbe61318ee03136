//! The Ads Manager account: `create` and `complete` in every stage.

use domain::ads_account::{AdsAccount, AdsAccountRefusal, Business, Completion, PaymentMethod};
use domain::business::Industry;
use domain::currency::Currency;
use domain::region::{Country, TimeZone};

fn business(name: &str) -> Business {
    Business {
        name: name.into(),
        industry: Industry::FoodAndBeverage,
        country: Country::VN,
        time_zone: TimeZone::parse("Asia/Ho_Chi_Minh").unwrap(),
        currency: Currency::VND,
        phone: "+84901234567".into(),
    }
}

fn completion(city: &str) -> Completion {
    Completion {
        website: None,
        street_address: "1 Lê Lợi".into(),
        city: city.into(),
        postal_code: None,
        payment_method: PaymentMethod::Manual,
    }
}

fn created() -> AdsAccount {
    AdsAccount::Created {
        business: business("First"),
    }
}

fn complete() -> AdsAccount {
    AdsAccount::Complete {
        business: business("First"),
        completion: completion("Huế"),
    }
}

#[test]
fn it_is_created_once_and_what_it_says_then_stays() {
    let new = AdsAccount::Created {
        business: business("Second"),
    };
    for (stage, result, becomes) in [
        (AdsAccount::Missing, Ok(()), new),
        (created(), Err(AdsAccountRefusal::Exists), created()),
        (complete(), Err(AdsAccountRefusal::Exists), complete()),
    ] {
        let mut changed = stage.clone();
        assert_eq!(changed.create(business("Second")), result, "{stage:?}");
        assert_eq!(changed, becomes, "{stage:?}");
    }
}

#[test]
fn it_is_completed_once_and_only_after_it_is_created() {
    let done = AdsAccount::Complete {
        business: business("First"),
        completion: completion("Đà Nẵng"),
    };
    for (stage, result, becomes) in [
        (
            AdsAccount::Missing,
            Err(AdsAccountRefusal::Missing),
            AdsAccount::Missing,
        ),
        (created(), Ok(()), done),
        (complete(), Err(AdsAccountRefusal::Complete), complete()),
    ] {
        let mut changed = stage.clone();
        assert_eq!(changed.complete(completion("Đà Nẵng")), result, "{stage:?}");
        assert_eq!(changed, becomes, "{stage:?}");
    }
}

#[test]
fn the_business_is_known_from_its_creation_on() {
    assert_eq!(AdsAccount::default().business(), None);
    assert_eq!(created().business(), Some(&business("First")));
    assert_eq!(complete().business(), Some(&business("First")));
}
