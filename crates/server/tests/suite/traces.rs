//! Traces: what a collector of OpenTelemetry's is sent, and what it never is; and that nobody waits
//! for it.

use crate::browser::Browser;
use crate::harness::{KEYS, client};
use crate::process::Process;
use crate::smtp::MailServer;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{self, StatusCode};
use axum::response::Response;
use axum::routing::post;
use bytes::Bytes;
use contract::authorization::Purpose;
use domain::authorization::{Outcome, ReturnTo};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode as SpanStatus;
use prost::Message as _;
use reqwest::Method;
use serde_json::Value as Json;
use server::machine::Machine;
use service::env::Clock as _;
use service::personas::PASSWORD;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use tiktok_emulator::visitor::Plan;
use tiktok_emulator::{Account, App, Config, Emulator, Kind, Pkce};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
/// Nothing is sent until the end.
const LATE: (&str, &str) = ("OTEL_BSP_SCHEDULE_DELAY", "3600000");
/// Whatever is there is sent at once.
const AT_ONCE: (&str, &str) = ("OTEL_BSP_SCHEDULE_DELAY", "1");
const NO_DRAIN: (&str, &str) = ("PORTAL_DRAIN", "0");
const TOLD: (&str, &str) = ("RUST_LOG", "info");

/// A collector that keeps what it takes.
struct Collector {
    endpoint: String,
    taken: UnboundedReceiver<Bytes>,
}

impl Collector {
    /// One that refuses so many times first.
    async fn refusing(times: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let (take, taken) = unbounded_channel();
        let left = Arc::new(Mutex::new(times));
        let answer = async move |body: Bytes| {
            let mut left = left.lock().unwrap();
            if *left > 0 {
                *left -= 1;
                return StatusCode::SERVICE_UNAVAILABLE;
            }
            // A test may have ended before.
            let _ = take.send(body);
            StatusCode::OK
        };
        let router = Router::new().route("/v1/traces", post(answer));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { endpoint, taken }
    }

    async fn start() -> Self {
        Self::refusing(0).await
    }

    /// All that it has taken by now.
    fn taken(&mut self) -> Vec<Bytes> {
        let mut all = Vec::new();
        while let Ok(one) = self.taken.try_recv() {
            all.push(one);
        }
        all
    }
}

/// A span as a reader of traces sees it.
#[derive(Debug)]
struct Seen {
    name: String,
    kind: SpanKind,
    has_failed: bool,
    trace: String,
    id: String,
    /// Empty where it has none.
    parent: String,
    said: BTreeMap<String, String>,
}

impl Seen {
    fn of(span: Span) -> Self {
        assert!(span.events.is_empty() && span.links.is_empty(), "{span:?}");
        let said = span.attributes.into_iter().map(|attribute| {
            let value = match attribute.value.unwrap().value.unwrap() {
                Value::StringValue(text) => text,
                Value::IntValue(number) => number.to_string(),
                Value::DoubleValue(number) => number.to_string(),
                // None of ours: what isn't expected is shown.
                other @ (Value::BoolValue(_)
                | Value::ArrayValue(_)
                | Value::KvlistValue(_)
                | Value::BytesValue(_)
                | Value::StringValueStrindex(_)) => format!("{other:?}"),
            };
            (attribute.key, value)
        });
        Self {
            kind: SpanKind::try_from(span.kind).unwrap(),
            has_failed: span
                .status
                .is_some_and(|status| status.code() == SpanStatus::Error),
            trace: hex::encode(span.trace_id),
            id: hex::encode(span.span_id),
            parent: hex::encode(span.parent_span_id),
            said: said.collect(),
            name: span.name,
        }
    }

    /// What it says, or nothing.
    fn says(&self, key: &str) -> &str {
        self.said.get(key).map_or("", String::as_str)
    }
}

fn requests(taken: &[Bytes]) -> Vec<ExportTraceServiceRequest> {
    let taken = taken.iter().cloned();
    taken
        .map(|body| ExportTraceServiceRequest::decode(body).unwrap())
        .collect()
}

