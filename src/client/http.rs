//! The server, over HTTP.

use super::failure::Failure;
use crate::boot;
use crate::fetch::fetch;
use crate::json;
use contract::repeat::KEY_HEADER;
use contract::session::ACCOUNT_HEADER;
use contract::table;
use leptos::prelude::*;
use web_sys::{AbortController, Headers, RequestInit};

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
/// again; gives the reply in JSON. What was sent before the app was there isn't sent again.
pub(super) async fn post(
    name: &str,
    said: [Option<&str>; 2],
    body: &str,
    abort: &Abort,
) -> Result<String, Failure> {
    let (is_ok, text) = if let Some(answer) = boot::take_answer(name, body) {
        answer.await?
    } else {
        let how = request(said, body, abort).ok_or(Failure::Unreadable)?;
        let answer = fetch(&table::path(name), &how).await;
        let answer = answer.map_err(|_| Failure::Offline)?;
        (answer.is_ok(), answer.text)
    };
    if is_ok {
        return Ok(text);
    }
    Err(Failure::Problem(Box::new(json::read(&text)?)))
}

fn request(said: [Option<&str>; 2], body: &str, abort: &Abort) -> Option<RequestInit> {
    let how = RequestInit::new();
    how.set_method("POST");
    how.set_signal(abort.signal().as_ref());
    how.set_body(&body.into());
    let headers = Headers::new().ok()?;
    let named = [ACCOUNT_HEADER, KEY_HEADER].into_iter().zip(said);
    for (header, value) in named.chain([("content-type", Some("application/json"))]) {
        if let Some(value) = value {
            headers.set(header, value).ok()?;
        }
    }
    how.set_headers(&headers);
    Some(how)
}
