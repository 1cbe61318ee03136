//! HTTP to others, with limits: TikTok, and a collector of traces.

use axum::http::{Request, Response};
use bytes::{Bytes, BytesMut};
use std::time::Duration;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long an answer may take. An exchange with TikTok asks twice, and counts as lost after thirty
/// seconds.
const ANSWER: Duration = Duration::from_secs(10);
/// Bytes of an answer at most: TikTok's are a few hundred, a collector's hardly any.
const ANSWER_MAX: usize = 256 * 1024;

/// A client that follows no redirects.
pub(crate) fn client() -> reqwest::ClientBuilder {
    // Fails where it is done already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT)
        .timeout(ANSWER)
}

/// Sends a request and takes the whole answer, whatever its status. Errors: in [`why`]'s words.
pub(crate) async fn exchange(
    client: &reqwest::Client,
    request: Request<Bytes>,
) -> Result<Response<Bytes>, String> {
    let request = reqwest::Request::try_from(request).map_err(why)?;
    let mut answer = client.execute(request).await.map_err(why)?;
    let mut body = BytesMut::new();
    while let Some(chunk) = answer.chunk().await.map_err(why)? {
        if body.len() + chunk.len() > ANSWER_MAX {
            return Err("the answer is too long".to_owned());
        }
        body.extend_from_slice(&chunk);
    }
    let mut response = Response::new(body.freeze());
    *response.status_mut() = answer.status();
    *response.headers_mut() = answer.headers().clone();
    Ok(response)
}

/// What went wrong, without the address: a query may hold a secret.
pub(crate) fn why(error: reqwest::Error) -> String {
    use std::error::Error as _;
    let error = error.without_url();
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}
