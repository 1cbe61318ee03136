//! What the server counts of itself, in the format of `OpenMetrics`, which Prometheus reads.
//!
//! No label has a value that a visitor chooses: a route is the template that it matched, and whatever
//! has no name of ours counts as `other`. So there are as many series after a year as after a day.

use axum::http::{Method, Response, StatusCode};
use bytes::Bytes;
use domain::time::Timestamp;
use login_kit::TransportError;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use service::store::StoreError;
use std::time::Duration;

/// Upper bounds of what is told apart of durations, in seconds: a session check takes a millisecond, a
/// password 75, and nothing is waited for longer than 20 seconds.
const SECONDS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 20.0,
];

/// What stands for all that has no name of ours: files, pages, methods nobody has heard of.
const OTHER: &str = "other";

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: String,
    status: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RouteLabel {
    route: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OutcomeLabel {
    outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct CallLabels {
    endpoint: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct PoolLabels {
    mode: &'static str,
    state: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct StateLabel {
    state: &'static str,
}

/// What became of something, counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcomes(Family<OutcomeLabel, Counter>);

impl Outcomes {
    /// Those that there may be stand there from the beginning: what appears with its first failure
    /// has not increased, as Prometheus sees it.
    fn of(outcomes: &[&'static str]) -> Self {
        let these = Self::default();
        for outcome in outcomes {
            drop(these.0.get_or_create(&OutcomeLabel { outcome }));
        }
        these
    }

    pub(crate) fn count(&self, outcome: &'static str) {
        self.add(outcome, 1);
    }

    pub(crate) fn add(&self, outcome: &'static str, times: u64) {
        let counter = self.0.get_or_create(&OutcomeLabel { outcome });
        counter.inc_by(times);
    }
}

/// Failures of the database, as the service is told of them.
#[derive(Clone, Debug)]
pub(crate) struct Faults(Outcomes);

impl Default for Faults {
    fn default() -> Self {
        Self(Outcomes::of(&["unavailable", "failed"]))
    }
}

impl Faults {
    pub(crate) fn count(&self, error: &StoreError) {
        if let Some(outcome) = outcome(error) {
            self.0.count(outcome);
        }
    }
}

/// What the database came to, if that is a failure.
pub(crate) fn outcome(error: &StoreError) -> Option<&'static str> {
    match error {
        StoreError::Unavailable(_) => Some("unavailable"),
        StoreError::Failed(_) => Some("failed"),
        // No failures of the database: a rule at work, and a row that the log names.
        StoreError::Conflict | StoreError::Unreadable(_) => None,
    }
}

/// What was asked of TikTok, and what came of it.
#[derive(Clone, Debug)]
pub(crate) struct Calls(Family<CallLabels, Counter>);

/// What of TikTok was asked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Endpoint {
    /// A code for a grant.
    Exchange,
    /// A grant for a newer one.
    Renewal,
    Revocation,
    UserInfo,
}

impl Endpoint {
    const ALL: [Self; 4] = [
        Self::Exchange,
        Self::Renewal,
        Self::Revocation,
        Self::UserInfo,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Exchange => "exchange",
            Self::Renewal => "renewal",
            Self::Revocation => "revocation",
            Self::UserInfo => "user_info",
        }
    }
}

impl Default for Calls {
    fn default() -> Self {
        let calls = Self(Family::default());
        for endpoint in Endpoint::ALL {
            for outcome in ["ok", "refused", "malformed", "unreachable"] {
                drop(calls.0.get_or_create(&CallLabels {
                    endpoint: endpoint.name(),
                    outcome,
                }));
            }
        }
        calls
    }
}

impl Calls {
    /// Takes note of what a call came to, and says it.
    pub(crate) fn judge(
        &self,
        endpoint: Endpoint,
        answered: &Result<Response<Bytes>, TransportError>,
    ) -> &'static str {
        use login_kit::Error;
        let outcome = match answered.as_ref().map(login_kit::check) {
            Ok(Ok(())) => "ok",
            Ok(Err(Error::OAuth { .. } | Error::Api { .. })) => "refused",
            Ok(Err(Error::Malformed { .. })) => "malformed",
            Ok(Err(Error::Transport(_))) | Err(_) => "unreachable",
        };
        let counter = self.0.get_or_create(&CallLabels {
            endpoint: endpoint.name(),
            outcome,
        });
        counter.inc();
        outcome
    }
}

/// Connections of a database for one mode, all in use or not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PoolUse {
    pub(crate) mode: &'static str,
    pub(crate) busy: u32,
    pub(crate) idle: u32,
}

impl PoolUse {
    pub(crate) fn of(mode: &'static str, size: u32, idle: usize) -> Self {
        let idle = u32::try_from(idle).unwrap_or(u32::MAX);
        let busy = size.saturating_sub(idle);
        Self { mode, busy, idle }
    }
}

/// Letters that are stored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LetterCounts {
    pub(crate) waiting: u32,
    /// Those of them that should have gone long since.
    pub(crate) late: u32,
    /// Those that can't be sent.
    pub(crate) dead: u32,
}

pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    seconds: Family<RouteLabel, Histogram, fn() -> Histogram>,
    pub(crate) connections: Gauge,
    pub(crate) deliveries: Outcomes,
    pub(crate) calls: Calls,
    pub(crate) sweeps: Outcomes,
    pub(crate) faults: Faults,
    pub(crate) passwords_refused: Counter,
    passwords: Family<StateLabel, Gauge>,
    letters: Family<StateLabel, Gauge>,
    pools: Family<PoolLabels, Gauge>,
    up: Gauge,
    draining: Gauge,
}

impl Metrics {
    pub(crate) fn new(started: Timestamp) -> Self {
        let mut these = Self {
            registry: Registry::with_prefix("portal"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            connections: Gauge::default(),
            deliveries: Outcomes::of(&["sent", "retried", "given_up", "ended"]),
            calls: Calls::default(),
            sweeps: Outcomes::of(&["ok", "failed"]),
            faults: Faults::default(),
            passwords_refused: Counter::default(),
            passwords: Family::default(),
            letters: Family::default(),
            pools: Family::default(),
            up: Gauge::default(),
            draining: Gauge::default(),
        };
        these.register();
        let started_s: Gauge = Gauge::default();
        started_s.set(started.0.div_euclid(1_000));
        these.registry.register(
            "start_time_seconds",
            "When the server started, since 1970",
            started_s,
        );
        these
    }

    /// Names each, and says what it is.
    fn register(&mut self) {
        let of = &mut self.registry;
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        of.register("build", "The release that runs", build);
        of.register(
            "requests",
            "Requests that were answered",
            self.requests.clone(),
        );
        of.register(
            "request_seconds",
            "How long answers took",
            self.seconds.clone(),
        );
        of.register(
            "connections",
            "Connections of visitors that are open",
            self.connections.clone(),
        );
        of.register(
            "letter_deliveries",
            "Tries to send a letter",
            self.deliveries.0.clone(),
        );
        of.register(
            "letters",
            "Letters in the database, of all servers",
            self.letters.clone(),
        );
        of.register("tiktok_calls", "Calls of TikTok", self.calls.0.clone());
        of.register(
            "sweeps",
            "Deletions of what has ended",
            self.sweeps.0.clone(),
        );
        of.register(
            "database_errors",
            "Failures of the database",
            self.faults.0.0.clone(),
        );
        of.register(
            "database_connections",
            "Connections to the database",
            self.pools.clone(),
        );
        of.register(
            "database_up",
            "Whether the database answered just now",
            self.up.clone(),
        );
        of.register(
            "passwords",
            "Passwords that are hashed, or wait for it",
            self.passwords.clone(),
        );
        of.register(
            "passwords_refused",
            "Passwords that were refused, since too many waited or for too long",
            self.passwords_refused.clone(),
        );
        of.register(
            "draining",
            "Whether the server is about to end",
            self.draining.clone(),
        );
    }

    /// A request was answered; `route` is the template that it matched, if any.
    pub(crate) fn answered(
        &self,
        method: &Method,
        route: Option<&str>,
        status: StatusCode,
        took: Duration,
    ) {
        let route = route.unwrap_or(OTHER);
        let labels = RequestLabels {
            method: known_method(method).unwrap_or(OTHER),
            route: route.to_owned(),
            status: class(status),
        };
        self.requests.get_or_create(&labels).inc();
        let RequestLabels { route, .. } = labels;
        let seconds = self.seconds.get_or_create(&RouteLabel { route });
        seconds.observe(took.as_secs_f64());
    }

    pub(crate) fn note_passwords(&self, hashing: usize, waiting: usize) {
        for (state, count) in [("hashing", hashing), ("waiting", waiting)] {
            let gauge = self.passwords.get_or_create(&StateLabel { state });
            gauge.set(i64::try_from(count).unwrap_or(i64::MAX));
        }
    }

    pub(crate) fn note_pools(&self, pools: &[PoolUse]) {
        for &PoolUse { mode, busy, idle } in pools {
            for (state, count) in [("busy", busy), ("idle", idle)] {
                let gauge = self.pools.get_or_create(&PoolLabels { mode, state });
                gauge.set(count.into());
            }
        }
    }

    /// What the database says of letters; nothing where it doesn't answer.
    pub(crate) fn note_letters(&self, letters: Option<LetterCounts>) {
        self.up.set(letters.is_some().into());
        let Some(LetterCounts {
            waiting,
            late,
            dead,
        }) = letters
        else {
            // Better none than those of another time.
            self.letters.clear();
            return;
        };
        for (state, count) in [("waiting", waiting), ("late", late), ("dead", dead)] {
            let gauge = self.letters.get_or_create(&StateLabel { state });
            gauge.set(count.into());
        }
    }

    pub(crate) fn note_draining(&self, is_draining: bool) {
        self.draining.set(is_draining.into());
    }

    /// All of it, in the text format of `OpenMetrics`.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // A string takes all that is written to it.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// A method's name, if it is one of those that browsers send here.
pub(crate) fn known_method(method: &Method) -> Option<&'static str> {
    match *method {
        Method::GET => Some("GET"),
        Method::HEAD => Some("HEAD"),
        Method::POST => Some("POST"),
        Method::OPTIONS => Some("OPTIONS"),
        _ => None,
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500.. => "5xx",
    }
}
