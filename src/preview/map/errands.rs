//! The other turns of the journeys: what is sent to the host itself, and where its reply leads.

use super::Edge;
use crate::client::{Keep, TikTokAnswer, personas};
use crate::preview::hands::code_in;
use crate::preview::script::Step;
use crate::preview::state::SOMEBODY;
use crate::preview::words::tool;
use crate::route::Route;
use contract::ads::{CompleteAdsAccount, CreateAdsAccount};
use contract::authorization::{CreateAccount, LinkExisting, Purpose};
use contract::problem::Problem;
use contract::session::LogIn;
use contract::sign_up::{SignUp, VerifyEmail};
use domain::ads_account::PaymentMethod;
use domain::business::Industry;
use domain::region::Language;

const ADDRESS: &str = "mai@coffee.test";
const SECRET: &str = "roasted-this-morning";

/// A way that someone goes, request by request. Each answers where the app goes then.
struct Walker(Keep);

impl Walker {
    fn new() -> Self {
        Self(Keep::aside())
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
            .trip(Purpose::LogIn, TikTokAnswer::Authorize, SOMEBODY, 0);
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
}

/// What a business may be called: as the first persona's.
fn name_of_business() -> &'static str {
    personas::BUSINESS.first().map_or("", |it| it.business)
}

fn fill(field: &str, text: &str) -> Step {
    Step::Fill {
        field: field.to_owned(),
        text: text.to_owned(),
    }
}

fn choose(field: &str, value: &str) -> Step {
    Step::Choose {
        field: field.to_owned(),
        value: value.to_owned(),
    }
}

fn agree() -> Step {
    Step::Check {
        field: "terms".to_owned(),
        on: true,
    }
}

fn send() -> Step {
    Step::Press(".form [type=submit]".to_owned())
}

fn credentials(email: &str, password: &str) -> Vec<Step> {
    vec![fill("email", email), fill("password", password), send()]
}

fn business() -> Vec<Step> {
    vec![
        fill("business_name", name_of_business()),
        choose("industry", "food_and_beverage"),
        choose("country", "VN"),
        fill("phone", "+84 901 234 567"),
        agree(),
        send(),
    ]
}

fn completion() -> Vec<Step> {
    vec![
        fill("street_address", "12-le-loi"),
        fill("city", "hue"),
        choose("payment_method", "automatic"),
        send(),
    ]
}

/// Every errand's arrow, as the service says.
pub(super) async fn edges() -> Vec<Edge> {
    let mut edges = Vec::new();
    let mut add =
        |from: &str, name: &str, label: String, steps: Vec<Step>, to: Result<Route, Problem>| {
            if let Ok(to) = to {
                edges.push(Edge {
                    from: from.to_owned(),
                    name: name.to_owned(),
                    label,
                    trip: None,
                    steps,
                    to: to.path(),
                });
            }
        };
    let there = personas::BUSINESS.iter().filter_map(|it| it.email);
    let there: Vec<&str> = there.collect();
    let known = there.first().copied().unwrap_or_default();

    let to = Walker::new().sign_up(ADDRESS).await;
    let steps = credentials(ADDRESS, SECRET);
    add(
        "sign-up-agreed",
        "new-address",
        tool::errand_new_address(),
        steps,
        to,
    );
    let to = Walker::new().sign_up(known).await;
    let steps = credentials(known, SECRET);
    add(
        "sign-up-agreed",
        "known-address",
        tool::errand_known_address(),
        steps,
        to,
    );

    let to = Walker::new().verify().await;
    let steps = vec![
        Step::FillCode("code".to_owned()),
        Step::Press("confirm".to_owned()),
    ];
    add("sign-up-code", "code", tool::errand_code(), steps, to);

    let to = Walker::new().name_business().await;
    add(
        "ads-account",
        "business",
        tool::errand_business(),
        business(),
        to,
    );
    let to = Walker::new().complete().await;
    add("welcome", "rest", tool::errand_complete(), completion(), to);

    for email in &there {
        let to = Walker::new().log_in(email).await;
        let label = tool::errand_log_in().replace("{}", email);
        let steps = credentials(email, personas::PASSWORD);
        add("log-in", email, label, steps, to);
    }

    let to = Walker::new().create().await;
    add(
        "fork-create",
        "terms",
        tool::errand_create(),
        vec![agree(), send()],
        to,
    );
    let to = Walker::new().link(known).await;
    let label = tool::errand_link().replace("{}", known);
    let steps = credentials(known, personas::PASSWORD);
    add("fork-link", known, label, steps, to);
    edges
}
