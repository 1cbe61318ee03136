//! A TikTok with one app and three accounts, a clock that is set by hand, and chance from a seed.

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, LOCATION};
use http::{Method, Request, Response};
use serde_json::Value;
use std::collections::BTreeMap;
use tiktok_emulator::visitor::{Plan, Step, Visitor};
use tiktok_emulator::{Account, App, Config, Emulator, Kind, Pkce};

pub(crate) const BASE: &str = "http://127.0.0.1:3000/tiktok-emulator";
pub(crate) const KEY: &str = "key";
pub(crate) const SECRET: &str = "secret";
pub(crate) const BACK: &str = "https://portal.example/tiktok/callback";
pub(crate) const PASSWORD: &str = "Secret-2026";
/// RFC 7636's example, and its challenge as TikTok documents it.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str =
    "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3";
pub(crate) const BOTH: &str = "user.info.basic,user.info.profile";

pub(crate) const MINUTE_MS: i64 = 60_000;
pub(crate) const HOUR_MS: i64 = 60 * MINUTE_MS;
pub(crate) const DAY_MS: i64 = 24 * HOUR_MS;

pub(crate) struct Stage {
    pub(crate) emulator: Emulator,
    pub(crate) now_ms: i64,
    seed: u64,
}

pub(crate) fn config() -> Config {
    let account = |username: &str, display_name: &str| Account {
        username: username.to_owned(),
        display_name: display_name.to_owned(),
        password: PASSWORD.to_owned(),
        ..Account::default()
    };
    Config {
        base_url: BASE.to_owned(),
        apps: vec![
            app(KEY, &[BACK]),
            app("other-key", &["https://other.example/callback"]),
        ],
        accounts: vec![
            account("mai", "Mai <Coffee> & \"Tea\""),
            account("linh", "Linh"),
            Account {
                is_verified: true,
                bio_description: "Lanterns".to_owned(),
                ..account("minh", "Minh")
            },
        ],
        ..Config::default()
    }
}

pub(crate) fn app(client_key: &str, redirect_uris: &[&str]) -> App {
    App {
        client_key: client_key.to_owned(),
        client_secret: SECRET.to_owned(),
        redirect_uris: redirect_uris.iter().map(|uri| (*uri).to_owned()).collect(),
        kind: Kind::Web,
        name: "The <Portal>".to_owned(),
        sandbox_testers: None,
    }
}

