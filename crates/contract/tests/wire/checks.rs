//! Checks: every fault of a form at once, in the order of the form, and what it holds once it is
//! right.

use contract::account::{ChangeEmail, ChangePassword, UpdateProfile};
use contract::ads::{CompleteAdsAccount, CreateAdsAccount};
use contract::authorization::{BeginAuthorization, CreateAccount, LinkExisting, Purpose};
use contract::check::Check;
use contract::passkeys::AddPasskey;
use contract::session::{ConfirmPassword, LogIn};
use contract::sign_up::{AddEmail, ResetPassword, SignUp, VerifyEmail};
use contract::transfer::BeginTransfer;
use domain::ads_account::PaymentMethod;
use domain::authorization::ReturnTo;
use domain::business::Industry;
use domain::input::{Fault, Field};
use domain::region::Language;

fn faults<C: Check>(form: &C) -> Vec<(Field, Fault)> {
    let found = form.check().err().unwrap_or_default().into_iter();
    found.map(|found| (found.field, found.fault)).collect()
}

fn missing(fields: &[Field]) -> Vec<(Field, Fault)> {
    fields
        .iter()
        .map(|field| (*field, Fault::Missing))
        .collect()
}

#[test]
fn an_empty_form_tells_every_field_that_must_not_be() {
    let with_terms = |fields: &[Field]| {
        let mut faults = missing(fields);
        faults.push((Field::Terms, Fault::NotAgreed));
        faults
    };
    let email_and_password = missing(&[Field::Email, Field::Password]);
    assert_eq!(
        faults(&SignUp::default()),
        with_terms(&[Field::Region, Field::Email, Field::Password])
    );
    assert_eq!(faults(&AddEmail::default()), email_and_password);
    assert_eq!(
        faults(&ResetPassword::default()),
        missing(&[Field::Email, Field::NewPassword])
    );
    assert_eq!(
        faults(&ChangePassword::default()),
        missing(&[Field::NewPassword])
    );
    assert_eq!(faults(&ChangeEmail::default()), missing(&[Field::NewEmail]));
    assert_eq!(faults(&LogIn::default()), email_and_password);
    assert_eq!(faults(&LinkExisting::default()), email_and_password);
    assert_eq!(faults(&BeginTransfer::default()), email_and_password);
    assert_eq!(
        faults(&ConfirmPassword::default()),
        missing(&[Field::Password])
    );
    assert_eq!(faults(&VerifyEmail::default()), missing(&[Field::Code]));
    assert_eq!(faults(&AddPasskey::default()), missing(&[Field::Name]));
    assert_eq!(faults(&CreateAccount::default()), with_terms(&[]));
    assert_eq!(
        faults(&UpdateProfile::default()),
        [],
        "a name may be left empty"
    );
    assert_eq!(
        faults(&CreateAdsAccount::default()),
        with_terms(&[
            Field::BusinessName,
            Field::Industry,
            Field::Country,
            Field::TimeZone,
            Field::Currency,
            Field::Phone,
        ])
    );
    assert_eq!(
        faults(&CompleteAdsAccount::default()),
        missing(&[Field::StreetAddress, Field::City, Field::PaymentMethod])
    );
}

#[test]
fn only_a_sign_up_with_tiktok_asks_for_the_terms_before_it_begins() {
    let begin = |purpose| BeginAuthorization {
        purpose,
        region: None,
        language: Language::English,
    };
    let terms = [(Field::Terms, Fault::NotAgreed)];
    assert_eq!(faults(&begin(Purpose::SignUp { terms: false })), terms);
    for purpose in [
        Purpose::SignUp { terms: true },
        Purpose::LogIn,
        Purpose::Link {
            to: ReturnTo::Profile,
        },
        Purpose::Confirm,
    ] {
        assert_eq!(faults(&begin(purpose)), [], "{purpose:?}");
    }
}

#[test]
fn a_wrong_sign_up_tells_all_that_is_wrong_with_it() {
    let wrong = SignUp {
        email: "mai@".into(),
        password: "short".into(),
        region: "vn".into(),
        terms: false,
        language: Language::English,
    };
    assert_eq!(
        faults(&wrong),
        [
            (Field::Region, Fault::NotAChoice),
            (Field::Email, Fault::Malformed),
            (Field::Password, Fault::TooShort { min: 10 }),
            (Field::Terms, Fault::NotAgreed),
        ]
    );
    // Whether a password is like the address is known only of an address.
    let like = SignUp {
        email: "mai.lan.coffee@x.test".into(),
        password: "Mai.Lan.Coffee".into(),
        region: "VN".into(),
        terms: true,
        language: Language::English,
    };
    assert_eq!(faults(&like), [(Field::Password, Fault::LikeEmail)]);
}

