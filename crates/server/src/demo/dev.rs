//! `/dev`: the personas, the letters that went out, and a clock that can be put forward.

use super::page::{STYLE, page, preformatted, table, typed};
use crate::guard;
use crate::machine::HostClock;
use crate::outbox::Outbox;
use crate::page::escape;
use axum::Router;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use contract::route::DEMONSTRATION_TOOLS;
use serde::Deserialize;
use service::Portal;
use service::env::Clock as _;
use service::personas;
use service::sentinel;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

/// Minutes at most by which the clock is put forward at once: a year.
const ADVANCE_MAX: u64 = 366 * 24 * 60;

struct Dev {
    outbox: Arc<Outbox>,
    clock: Arc<HostClock>,
    portal: Portal,
    public_url: String,
    is_demonstration: bool,
}

/// Everything below `/dev`.
pub(crate) fn routes(
    outbox: Arc<Outbox>,
    clock: Arc<HostClock>,
    portal: Portal,
    public_url: &str,
    is_demonstration: bool,
) -> Router {
    Router::new()
        .route(DEMONSTRATION_TOOLS, get(index))
        .route("/dev/style.css", get(async || typed("text/css", STYLE)))
        .route("/dev/outbox", get(show_outbox))
        .route("/dev/outbox.json", get(list_outbox))
        .route("/dev/clock", get(show_clock).post(advance_clock))
        .with_state(Arc::new(Dev {
            outbox,
            clock,
            portal,
            public_url: public_url.to_owned(),
            is_demonstration,
        }))
}

async fn index(State(dev): State<Arc<Dev>>) -> Response {
    let mut body = String::from(
        "<ul><li><a href=\"/dev/outbox\">Outbox</a>: the emails that went out, and \
         <a href=\"/dev/outbox.json\">as JSON</a></li>\
         <li><a href=\"/dev/clock\">Clock</a>: see what expires</li></ul>",
    );
    if dev.is_demonstration {
        let rows: Vec<_> = personas::BUSINESS
            .iter()
            .map(|persona| {
                vec![
                    persona.email.unwrap_or("no email address").to_owned(),
                    persona.business.to_owned(),
                    persona.meaning.to_owned(),
                ]
            })
            .collect();
        let _ = write!(
            body,
            "<h2>Accounts</h2><p>The password of all: <code>{}</code></p>\
             <h3>TikTok For Business</h3>{}",
            escape(personas::PASSWORD),
            table(&["E-mail", "Business", "What it shows"], &rows)
        );
        let rows: Vec<_> = personas::TIKTOK
            .iter()
            .map(|persona| {
                vec![
                    persona.username.to_owned(),
                    persona.display_name.to_owned(),
                    persona.meaning.to_owned(),
                ]
            })
            .collect();
        let _ = write!(
            body,
            "<h3>TikTok</h3>{}",
            table(&["Username", "Name", "What it shows"], &rows)
        );
        let rows = [
            (sentinel::SERVER_ERROR, "the server made a mistake"),
            (sentinel::UNAVAILABLE, "the server can't answer now"),
            (sentinel::TOO_MANY, "tried too often"),
            (
                [sentinel::SPENT_CODE, ""],
                "an emailed code that has expired",
            ),
        ]
        .map(|(typed, meaning)| {
            let typed: Vec<_> = typed.into_iter().filter(|text| !text.is_empty()).collect();
            vec![typed.join(" or "), meaning.to_owned()]
        });
        let _ = write!(
            body,
            "<h2>Inputs that provoke a failure</h2><p>In any field of any form.</p>{}",
            table(&["Type", "To see"], &rows)
        );
    }
    page("Development", &body)
}

async fn show_outbox(State(dev): State<Arc<Dev>>) -> Response {
    let now = dev.clock.now().0;
    let letters = dev.outbox.letters();
    let mut body = String::new();
    if letters.is_empty() {
        body.push_str("<p>No email went out since the server was started.</p>");
    }
    for letter in letters {
        let minutes = (now - letter.at) / 60_000;
        let _ = write!(
            body,
            "<article><h2 lang=\"{}\">{}</h2><p>to {}, {minutes} min ago</p>{}</article>",
            letter.language.tag(),
            escape(&letter.subject),
            escape(&letter.to),
            preformatted(&letter.text, letter.language)
        );
    }
    page("Outbox", &body)
}

async fn list_outbox(State(dev): State<Arc<Dev>>) -> Response {
    match serde_json::to_string(&dev.outbox.letters()) {
        Ok(json) => typed("application/json", json),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn show_clock(State(dev): State<Arc<Dev>>) -> Response {
    let ahead = dev.clock.ahead().as_secs() / 60;
    let body = format!(
        "<p>The portal’s clock is <strong>{ahead} minutes</strong> ahead. Only a restart puts it \
         back.</p><form method=\"post\" action=\"/dev/clock\"><label for=\"minutes\">Minutes</label> \
         <input id=\"minutes\" name=\"minutes\" type=\"number\" min=\"1\" max=\"{ADVANCE_MAX}\" \
         value=\"11\" required> <button>Put it forward</button></form>\
         <p>An authorization, a code and a fresh session live for 10 minutes, an unused session \
         for a day, any session for 14 days.</p>"
    );
    page("Clock", &body)
}

#[derive(Deserialize)]
struct Advance {
    minutes: u64,
}

async fn advance_clock(
    State(dev): State<Arc<Dev>>,
    headers: HeaderMap,
    Form(advance): Form<Advance>,
) -> Response {
    if !guard::is_ours(&headers, &dev.public_url) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let minutes = advance.minutes.min(ADVANCE_MAX);
    dev.clock.advance(Duration::from_mins(minutes));
    // What would have been done meanwhile is done now.
    if let Err(error) = dev.portal.sweep().await {
        tracing::error!(%error, "a sweep left something undone");
    }
    Redirect::to("/dev/clock").into_response()
}