/// The authorize URL of a careful app, with these members changed; an empty one is left out.
pub(crate) fn authorize_url(changes: &[(&str, &str)]) -> String {
    let mut members = BTreeMap::from([
        ("client_key", KEY),
        ("response_type", "code"),
        ("scope", BOTH),
        ("redirect_uri", BACK),
        ("state", "a state/+&="),
        ("disable_auto_auth", "1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    members.extend(changes.iter().copied());
    members.retain(|_, value| !value.is_empty());
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(members)
        .finish();
    format!("{BASE}/v2/auth/authorize/?{query}")
}

/// The members of a callback's query, decoded.
pub(crate) fn query(callback: &str) -> BTreeMap<String, String> {
    let query = callback.split_once('?').unwrap().1;
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

pub(crate) fn mai() -> Plan {
    Plan::authorize("mai", PASSWORD)
}

pub(crate) fn text(response: &Response<Bytes>) -> String {
    String::from_utf8(response.body().to_vec()).unwrap()
}

pub(crate) fn location(response: &Response<Bytes>) -> String {
    let value = response.headers().get(LOCATION);
    value.unwrap().to_str().unwrap().to_owned()
}

impl Stage {
    pub(crate) fn new() -> Self {
        Self::with(config())
    }

    pub(crate) fn with(config: Config) -> Self {
        Self {
            emulator: Emulator::new(config),
            now_ms: 1_795_534_238_000,
            seed: 1,
        }
    }

    pub(crate) fn with_pkce(pkce: Pkce) -> Self {
        Self::with(Config { pkce, ..config() })
    }

    pub(crate) fn with_testers(testers: &[&str]) -> Self {
        let mut config = config();
        let testers = testers.iter().map(|tester| (*tester).to_owned()).collect();
        config.apps.first_mut().unwrap().sandbox_testers = Some(testers);
        Self::with(config)
    }

    pub(crate) fn send(&mut self, request: &Request<Bytes>) -> Response<Bytes> {
        let seed = &mut self.seed;
        let mut random = |bytes: &mut [u8]| {
            for byte in bytes {
                // A step of a linear congruential generator; its upper bits are the better ones.
                *seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                *byte = seed.to_be_bytes()[0];
            }
        };
        self.emulator.handle(self.now_ms, &mut random, request)
    }

    pub(crate) fn get(&mut self, url: &str) -> Response<Bytes> {
        self.send(&Request::get(url).body(Bytes::new()).unwrap())
    }

    pub(crate) fn post(&mut self, path: &str, members: &[(&str, &str)]) -> Response<Bytes> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(members)
            .finish();
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("{BASE}{path}"))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Bytes::from(body))
            .unwrap();
        self.send(&request)
    }

    /// Walks until the visitor leaves (`Ok`, the callback) or stops (`Err`, what the page says).
    pub(crate) fn walk(
        &mut self,
        visitor: &mut Visitor,
        url: &str,
        plan: Plan,
    ) -> Result<String, String> {
        let mut request = visitor.visit(url, plan);
        for _ in 0..20 {
            let response = self.send(&request);
            match visitor.read(&response) {
                Step::Send(next) => request = next,
                Step::Left(callback) => return Ok(callback),
                Step::Stopped(text) => return Err(text),
            }
        }
        Err("walks in circles".to_owned())
    }

    /// As [`Self::walk`], in a browser that was never there.
    pub(crate) fn walk_anew(
        &mut self,
        changes: &[(&str, &str)],
        plan: Plan,
    ) -> Result<String, String> {
        self.walk(&mut Visitor::new(), &authorize_url(changes), plan)
    }

    /// A code that `mai` gave for both scopes.
    pub(crate) fn code(&mut self) -> String {
        let callback = self.walk_anew(&[], mai()).unwrap();
        query(&callback).remove("code").unwrap()
    }

    /// Exchanges a code as a careful app does, with these members changed.
    pub(crate) fn exchange(&mut self, code: &str, changes: &[(&str, &str)]) -> (u16, Value) {
        let mut members = BTreeMap::from([
            ("client_key", KEY),
            ("client_secret", SECRET),
            ("code", code),
            ("grant_type", "authorization_code"),
            ("redirect_uri", BACK),
            ("code_verifier", VERIFIER),
        ]);
        members.extend(changes.iter().copied());
        members.retain(|_, value| !value.is_empty());
        let members: Vec<_> = members.into_iter().collect();
        json(&self.post("/v2/oauth/token/", &members))
    }

    pub(crate) fn refresh(&mut self, token: &str) -> (u16, Value) {
        let members = [
            ("client_key", KEY),
            ("client_secret", SECRET),
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
        ];
        json(&self.post("/v2/oauth/token/", &members))
    }

    pub(crate) fn revoke(&mut self, token: &str) -> Response<Bytes> {
        let members = [
            ("client_key", KEY),
            ("client_secret", SECRET),
            ("token", token),
        ];
        self.post("/v2/oauth/revoke/", &members)
    }

    /// A grant of `mai`'s.
    pub(crate) fn grant(&mut self) -> Value {
        let code = self.code();
        self.exchange(&code, &[]).1
    }

    pub(crate) fn user_info(&mut self, token: &str, fields: &str) -> (u16, Value) {
        let request = Request::get(format!("{BASE}/v2/user/info/?fields={fields}"))
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .body(Bytes::new())
            .unwrap();
        json(&self.send(&request))
    }

    /// The code with which user info answers.
    pub(crate) fn user_info_code(&mut self, token: &str, fields: &str) -> String {
        word(&self.user_info(token, fields).1["error"]["code"])
    }
}

pub(crate) fn json(response: &Response<Bytes>) -> (u16, Value) {
    let body = serde_json::from_slice(response.body()).unwrap();
    (response.status().as_u16(), body)
}

pub(crate) fn word(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
