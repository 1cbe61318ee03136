//! TikTok inside the tab: the emulator, reached by a direct call and shown page by page.

use crate::jar::Jar;
use crate::lock::lock;
use crate::machine::{Machine, MockClock};
use async_trait::async_trait;
use bytes::Bytes;
use contract::route::Route;
use http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{Method, Request, Response};
use login_kit::{LoginKit, Transport, TransportError};
use service::env::Clock as _;
use service::personas::{self, AtTikTok};
use std::sync::{Arc, Mutex};
use tiktok_emulator::{Account, App, Config, Emulator, Kind, Lifetimes, Pkce, Revocation, World};

/// Neither address is ever asked for over a network.
const BASE: &str = "https://tiktok.test";
const PORTAL: &str = "https://portal.test";
const CLIENT_KEY: &str = "demo-client-key";
/// Known to the emulator in this tab alone.
const CLIENT_SECRET: &str = "demo-client-secret";
/// A browser gives up sooner.
const REDIRECTS_MAX: u32 = 10;

fn redirect_uri() -> String {
    let callback = Route::TikTokCallback {
        query: String::new(),
    };
    format!("{PORTAL}{}", callback.path())
}

/// What a browser shows after it opened a page of TikTok's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visit {
    /// A page of TikTok's, its stylesheet within.
    Page { html: String },
    /// TikTok sent the browser back, with this query (without its `?`).
    Left {
        /// For `complete_authorization`.
        query: String,
    },
}

/// What TikTok says of a seeded account.
pub(crate) fn seeded(username: &str) -> AtTikTok {
    AtTikTok {
        open_id: tiktok_emulator::open_id(CLIENT_KEY, username),
        union_id: tiktok_emulator::union_id(username),
        avatar_url: tiktok_emulator::avatar_url(username),
    }
}

/// The emulator, shared by those who call it.
#[derive(Clone)]
pub(crate) struct TikTok {
    emulator: Arc<Mutex<Emulator>>,
    clock: Arc<MockClock>,
    machine: Arc<dyn Machine>,
}

impl TikTok {
    pub(crate) fn new(world: World, clock: Arc<MockClock>, machine: Arc<dyn Machine>) -> Self {
        Self {
            emulator: Arc::new(Mutex::new(Emulator::open(config(), world))),
            clock,
            machine,
        }
    }

    pub(crate) fn world(&self) -> World {
        lock(&self.emulator).world().clone()
    }

    /// A client that reaches this emulator.
    pub(crate) fn login_kit(&self) -> LoginKit {
        let config = login_kit::Config::emulator(
            BASE,
            CLIENT_KEY.to_owned(),
            CLIENT_SECRET.to_owned(),
            redirect_uri(),
        );
        LoginKit::new(config, Box::new(self.clone()))
    }

    fn handle(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let now_ms = self.clock.now().0;
        let mut random = |bytes: &mut [u8]| self.machine.fill(bytes);
        lock(&self.emulator).handle(now_ms, &mut random, request)
    }

    pub(crate) fn visit(
        &self,
        jar: &mut Jar,
        method: &str,
        url: &str,
        form: Option<String>,
    ) -> Visit {
        let mut method = match form {
            Some(_) if method.eq_ignore_ascii_case("post") => Method::POST,
            Some(_) | None => Method::GET,
        };
        let mut url = absolute(url);
        let mut body = Bytes::from(form.unwrap_or_default());
        for _ in 0..REDIRECTS_MAX {
            let Some(response) = self.request(jar, &method, &url, body) else {
                break;
            };
            let location = response.headers().get(LOCATION);
            let Some(location) = location.and_then(|value| value.to_str().ok()) else {
                return Visit::Page {
                    html: self.styled(&response),
                };
            };
            if let Some(back) = location.strip_prefix(&redirect_uri()) {
                return Visit::Left {
                    query: back.trim_start_matches('?').to_owned(),
                };
            }
            url = absolute(location);
            method = Method::GET;
            body = Bytes::new();
        }
        Visit::Page {
            html: String::new(),
        }
    }

    /// Nothing where the address is none.
    fn request(
        &self,
        jar: &mut Jar,
        method: &Method,
        url: &str,
        body: Bytes,
    ) -> Option<Response<Bytes>> {
        let request = Request::builder()
            .method(method)
            .uri(url)
            .header(COOKIE, jar.tiktok_header())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
            .ok()?;
        let response = self.handle(&request);
        for cookie in response.headers().get_all(SET_COOKIE) {
            if let Ok(cookie) = cookie.to_str() {
                jar.store_tiktok(cookie);
            }
        }
        Some(response)
    }

    /// A frame without an address of its own can't fetch the stylesheet: it travels within.
    fn styled(&self, response: &Response<Bytes>) -> String {
        let html = String::from_utf8_lossy(response.body()).into_owned();
        let link = format!("<link rel=\"stylesheet\" href=\"{BASE}/style.css\">");
        let relative = "<link rel=\"stylesheet\" href=\"/style.css\">";
        let mut nobody = Jar::default();
        let sheet = self.request(
            &mut nobody,
            &Method::GET,
            &format!("{BASE}/style.css"),
            Bytes::new(),
        );
        let sheet = sheet.map_or_else(String::new, |sheet| {
            format!("<style>{}</style>", String::from_utf8_lossy(sheet.body()))
        });
        html.replace(&link, &sheet).replace(relative, &sheet)
    }
}

#[async_trait]
impl Transport for TikTok {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        Ok(self.handle(&request))
    }
}

fn absolute(url: &str) -> String {
    if url.starts_with('/') {
        format!("{BASE}{url}")
    } else {
        url.to_owned()
    }
}

fn config() -> Config {
    Config {
        base_url: BASE.to_owned(),
        apps: vec![App {
            client_key: CLIENT_KEY.to_owned(),
            client_secret: CLIENT_SECRET.to_owned(),
            redirect_uris: vec![redirect_uri()],
            kind: Kind::Web,
            name: "TikTok For Business".to_owned(),
            sandbox_testers: None,
        }],
        pkce: Pkce::Hex,
        accounts: personas::TIKTOK
            .iter()
            .map(|persona| Account {
                username: persona.username.to_owned(),
                display_name: persona.display_name.to_owned(),
                password: personas::PASSWORD.to_owned(),
                is_private: persona.is_private,
                is_business: persona.is_business,
                bio_description: String::new(),
                is_verified: false,
            })
            .collect(),
        lifetimes: Lifetimes::default(),
        revocation: Revocation::default(),
        hint: Some(personas::PASSWORD.to_owned()),
    }
}
