//! Every route of the server.

use crate::assets::Found;
use crate::host::Host;
use crate::{api, app, guard, trace};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, HOST, HeaderValue};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use contract::route::Route;
use std::sync::Arc;

/// The use cases, the health of the server, and the app for all the rest. `beside` is what stands
/// beside them outside production.
pub(crate) fn router(host: &Arc<Host>, beside: Router) -> Router {
    api::routes()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
        .route("/.well-known/change-password", get(change_password))
        .fallback(rest)
        .with_state(Arc::clone(host))
        .merge(beside.layer(axum::middleware::from_fn_with_state(
            Arc::clone(host),
            beside_us,
        )))
        .layer(axum::middleware::from_fn_with_state(
            Arc::clone(host),
            trace::around,
        ))
}

/// What stands beside the portal shows its letters, so it answers to names of our own alone. It
/// does so at once: whoever waits there waits for a body.
async fn beside_us(State(host): State<Arc<Host>>, request: Request, next: Next) -> Response {
    if !guard::is_for_us(request.headers(), &host.public_url) {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    tokio::time::timeout(host.body_patience, next.run(request))
        .await
        .unwrap_or_else(|_| StatusCode::REQUEST_TIMEOUT.into_response())
}

async fn alive() -> Response {
    state(StatusCode::OK, "alive\n")
}

/// It can do what it is asked for, and will for a while: the database takes a write, and nobody has
/// told it to end.
async fn ready(State(host): State<Arc<Host>>) -> Response {
    if host.drain.has_begun() {
        return state(StatusCode::SERVICE_UNAVAILABLE, "draining\n");
    }
    match host.store.ready().await {
        Ok(()) => state(StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "the database can't be written");
            state(StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    }
}

fn state(status: StatusCode, word: &'static str) -> Response {
    let mut answer = (status, word).into_response();
    answer
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer.extensions_mut().insert(trace::Logged);
    answer
}

/// Where a password manager sends somebody to change their password (W3C, "A Well-Known URL for
/// Changing Passwords").
async fn change_password() -> Redirect {
    Redirect::to(&Route::ChangePassword.path())
}

async fn rest(State(host): State<Arc<Host>>, request: Request) -> Response {
    if is_by_the_other_name(request.headers(), &host.public_url) {
        let path = request
            .uri()
            .path_and_query()
            .map_or("/", PathAndQuery::as_str);
        return Redirect::temporary(&format!("{}{path}", host.public_url)).into_response();
    }
    let found = host
        .assets
        .find(request.method(), request.uri().path(), request.headers());
    match found {
        Found::Answer(answer) => answer,
        Found::Page => app::answer(&host, &request.into_parts().0).await,
    }
}

/// Whether a browser calls this machine `localhost` where the public URL says `127.0.0.1`, or the
/// other way round. They are two hosts: the cookies of one are not the other's, and TikTok comes
/// back to the public one.
fn is_by_the_other_name(headers: &HeaderMap, public_url: &str) -> bool {
    let names = ["//127.0.0.1", "//localhost"];
    let Some(called) = headers.get(HOST).and_then(|host| host.to_str().ok()) else {
        return false;
    };
    let called = format!("http://{called}");
    let by =
        |from: &str, to: &str| called.contains(from) && called.replacen(from, to, 1) == public_url;
    let [number, word] = names;
    by(number, word) || by(word, number)
}
