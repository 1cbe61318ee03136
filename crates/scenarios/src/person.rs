//! Someone at their browser: what every scenario does, said once.

use super::{Host, PASSWORD, Sender, Visit};
use contract::account::{GetProfile, Profile};
use contract::ads::{CompleteAdsAccount, CreateAdsAccount};
use contract::authorization::{
    AuthorizationStatus, BeginAuthorization, Begun, CompleteAuthorization, Completed,
    GetAuthorization, Purpose,
};
use contract::drafts::{CreateDraft, DraftView};
use contract::problem::{Code, Problem};
use contract::session::{GetSession, LogIn, LogOut, Member};
use contract::sign_up::{SignUp, VerifyEmail};
use contract::table::UseCase;
use contract::view::Moved;
use domain::ads_account::PaymentMethod;
use domain::authorization::Outcome;
use domain::business::Industry;
use domain::id::DraftId;
use domain::input::{Fault, Field, FieldFault};
use domain::region::{Country, Language};
use uuid::Uuid;

/// What no reply may hold (Invariant 8).
const SECRETS: [&str; 7] = [
    "access_token",
    "refresh_token",
    "client_secret",
    "password_hash",
    "verifier",
    "$argon2",
    PASSWORD,
];

/// A password that nobody has.
pub(super) const WRONG: &str = "not the password";

pub(super) const NEW_PASSWORD: &str = "a long new password";

/// Someone at their browser.
pub(super) struct Person<'h, H: Host> {
    pub(super) host: &'h H,
    pub(super) browser: H::Browser,
    /// For whom the page that asks was drawn; nothing while no page asks.
    pub(super) page: Option<String>,
    /// The key with which each request goes.
    pub(super) key: Option<&'static str>,
}

impl<'h, H: Host> Person<'h, H> {
    /// Someone who was never here.
    pub(super) fn new(host: &'h H) -> Self {
        Self {
            host,
            browser: host.browser(),
            page: None,
            key: None,
        }
    }

    /// Someone who is logged in by e-mail as a persona.
    pub(super) async fn logged_in(host: &'h H, email: &str) -> Self {
        let mut person = Self::new(host);
        person.log_in(email, PASSWORD).await;
        person
    }

    /// Asks, and takes what comes.
    pub(super) async fn ask<R: UseCase>(&mut self, request: R) -> Result<R::Reply, Problem> {
        let body = serde_json::to_vec(&request).unwrap();
        let sender = Sender {
            page: self.page.as_deref(),
            key: self.key,
        };
        let reply = self
            .host
            .call(&mut self.browser, sender, R::NAME, body)
            .await?;
        let text = String::from_utf8(reply).unwrap();
        for secret in SECRETS {
            assert!(
                !text.contains(secret),
                "{} gives away {secret}: {text}",
                R::NAME
            );
        }
        match serde_json::from_str(&text) {
            Ok(reply) => Ok(reply),
            Err(error) => panic!(
                "{} replies {text}, which is none of its replies: {error}",
                R::NAME
            ),
        }
    }

    /// Asks what must be answered.
    pub(super) async fn get<R: UseCase>(&mut self, request: R) -> R::Reply {
        match self.ask(request).await {
            Ok(reply) => reply,
            Err(problem) => panic!("{} is refused: {problem:?}", R::NAME),
        }
    }

    /// Asks what must be refused so.
    pub(super) async fn refused<R: UseCase>(&mut self, request: R, code: Code) -> Problem {
        match self.ask(request).await {
            Ok(_) => panic!(
                "{} is answered, and should be refused with {code:?}",
                R::NAME
            ),
            Err(problem) => {
                assert_eq!(
                    problem.code,
                    code,
                    "{} is refused with {problem:?}",
                    R::NAME
                );
                assert_eq!(problem.status, code.status());
                problem
            }
        }
    }

    /// Asks what must be refused for these fields.
    pub(super) async fn faulty<R: UseCase>(&mut self, request: R, faults: &[(Field, Fault)]) {
        let problem = self.refused(request, Code::InvalidInput).await;
        let told: Vec<_> = problem
            .fields
            .into_iter()
            .map(|FieldFault { field, fault }| (field, fault))
            .collect();
        assert_eq!(told, faults, "{}", R::NAME);
    }

    pub(super) async fn log_in(&mut self, email: &str, password: &str) -> Moved {
        self.get(LogIn {
            email: email.into(),
            password: password.into(),
            then: None,
        })
        .await
    }

    pub(super) async fn log_out(&mut self) {
        self.get(LogOut {}).await;
    }

    /// Who is logged in.
    pub(super) async fn member(&mut self) -> Option<Member> {
        self.get(GetSession::default()).await.member
    }

