//! A person at TikTok, without I/O: for tests of anyone's Login Kit code.
//!
//! A [`Visitor`] is a browser that keeps its cookies, and a [`Plan`] is what its person means to do.
//! The caller sends each request over whatever transport it has and hands the response back, until
//! the visitor has left TikTok or stopped there:
//!
//! ```
//! use tiktok_emulator::visitor::{Plan, Step, Visitor};
//! # use tiktok_emulator::{Account, App, Config, Emulator, Kind, Pkce};
//! # let mut emulator = Emulator::new(Config {
//! #     base_url: "http://localhost:4000".to_owned(),
//! #     apps: vec![App {
//! #         client_key: "key".to_owned(),
//! #         client_secret: "secret".to_owned(),
//! #         redirect_uris: vec!["https://app.example/back".to_owned()],
//! #         kind: Kind::Web,
//! #         name: "App".to_owned(),
//! #         sandbox_testers: None,
//! #     }],
//! #     pkce: Pkce::Off,
//! #     accounts: vec![Account {
//! #         username: "mai".to_owned(),
//! #         password: "Secret-2026".to_owned(),
//! #         ..Account::default()
//! #     }],
//! #     ..Config::default()
//! # });
//! # let url = "http://localhost:4000/v2/auth/authorize/?client_key=key&response_type=code\
//! #     &scope=user.info.basic&redirect_uri=https%3A%2F%2Fapp.example%2Fback&state=s";
//! let mut visitor = Visitor::new();
//! let mut request = visitor.visit(url, Plan::authorize("mai", "Secret-2026"));
//! let callback = loop {
//!     let response = emulator.handle(0, &mut |bytes| bytes.fill(7), &request);
//!     match visitor.read(&response) {
//!         Step::Send(next) => request = next,
//!         Step::Left(url) => break url,
//!         Step::Stopped(text) => panic!("{text}"),
//!     }
//! };
//! assert!(callback.starts_with("https://app.example/back?code="));
//! ```

mod html;

use crate::account::normal_username;
use bytes::Bytes;
use html::{Form, Page};
use http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{Method, Request, Response};
use std::collections::BTreeMap;

/// What a person means to do at TikTok. Where an account is named and another one is logged in,
/// they switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Log in and authorize everything.
    Authorize {
        /// The username that logs in.
        username: String,
        /// The account's password.
        password: String,
    },
    /// Log in and press Cancel.
    Cancel {
        /// The username that logs in.
        username: String,
        /// The account's password.
        password: String,
    },
    /// Log in, turn one scope off, and authorize the rest.
    Deny {
        /// The username that logs in.
        username: String,
        /// The account's password.
        password: String,
        /// Which scope, such as `user.info.profile`.
        scope: String,
    },
    /// Create an account and authorize everything.
    SignUp {
        /// The new account's username.
        username: String,
        /// The new account's display name.
        display_name: String,
        /// The new account's password.
        password: String,
    },
    /// Log in, choose a failure, and authorize.
    Rehearse {
        /// The username that logs in.
        username: String,
        /// The account's password.
        password: String,
        /// The failure, by its [`Rehearsal::as_str`](crate::Rehearsal::as_str).
        rehearse: String,
    },
    /// Authorize as whoever is logged in.
    Return,
    /// Press "Switch account", log in as another one, and authorize.
    SwitchTo {
        /// The username that logs in.
        username: String,
        /// The account's password.
        password: String,
    },
}

impl Plan {
    /// [`Plan::Authorize`], from borrowed text.
    pub fn authorize(username: &str, password: &str) -> Self {
        Self::Authorize {
            username: username.to_owned(),
            password: password.to_owned(),
        }
    }

    fn account(&self) -> Option<(&str, &str)> {
        match self {
            Self::Authorize { username, password }
            | Self::Cancel { username, password }
            | Self::Deny {
                username, password, ..
            }
            | Self::SignUp {
                username, password, ..
            }
            | Self::Rehearse {
                username, password, ..
            }
            | Self::SwitchTo { username, password } => Some((username, password)),
            Self::Return => None,
        }
    }
}

/// Where a visit has got to.
#[derive(Debug)]
// Where pointers are small, so is the difference.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::large_enum_variant,
        reason = "a step is matched at once and never stored"
    )
)]
pub enum Step {
    /// Send this, and read its response.
    Send(Request<Bytes>),
    /// The browser goes here, away from TikTok: a callback's URL with its query.
    Left(String),
    /// The browser stays at TikTok; this is what its page says, heading first.
    Stopped(String),
}

/// A browser at TikTok. It keeps its cookies between visits.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    cookies: BTreeMap<String, String>,
    /// Where the emulator is: scheme and authority.
    origin: String,
    /// The path that its pages have in front.
    mount: String,
    plan: Option<Plan>,
    /// What the visitor did for the plan. Each is done once: a page that comes again refused it.
    done: Vec<Action>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    LogIn,
    SignUp,
    Switch,
    Decide,
}

impl Visitor {
    /// A browser that was never there.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens an authorize URL, with a plan.
    pub fn visit(&mut self, url: &str, plan: Plan) -> Request<Bytes> {
        self.arrive(url, Some(plan))
    }

    /// Opens the page that logs out. Its response has to be read, too: it takes the cookie away.
    pub fn log_out(&mut self, log_out_url: &str) -> Request<Bytes> {
        self.arrive(log_out_url, None)
    }