fn spans(taken: &[Bytes]) -> Vec<Seen> {
    let all = requests(taken).into_iter();
    let all = all.flat_map(|request| request.resource_spans);
    let all = all.flat_map(|of_resource| of_resource.scope_spans);
    all.flat_map(|of_scope| of_scope.spans)
        .map(Seen::of)
        .collect()
}

/// The one span that has this name and says that.
fn one<'a>(spans: &'a [Seen], name: &str, (key, value): (&str, &str)) -> &'a Seen {
    let mut found = spans
        .iter()
        .filter(|span| span.name == name && span.says(key) == value);
    let first = found.next();
    assert!(first.is_some(), "{name} {key}={value} in {spans:?}");
    assert!(found.next().is_none(), "two of {name} {key}={value}");
    first.unwrap()
}

/// What a request or letter waited for, of this name.
fn within<'a>(spans: &'a [Seen], parent: &Seen, name: &str) -> &'a Seen {
    let found = spans
        .iter()
        .find(|span| span.parent == parent.id && span.name == name);
    assert!(
        found.is_some(),
        "{name} within {} in {spans:?}",
        parent.name
    );
    let found = found.unwrap();
    assert_eq!(found.trace, parent.trace);
    found
}

/// TikTok, which writes down what the portal and it tell each other.
struct TikTok {
    listener: TcpListener,
    at: String,
    secrets: Arc<Mutex<BTreeSet<String>>>,
}

const APP: (&str, &str) = ("the-client-key", "the-client-secret");
const USERNAME: &str = "creator.of.videos";

impl TikTok {
    async fn listen() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        Self {
            listener,
            at: format!("http://localhost:{port}"),
            secrets: Arc::default(),
        }
    }

    /// Serves a portal, and gives what the two will have told each other.
    fn serve(self, public_url: &str) -> Arc<Mutex<BTreeSet<String>>> {
        let (client_key, client_secret) = APP;
        let emulator = Emulator::new(Config {
            base_url: self.at,
            apps: vec![App {
                client_key: client_key.to_owned(),
                client_secret: client_secret.to_owned(),
                redirect_uris: vec![format!("{public_url}/tiktok/callback")],
                kind: Kind::Desktop,
                name: "TikTok For Business".to_owned(),
                sandbox_testers: None,
            }],
            pkce: Pkce::Hex,
            accounts: vec![Account {
                username: USERNAME.to_owned(),
                display_name: "Mai who makes videos".to_owned(),
                password: PASSWORD.to_owned(),
                ..Account::default()
            }],
            ..Config::default()
        });
        let state = (Arc::new(Mutex::new(emulator)), Arc::clone(&self.secrets));
        let router = Router::new().fallback(answer).with_state(state);
        tokio::spawn(async move { axum::serve(self.listener, router).await });
        self.secrets
    }
}

type AtTikTok = (Arc<Mutex<Emulator>>, Arc<Mutex<BTreeSet<String>>>);

async fn answer(State((emulator, secrets)): State<AtTikTok>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let mut told = BTreeSet::new();
    for (name, value) in form_urlencoded::parse(&body) {
        if ["client_secret", "code", "code_verifier", "token"].contains(&&*name) {
            told.insert(value.into_owned());
        }
    }
    let machine = Machine::real();
    let answer = emulator.lock().unwrap().handle(
        machine.clock.now().0,
        &mut |bytes| machine.randomness.fill(bytes),
        &http::Request::from_parts(parts, body),
    );
    let json = serde_json::from_slice::<Json>(answer.body()).unwrap_or_default();
    for of in [&json, &json["data"]["user"]] {
        for name in [
            "access_token",
            "refresh_token",
            "open_id",
            "union_id",
            "display_name",
            "username",
        ] {
            told.extend(of[name].as_str().map(str::to_owned));
        }
    }
    secrets.lock().unwrap().extend(told);
    answer.map(Body::from)
}

