//! Drives the crate `oauth2` to a log-in and to a refusal, at an emulator in the same process. A line
//! for each: JSON.

use bytes::Bytes;
use oauth2::basic::BasicClient;
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest,
    HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    TokenResponse as _, TokenUrl,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::convert::Infallible;
use tiktok_emulator::visitor::{Plan, Step, Visitor};
use tiktok_emulator::{Account, App, Config, Emulator, Kind, Pkce};

const BASE: &str = "https://tiktok.example";
const KEY: &str = "emulated-app";
const SECRET: &str = "emulated-app-has-no-secret";
const BACK: &str = "https://app.example/callback";
const NOW_MS: i64 = 1_795_534_238_000;

type Failure = Box<dyn std::error::Error>;

/// What is set beside what the crate does by itself.
#[derive(Clone, Copy)]
struct Settings {
    said: &'static str,
    client_key: bool,
    in_one: bool,
    challenge: Challenge,
}

#[derive(Clone, Copy, PartialEq)]
enum Challenge {
    None,
    OfTheCrate,
    Hex,
}

const WAYS: [Settings; 5] = [
    Settings {
        said: "as it is",
        client_key: false,
        in_one: false,
        challenge: Challenge::OfTheCrate,
    },
    Settings {
        said: "`client_key` in both requests, `AuthType::RequestBody`",
        client_key: true,
        in_one: false,
        challenge: Challenge::None,
    },
    Settings {
        said: "the same, and the scopes as one with commas",
        client_key: true,
        in_one: true,
        challenge: Challenge::None,
    },
    Settings {
        said: "the same, and `set_pkce_challenge`",
        client_key: true,
        in_one: true,
        challenge: Challenge::OfTheCrate,
    },
    Settings {
        said: "the same, and the challenge in hex instead",
        client_key: true,
        in_one: true,
        challenge: Challenge::Hex,
    },
];

struct TikTok {
    emulator: RefCell<Emulator>,
    drawn: RefCell<u64>,
}

impl TikTok {
    fn new(pkce: Pkce) -> Self {
        let config = Config {
            base_url: BASE.to_owned(),
            apps: vec![App {
                client_key: KEY.to_owned(),
                client_secret: SECRET.to_owned(),
                redirect_uris: vec![BACK.to_owned()],
                kind: Kind::Web,
                name: "App".to_owned(),
                sandbox_testers: None,
            }],
            pkce,
            accounts: vec![Account {
                username: "business".to_owned(),
                display_name: "Mai Coffee".to_owned(),
                password: "Emulated-2026".to_owned(),
                ..Account::default()
            }],
            ..Config::default()
        };
        Self {
            emulator: RefCell::new(Emulator::new(config)),
            drawn: RefCell::default(),
        }
    }

    fn handle(&self, request: &http::Request<Bytes>) -> http::Response<Bytes> {
        let mut random = |bytes: &mut [u8]| {
            for byte in bytes {
                *self.drawn.borrow_mut() += 1;
                *byte = Sha256::digest(self.drawn.borrow().to_le_bytes())[0];
            }
        };
        self.emulator.borrow_mut().handle(NOW_MS, &mut random, request)
    }

    fn send(&self, request: HttpRequest) -> Result<HttpResponse, Infallible> {
        Ok(self.handle(&request.map(Bytes::from)).map(|body| body.to_vec()))
    }
}

fn walk(pkce: Pkce, settings: Settings, plan: Plan) -> Result<String, Failure> {
    let tiktok = TikTok::new(pkce);
    let mut client = BasicClient::new(ClientId::new(KEY.to_owned()))
        .set_client_secret(ClientSecret::new(SECRET.to_owned()))
        .set_auth_uri(AuthUrl::new(format!("{BASE}/v2/auth/authorize/"))?)
        .set_token_uri(TokenUrl::new(format!("{BASE}/v2/oauth/token/"))?)
        .set_redirect_uri(RedirectUrl::new(BACK.to_owned())?);
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let in_hex = hex::encode(Sha256::digest(verifier.secret()));
    let mut begin = client.authorize_url(CsrfToken::new_random);
    begin = if settings.in_one {
        begin.add_scope(Scope::new("user.info.basic,user.info.profile".to_owned()))
    } else {
        begin
            .add_scope(Scope::new("user.info.basic".to_owned()))
            .add_scope(Scope::new("user.info.profile".to_owned()))
    };
    if settings.client_key {
        begin = begin.add_extra_param("client_key", KEY);
    }
    begin = match settings.challenge {
        Challenge::None => begin,
        Challenge::OfTheCrate => begin.set_pkce_challenge(challenge),
        Challenge::Hex => begin
            .add_extra_param("code_challenge", in_hex)
            .add_extra_param("code_challenge_method", "S256"),
    };
    let (address, _) = begin.url();

    let mut visitor = Visitor::new();
    let mut request = visitor.visit(address.as_str(), plan);
    let callback = loop {
        match visitor.read(&tiktok.handle(&request)) {
            Step::Send(next) => request = next,
            Step::Left(callback) => break callback,
            Step::Stopped(text) => {
                let parameter = text.split("following: ").nth(1).unwrap_or(&text);
                let parameter = parameter.split_whitespace().next().unwrap_or_default();
                return Ok(format!("TikTok's page: {parameter}"));
            }
        }
    };
    let query = oauth2::url::Url::parse(&callback)?;
    let query: BTreeMap<_, _> = query.query_pairs().into_owned().collect();
    // The crate leaves the reading of the callback to the app: it is refused with a code that is none.
    let code = match query.get("code") {
        Some(code) => code.clone(),
        None if query.get("error").is_some_and(|error| error == "access_denied") => {
            "no-code".to_owned()
        }
        None => return Ok(format!("back with {:?}", query.get("error"))),
    };
    if settings.client_key {
        client = client.set_auth_type(AuthType::RequestBody);
    }
    let mut exchange = client.exchange_code(AuthorizationCode::new(code));
    if settings.client_key {
        exchange = exchange.add_extra_param("client_key", KEY);
    }
    if settings.challenge != Challenge::None {
        exchange = exchange.set_pkce_verifier(PkceCodeVerifier::new(verifier.into_secret()));
    }
    let token = match exchange.request(&|request| tiktok.send(request)) {
        Ok(token) => token,
        Err(RequestTokenError::ServerResponse(said)) => {
            return Ok(format!("refused: {}", said.error()));
        }
        Err(other) => return Ok(format!("refused: {other}")),
    };
    let request = http::Request::get(format!("{BASE}/v2/user/info/?fields=display_name"))
        .header("authorization", format!("Bearer {}", token.access_token().secret()))
        .body(Bytes::new())?;
    let body: Value = serde_json::from_slice(tiktok.handle(&request).body())?;
    let name = body["data"]["user"]["display_name"].as_str();
    Ok(name.unwrap_or("nobody").to_owned())
}

fn main() -> Result<(), Failure> {
    for (name, pkce) in [
        ("hex", Pkce::Hex),
        ("base64url", Pkce::Base64Url),
        ("off", Pkce::Off),
    ] {
        for settings in WAYS {
            let (username, password) = ("business".to_owned(), "Emulated-2026".to_owned());
            let cancel = Plan::Cancel { username, password };
            let line = json!({
                "client": "oauth2",
                "version": "5.0.0",
                "set": settings.said,
                "pkce": name,
                "logIn": walk(pkce, settings, Plan::authorize("business", "Emulated-2026"))?,
                "refusal": walk(pkce, settings, cancel)?,
            });
            println!("{line}");
        }
    }
    Ok(())
}
