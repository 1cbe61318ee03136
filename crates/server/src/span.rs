//! The spans of which traces are made: one for each request and each letter, and within it one for
//! each thing that it waits for. All are made here, so that what leaves the server can be seen in one
//! place.
//!
//! No field has words that a visitor or TikTok chooses: no path, no query, no address of the network
//! or of a mailbox, no name, no word of an error. Where nothing takes traces, a span costs no more
//! than the look whether one is wanted.

use crate::metrics::{self, Endpoint};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use bytes::Bytes;
use opentelemetry::Context;
use opentelemetry::propagation::{Extractor, TextMapPropagator as _};
use opentelemetry::trace::TraceContextExt as _;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use service::store::{Mode, StoreError};
use std::net::IpAddr;
use std::time::Duration;
use tracing::field::Empty;
use tracing::{Level, Span, info_span};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

/// The target of every span of a trace. They are all of the level `INFO`, and no part of the log.
pub const TARGET: &str = "traces";

/// By which a caller says to which trace a request belongs (W3C Trace Context).
const TRACEPARENT: &str = "traceparent";

/// A caller's headers, of which `traceparent` alone is read: whatever a visitor wrote into
/// `tracestate` or `baggage` would be exported as it is.
struct Caller<'a>(&'a HeaderMap);

impl Extractor for Caller<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        let value = (key == TRACEPARENT).then(|| self.0.get(TRACEPARENT))??;
        value.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        vec![TRACEPARENT]
    }
}

/// A request of a visitor's, whose parent is the span that the caller names; `route` is the template
/// that it matched, if any.
pub(crate) fn request(method: &Method, route: Option<&str>, id: &str, headers: &HeaderMap) -> Span {
    let (method, name) = method_name(method);
    let gap = if route.is_some() { " " } else { "" };
    let span = info_span!(
        target: TARGET,
        "request",
        otel.name = %format_args!("{name}{gap}{}", route.unwrap_or_default()),
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = method,
        http.route = route,
        http.response.status_code = Empty,
        "error.type" = Empty,
        portal.request_id = id,
    );
    if !span.is_disabled() {
        let parent =
            TraceContextPropagator::new().extract_with_context(&Context::new(), &Caller(headers));
        if parent.span().span_context().is_valid() {
            // Fails where nothing takes traces any more.
            let _ = span.set_parent(parent);
        }
    }
    span
}

/// What a request was answered with.
pub(crate) fn answered(span: &Span, status: StatusCode) {
    if span.is_disabled() {
        return;
    }
    span.record("http.response.status_code", i64::from(status.as_u16()));
    if status.is_server_error() {
        failed(span, status.as_str());
    }
}

/// What is asked of the database, from the wait for a connection to the end of the transaction. There
/// is none where nothing else is traced: each server looks for letters once a second, and each look
/// would be a trace.
pub(crate) fn database(system: &'static str, operation: &'static str) -> Span {
    if !tracing::span_enabled!(target: TARGET, Level::INFO) || Span::current().is_none() {
        return Span::none();
    }
    info_span!(
        target: TARGET,
        "database",
        otel.name = operation,
        otel.kind = "client",
        otel.status_code = Empty,
        db.system.name = system,
        db.operation.name = operation,
        "error.type" = Empty,
    )
}

/// What a transaction of this mode is called.
pub(crate) fn operation(mode: Mode) -> &'static str {
    match mode {
        Mode::Read => "read",
        Mode::Write => "write",
    }
}

/// What the database failed at, if it is a failure of the database's.
pub(crate) fn database_failed(span: &Span, error: &StoreError) {
    if let Some(outcome) = metrics::outcome(error) {
        failed(span, outcome);
    }
}

/// A call of TikTok.
pub(crate) fn call(request: &Request<Bytes>, endpoint: Endpoint) -> Span {
    let (method, name) = method_name(request.method());
    let endpoint = endpoint.name();
    info_span!(
        target: TARGET,
        "call",
        otel.name = %format_args!("{name} {endpoint}"),
        otel.kind = "client",
        otel.status_code = Empty,
        http.request.method = method,
        http.response.status_code = Empty,
        server.address = request.uri().host().filter(|host| is_name(host)),
        "error.type" = Empty,
        portal.tiktok.endpoint = endpoint,
    )
}

/// What a call of TikTok came to; `outcome` is `ok` where it was answered as asked.
pub(crate) fn call_ended(span: &Span, status: Option<StatusCode>, outcome: &'static str) {
    if let Some(status) = status {
        span.record("http.response.status_code", i64::from(status.as_u16()));
    }
    if outcome != "ok" {
        failed(span, outcome);
    }
}

/// A try to send a letter of this kind.
pub(crate) fn letter(kind: &'static str) -> Span {
    info_span!(
        target: TARGET,
        "letter",
        otel.name = "send letter",
        otel.kind = "client",
        otel.status_code = Empty,
        "error.type" = Empty,
        portal.letter.kind = kind,
    )
}

/// A password that is hashed, from the moment on when it stands in line.
pub(crate) fn password() -> Span {
    info_span!(
        target: TARGET,
        "password",
        otel.name = "hash password",
        otel.status_code = Empty,
        "error.type" = Empty,
        // In seconds.
        portal.wait.duration = Empty,
    )
}

/// How long a password waited until it was its turn.
pub(crate) fn waited(span: &Span, wait: Duration) {
    span.record("portal.wait.duration", wait.as_secs_f64());
}

/// What is traced has failed, by a word of ours.
pub(crate) fn failed(span: &Span, error: &str) {
    span.record("error.type", error);
    span.record("otel.status_code", "error");
}

/// A method as an attribute has it, and as it stands in the name of a span.
fn method_name(method: &Method) -> (&'static str, &'static str) {
    match metrics::known_method(method) {
        Some(known) => (known, known),
        None => ("_OTHER", "HTTP"),
    }
}

/// Whether it is a host's name, and no address of the network.
fn is_name(host: &str) -> bool {
    host.trim_matches(['[', ']']).parse::<IpAddr>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_no_name() {
        for (host, expected) in [
            ("open.tiktokapis.com", true),
            ("localhost", true),
            ("10.0.0.9", false),
            ("[::1]", false),
        ] {
            assert_eq!(is_name(host), expected, "{host}");
        }
    }
}
