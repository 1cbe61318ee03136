//! Responses that aren't pages.

use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use http::{Response, StatusCode};
use serde_json::Value;

/// A response with these headers. A value that no header may hold is left out.
pub(crate) fn response(
    status: StatusCode,
    headers: &[(HeaderName, &str)],
    body: impl Into<Bytes>,
) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// JSON, as the API speaks it.
pub(crate) fn json(status: StatusCode, body: &Value) -> Response<Bytes> {
    response(
        status,
        &[
            (CONTENT_TYPE, "application/json; charset=utf-8"),
            (CACHE_CONTROL, "no-store"),
        ],
        body.to_string(),
    )
}

/// A redirect that a browser follows with GET.
pub(crate) fn see_other(location: &str) -> Response<Bytes> {
    response(
        StatusCode::SEE_OTHER,
        &[(LOCATION, location), (CACHE_CONTROL, "no-store")],
        Bytes::new(),
    )
}

/// The answer to a method that a path doesn't know.
pub(crate) fn method_not_allowed(allowed: &str) -> Response<Bytes> {
    response(
        StatusCode::METHOD_NOT_ALLOWED,
        &[(ALLOW, allowed), (CACHE_CONTROL, "no-store")],
        Bytes::new(),
    )
}

/// A file that never changes while the program runs.
pub(crate) fn file(content_type: &str, text: &'static str) -> Response<Bytes> {
    response(
        StatusCode::OK,
        &[
            (CONTENT_TYPE, content_type),
            (CACHE_CONTROL, "no-cache"),
            (http::header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ],
        Bytes::from_static(text.as_bytes()),
    )
}
