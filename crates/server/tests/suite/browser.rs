//! Browsers that visit the server and TikTok.

use crate::harness::{ADDRESS_HEADER, code_in};
use crate::visit::visit;
use axum::http::HeaderMap;
use bytes::Bytes;
use contract::UseCase;
use contract::authorization::{
    BeginAuthorization, Begun, CompleteAuthorization, Completed, Purpose,
};
use contract::problem::Problem;
use contract::session::{LogIn, Session};
use contract::sign_up::{SignUp, VerifyEmail};
use domain::region::Language;
use scenarios::Sender;
use service::personas::PASSWORD;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use tiktok_emulator::visitor::{Plan, Visitor};

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    /// What was received by reqwest.
    pub(crate) async fn of(response: reqwest::Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.bytes().await.unwrap(),
        }
    }

    /// The problem that it is.
    pub(crate) fn problem(&self) -> Problem {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem: Problem = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem.status, self.status);
        assert_eq!(
            problem.request_id.as_deref(),
            Some(self.header("x-request-id"))
        );
        problem
    }

    /// A header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> &str {
        core::str::from_utf8(&self.body).unwrap()
    }
}

/// A browser: its cookies here, its cookies at TikTok, and an address of the network of its own.
#[derive(Clone)]
pub(crate) struct Browser {
    client: reqwest::Client,
    base: String,
    pub(crate) cookies: BTreeMap<String, String>,
    pub(crate) address: String,
    pub(crate) visitor: Visitor,
}

/// Browsers so far: each has an address of its own.
static BROWSERS: AtomicU32 = AtomicU32::new(1);

impl Browser {
    /// One that was never anywhere.
    pub(crate) fn new(client: reqwest::Client, base: &str) -> Self {
        let number = BROWSERS.fetch_add(1, Ordering::Relaxed);
        let [_, b, c, d] = number.to_be_bytes();
        Self {
            client,
            base: base.to_owned(),
            cookies: BTreeMap::new(),
            address: format!("10.{b}.{c}.{d}"),
            visitor: Visitor::new(),
        }
    }

    /// The same browser after the server has come back elsewhere.
    pub(crate) fn moved_to(mut self, base: &str) -> Self {
        self.turn_to(base);
        self
    }

    /// Has another server answer from now on.
    pub(crate) fn turn_to(&mut self, base: &str) {
        base.clone_into(&mut self.base);
    }

    /// Sends a body to a use case as it is. Errors: the connection broke.
    pub(crate) async fn send(
        &mut self,
        name: &str,
        body: impl Into<reqwest::Body>,
    ) -> Result<Answer, reqwest::Error> {
        self.send_from(Sender::default(), name, body).await
    }

    /// As [`Self::send`], with what it says of who sends it.
    pub(crate) async fn send_from(
        &mut self,
        Sender { page, key }: Sender<'_>,
        name: &str,
        body: impl Into<reqwest::Body>,
    ) -> Result<Answer, reqwest::Error> {
        let mut request = self
            .client
            .post(format!("{}{}", self.base, contract::table::path(name)));
        if let Some(page) = page {
            request = request.header(contract::session::ACCOUNT_HEADER, page);
        }
        if let Some(key) = key {
            request = request.header(contract::repeat::KEY_HEADER, key);
        }
        let response = request
            .header("content-type", "application/json")
            .header("cookie", self.cookie_header())
            .header(ADDRESS_HEADER, &self.address)
            .body(body)
            .send()
            .await?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response.bytes().await?;
        for cookie in headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            let (pair, attributes) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(Answer {
            status,
            headers,
            body,
        })
    }

