//! A visit at TikTok, over HTTP.

use axum::http::{Request, Response};
use bytes::Bytes;
use contract::authorization::CompleteAuthorization;
use tiktok_emulator::visitor::{Plan, Step, Visitor};

/// Walks TikTok's pages. Gives what the callback's query brought, or nothing where TikTok doesn't come
/// back. Errors: the connection broke.
pub(crate) async fn visit(
    client: &reqwest::Client,
    visitor: &mut Visitor,
    authorize_url: &str,
    plan: Plan,
) -> Result<Option<CompleteAuthorization>, reqwest::Error> {
    let mut request = visitor.visit(authorize_url, plan);
    loop {
        let response = exchange(client, request).await?;
        match visitor.read(&response) {
            Step::Send(next) => request = next,
            Step::Left(url) => return Ok(Some(callback(&url))),
            Step::Stopped(_) => return Ok(None),
        }
    }
}

/// Sends what a visitor sends.
pub(crate) async fn exchange(
    client: &reqwest::Client,
    request: Request<Bytes>,
) -> Result<Response<Bytes>, reqwest::Error> {
    let answer = client
        .execute(reqwest::Request::try_from(request).unwrap())
        .await?;
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = answer.status();
    *response.headers_mut() = answer.headers().clone();
    *response.body_mut() = answer.bytes().await?;
    Ok(response)
}

fn callback(url: &str) -> CompleteAuthorization {
    CompleteAuthorization {
        query: url
            .split_once('?')
            .map_or("", |(_, query)| query)
            .to_owned(),
    }
}
