//! The transitions by a request to the portal itself, of everything but a campaign.

use super::transition::Transition;
use crate::people::{SOMEBODY, linked, name_of_business, without_email};
use crate::script::Step;
use crate::tool_text::tool;
use crate::user_event::code_in;
use contract::account::UnlinkTikTok;
use contract::ads::{CompleteAdsAccount, CreateAdsAccount};
use contract::authorization::{CreateAccount, LinkExisting, Purpose};
use contract::problem::Problem;
use contract::session::{LogIn, LogOut};
use contract::sign_up::{AddEmail, ResetPassword, SignUp, VerifyEmail};
use domain::ads_account::PaymentMethod;
use domain::business::Industry;
use domain::region::Language;
use portal::client::{StoredMock, TikTokAnswer, personas};
use portal::route::Route;

const ADDRESS: &str = "mai@coffee.test";
const SECRET: &str = "roasted-this-morning";

/// A mock that is brought to where a transition begins. Each function does what the ones before it in
/// the flow do, then its own request, and gives where the app goes then.
struct Fixture(StoredMock);

impl Fixture {
    fn new() -> Self {
        Self(StoredMock::in_memory())
    }

    async fn sign_up(&self, email: &str) -> Result<Route, Problem> {
        let request = SignUp {
            email: email.to_owned(),
            password: SECRET.to_owned(),
            region: "VN".to_owned(),
            terms: true,
            language: Language::English,
        };
        self.0.call(&request).await?;
        Ok(Route::VerifyEmail)
    }

    async fn verify(&self) -> Result<Route, Problem> {
        self.sign_up(ADDRESS).await?;
        self.type_code().await
    }

    async fn reset_password(&self, email: &str) -> Result<Route, Problem> {
        let request = ResetPassword {
            email: email.to_owned(),
            new_password: SECRET.to_owned(),
            language: Language::English,
        };
        self.0.call(&request).await?;
        Ok(Route::VerifyEmail)
    }

    async fn verify_reset(&self, email: &str) -> Result<Route, Problem> {
        self.reset_password(email).await?;
        self.type_code().await
    }

    async fn type_code(&self) -> Result<Route, Problem> {
        let letters = self.0.letters().await;
        let code = letters.iter().find_map(|letter| code_in(&letter.text));
        let code = code.unwrap_or_default();
        Ok(self
            .0
            .call(&VerifyEmail {
                code,
                ..VerifyEmail::default()
            })
            .await?
            .to)
    }

    async fn name_business(&self) -> Result<Route, Problem> {
        self.verify().await?;
        let request = CreateAdsAccount {
            business_name: name_of_business().to_owned(),
            industry: Some(Industry::FoodAndBeverage),
            country: "VN".to_owned(),
            time_zone: "Asia/Ho_Chi_Minh".to_owned(),
            currency: "VND".to_owned(),
            phone: "+84901234567".to_owned(),
            terms: true,
        };
        Ok(self.0.call(&request).await?.to)
    }

    async fn complete(&self) -> Result<Route, Problem> {
        self.name_business().await?;
        let request = CompleteAdsAccount {
            website: String::new(),
            street_address: "12-le-loi".to_owned(),
            city: "hue".to_owned(),
            postal_code: String::new(),
            payment_method: Some(PaymentMethod::Automatic),
        };
        Ok(self.0.call(&request).await?.to)
    }

    async fn log_in(&self, email: &str) -> Result<Route, Problem> {
        let request = LogIn {
            email: email.to_owned(),
            password: personas::PASSWORD.to_owned(),
            then: None,
        };
        Ok(self.0.call(&request).await?.to)
    }

    async fn at_the_fork(&self) -> Result<(), Problem> {
        let authorized = self
            .0
            .authorize(Purpose::LogIn, TikTokAnswer::Authorize, SOMEBODY, 0);
        authorized.await.map(|_| ())
    }

    async fn create(&self) -> Result<Route, Problem> {
        self.at_the_fork().await?;
        let request = CreateAccount {
            terms: true,
            region: None,
            language: Language::English,
            ..CreateAccount::default()
        };
        Ok(self.0.call(&request).await?.to)
    }

    async fn link(&self, email: &str) -> Result<Route, Problem> {
        self.at_the_fork().await?;
        let request = LinkExisting {
            email: email.to_owned(),
            password: personas::PASSWORD.to_owned(),
            ..LinkExisting::default()
        };
        Ok(self.0.call(&request).await?.to)
    }

