//! Asking use cases in a browser, one after the other.

use super::{Browser, Memory, block_on};
use contract::authorization::{
    BeginAuthorization, Begun, CompleteAuthorization, Completed, Purpose,
};
use contract::problem::{Code, Problem};
use contract::session::{GetSession, LogIn, Member};
use contract::sign_up::SignUp;
use contract::table::UseCase;
use domain::region::{Country, Language};
use scenarios::{Host as _, PASSWORD, Sender, Visit};

/// A password that a persona doesn't have.
pub(crate) const NEW_PASSWORD: &str = "a long new password";

impl Memory {
    pub(crate) fn ask<R: UseCase>(
        &self,
        browser: &mut Browser,
        request: &R,
    ) -> Result<R::Reply, Problem> {
        let body = serde_json::to_vec(request).unwrap();
        let reply = {
            let (page, key) = (browser.page.clone(), browser.key.clone());
            let sender = Sender {
                page: page.as_deref(),
                key: key.as_deref(),
            };
            block_on(self.call(browser, sender, R::NAME, body))?
        };
        Ok(serde_json::from_slice(&reply).unwrap())
    }

    /// Asks what must be refused, and tells with what.
    pub(crate) fn refused<R: UseCase>(&self, browser: &mut Browser, request: &R) -> Code {
        match self.ask(browser, request) {
            Ok(_) => panic!("{} is answered", R::NAME),
            Err(problem) => problem.code,
        }
    }

    pub(crate) fn logged_in(&self, email: &str) -> Browser {
        let mut browser = Browser::default();
        self.ask(&mut browser, &log_in(email, PASSWORD)).unwrap();
        browser
    }

    pub(crate) fn member(&self, browser: &mut Browser) -> Option<Member> {
        self.ask(browser, &GetSession::default()).unwrap().member
    }

    pub(crate) fn begin(&self, browser: &mut Browser, purpose: Purpose) -> Begun {
        self.ask(browser, &begin(purpose)).unwrap()
    }

    /// Begins an authorization and comes back with what TikTok says, which isn't handed over yet.
    pub(crate) fn bring_back(
        &self,
        browser: &mut Browser,
        purpose: Purpose,
        visit: Visit,
    ) -> CompleteAuthorization {
        let begun = self.begin(browser, purpose);
        block_on(self.at_tiktok(browser, &begun.authorize_url, visit)).unwrap()
    }

    pub(crate) fn authorize(
        &self,
        browser: &mut Browser,
        purpose: Purpose,
        visit: Visit,
    ) -> Completed {
        let callback = self.bring_back(browser, purpose, visit);
        self.ask(browser, &callback).unwrap()
    }

    pub(crate) fn newest_code(&self, email: &str) -> String {
        self.code_of_newest(email).unwrap()
    }

    /// The code of the newest letter to an address, where that has one.
    pub(crate) fn code_of_newest(&self, email: &str) -> Option<String> {
        let texts = self.outbox.texts_to(email);
        let digits = texts.last()?.split(|c: char| !c.is_ascii_digit());
        let mut codes = digits.filter(|digits| matches!(digits.len(), 6 | 8));
        codes.next().map(str::to_owned)
    }
}

pub(crate) fn log_in(email: &str, password: &str) -> LogIn {
    LogIn {
        email: email.to_owned(),
        password: password.to_owned(),
        then: None,
    }
}

pub(crate) fn begin(purpose: Purpose) -> BeginAuthorization {
    BeginAuthorization {
        purpose,
        region: Some(Country::VN),
        language: Language::English,
    }
}

pub(crate) fn sign_up(email: &str, password: &str) -> SignUp {
    SignUp {
        email: email.to_owned(),
        password: password.to_owned(),
        region: "VN".to_owned(),
        terms: true,
        language: Language::English,
    }
}