#[test]
fn a_right_sign_up_gives_what_it_holds_parsed() {
    let right = SignUp {
        email: " Mai@Coffee.test ".into(),
        password: "a long new password".into(),
        region: "VN".into(),
        terms: true,
        language: Language::English,
    };
    let new = right.check().unwrap();
    assert_eq!(new.email.as_str(), "mai@coffee.test");
    assert_eq!(new.region.as_str(), "VN");
    assert_eq!(new.password.expose(), b"a long new password");
}

#[test]
fn a_log_in_takes_any_password_but_none_and_no_endless_one() {
    let log_in = |password: &str| LogIn {
        email: "mai@coffee.test".into(),
        password: password.into(),
        then: None,
    };
    // By what logs in there, the owner of a link proves whose it is.
    let begin_transfer = |password: &str| BeginTransfer {
        email: "mai@coffee.test".into(),
        password: password.into(),
    };
    let why = "older rules may have let it in";
    assert_eq!(faults(&log_in("short")), [], "{why}");
    assert_eq!(faults(&begin_transfer("short")), [], "{why}");
    let long = "a".repeat(129);
    let too_long = [(Field::Password, Fault::TooLong { max: 128 })];
    assert_eq!(faults(&log_in(&long)), too_long);
    assert_eq!(faults(&begin_transfer(&long)), too_long);
}

#[test]
fn an_ads_account_is_kept_tidy() {
    let right = CreateAdsAccount {
        business_name: "  Mai Coffee ".into(),
        industry: Some(Industry::FoodAndBeverage),
        country: "VN".into(),
        time_zone: "Asia/Saigon".into(),
        currency: "VND".into(),
        phone: "+84 (90) 123-4567".into(),
        terms: true,
    };
    let business = right.check().unwrap();
    assert_eq!(business.name, "Mai Coffee");
    assert_eq!(business.time_zone.as_str(), "Asia/Ho_Chi_Minh");
    assert_eq!(business.phone, "+84901234567");

    let right = CompleteAdsAccount {
        website: " shop.example ".into(),
        street_address: " 1 Lê Lợi ".into(),
        city: "Huế".into(),
        postal_code: "  ".into(),
        payment_method: Some(PaymentMethod::Automatic),
    };
    let completion = right.check().unwrap();
    assert_eq!(completion.website.as_deref(), Some("https://shop.example"));
    assert_eq!(completion.street_address, "1 Lê Lợi");
    assert_eq!(completion.postal_code, None);
}

#[test]
fn an_ads_account_with_everything_wrong_tells_everything() {
    let wrong = CreateAdsAccount {
        business_name: "a".repeat(101),
        industry: None,
        country: "Vietnam".into(),
        time_zone: "GMT+7".into(),
        currency: "dong".into(),
        phone: "090".into(),
        terms: false,
    };
    assert_eq!(
        faults(&wrong),
        [
            (Field::BusinessName, Fault::TooLong { max: 100 }),
            (Field::Industry, Fault::Missing),
            (Field::Country, Fault::NotAChoice),
            (Field::TimeZone, Fault::NotAChoice),
            (Field::Currency, Fault::NotAChoice),
            (Field::Phone, Fault::Malformed),
            (Field::Terms, Fault::NotAgreed),
        ]
    );
    let turned = Fault::Forbidden {
        character: '\u{202e}',
    };
    let wrong = CompleteAdsAccount {
        website: "//evil".into(),
        street_address: "a".repeat(201),
        city: "Hu\u{202e}ế".into(),
        postal_code: "1234567890123".into(),
        payment_method: None,
    };
    assert_eq!(
        faults(&wrong),
        [
            (Field::Website, Fault::Malformed),
            (Field::StreetAddress, Fault::TooLong { max: 200 }),
            (Field::City, turned),
            (Field::PostalCode, Fault::TooLong { max: 12 }),
            (Field::PaymentMethod, Fault::Missing),
        ]
    );
}
