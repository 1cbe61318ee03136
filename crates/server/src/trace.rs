//! Each request has an id, a line in the log, and the security headers on its answer. Whatever is
//! logged while it is answered stands in a span that has its id; where traces are taken, a second span
//! is theirs, which has no part in the log.
//!
//! The line has the path without its query (a callback's has a code in it), and never a body, a
//! cookie or a token.

use crate::guard;
use crate::host::Host;
use crate::span;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONNECTION;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use tokio::time::Instant;
use tracing::{Instrument as _, Span};

/// By which the answer and the log are found together.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How long an answer took, in milliseconds, for a browser's tools. In production it would tell
/// strangers how long a password is looked for.
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// The id of a request.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) String);

/// The span of a request in its trace, for what is done in a task of its own.
#[derive(Clone, Debug)]
pub(crate) struct Traced(pub(crate) Span);

/// What went wrong, for the log alone.
#[derive(Clone, Debug)]
pub(crate) struct Cause(pub(crate) String);

/// The log has been told already why the answer is no success, if that is a failure at all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Logged;

pub(crate) async fn around(
    State(host): State<Arc<Host>>,
    mut request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let mut bytes = [0; 8];
    host.randomness.fill(&mut bytes);
    let id = format!("{:016x}", u64::from_be_bytes(bytes));
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().cloned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let route = route.as_ref().map(MatchedPath::as_str);
    let traced = span::request(&method, route, &id, request.headers());
    if !traced.is_disabled() {
        request.extensions_mut().insert(Traced(traced.clone()));
    }

    // An error's, so that a filter that lets through an error lets through whose it is.
    let span = tracing::error_span!("request", request_id = id);
    let answer = next.run(request).instrument(span.clone());
    let mut answer = answer.instrument(traced.clone()).await;
    span::answered(&traced, answer.status());

    if let Ok(value) = HeaderValue::from_str(&id) {
        answer.headers_mut().insert(REQUEST_ID, value);
    }
    if host.tells_timing {
        let timing = format!("total;dur={:.1}", began.elapsed().as_secs_f64() * 1000.0);
        if let Ok(value) = HeaderValue::from_str(&timing) {
            answer.headers_mut().insert(SERVER_TIMING, value);
        }
    }
    if host.drain.has_begun() {
        // The next request goes to another server then, on a connection that isn't about to end.
        let close = HeaderValue::from_static("close");
        answer.headers_mut().insert(CONNECTION, close);
    }
    guard::secure(answer.headers_mut(), &host.public_url);
    host.metrics
        .answered(&method, route, answer.status(), began.elapsed());
    span.in_scope(|| log(&answer, &method, &path, began));
    answer
}

fn log(answer: &Response, method: &axum::http::Method, path: &str, began: Instant) {
    let status = answer.status().as_u16();
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let cause = answer.extensions().get::<Cause>().map(|cause| &*cause.0);
    let is_logged = answer.extensions().get::<Logged>().is_some();
    if answer.status() >= StatusCode::INTERNAL_SERVER_ERROR && !is_logged {
        tracing::error!(%method, path, status, ms, cause);
    } else if cause.is_some() {
        tracing::warn!(%method, path, status, ms, cause);
    } else if path.starts_with("/api/") {
        tracing::info!(%method, path, status, ms);
    } else {
        tracing::debug!(%method, path, status, ms);
    }
}
