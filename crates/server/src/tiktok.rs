//! The way to TikTok: HTTP, with limits.

use crate::metrics::{Calls, Endpoint};
use async_trait::async_trait;
use axum::http;
use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use login_kit::{Transport, TransportError};
use std::borrow::Cow;
use std::time::Duration;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long an answer may take. An exchange asks twice, and counts as lost after thirty seconds.
const ANSWER: Duration = Duration::from_secs(10);
/// Bytes of an answer at most: TikTok's are a few hundred.
const ANSWER_MAX: usize = 256 * 1024;

/// HTTP as TikTok's API speaks it.
pub struct HttpTransport {
    client: reqwest::Client,
    calls: Calls,
}

/// A client that follows no redirects.
fn client() -> reqwest::ClientBuilder {
    // Fails where it is done already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT)
        .timeout(ANSWER)
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
        Ok(Self {
            client: builder.build().map_err(why)?,
            calls: Calls::default(),
        })
    }

    /// The same, which counts what it is asked for.
    #[must_use]
    pub(crate) fn counting(self, calls: Calls) -> Self {
        Self { calls, ..self }
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let request = reqwest::Request::try_from(request).map_err(why)?;
        let mut answer = self.client.execute(request).await.map_err(why)?;
        let mut body = BytesMut::new();
        while let Some(chunk) = answer.chunk().await.map_err(why)? {
            if body.len() + chunk.len() > ANSWER_MAX {
                return Err(TransportError("the answer is too long".to_owned()));
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = Response::new(body.freeze());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        Ok(response)
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

/// What went wrong, without the address: a query may hold a secret.
fn why(error: reqwest::Error) -> TransportError {
    use std::error::Error as _;
    let error = error.without_url();
    TransportError(match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    })
}

#[async_trait]
impl Transport for HttpTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let endpoint = endpoint(&request);
        let answered = self.exchange(request).await;
        self.calls.judge(endpoint, &answered);
        answered
    }
}