    pub(super) async fn profile(&mut self) -> Profile {
        self.get(GetProfile {}).await
    }

    /// Begins an authorization, from Vietnam.
    pub(super) async fn begin(&mut self, purpose: Purpose) -> Begun {
        self.get(begin(purpose)).await
    }

    /// Does at TikTok what the visit says, and must come back.
    pub(super) async fn come_back(&mut self, begun: &Begun, visit: Visit) -> CompleteAuthorization {
        let back = self
            .host
            .at_tiktok(&mut self.browser, &begun.authorize_url, visit)
            .await;
        let Some(callback) = back else {
            panic!("{visit:?} doesn't come back");
        };
        callback
    }

    /// A whole authorization: begin, TikTok, back.
    pub(super) async fn authorize(&mut self, purpose: Purpose, visit: Visit) -> Completed {
        let begun = self.begin(purpose).await;
        let callback = self.come_back(&begun, visit).await;
        self.get(callback).await
    }

    /// An authorization that must end so.
    pub(super) async fn authorize_to(&mut self, purpose: Purpose, visit: Visit, outcome: Outcome) {
        let completed = self.authorize(purpose, visit).await;
        assert_eq!(completed.outcome, outcome, "{purpose:?} {visit:?}");
    }

    /// Where the last authorization of this browser stands.
    pub(super) async fn status(&mut self) -> AuthorizationStatus {
        self.get(GetAuthorization {}).await.status
    }

    pub(super) async fn log_out_of_tiktok(&mut self, begun: &Begun) {
        self.host
            .log_out_of_tiktok(&mut self.browser, &begun.log_out_url)
            .await;
    }

    /// Signs up by e-mail and types the code.
    pub(super) async fn sign_up(&mut self, email: &str) -> Moved {
        self.get(sign_up(email)).await;
        let code = newest_code(self.host, email).await;
        self.get(VerifyEmail {
            code,
            ..VerifyEmail::default()
        })
        .await
    }

    /// A draft with an id of this number.
    pub(super) async fn draft(&mut self, number: u128) -> DraftView {
        self.get(CreateDraft {
            id: draft_id(number),
            copy_of: None,
        })
        .await
    }
}

/// An authorization that begins in Vietnam.
pub(super) fn begin(purpose: Purpose) -> BeginAuthorization {
    BeginAuthorization {
        purpose,
        region: Some(Country::VN),
        language: Language::English,
    }
}

/// A sign-up that is right.
pub(super) fn sign_up(email: &str) -> SignUp {
    SignUp {
        email: email.into(),
        password: NEW_PASSWORD.into(),
        region: "VN".into(),
        terms: true,
        language: Language::English,
    }
}

/// An Ads Manager account that is right.
pub(super) fn ads_account() -> CreateAdsAccount {
    CreateAdsAccount {
        business_name: "Mai Coffee".into(),
        industry: Some(Industry::FoodAndBeverage),
        country: "VN".into(),
        time_zone: "Asia/Ho_Chi_Minh".into(),
        currency: "VND".into(),
        phone: "+84 90 123 4567".into(),
        terms: true,
    }
}

/// A completion that is right.
pub(super) fn completion() -> CompleteAdsAccount {
    CompleteAdsAccount {
        website: "mai-coffee.example".into(),
        street_address: "1 Lê Lợi".into(),
        city: "Huế".into(),
        postal_code: String::new(),
        payment_method: Some(PaymentMethod::Manual),
    }
}

/// The id of a draft, as a browser would draw it.
pub(super) fn draft_id(number: u128) -> DraftId {
    DraftId(Uuid::from_u128(0x4000_8000_0000_0000_0000 + number))
}

/// The code of a letter, if there is one.
pub(super) fn code_in(letter: &str) -> Option<String> {
    letter
        .split(|c: char| !c.is_ascii_digit())
        .find(|digits| matches!(digits.len(), 6 | 8))
        .map(str::to_owned)
}

/// The code of the newest letter to an address.
pub(super) async fn newest_code<H: Host>(host: &H, email: &str) -> String {
    let letters = host.letters_to(email).await;
    let Some(code) = letters.last().and_then(|letter| code_in(letter)) else {
        panic!("no code was sent to {email}: {letters:?}");
    };
    code
}

/// As many digits, which aren't the code.
pub(super) fn other_than(code: &str) -> String {
    let digits = code.len();
    let zeros = "0".repeat(digits);
    if code == zeros {
        format!("{:0digits$}", 1)
    } else {
        zeros
    }
}

/// A problem without what differs from request to request.
pub(super) fn without_id(problem: Problem) -> Problem {
    Problem {
        request_id: None,
        ..problem
    }
}
