//! The server, over HTTP.

use super::Failure;
use contract::problem::Problem;
use contract::table;
use gloo_net::http::Request;
use leptos::prelude::*;
use web_sys::AbortController;

/// What ends a fetch whose page is gone.
pub(super) struct Abort(Option<StoredValue<AbortController, LocalStorage>>);

impl Abort {
    /// Tied to the owner that runs now, if one does.
    pub(super) fn under_owner() -> Self {
        if Owner::current().is_none() {
            return Self(None);
        }
        let Ok(controller) = AbortController::new() else {
            return Self(None);
        };
        let controller = StoredValue::new_local(controller);
        on_cleanup(move || {
            controller.try_with_value(AbortController::abort);
        });
        Self(Some(controller))
    }

    fn signal(&self) -> Option<web_sys::AbortSignal> {
        self.0?.try_with_value(AbortController::signal)
    }
}

/// Posts a request; gives the reply's bytes.
pub(super) async fn post(name: &str, body: Vec<u8>, abort: &Abort) -> Result<Vec<u8>, Failure> {
    let body = String::from_utf8(body).map_err(|_| Failure::Unreadable)?;
    let request = Request::post(&table::path(name))
        .abort_signal(abort.signal().as_ref())
        .header("Content-Type", "application/json")
        .body(body)
        .map_err(|_| Failure::Unreadable)?;
    let response = request.send().await.map_err(|_| Failure::Offline)?;
    let status = response.status();
    let reply = response.binary().await.map_err(|_| Failure::Offline)?;
    if (200..300).contains(&status) {
        return Ok(reply);
    }
    let problem: Problem = serde_json::from_slice(&reply).map_err(|_| Failure::Unreadable)?;
    Err(Failure::Problem(Box::new(problem)))
}
