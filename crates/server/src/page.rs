//! A page of a build, and its answer with who is there at its end.

use crate::guard;
use crate::negotiation::{is_known, takes_brotli};
use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderValue, VARY,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

/// A page of a build, in HTML.
pub(crate) struct Page {
    plain: Bytes,
    /// Its beginning in brotli: a stream without its end.
    open: Option<Bytes>,
    policy: HeaderValue,
}

impl Page {
    pub(crate) fn new(plain: Bytes, open: Option<Bytes>) -> Self {
        let text = String::from_utf8_lossy(&plain);
        let policy = guard::policy(&inline(&text, "script"), &inline(&text, "style"));
        Self {
            plain,
            open,
            policy,
        }
    }

    /// The page with `told` at its end.
    pub(crate) fn answer(&self, told: &str, headers: &HeaderMap) -> Response {
        let open = self.open.as_ref().filter(|_| takes_brotli(headers));
        let body = match open {
            Some(open) => closed(open, told.as_bytes()),
            None => Bytes::from([&self.plain, told.as_bytes()].concat()),
        };
        let digest = Sha256::digest(&body);
        let tag = format!("\"{}\"", hex::encode(digest.get(..12).unwrap_or_default()));
        let mut answer = if is_known(headers, &tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Response::new(Body::from(body))
        };
        let set = answer.headers_mut();
        if let Ok(tag) = HeaderValue::try_from(tag) {
            set.insert(ETAG, tag);
        }
        // Not `no-store`: a page that is come back to by the browser's own button stays as it was.
        set.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        // By the cookie, so that one that was kept for a guest isn't gone back to by a member.
        set.insert(
            VARY,
            HeaderValue::from_static("accept, accept-encoding, accept-language, cookie"),
        );
        // Also where nothing has changed: what is kept takes these headers.
        set.insert(CONTENT_SECURITY_POLICY, self.policy.clone());
        if answer.status() == StatusCode::OK {
            let set = answer.headers_mut();
            set.insert(
                CONTENT_TYPE,
                HeaderValue::from_static("text/html; charset=utf-8"),
            );
            if open.is_some() {
                set.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
            }
        }
        answer
    }
}

/// A stream of brotli that was left open, with `end` as it is (RFC 7932, 9.2: one block that isn't
/// compressed, and an empty last one).
fn closed(open: &[u8], end: &[u8]) -> Bytes {
    /// Bytes of a block, by four nibbles.
    const BLOCK_MAX: usize = 1 << 16;
    let mut stream = open.to_vec();
    for block in end.chunks(BLOCK_MAX) {
        // Not the last; four nibbles; its length less one; not compressed.
        let length = u32::try_from(block.len() - 1).unwrap_or_default();
        let head = (length << 3) | (1 << 19);
        stream.extend_from_slice(head.to_le_bytes().get(..3).unwrap_or_default());
        stream.extend_from_slice(block);
    }
    // The last, and empty.
    stream.push(0b11);
    Bytes::from(stream)
}

/// What stands in the page within tags of that name that have no attribute.
fn inline<'a>(page: &'a str, tag: &str) -> Vec<&'a str> {
    let (start, end) = (format!("<{tag}>"), format!("</{tag}>"));
    page.split(&start)
        .skip(1)
        .filter_map(|rest| rest.split(&end).next())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_stream_that_was_left_open_is_read_to_its_new_end() {
        for end in ["", "<p>x</p>", &"long ".repeat(30_000)] {
            let mut open = Vec::new();
            let mut stream = brotli::CompressorWriter::new(&mut open, 4096, 11, 24);
            stream.write_all(b"<!DOCTYPE html>").unwrap();
            stream.flush().unwrap();
            std::mem::forget(stream);
            let mut read = Vec::new();
            brotli::BrotliDecompress(&mut &*closed(&open, end.as_bytes()), &mut read).unwrap();
            assert_eq!(read, format!("<!DOCTYPE html>{end}").into_bytes());
        }
    }

    #[test]
    fn what_stands_in_a_page_is_named_in_its_policy_and_nothing_else() {
        let text = "<style>a{}</style><script>1</script><script src=\"x\"></script>";
        let page = Page::new(Bytes::from_static(text.as_bytes()), None);
        let policy = page.policy.to_str().unwrap();
        let hash = |text| guard::source_of(text);
        assert!(policy.contains(&format!(
            "script-src 'self' 'wasm-unsafe-eval' {};",
            hash("1")
        )));
        assert!(policy.contains(&format!("style-src 'self' {};", hash("a{}"))));
        assert!(!policy.contains("unsafe-inline"));
        assert_eq!(policy.matches("sha256-").count(), 2);
    }
}
