//! The server, over HTTP.

use super::failure::Failure;
use crate::json;
use contract::repeat::KEY_HEADER;
use contract::session::ACCOUNT_HEADER;
use contract::table;
use gloo_net::http::Request;
use leptos::prelude::*;
use web_sys::AbortController;

/// What ends a fetch: its page is gone, or nobody waits for it any more.
pub(super) struct Abort(Option<AbortController>);

impl Abort {
    /// Tied to the owner that runs now, if one does.
    pub(super) fn under_owner() -> Self {
        let controller = AbortController::new().ok();
        if let Some(controller) = controller.clone().filter(|_| Owner::current().is_some()) {
            let controller = StoredValue::new_local(controller);
            on_cleanup(move || {
                controller.try_with_value(AbortController::abort);
            });
        }
        Self(controller)
    }

    /// Ends it when called.
    pub(super) fn after_all(&self) -> impl FnOnce() + use<> {
        let controller = self.0.clone();
        move || {
            if let Some(controller) = controller {
                controller.abort();
            }
        }
    }

    fn signal(&self) -> Option<web_sys::AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }
}

/// Posts a request in JSON, with what it says for whom its page was drawn and that it is the same
/// again; gives the reply in JSON.
pub(super) async fn post(
    name: &str,
    said: [Option<&str>; 2],
    body: &str,
    abort: &Abort,
) -> Result<String, Failure> {
    let mut request = Request::post(&table::path(name));
    for (header, value) in [ACCOUNT_HEADER, KEY_HEADER].into_iter().zip(said) {
        if let Some(value) = value {
            request = request.header(header, value);
        }
    }
    let request = request
        .abort_signal(abort.signal().as_ref())
        .header("Content-Type", "application/json")
        .body(body)
        .map_err(|_| Failure::Unreadable)?;
    let response = request.send().await.map_err(|_| Failure::Offline)?;
    let status = response.status();
    let reply = response.text().await.map_err(|_| Failure::Offline)?;
    if (200..300).contains(&status) {
        return Ok(reply);
    }
    Err(Failure::Problem(Box::new(json::read(&reply)?)))
}