/// What came of a walk through the portal.
struct Walk {
    taken: Vec<Bytes>,
    spans: Vec<Seen>,
    /// The log, in JSON.
    printed: Vec<Json>,
    secrets: BTreeSet<String>,
    /// Of a request that named its parent.
    request_id: String,
}

/// By which a caller names a trace and a span of it.
const TRACEPARENT: (&str, &str) = ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");

/// Somebody signs up, links TikTok and logs in elsewhere; a caller names a trace; somebody tries odd
/// things; the server drains and ends.
async fn walk() -> Walk {
    let mut collector = Collector::start().await;
    let mail = MailServer::start(&["250 taken"]).await;
    let tiktok = TikTok::listen().await;
    let folder = tempfile::tempdir().unwrap();
    let settings = [
        (ENDPOINT, &*collector.endpoint),
        LATE,
        TOLD,
        ("PORTAL_LOG", "json"),
        ("PORTAL_DRAIN", "600"),
        ("PORTAL_MAIL", &mail.url),
        ("PORTAL_MAIL_FROM", "portal@portal.test"),
        ("PORTAL_TIKTOK_EMULATOR", &tiktok.at),
        ("PORTAL_TIKTOK_CLIENT_KEY", APP.0),
        ("PORTAL_TIKTOK_CLIENT_SECRET", APP.1),
    ];
    let server = Process::start(folder.path(), &settings);
    let told = tiktok.serve(&server.base);

    let mut browser = Browser::new(client(), &server.base);
    let email = "person@traces.test";
    let code = browser.become_member(email, "word-of-a-person").await;
    let link = Purpose::Link {
        to: ReturnTo::Profile,
    };
    let begun = browser.begin(link).await.unwrap();
    let plan = Plan::authorize(USERNAME, PASSWORD);
    let back = browser.at_tiktok(&begun.authorize_url, plan).await;
    let page = format!("/tiktok/callback?{}", back.query);
    browser.get(&page).await.unwrap();
    assert_eq!(browser.ask(&back).await.unwrap().outcome, Outcome::Linked);
    let mut elsewhere = Browser::new(client(), &server.base);
    elsewhere.log_in(email, "word-of-a-person").await.unwrap();

    let (trace, parent) = TRACEPARENT;
    let named = client()
        .post(format!("{}/api/get-session", server.base))
        .header("content-type", "application/json")
        .header("cookie", elsewhere.cookie_header())
        .header("traceparent", format!("00-{trace}-{parent}-01"))
        .header("tracestate", "visitor=state-of-a-visitor")
        .header("baggage", "visitor=baggage-of-a-visitor")
        .body("{}");
    let named = named.send().await.unwrap();
    let request_id = named.headers()["x-request-id"].to_str().unwrap().to_owned();
    let odd = format!("{}/ads/path-of-a-visitor?query-of-a-visitor", server.base);
    for method in [Method::GET, Method::from_bytes(b"BREW").unwrap()] {
        let odd = client().request(method, &odd);
        let odd = odd.header("user-agent", "agent-of-a-visitor");
        odd.send().await.unwrap();
    }
    server.signal("TERM");
    let ready = format!("{}/readyz", server.base);
    while client().get(&ready).send().await.unwrap().status() != 503 {}
    server.signal("TERM");
    let printed = server.ended();

    let mut secrets = told.lock().unwrap().clone();
    assert!(secrets.len() > 7, "{secrets:?}");
    secrets.extend(form_urlencoded::parse(back.query.as_bytes()).map(|pair| pair.1.into_owned()));
    secrets.insert(code);
    for browser in [browser, elsewhere] {
        secrets.insert(browser.address);
        secrets.extend(browser.cookies.into_values());
    }
    let typed = ["person", "hunter2", "-of-a-visitor", "BREW", "127.0.0.1"];
    secrets.extend(typed.map(str::to_owned));
    secrets.extend(["$argon2id$", APP.1, PASSWORD].map(str::to_owned));
    let keys = KEYS.split(',').filter_map(|key| key.split(':').nth(1));
    secrets.extend(keys.map(str::to_owned));
    let taken = collector.taken();
    Walk {
        spans: spans(&taken),
        taken,
        printed: printed
            .iter()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
        secrets,
        request_id,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_request_and_letter_is_a_span_and_so_is_what_it_waits_for() {
    let Walk {
        taken,
        spans,
        printed,
        request_id,
        ..
    } = walk().await;
    let any = ("otel.kind", "");

    let sign_up = one(&spans, "POST /api/sign-up", any);
    assert_eq!(sign_up.kind, SpanKind::Server);
    assert_eq!((&*sign_up.parent, sign_up.has_failed), ("", false));
    let line = printed.iter().find(|line| line["path"] == "/api/sign-up");
    let line = line.unwrap();
    for (key, expected) in [
        ("http.request.method", "POST"),
        ("http.route", "/api/sign-up"),
        ("http.response.status_code", "200"),
        ("error.type", ""),
        (
            "portal.request_id",
            line["span"]["request_id"].as_str().unwrap(),
        ),
    ] {
        assert_eq!(sign_up.says(key), expected, "{key}");
    }
    let password = within(&spans, sign_up, "hash password");
    let wait: f64 = password.says("portal.wait.duration").parse().unwrap();
    assert!(wait >= 0.0);
    let write = within(&spans, sign_up, "write");
    assert_eq!(write.kind, SpanKind::Client);
    assert_eq!(write.says("db.system.name"), "sqlite");
    assert_eq!(write.says("db.operation.name"), "write");

    let log_in = one(&spans, "POST /api/log-in", any);
    within(&spans, log_in, "hash password");

    let complete = one(&spans, "POST /api/complete-authorization", any);
    for name in ["POST exchange", "GET user_info"] {
        let call = within(&spans, complete, name);
        let (method, endpoint) = name.split_once(' ').unwrap();
        assert_eq!((call.kind, call.has_failed), (SpanKind::Client, false));
        for (key, expected) in [
            ("http.request.method", method),
            ("portal.tiktok.endpoint", endpoint),
            ("http.response.status_code", "200"),
            ("server.address", "localhost"),
        ] {
            assert_eq!(call.says(key), expected, "{key}");
        }
    }

    for kind in ["code", "linked"] {
        let letter = one(&spans, "send letter", ("portal.letter.kind", kind));
        assert_eq!((letter.kind, &*letter.parent), (SpanKind::Client, ""));
        within(&spans, letter, "write");
    }

    let (trace, parent) = TRACEPARENT;
    let named = one(
        &spans,
        "POST /api/get-session",
        ("portal.request_id", &request_id),
    );
    assert_eq!((&*named.trace, &*named.parent), (trace, parent));
    within(&spans, named, "look_up");

    // Nothing else has a trace: least of all the looks for letters, one a second.
    for span in spans.iter().filter(|span| span.parent.is_empty()) {
        let is_known = span.kind == SpanKind::Server || span.name == "send letter";
        assert!(is_known, "{span:?}");
    }

    // A page has no route, and a method that nobody knows no name.
    let mut pages = spans.iter().filter(|span| span.name == "GET");
    assert!(pages.clone().count() > 1);
    assert!(pages.all(|page| !page.said.contains_key("http.route")));
    let brew = one(&spans, "HTTP", ("http.request.method", "_OTHER"));
    assert_eq!(brew.kind, SpanKind::Server);

    let draining = one(&spans, "GET /readyz", ("http.response.status_code", "503"));
    assert_eq!(
        (draining.says("error.type"), draining.has_failed),
        ("503", true)
    );

    let resource = requests(&taken).remove(0).resource_spans.remove(0).resource;
    let resource = format!("{resource:?}");
    for (key, value) in [("name", "business-portal"), ("version", "0.1.0")] {
        assert!(
            resource.contains(&format!("\"service.{key}\"")),
            "{resource}"
        );
        assert!(resource.contains(&format!("\"{value}\"")), "{resource}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_a_trace_opens_a_door_or_names_anybody() {
    let Walk { taken, secrets, .. } = walk().await;
    for secret in &secrets {
        assert!(secret.len() > 3, "{secret}");
        for body in &taken {
            let told = body
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!told, "{secret} in {:?}", spans(&taken));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_has_nothing_of_traces() {
    let Walk { printed, .. } = walk().await;
    let mut requests = printed.iter().filter(|line| line["path"].is_string());
    assert!(requests.clone().count() > 5);
    let names = |line: &Json| line["span"].as_object().unwrap().keys().cloned().collect();
    let is_as_ever = |line: &Json| {
        let names: BTreeSet<String> = names(line);
        names == ["name", "request_id"].map(str::to_owned).into()
    };
    assert!(requests.all(is_as_ever), "{printed:?}");
    let of_a_letter = printed.iter().find(|line| line["kind"] == "code").unwrap();
    assert_eq!(of_a_letter["span"], Json::Null);
}

/// Asks who is there; it is answered.
async fn ask(server: &Process) {
    let request = client()
        .post(format!("{}/api/get-session", server.base))
        .header("content-type", "application/json")
        .body("{}");
    assert_eq!(request.send().await.unwrap().status(), 200);
}

fn count(printed: &[String], words: &str) -> usize {
    printed.iter().filter(|line| line.contains(words)).count()
}

const AWAY: &str = "the collector takes no traces";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_collected_is_sent_before_the_server_ends() {
    let mut collector = Collector::start().await;
    let folder = tempfile::tempdir().unwrap();
    let settings = [(ENDPOINT, &*collector.endpoint), LATE, NO_DRAIN];
    let server = Process::start(folder.path(), &settings);
    ask(&server).await;
    assert_eq!(collector.taken().len(), 0);
    server.signal("TERM");
    server.ended();
    let spans = spans(&collector.taken());
    one(&spans, "POST /api/get-session", ("otel.kind", ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_refuses_is_told_of_once_and_once_more_when_it_takes_traces_again() {
    // More often than one batch is tried.
    let mut collector = Collector::refusing(12).await;
    let folder = tempfile::tempdir().unwrap();
    let settings = [(ENDPOINT, &*collector.endpoint), AT_ONCE, TOLD];
    let server = Process::start(folder.path(), &settings);
    let mut taken = 0;
    // Once the second comes, what is to be said of the first has been said.
    while taken < 2 {
        ask(&server).await;
        taken += collector.taken().len();
    }
    let printed = server.kill();
    assert_eq!(count(&printed, AWAY), 1, "{printed:?}");
    assert_eq!(count(&printed, "takes traces again"), 1, "{printed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_away_is_told_of_once() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (note, mut visits) = unbounded_channel();
    tokio::spawn(async move {
        // Hangs up on each who comes.
        while listener.accept().await.is_ok() {
            let _ = note.send(());
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let settings = [(ENDPOINT, &*endpoint), AT_ONCE, TOLD];
    let server = Process::start(folder.path(), &settings);
    let mut tried = 0;
    while tried < 12 {
        ask(&server).await;
        while visits.try_recv().is_ok() {
            tried += 1;
        }
    }
    let printed = server.kill();
    assert_eq!(count(&printed, AWAY), 1, "{printed:?}");
    assert_eq!(count(&printed, "ERROR"), 0, "{printed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_for_a_collector_that_is_slow_and_the_server_ends_without_it() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let settings = [
        (ENDPOINT, &*endpoint),
        AT_ONCE,
        TOLD,
        NO_DRAIN,
        // What more comes has no room.
        ("OTEL_BSP_MAX_QUEUE_SIZE", "2"),
        ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "1"),
    ];
    let server = Process::start(folder.path(), &settings);
    ask(&server).await;
    // One that takes the connection, and nothing of what is sent, and never answers.
    let _silent = listener.accept().await.unwrap();
    for _ in 0..20 {
        ask(&server).await;
    }
    server.signal("TERM");
    let printed = server.ended();
    assert_eq!(
        count(&printed, "the last traces weren't sent"),
        1,
        "{printed:?}"
    );
}