    pub(crate) fn cookie_header(&self) -> String {
        let cookies = self.cookies.iter();
        let pairs: Vec<_> = cookies
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    /// Asks a use case; the connection may break.
    pub(crate) async fn try_ask<U: UseCase>(
        &mut self,
        request: &U,
    ) -> Result<Result<U::Reply, Problem>, reqwest::Error> {
        let body = serde_json::to_vec(request).unwrap();
        let answer = self.send(U::NAME, body).await?;
        assert!(answer.status < 500, "{}: {}", U::NAME, answer.text());
        Ok(if answer.status == 200 {
            Ok(serde_json::from_slice(&answer.body).unwrap())
        } else {
            Err(answer.problem())
        })
    }

    /// Asks a use case.
    pub(crate) async fn ask<U: UseCase>(&mut self, request: &U) -> Result<U::Reply, Problem> {
        self.try_ask(request).await.unwrap()
    }

    /// Gets a page's body.
    pub(crate) async fn get(&self, path: &str) -> Result<Bytes, reqwest::Error> {
        let page = self.client.get(format!("{}{path}", self.base));
        page.header("accept", "text/html")
            .header("cookie", self.cookie_header())
            .send()
            .await?
            .bytes()
            .await
    }

    /// Signs up and types the code, which whoever builds the portal can look up. Gives the code.
    pub(crate) async fn become_member(&mut self, email: &str, password: &str) -> String {
        self.sign_up(email, password).await.unwrap();
        let code = self.code_in_outbox(email).await.unwrap();
        self.verify(&code).await.unwrap();
        code
    }

    /// The newest code that was sent to an address, as whoever builds the portal would look it up.
    pub(crate) async fn code_in_outbox(&self, email: &str) -> Option<String> {
        let letters = self.get("/dev/outbox.json").await.ok()?;
        let letters: Vec<serde_json::Value> = serde_json::from_slice(&letters).ok()?;
        let letter = letters.iter().find(|letter| letter["to"] == email)?;
        code_in(letter["text"].as_str()?)
    }

    pub(crate) async fn session(&mut self) -> Session {
        let ask = contract::session::GetSession { region: None };
        self.ask(&ask).await.unwrap()
    }

    pub(crate) async fn log_in(&mut self, email: &str, password: &str) -> Result<(), Problem> {
        let request = LogIn {
            email: email.to_owned(),
            password: password.to_owned(),
            then: None,
        };
        self.ask(&request).await.map(drop)
    }

    /// Asks for a code for an address.
    pub(crate) async fn sign_up(&mut self, email: &str, password: &str) -> Result<(), Problem> {
        self.ask(&sign_up(email, password)).await.map(drop)
    }

    pub(crate) async fn verify(&mut self, code: &str) -> Result<(), Problem> {
        let request = VerifyEmail {
            code: code.to_owned(),
            ..VerifyEmail::default()
        };
        self.ask(&request).await.map(drop)
    }

    /// Begins an authorization at TikTok.
    pub(crate) async fn begin(&mut self, purpose: Purpose) -> Result<Begun, Problem> {
        self.ask(&begin(purpose)).await
    }

    /// Walks TikTok's pages; the connection may break. Gives what the callback's query brought, or
    /// nothing where TikTok doesn't come back.
    pub(crate) async fn try_at_tiktok(
        &mut self,
        authorize_url: &str,
        plan: Plan,
    ) -> Result<Option<CompleteAuthorization>, reqwest::Error> {
        visit(&self.client, &mut self.visitor, authorize_url, plan).await
    }

    /// Walks TikTok's pages and comes back.
    pub(crate) async fn at_tiktok(&mut self, url: &str, plan: Plan) -> CompleteAuthorization {
        self.try_at_tiktok(url, plan).await.unwrap().unwrap()
    }

    /// To TikTok and back, as a persona.
    pub(crate) async fn travel(&mut self, purpose: Purpose, username: &str) -> Completed {
        let begun = self.begin(purpose).await.unwrap();
        let plan = Plan::authorize(username, PASSWORD);
        let back = self.at_tiktok(&begun.authorize_url, plan).await;
        self.ask(&back).await.unwrap()
    }
}

/// A sign-up that is right.
pub(crate) fn sign_up(email: &str, password: &str) -> SignUp {
    SignUp {
        email: email.to_owned(),
        password: password.to_owned(),
        region: "VN".to_owned(),
        terms: true,
        language: Language::English,
    }
}

pub(crate) fn begin(purpose: Purpose) -> BeginAuthorization {
    BeginAuthorization {
        purpose,
        region: None,
        language: Language::English,
    }
}
