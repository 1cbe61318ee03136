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
use std::io::Write as _;

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

    /// The page with `told` at its end. A browser may keep it: nobody is to be named in it.
    pub(crate) fn answer(&self, told: &str, headers: &HeaderMap) -> Response {
        let open = self.open.as_ref().filter(|_| takes_brotli(headers));
        let body = match open {
            Some(open) => closed(open, told.as_bytes()),
            None => Bytes::from([&self.plain, told.as_bytes()].concat()),
        };
        // Not `no-store`: a page that is come back to by the browser's own button stays as it was.
        let mut answer = self.head(body, open.is_some(), headers);
        set_cache_control(&mut answer, "private, no-cache");
        answer
    }

    /// The page with `told` at its end, and with texts in the place of the names that stand for them
    /// between percent signs. No browser keeps it.
    pub(crate) fn answer_to(
        &self,
        words: &[(&str, String)],
        told: &str,
        headers: &HeaderMap,
    ) -> Response {
        let mut text = with_words(&String::from_utf8_lossy(&self.plain), words);
        text.push_str(told);
        let compressed = takes_brotli(headers)
            .then(|| compressed(text.as_bytes()))
            .flatten();
        let is_compressed = compressed.is_some();
        let body = compressed.unwrap_or_else(|| text.into_bytes());
        let mut answer = self.head(body.into(), is_compressed, headers);
        set_cache_control(&mut answer, "no-store");
        answer
    }

    /// The answer with a body in brotli or in plain text, or without one where it is known.
    fn head(&self, body: Bytes, is_compressed: bool, headers: &HeaderMap) -> Response {
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
            if is_compressed {
                set.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
            }
        }
        answer
    }
}

fn set_cache_control(answer: &mut Response, value: &'static str) {
    let value = HeaderValue::from_static(value);
    answer.headers_mut().insert(CACHE_CONTROL, value);
}

/// The page with a word in the place of each name between percent signs. What a word itself holds is
/// looked at no more: a display name may read like the name of another.
fn with_words(page: &str, words: &[(&str, String)]) -> String {
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('%') {
        text.push_str(before);
        let word = words.iter().find_map(|(name, word)| {
            let behind = after.strip_prefix(name)?.strip_prefix('%')?;
            Some((word, behind))
        });
        rest = if let Some((word, behind)) = word {
            text.push_str(&escape(word));
            behind
        } else {
            text.push('%');
            after
        };
    }
    text.push_str(rest);
    text
}

/// Text that is written with what means something in HTML taken out of it.
pub(crate) fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, c| {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
        escaped
    })
}

/// A page in brotli, within a millisecond: its largest levels take fifty. Nothing where there is no
/// memory for it.
fn compressed(page: &[u8]) -> Option<Vec<u8>> {
    const BUFFER: usize = 4096;
    const LEVEL: u32 = 5;
    const WINDOW: u32 = 18;
    let mut stream = brotli::CompressorWriter::new(Vec::new(), BUFFER, LEVEL, WINDOW);
    stream.write_all(page).ok()?;
    Some(stream.into_inner())
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
    fn a_word_that_reads_like_a_place_in_the_page_is_a_word() {
        let words = [("a", "%b%".to_owned()), ("b", "100%".to_owned())];
        let page = "<i style=\"width: 50%\">%a%%b%%c%</i>%";
        let expected = "<i style=\"width: 50%\">%b%100%%c%</i>%";
        assert_eq!(with_words(page, &words), expected);
    }

    #[tokio::test]
    async fn a_word_of_somebody_is_text_in_the_page_that_is_sent_to_them() {
        let page = Page::new(Bytes::from_static(b"<p>%name%</p>"), None);
        let said = [("name", "<b> & \"c\"".to_owned())];
        let read = async |headers: &HeaderMap| {
            let answer = page.answer_to(&said, "<i>", headers);
            assert_eq!(answer.headers().get(CACHE_CONTROL).unwrap(), "no-store");
            let body = axum::body::to_bytes(answer.into_body(), 1 << 16).await;
            body.unwrap()
        };
        let expected = "<p>&lt;b&gt; &amp; &quot;c&quot;</p><i>";
        assert_eq!(read(&HeaderMap::new()).await, expected);
        let mut headers = HeaderMap::new();
        headers.insert("accept-encoding", HeaderValue::from_static("br"));
        let mut text = Vec::new();
        brotli::BrotliDecompress(&mut &*read(&headers).await, &mut text).unwrap();
        assert_eq!(text, expected.as_bytes());
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