    /// Reads a response and goes on with the plan.
    pub fn read(&mut self, response: &Response<Bytes>) -> Step {
        self.keep_cookies(response);
        if response.status().is_redirection() {
            return self.follow(response);
        }
        let html = String::from_utf8_lossy(response.body());
        let page = Page::read(&html);
        let next = match (page.name.as_str(), self.plan.clone()) {
            ("log-in", Some(plan)) => self.log_in(&page, &plan),
            ("sign-up", Some(plan)) => self.sign_up(&page, &plan),
            ("consent", Some(plan)) => self.decide(&page, &plan),
            _ => None,
        };
        next.map_or_else(|| Step::Stopped(said(&page, response)), Step::Send)
    }

    fn arrive(&mut self, url: &str, plan: Option<Plan>) -> Request<Bytes> {
        let (origin, path) = split(url);
        let place = ["/v2/auth/authorize", "/logout"]
            .into_iter()
            .find_map(|end| path.find(end));
        let mount = place.and_then(|place| path.get(..place));
        *self = Self {
            cookies: core::mem::take(&mut self.cookies),
            origin: origin.to_owned(),
            mount: mount.unwrap_or_default().to_owned(),
            plan,
            done: Vec::new(),
        };
        self.request(&Method::GET, path, String::new())
    }

    fn follow(&self, response: &Response<Bytes>) -> Step {
        let location = response
            .headers()
            .get(LOCATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let path = location
            .strip_prefix(&self.origin)
            .filter(|_| !self.origin.is_empty())
            .unwrap_or(location);
        let is_below = path
            .strip_prefix(&self.mount)
            .is_some_and(|rest| rest.starts_with('/'));
        // An app may share the origin, but then the emulator stands below a path of its own.
        let is_here = is_below && (path == location || !self.mount.is_empty());
        if is_here {
            Step::Send(self.request(&Method::GET, path, String::new()))
        } else {
            Step::Left(location.to_owned())
        }
    }

    fn log_in(&mut self, page: &Page, plan: &Plan) -> Option<Request<Bytes>> {
        if let Plan::SignUp { .. } = plan {
            let link = page
                .link("/signup")
                .filter(|_| !self.has_done(Action::SignUp))?;
            return Some(self.request(&Method::GET, link, String::new()));
        }
        let (username, password) = plan.account().filter(|_| !self.has_done(Action::LogIn))?;
        self.done.push(Action::LogIn);
        let filled = [("username", username), ("password", password)];
        let form = page.form("/login")?;
        Some(self.submit(form, &filled, None, None))
    }

    fn sign_up(&mut self, page: &Page, plan: &Plan) -> Option<Request<Bytes>> {
        let Plan::SignUp {
            username,
            display_name,
            password,
        } = plan
        else {
            return None;
        };
        let form = page
            .form("/signup")
            .filter(|_| !self.has_done(Action::SignUp))?;
        self.done.push(Action::SignUp);
        let filled = [
            ("username", username.as_str()),
            ("display_name", display_name),
            ("password", password),
        ];
        Some(self.submit(form, &filled, None, None))
    }

    fn decide(&mut self, page: &Page, plan: &Plan) -> Option<Request<Bytes>> {
        let form = page.form("/consent")?;
        let shown = form.value("account").unwrap_or_default();
        let is_other = plan
            .account()
            .is_some_and(|(username, _)| normal_username(username) != shown);
        let must_switch = matches!(plan, Plan::SwitchTo { .. }) || is_other;
        if must_switch && !self.has_done(Action::Switch) && !self.has_done(Action::LogIn) {
            self.done.push(Action::Switch);
            return Some(self.submit(page.form("/switch")?, &[], None, None));
        }
        if is_other || self.has_done(Action::Decide) {
            return None;
        }
        self.done.push(Action::Decide);
        let authorize = Some(("decision", "authorize"));
        Some(match plan {
            Plan::Cancel { .. } => self.submit(form, &[], None, Some(("decision", "cancel"))),
            Plan::Deny { scope, .. } => self.submit(form, &[], Some(scope), authorize),
            Plan::Rehearse { rehearse, .. } => {
                self.submit(form, &[("rehearse", rehearse)], None, authorize)
            }
            Plan::Authorize { .. } | Plan::SignUp { .. } | Plan::Return | Plan::SwitchTo { .. } => {
                self.submit(form, &[], None, authorize)
            }
        })
    }

    fn has_done(&self, action: Action) -> bool {
        self.done.contains(&action)
    }

    fn submit(
        &self,
        form: &Form,
        filled: &[(&str, &str)],
        off: Option<&str>,
        button: Option<(&str, &str)>,
    ) -> Request<Bytes> {
        self.request(&Method::POST, &form.action, form.body(filled, off, button))
    }

    fn request(&self, method: &Method, path: &str, body: String) -> Request<Bytes> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.origin));
        if *method == Method::POST {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<_> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(COOKIE, cookies.join("; "));
        }
        // A URL that is none goes nowhere, and the emulator says so.
        request.body(Bytes::from(body)).unwrap_or_default()
    }

    fn keep_cookies(&mut self, response: &Response<Bytes>) {
        for value in response.headers().get_all(SET_COOKIE) {
            let text = value.to_str().unwrap_or_default();
            let pair = text.split(';').next().unwrap_or_default();
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            if text.contains("Max-Age=0;") || text.ends_with("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// Scheme and authority, and the rest.
fn split(url: &str) -> (&str, &str) {
    let start = url.find("://").map_or(0, |place| place + 3);
    let path = url
        .get(start..)
        .and_then(|rest| rest.find('/'))
        .map_or(url.len(), |place| start + place);
    url.split_at(path)
}

fn said(page: &Page, response: &Response<Bytes>) -> String {
    if page.text.is_empty() {
        let body = String::from_utf8_lossy(response.body());
        format!("{} {body}", response.status()).trim().to_owned()
    } else {
        page.text.clone()
    }
}
