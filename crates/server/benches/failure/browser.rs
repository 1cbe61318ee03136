//! A browser that sends what broke off again, with the same key.

use crate::site::ADDRESS_HEADER;
use crate::visit::visit;
use bytes::Bytes;
use contract::UseCase;
use contract::authorization::CompleteAuthorization;
use contract::problem::{Code, Problem};
use contract::repeat::{KEY_HEADER, takes_key};
use contract::table::path;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tiktok_emulator::visitor::{Plan, Visitor};
use tokio::time::sleep;

/// How long a request is sent again. One that a killed server worked on has its key for a minute.
const PATIENCE: Duration = Duration::from_mins(4);
const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(3);

/// What came of all requests.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) answers: BTreeMap<String, u64>,
    /// Requests that were sent again at least once, by name, and how often they were in all.
    pub(crate) repeated: BTreeMap<&'static str, (u64, u64)>,
    pub(crate) longest_silence: Duration,
    pub(crate) longest_request: Duration,
    last: Option<Instant>,
}

impl Tally {
    fn count(&mut self, answer: &str) {
        *self.answers.entry(answer.to_owned()).or_default() += 1;
        if answer == "200" {
            let now = Instant::now();
            let silence = self.last.map_or(Duration::ZERO, |last| now - last);
            self.longest_silence = self.longest_silence.max(silence);
            self.last = Some(now);
        }
    }
}

pub(crate) type Tallied = Arc<Mutex<Tally>>;

/// Why there is no reply.
pub(crate) enum Failed {
    Refused(Problem),
    /// What isn't to be sent again, or was sent again for too long.
    Broken(String),
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(problem) => write!(f, "refused with {:?}", problem.code),
            Self::Broken(why) => f.write_str(why),
        }
    }
}

pub(crate) type Asked<T> = Result<T, Failed>;

#[derive(Clone)]
pub(crate) struct Browser {
    client: reqwest::Client,
    base: String,
    cookies: BTreeMap<String, String>,
    address: String,
    visitor: Visitor,
    tally: Tallied,
    requests: u64,
}

/// An answer that is worth anything, or nothing where the request is to be sent again.
type Received = Option<Result<Bytes, Failed>>;

impl Browser {
    pub(crate) fn new(client: reqwest::Client, base: &str, number: u32, tally: Tallied) -> Self {
        let [_, b, c, d] = number.to_be_bytes();
        Self {
            client,
            base: base.to_owned(),
            cookies: BTreeMap::new(),
            address: format!("10.{b}.{c}.{d}"),
            visitor: Visitor::new(),
            tally,
            requests: 0,
        }
    }

    /// Asks until there is an answer.
    pub(crate) async fn ask<U: UseCase>(&mut self, request: &U) -> Asked<U::Reply> {
        self.requests += 1;
        let key = takes_key(U::NAME).then(|| format!("request-{}", self.requests));
        let body = serde_json::to_vec(request).unwrap();
        let begun = Instant::now();
        let mut wait = FIRST_WAIT;
        let mut sent = 0;
        let reply = loop {
            let received = self.send(U::NAME, key.as_deref(), body.clone()).await;
            sent += 1;
            if let Some(reply) = received {
                break reply;
            }
            if begun.elapsed() > PATIENCE {
                break Err(Failed::Broken(format!("{} was never answered", U::NAME)));
            }
            sleep(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        };
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        tally.longest_request = tally.longest_request.max(begun.elapsed());
        if sent > 1 {
            let (requests, times) = tally.repeated.entry(U::NAME).or_default();
            *requests += 1;
            *times += sent - 1;
        }
        let reply = reply?;
        serde_json::from_slice(&reply).map_err(|error| Failed::Broken(error.to_string()))
    }

    async fn send(&mut self, name: &str, key: Option<&str>, body: Vec<u8>) -> Received {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        let mut request = self
            .client
            .post(format!("{}{}", self.base, path(name)))
            .header("content-type", "application/json")
            .header("cookie", cookies.join("; "))
            .header(ADDRESS_HEADER, &self.address)
            .body(body);
        if let Some(key) = key {
            request = request.header(KEY_HEADER, key);
        }
        let answer = async {
            let response = request.send().await?;
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            reqwest::Result::Ok((status, headers, response.bytes().await?))
        };
        let Ok((status, headers, body)) = answer.await else {
            self.count("the connection broke");
            return None;
        };
        self.count(&status.to_string());
        for cookie in headers.get_all("set-cookie") {
            let (pair, attributes) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if status == 200 {
            return Some(Ok(body));
        }
        let problem: Option<Problem> = serde_json::from_slice(&body).ok();
        match (status, problem) {
            (502..=504, _) => None,
            (_, Some(problem)) if problem.code == Code::InProgress => None,
            (_, Some(problem)) if status < 500 => Some(Err(Failed::Refused(problem))),
            (_, Some(problem)) => Some(Err(Failed::Broken(format!("{name}: {problem:?}")))),
            (_, None) => Some(Err(Failed::Broken(format!("{name}: {status}")))),
        }
    }

    fn count(&self, answer: &str) {
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        tally.count(answer);
    }

    /// Walks TikTok's pages and comes back.
    pub(crate) async fn at_tiktok(&mut self, url: &str, plan: Plan) -> CompleteAuthorization {
        let visit = visit(&self.client, &mut self.visitor, url, plan);
        // TikTok isn't what is killed, and every plan here leads back.
        visit.await.unwrap().unwrap()
    }
}
