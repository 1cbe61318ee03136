//! The other turns of the journeys: what is sent to the host itself, and where its reply leads.

use super::trips::alone;
use super::{Edge, name_of_business};
use crate::hands::code_in;
use crate::script::Step;
use crate::state::SOMEBODY;
use crate::words::tool;
use contract::account::UnlinkTikTok;
use contract::ads::{CompleteAdsAccount, CreateAdsAccount};
use contract::authorization::{CreateAccount, LinkExisting, Purpose};
use contract::problem::Problem;
use contract::session::{LogIn, LogOut};
use contract::sign_up::{AddEmail, SignUp, VerifyEmail};
use domain::ads_account::PaymentMethod;
use domain::business::Industry;
use domain::region::Language;
use portal::client::{StoredMock, TikTokAnswer, personas};
use portal::route::Route;

const ADDRESS: &str = "mai@coffee.test";
const SECRET: &str = "roasted-this-morning";

/// A way that someone goes, request by request. Each answers where the app goes then.
struct Walker(StoredMock);

impl Walker {
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
        let letters = self.0.letters().await;
        let code = letters.iter().find_map(|letter| code_in(&letter.text));
        let code = code.unwrap_or_default();
        Ok(self.0.call(&VerifyEmail { code }).await?.to.into())
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
        Ok(self.0.call(&request).await?.to.into())
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
        Ok(self.0.call(&request).await?.to.into())
    }

    async fn log_in(&self, email: &str) -> Result<Route, Problem> {
        let request = LogIn {
            email: email.to_owned(),
            password: personas::PASSWORD.to_owned(),
            then: None,
        };
        Ok(self.0.call(&request).await?.to.into())
    }

    async fn at_the_fork(&self) -> Result<(), Problem> {
        let trip = self
            .0
            .authorize(Purpose::LogIn, TikTokAnswer::Authorize, SOMEBODY, 0);
        trip.await.map(|_| ())
    }

    async fn create(&self) -> Result<Route, Problem> {
        self.at_the_fork().await?;
        let request = CreateAccount {
            terms: true,
            region: None,
            language: Language::English,
        };
        Ok(self.0.call(&request).await?.to.into())
    }

    async fn link(&self, email: &str) -> Result<Route, Problem> {
        self.at_the_fork().await?;
        let request = LinkExisting {
            email: email.to_owned(),
            password: personas::PASSWORD.to_owned(),
        };
        Ok(self.0.call(&request).await?.to.into())
    }

    async fn log_out(&self) -> Result<Route, Problem> {
        self.0.log_in(linked()).await?;
        Ok(self.0.call(&LogOut {}).await?.to.into())
    }

    async fn unlink(&self) -> Result<Route, Problem> {
        self.0.log_in(linked()).await?;
        self.0.call(&UnlinkTikTok {}).await?;
        Ok(Route::Profile { dialog: None })
    }

    async fn add_email(&self) -> Result<Route, Problem> {
        let alone = alone().unwrap_or_default();
        let trip = self
            .0
            .authorize(Purpose::LogIn, TikTokAnswer::Authorize, alone, 0);
        trip.await?;
        let request = AddEmail {
            email: ADDRESS.to_owned(),
            password: SECRET.to_owned(),
        };
        self.0.call(&request).await?;
        Ok(Route::VerifyEmail)
    }
}

/// The address of the one whose account is linked.
fn linked() -> &'static str {
    let mut all = personas::BUSINESS.iter().filter(|it| it.tiktok.is_some());
    all.find_map(|it| it.email).unwrap_or_default()
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

/// Every errand's arrow, as the service says.
pub(super) async fn edges() -> Vec<Edge> {
    let there = personas::BUSINESS.iter().filter_map(|it| it.email);
    let there: Vec<&str> = there.collect();
    let known = there.first().copied().unwrap_or_default();
    let mut edges = vec![
        Edge::errand(
            ["sign-up-agreed", "new-address"],
            tool::errand_new_address(),
            credentials(ADDRESS, SECRET),
            Walker::new().sign_up(ADDRESS).await,
        ),
        Edge::errand(
            ["sign-up-agreed", "known-address"],
            tool::errand_known_address(),
            credentials(known, SECRET),
            Walker::new().sign_up(known).await,
        ),
        Edge::errand(
            ["sign-up-code", "code"],
            tool::errand_code(),
            vec![Step::FillCode("code".to_owned()), Step::press("confirm")],
            Walker::new().verify().await,
        ),
        Edge::errand(
            ["ads-account", "business"],
            tool::errand_business(),
            business(),
            Walker::new().name_business().await,
        ),
        Edge::errand(
            ["welcome", "rest"],
            tool::errand_complete(),
            completion(),
            Walker::new().complete().await,
        ),
    ];
    for email in &there {
        edges.push(Edge::errand(
            ["log-in", email],
            tool::errand_log_in().replace("{}", email),
            credentials(email, personas::PASSWORD),
            Walker::new().log_in(email).await,
        ));
    }
    edges.extend([
        Edge::errand(
            ["fork-create", "terms"],
            tool::errand_create(),
            vec![Step::check("terms"), Step::send()],
            Walker::new().create().await,
        ),
        Edge::errand(
            ["fork-link", known],
            tool::errand_link().replace("{}", known),
            credentials(known, personas::PASSWORD),
            Walker::new().link(known).await,
        ),
        Edge::errand(
            ["account-menu", "log-out"],
            tool::errand_log_out(),
            vec![Step::press("log_out")],
            Walker::new().log_out().await,
        ),
        Edge::errand(
            ["dialog-unlink", "unlink"],
            tool::errand_unlink(),
            vec![Step::press("profile_unlink")],
            Walker::new().unlink().await,
        ),
        Edge::errand(
            ["add-email", "new-address"],
            tool::errand_add_email(),
            credentials(ADDRESS, SECRET),
            Walker::new().add_email().await,
        ),
    ]);
    edges.into_iter().flatten().collect()
}
