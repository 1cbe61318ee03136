//! The Ads Manager account.

use super::Host;
use super::person::{Person, ads_account, completion, draft_id};
use contract::ads::{CompleteAdsAccount, CreateAdsAccount, GetAdsAccount, ReadNumber, ReadPhone};
use contract::drafts::{CreateDraft, GetDraft, ListDrafts};
use contract::problem::Code;
use contract::route::Route;
use contract::session::AdsStage;
use domain::ads_account::AdsAccount;
use domain::input::{Fault, Field};
use domain::region::Country;

/// In the order of the form; typed values are the page's to keep.
pub async fn an_ads_account_tells_every_fault_at_once<H: Host>(host: &H) {
    let mut person = Person::new(host);
    person.sign_up("new@coffee.test").await;
    let empty = [
        (Field::BusinessName, Fault::Missing),
        (Field::Industry, Fault::Missing),
        (Field::Country, Fault::Missing),
        (Field::TimeZone, Fault::Missing),
        (Field::Currency, Fault::Missing),
        (Field::Phone, Fault::Missing),
        (Field::Terms, Fault::NotAgreed),
    ];
    person.faulty(CreateAdsAccount::default(), &empty).await;
    let wrong = CreateAdsAccount {
        business_name: "Mai ☕".into(),
        country: "XX".into(),
        time_zone: "Huế".into(),
        currency: "đồng".into(),
        phone: "0901234567".into(),
        ..ads_account()
    };
    let faults = [
        (
            Field::BusinessName,
            Fault::Emoji {
                character: "☕".to_owned(),
            },
        ),
        (Field::Country, Fault::NotAChoice),
        (Field::TimeZone, Fault::NotAChoice),
        (Field::Currency, Fault::NotAChoice),
        (Field::Phone, Fault::Malformed),
    ];
    person.faulty(wrong, &faults).await;
    let view = person.get(GetAdsAccount {}).await;
    assert_eq!(view.account, AdsAccount::Missing);

    person.get(ads_account()).await;
    let empty = [
        (Field::StreetAddress, Fault::Missing),
        (Field::City, Fault::Missing),
        (Field::PaymentMethod, Fault::Missing),
    ];
    person.faulty(CompleteAdsAccount::default(), &empty).await;
    let wrong = CompleteAdsAccount {
        website: "javascript:alert(1)".into(),
        postal_code: "1".repeat(13),
        ..completion()
    };
    let faults = [
        (Field::Website, Fault::Malformed),
        (Field::PostalCode, Fault::TooLong { max: 12 }),
    ];
    person.faulty(wrong, &faults).await;
    assert_eq!(
        person.member().await.unwrap().ads_account,
        AdsStage::Created
    );
}

/// It couldn't be changed afterwards.
pub async fn an_ads_account_is_in_no_currency_that_has_ended<H: Host>(host: &H) {
    let mut person = Person::new(host);
    person.sign_up("new@coffee.test").await;
    let in_leva = CreateAdsAccount {
        currency: "BGN".into(),
        ..ads_account()
    };
    let faults = [(Field::Currency, Fault::NotAChoice)];
    person.faulty(in_leva, &faults).await;
}

/// Only a host knows the numbers of all countries: a page shows what it says.
pub async fn a_phone_number_is_read_before_it_is_kept<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let ask = |country: &str, phone: &str| ReadPhone {
        country: country.into(),
        phone: phone.into(),
    };
    let read = |number: &str, is_known| ReadNumber {
        number: number.into(),
        is_known,
    };
    person
        .refused(ask("VN", "0901 234 567"), Code::NotLoggedIn)
        .await;
    person.sign_up("new@coffee.test").await;
    for (country, typed, reply) in [
        ("VN", "+84 (0)901 234 567", read("+84901234567", true)),
        ("VN", "84901234567", read("+84901234567", true)),
        ("US", "011 84 901 234 567", read("+84901234567", true)),
        // The data is older than the newest numbers.
        ("VN", "0201 234 567", read("+84201234567", false)),
        // No country is chosen yet.
        ("", "+84 0901 234 567", read("+84901234567", true)),
    ] {
        assert_eq!(person.get(ask(country, typed)).await, reply, "{typed}");
    }
    for (typed, fault) in [("", Fault::Missing), ("0901", Fault::Malformed)] {
        let faults = [(Field::Phone, fault)];
        person.faulty(ask("VN", typed), &faults).await;
    }
    let with_zero = CreateAdsAccount {
        phone: "0084 (0)201 234 567".into(),
        ..ads_account()
    };
    person.get(with_zero).await;
    let account = person.get(GetAdsAccount {}).await.account;
    let phone = account.business().map(|business| business.phone.as_str());
    assert_eq!(phone, Some("+84201234567"), "taken, though unknown");
}

/// What it was created with stays.
pub async fn an_ads_account_is_created_once_and_completed_once<H: Host>(host: &H) {
    let mut person = Person::new(host);
    person.sign_up("new@coffee.test").await;
    let view = person.get(GetAdsAccount {}).await;
    assert_eq!(
        (view.account, view.region),
        (AdsAccount::Missing, Some(Country::VN))
    );
    let problem = person.refused(completion(), Code::AdsAccountMissing).await;
    assert_eq!(problem.go, Some(Route::CreateAdsAccount));

    let in_japan = CreateAdsAccount {
        country: "JP".into(),
        time_zone: "Asia/Tokyo".into(),
        currency: "JPY".into(),
        ..ads_account()
    };
    assert_eq!(person.get(in_japan).await.to, Route::Welcome);
    let problem = person.refused(ads_account(), Code::AdsAccountExists).await;
    assert_eq!(problem.go, Some(Route::Campaigns));
    assert_eq!(person.get(completion()).await.to, Route::Campaigns);
    person.refused(completion(), Code::AdsAccountExists).await;
    person.refused(ads_account(), Code::AdsAccountExists).await;

    let view = person.get(GetAdsAccount {}).await;
    let AdsAccount::Complete {
        business,
        completion,
    } = &view.account
    else {
        panic!("it is complete: {view:?}");
    };
    assert_eq!(business.currency.as_str(), "JPY");
    assert_eq!(business.time_zone.as_str(), "Asia/Tokyo");
    assert_eq!(business.phone, "+84901234567");
    assert_eq!(
        completion.website.as_deref(),
        Some("https://mai-coffee.example")
    );
    assert_eq!(completion.postal_code, None);
    // The region of the account is that of its business from now on.
    assert_eq!(view.region, Some(business.country));
    assert_eq!(person.profile().await.region, Some(business.country));
}

/// The way is to create one.
pub async fn campaigns_need_an_ads_account<H: Host>(host: &H) {
    let mut person = Person::new(host);
    person.sign_up("new@coffee.test").await;
    let id = draft_id(1);
    let problem = person
        .refused(CreateDraft { id, copy_of: None }, Code::AdsAccountMissing)
        .await;
    assert_eq!(problem.go, Some(Route::CreateAdsAccount));
    person.refused(ListDrafts {}, Code::AdsAccountMissing).await;
    person
        .refused(GetDraft { id }, Code::AdsAccountMissing)
        .await;
    // It need not be complete to write a draft in it.
    person.get(ads_account()).await;
    let draft = person.get(CreateDraft { id, copy_of: None }).await;
    assert_eq!(draft.currency.as_str(), "VND");
    assert_eq!(draft.time_zone.as_str(), "Asia/Ho_Chi_Minh");
}
