//! Every route of the server.

use crate::host::Host;
use crate::{api, trace};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use std::sync::Arc;

/// The use cases, the health of the server, and the app for all the rest. `beside` is what stands
/// beside them outside production.
pub(crate) fn router(host: &Arc<Host>, beside: Router) -> Router {
    api::routes()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
        .fallback(app)
        .with_state(Arc::clone(host))
        .merge(beside)
        .layer(axum::middleware::from_fn_with_state(
            Arc::clone(host),
            trace::around,
        ))
}

/// It runs.
async fn alive() -> Response {
    state(StatusCode::OK, "alive\n")
}

/// It can answer: the database does.
async fn ready(State(host): State<Arc<Host>>) -> Response {
    match host.store.ready().await {
        Ok(()) => state(StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "the database doesn't answer");
            state(StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    }
}

fn state(status: StatusCode, word: &'static str) -> Response {
    let mut answer = (status, word).into_response();
    answer
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

async fn app(State(host): State<Arc<Host>>, request: Request) -> Response {
    host.assets
        .serve(request.method(), request.uri().path(), request.headers())
}
