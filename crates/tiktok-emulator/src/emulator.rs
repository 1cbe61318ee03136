//! The emulator: a request finds its handler.

use crate::answer::{file, json, method_not_allowed};
use crate::authorize::authorize;
use crate::call::Call;
use crate::config::Config;
use crate::consent::decide;
use crate::form::Form;
use crate::log_in::{log_in, log_out, switch};
use crate::pages::problem::Problem;
use crate::pages::sign_up::Typed;
use crate::pages::{self, CLOSE, STYLE, Scene};
use crate::resume::resume;
use crate::session::{Browser, language, unreadable};
use crate::sign_up;
use crate::token::{revoke, token};
use crate::user;
use crate::world::World;
use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use serde_json::json;

/// All of TikTok, as far as Login Kit goes.
#[derive(Debug)]
pub struct Emulator {
    config: Config,
    world: World,
}

impl Emulator {
    /// A TikTok in which nothing has happened yet.
    pub fn new(config: Config) -> Self {
        Self::open(config, World::default())
    }

    /// A TikTok that goes on where another one stopped.
    pub fn open(config: Config, world: World) -> Self {
        Self { config, world }
    }

    /// Sessions, authorizations, codes and grants.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The configuration that it was made with.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// One request in, one response out. The request's URI is absolute or a path, and carries the
    /// path of [`Config::base_url`]. `now_ms` is Unix time in milliseconds; `random` fills bytes,
    /// which guard sessions, codes and tokens.
    pub fn handle(
        &mut self,
        now_ms: i64,
        random: &mut dyn FnMut(&mut [u8]),
        request: &Request<Bytes>,
    ) -> Response<Bytes> {
        self.world.sweep(now_ms);
        let mut call = Call {
            config: &self.config,
            world: &mut self.world,
            now_ms,
            random,
        };
        let path = request
            .uri()
            .path()
            .strip_prefix(call.config.mount())
            .unwrap_or_default();
        let is_get = request.method() == Method::GET;
        let is_post = request.method() == Method::POST;
        match path {
            // Clients have this page's address built in without its slash, and TikTok serves both; the
            // API's gateway doesn't.
            "/v2/auth/authorize/" | "/v2/auth/authorize" if is_get => authorize(&mut call, request),
            "/v2/oauth/token/" if is_post => token(&mut call, request),
            "/v2/oauth/revoke/" if is_post => revoke(&mut call, request),
            "/v2/user/info/" if is_get => user::info(&mut call, request),
            "/login" | "/consent" | "/signup" if is_get => show(&mut call, request, path),
            "/login" | "/consent" | "/signup" | "/switch" if is_post => {
                submit(&mut call, request, path)
            }
            "/logout" if is_get || is_post => {
                log_out(&mut call, request.headers(), &Form::of_query(request))
            }
            "/style.css" if is_get => file("text/css; charset=utf-8", STYLE),
            "/close.js" if is_get => file("text/javascript; charset=utf-8", CLOSE),
            "/v2/auth/authorize/"
            | "/v2/auth/authorize"
            | "/v2/user/info/"
            | "/style.css"
            | "/close.js" => method_not_allowed("GET"),
            "/v2/oauth/token/" | "/v2/oauth/revoke/" | "/switch" => method_not_allowed("POST"),
            "/login" | "/consent" | "/signup" | "/logout" => method_not_allowed("GET, POST"),
            _ => not_found(&mut call, request, path),
        }
    }
}

/// A page that is asked for by its address: after a reload, or in the other language.
fn show(call: &mut Call<'_>, request: &Request<Bytes>, path: &str) -> Response<Bytes> {
    let query = Form::of_query(request);
    let browser = Browser::enter(call, request.headers(), &query);
    let authorization = query.get("authorization");
    let page = if path == "/signup" {
        sign_up::show(call, &browser, authorization, &Typed::default())
    } else {
        resume(call, &browser, authorization, None)
    };
    browser.keep(call.config, page)
}

/// A form of the pages. One that doesn't come from a page of this browser's changes nothing, and
/// shows the page anew.
fn submit(call: &mut Call<'_>, request: &Request<Bytes>, path: &str) -> Response<Bytes> {
    let mut browser = Browser::enter(call, request.headers(), &Form::default());
    let Ok(form) = Form::of_body(request) else {
        return unreadable(browser.words);
    };
    let page = if browser.sent(&form) {
        match path {
            "/login" => log_in(call, &mut browser, &form),
            "/signup" => sign_up::sign_up(call, &mut browser, &form),
            "/switch" => switch(call, &mut browser, &form),
            _ => decide(call, &browser, &form),
        }
    } else {
        let notice = Some(browser.words.out_of_date);
        let mut page = resume(call, &browser, form.get("authorization"), notice);
        *page.status_mut() = StatusCode::FORBIDDEN;
        page
    };
    browser.keep(call.config, page)
}

fn not_found(call: &mut Call<'_>, request: &Request<Bytes>, path: &str) -> Response<Bytes> {
    if path.starts_with("/v2/oauth") || path.starts_with("/v2/user") {
        // The gateway's own words, which say nothing about a missing slash.
        let body = json!({
            "error": {
                "code": "unsupported_path",
                "http_status_code": 404,
                "log_id": call.log_id(),
                "message": "Unsupported path(Janus)",
            },
        });
        return json(StatusCode::NOT_FOUND, &body);
    }
    let scene = Scene {
        config: call.config,
        words: language(request.headers()).words(),
        csrf: "",
        authorization: None,
    };
    pages::problem::page(&scene, &Problem::NotFound)
}
