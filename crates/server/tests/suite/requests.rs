//! Requests as they are, header by header.

use crate::browser::Answer;
use crate::harness::TestServer;
use contract::table::path;
use reqwest::{Method, RequestBuilder};

pub(crate) async fn send(request: RequestBuilder) -> Answer {
    Answer::of(request.send().await.unwrap()).await
}

impl TestServer {
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.at(path))
    }

    pub(crate) async fn get(&self, path: &str, accept: &str) -> Answer {
        send(self.request(Method::GET, path).header("accept", accept)).await
    }

    pub(crate) fn ask(&self, name: &str, body: &str) -> RequestBuilder {
        self.request(Method::POST, &path(name))
            .header("content-type", "application/json")
            .body(body.to_owned())
    }

    pub(crate) fn forward(&self, minutes: u32) -> RequestBuilder {
        self.request(Method::POST, "/dev/clock")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("minutes={minutes}"))
    }
}

/// What browsers say of a request that isn't one of our own pages'.
pub(crate) const FOREIGN: [(&str, &str); 5] = [
    ("sec-fetch-site", "cross-site"),
    ("sec-fetch-site", "same-site"),
    ("sec-fetch-site", "none"),
    ("origin", "https://evil.example"),
    ("origin", "null"),
];
