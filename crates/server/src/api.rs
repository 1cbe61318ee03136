//! Use cases over HTTP: a route for each row of the contract's table, and problems for the rest.

use crate::host::Host;
use crate::run_to_end::{Panicked, run_to_end};
use crate::trace::{Cause, RequestId, Traced};
use crate::{cookie, guard};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::post;
use bytes::Bytes;
use contract::problem::{Code, Problem};
use http_body_util::LengthLimitError;
use service::Answer;
use std::net::SocketAddr;
use std::sync::{Arc, Once};
use tracing::{Instrument as _, Span};

/// Bytes of a body at most.
const BODY_MAX: usize = 64 * 1024;

macro_rules! routes {
    ($($name:ident: $request:ty => $reply:ty;)+) => {
        /// `POST /api/` and each name of the table.
        pub(crate) fn routes() -> Router<Arc<Host>> {
            Router::new()$(.route(
                &contract::table::path(stringify!($name)),
                post(async |State(host): State<Arc<Host>>, request: Request| {
                    answer(host, stringify!($name), request).await
                })
                .fallback(wrong_method),
            ))+
            .route("/api", axum::routing::any(nothing_here))
            .route("/api/", axum::routing::any(nothing_here))
            .route("/api/{*rest}", axum::routing::any(nothing_here))
        }
    };
}

contract::use_cases!(routes);

async fn wrong_method(request: Request) -> Response {
    let mut answer = refuse(Code::MethodNotAllowed, &request);
    answer
        .headers_mut()
        .insert(ALLOW, HeaderValue::from_static("POST"));
    answer
}

async fn nothing_here(request: Request) -> Response {
    refuse(Code::NotFound, &request)
}

fn refuse(code: Code, request: &Request) -> Response {
    problem(code.into(), request.extensions().get())
}

async fn answer(host: Arc<Host>, name: &'static str, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let id = parts.extensions.get::<RequestId>();
    let body = match take(&host, &parts.headers, body).await {
        Ok(body) => body,
        Err(code) => return problem(code.into(), id),
    };
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    warn_of_no_address(&host, &parts.headers);
    let caller = host.trusted.caller(&parts.headers, peer.map(|peer| peer.0));
    // Whoever hangs up doesn't stop half-way what they began, and a panic is an answer too.
    let answer = async move { host.portal.answer(name, &body, &caller).await };
    let traced = parts.extensions.get::<Traced>();
    let traced = traced.map_or_else(Span::none, |traced| traced.0.clone());
    let answered = run_to_end(answer.in_current_span().instrument(traced)).await;
    let Answer {
        reply,
        cookies,
        cause,
    } = match answered {
        Ok(answer) => answer,
        Err(Panicked(said)) => Answer {
            reply: Err(Code::Internal.into()),
            cookies: Vec::new(),
            cause: Some(format!("it panicked: {said}")),
        },
    };
    let mut response = match reply {
        Ok(reply) => json(StatusCode::OK, "application/json", reply),
        Err(told) => problem(told, id),
    };
    cookie::set(response.headers_mut(), &cookies);
    if let Some(cause) = cause {
        response.extensions_mut().insert(Cause(cause));
    }
    response
}

/// Tells the operator, once, that a proxy doesn't do what the configuration says of it: who comes
/// by it counts as one visitor.
fn warn_of_no_address(host: &Host, headers: &HeaderMap) {
    static TOLD: Once = Once::new();
    let Some(name) = &host.trusted.address else {
        return;
    };
    if !headers.contains_key(name) {
        TOLD.call_once(|| {
            tracing::warn!(header = %name, "a request has no such header: visitors count as one");
        });
    }
}

/// The body of a request that may be answered.
async fn take(host: &Host, headers: &HeaderMap, body: Body) -> Result<Bytes, Code> {
    if !guard::is_ours(headers, &host.public_url) {
        return Err(Code::CrossSite);
    }
    if !is_json(headers) {
        return Err(Code::UnsupportedMediaType);
    }
    match tokio::time::timeout(host.body_patience, to_bytes(body, BODY_MAX)).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(error)) if is_too_large(&error) => Err(Code::TooLarge),
        Ok(Err(_)) | Err(_) => Err(Code::MalformedRequest),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let given = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let essence = given.and_then(|given| given.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

fn is_too_large(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(<dyn std::error::Error>::is::<LengthLimitError>)
}

/// A problem as an answer.
fn problem(problem: Problem, id: Option<&RequestId>) -> Response {
    let problem = Problem {
        request_id: id.map(|id| id.0.clone()),
        ..problem
    };
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut answer = json(status, "application/problem+json", body);
    if let Some(seconds) = problem.retry_after_s {
        answer
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

fn json(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response {
    let mut answer = Response::new(Body::from(body));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
