//! The way to TikTok: HTTP, with limits.

use crate::metrics::{Calls, Endpoint};
use crate::outgoing::{client, exchange, why};
use crate::span;
use async_trait::async_trait;
use axum::http;
use bytes::Bytes;
use http::{Request, Response};
use login_kit::{Transport, TransportError};
use std::borrow::Cow;
use tracing::Instrument as _;

/// HTTP as TikTok's API speaks it.
pub struct HttpTransport {
    client: reqwest::Client,
    calls: Calls,
}

impl HttpTransport {
    /// To the real TikTok, or to an emulator on this machine, to which no proxy leads.
    ///
    /// Errors: there is no TLS, or the machine has no certificates to trust.
    pub fn new(is_here: bool) -> Result<Self, TransportError> {
        let builder = if is_here {
            client().no_proxy()
        } else {
            client().https_only(true)
        };
        let client = builder
            .build()
            .map_err(|error| TransportError(why(error)))?;
        Ok(Self {
            client,
            calls: Calls::default(),
        })
    }

    /// The same, which counts what it is asked for.
    #[must_use]
    pub(crate) fn counting(self, calls: Calls) -> Self {
        Self { calls, ..self }
    }
}

/// What a request of the client's asks for.
fn endpoint(request: &Request<Bytes>) -> Endpoint {
    let path = request.uri().path();
    if path.ends_with("/oauth/revoke/") {
        return Endpoint::Revocation;
    }
    if path.ends_with("/user/info/") {
        return Endpoint::UserInfo;
    }
    let renews = |(name, value): (Cow<'_, str>, Cow<'_, str>)| {
        name == "grant_type" && value == "refresh_token"
    };
    if form_urlencoded::parse(request.body()).any(renews) {
        Endpoint::Renewal
    } else {
        Endpoint::Exchange
    }
}

#[async_trait]
impl Transport for HttpTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let endpoint = endpoint(&request);
        let span = span::call(&request, endpoint);
        let answered = exchange(&self.client, request)
            .instrument(span.clone())
            .await;
        let answered = answered.map_err(TransportError);
        let outcome = self.calls.judge(endpoint, &answered);
        let status = answered.as_ref().ok().map(Response::status);
        span::call_ended(&span, status, outcome);
        answered
    }
}