    async fn log_out(&self) -> Result<Route, Problem> {
        self.0.log_in(linked()).await?;
        Ok(self.0.call(&LogOut {}).await?.to)
    }

    async fn unlink(&self) -> Result<Route, Problem> {
        self.0.log_in(linked()).await?;
        self.0.call(&UnlinkTikTok {}).await?;
        Ok(Route::Profile { dialog: None })
    }

    async fn add_email(&self) -> Result<Route, Problem> {
        let username = without_email().unwrap_or_default();
        let authorized = self
            .0
            .authorize(Purpose::LogIn, TikTokAnswer::Authorize, username, 0);
        authorized.await?;
        let request = AddEmail {
            email: ADDRESS.to_owned(),
            password: SECRET.to_owned(),
        };
        self.0.call(&request).await?;
        Ok(Route::VerifyEmail)
    }
}

fn credentials(email: &str, password: &str) -> Vec<Step> {
    vec![
        Step::fill("email", email),
        Step::fill("password", password),
        Step::send(),
    ]
}

fn business() -> Vec<Step> {
    vec![
        Step::fill("business_name", name_of_business()),
        Step::choose("industry", "food_and_beverage"),
        Step::choose("country", "VN"),
        Step::fill("phone", "+84 901 234 567"),
        Step::check("terms"),
        Step::send(),
    ]
}

fn completion() -> Vec<Step> {
    vec![
        Step::fill("street_address", "12-le-loi"),
        Step::fill("city", "hue"),
        Step::choose("payment_method", "automatic"),
        Step::send(),
    ]
}

/// Every transition by such a request.
pub(super) async fn transitions() -> Vec<Transition> {
    let there = personas::BUSINESS.iter().filter_map(|it| it.email);
    let there: Vec<&str> = there.collect();
    let known = there.first().copied().unwrap_or_default();
    let mut transitions = vec![
        Transition::of_request(
            ["sign-up-agreed", "new-address"],
            tool::request_new_address(),
            credentials(ADDRESS, SECRET),
            Fixture::new().sign_up(ADDRESS).await,
        ),
        Transition::of_request(
            ["sign-up-agreed", "known-address"],
            tool::request_known_address(),
            credentials(known, SECRET),
            Fixture::new().sign_up(known).await,
        ),
        Transition::of_request(
            ["sign-up-code", "code"],
            tool::request_code(),
            vec![Step::FillCode("code".to_owned()), Step::press("confirm")],
            Fixture::new().verify().await,
        ),
        Transition::of_request(
            ["ads-account", "business"],
            tool::request_business(),
            business(),
            Fixture::new().name_business().await,
        ),
        Transition::of_request(
            ["welcome", "rest"],
            tool::request_complete(),
            completion(),
            Fixture::new().complete().await,
        ),
    ];
    transitions.extend([
        Transition::of_request(
            ["reset-password", "address"],
            tool::request_reset_password(),
            vec![
                Step::fill("email", linked()),
                Step::fill("new_password", SECRET),
                Step::send(),
            ],
            Fixture::new().reset_password(linked()).await,
        ),
        Transition::of_request(
            ["reset-password-code", "code"],
            tool::request_code(),
            vec![Step::FillCode("code".to_owned()), Step::press("confirm")],
            Fixture::new().verify_reset(linked()).await,
        ),
    ]);
    for email in &there {
        transitions.push(Transition::of_request(
            ["log-in", email],
            tool::request_log_in().replace("{}", email),
            credentials(email, personas::PASSWORD),
            Fixture::new().log_in(email).await,
        ));
    }
    transitions.extend([
        Transition::of_request(
            ["fork-create", "terms"],
            tool::request_create(),
            vec![Step::check("terms"), Step::send()],
            Fixture::new().create().await,
        ),
        Transition::of_request(
            ["fork-link", known],
            tool::request_link().replace("{}", known),
            credentials(known, personas::PASSWORD),
            Fixture::new().link(known).await,
        ),
        Transition::of_request(
            ["account-menu", "log-out"],
            tool::request_log_out(),
            vec![Step::press("log_out")],
            Fixture::new().log_out().await,
        ),
        Transition::of_request(
            ["dialog-unlink", "unlink"],
            tool::request_unlink(),
            vec![Step::press("profile_unlink")],
            Fixture::new().unlink().await,
        ),
        Transition::of_request(
            ["add-email", "new-address"],
            tool::request_add_email(),
            credentials(ADDRESS, SECRET),
            Fixture::new().add_email().await,
        ),
    ]);
    transitions.into_iter().flatten().collect()
}
