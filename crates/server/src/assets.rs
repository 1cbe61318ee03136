//! The built app, read once at the start and served from memory: a name that isn't among the files
//! that were read can't be served, whatever its dots and slashes.

use axum::body::Body;
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG,
    HeaderName, HeaderValue, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// A file whose name holds the hash of what is in it never changes.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// Every other is asked for again each time.
const ASK_AGAIN: &str = "no-cache";
/// Hexadecimal digits of the hash in a name.
const HASH_DIGITS: usize = 16;

/// The files of the app.
pub(crate) struct Assets {
    /// By their paths, with a slash in front.
    files: BTreeMap<String, File>,
}

struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    content_type: &'static str,
    cache_control: &'static str,
    /// Of the plain content, without the quotes.
    tag: String,
}

impl Assets {
    /// Reads every file below `folder`.
    pub(crate) fn read(folder: &Path) -> io::Result<Self> {
        let mut contents = BTreeMap::new();
        read_below(folder, "", &mut contents)?;
        let compressed: Vec<String> = contents
            .keys()
            .filter(|path| {
                path.strip_suffix(".br")
                    .is_some_and(|plain| contents.contains_key(plain))
            })
            .cloned()
            .collect();
        let mut brotli = BTreeMap::new();
        for path in compressed {
            if let Some(content) = contents.remove(&path) {
                brotli.insert(path.trim_end_matches(".br").to_owned(), content);
            }
        }
        let files = contents
            .into_iter()
            .map(|(path, plain)| {
                let file = File::new(&path, plain, brotli.remove(&path));
                (path, file)
            })
            .collect();
        Ok(Self { files })
    }

    /// No files: what answers then is the API alone.
    pub(crate) fn none() -> Self {
        Self {
            files: BTreeMap::new(),
        }
    }

    /// Whether the app is there.
    pub(crate) fn has_app(&self) -> bool {
        self.files.contains_key("/index.html")
    }

    /// The answer to a request for what isn't an API.
    pub(crate) fn serve(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response {
        if method != Method::GET && method != Method::HEAD {
            let allowed = [(ALLOW, "GET, HEAD")];
            return (StatusCode::METHOD_NOT_ALLOWED, allowed).into_response();
        }
        if let Some(file) = self.files.get(path) {
            return file.answer(headers);
        }
        let is_asked_for = path == "/" || is_page(path) && takes_html(headers);
        let page = self.files.get("/index.html").filter(|_| is_asked_for);
        let mut answer = match page {
            Some(page) => page.answer(headers),
            None => (StatusCode::NOT_FOUND, "Not found\n").into_response(),
        };
        // Or a cache would give the one to those who get the other.
        answer
            .headers_mut()
            .append(VARY, HeaderValue::from_static("accept"));
        answer
    }
}

/// Whether it is an address of the app's own: the app knows which of them exist.
fn is_page(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    !last.contains('.')
}

/// Whether `Accept` lets HTML through (RFC 9110, 12.5.1): of the ranges that hold it the most precise
/// decides. Whoever says nothing takes anything, as programs and link previews do.
fn takes_html(headers: &HeaderMap) -> bool {
    let ranges: Vec<_> = headers
        .get_all(ACCEPT)
        .iter()
        .flat_map(|value| value.to_str().unwrap_or_default().split(','))
        .map(str::trim)
        .filter(|range| !range.is_empty())
        .collect();
    let weight = |held: &[&str]| {
        ranges.iter().find_map(|range| {
            let (name, parameters) = range.split_once(';').unwrap_or((range, ""));
            let is_held = held
                .iter()
                .any(|held| name.trim_end().eq_ignore_ascii_case(held));
            is_held.then(|| {
                parameters
                    .split(';')
                    .filter_map(|parameter| parameter.split_once('='))
                    .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
                    .map_or(1.0, |(_, weight)| {
                        weight.trim().parse::<f32>().unwrap_or(0.0)
                    })
            })
        })
    };
    ranges.is_empty()
        || weight(&["text/html"])
            .or_else(|| weight(&["text/*"]))
            // Java writes the second for the first.
            .or_else(|| weight(&["*/*", "*"]))
            .is_some_and(|weight| weight > 0.0)
}

impl File {
    fn new(path: &str, plain: Bytes, brotli: Option<Bytes>) -> Self {
        let name = path.rsplit('/').next().unwrap_or_default();
        let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
        let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
        let is_hashed = hash.len() == HASH_DIGITS
            && hash
                .bytes()
                .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        let digest = Sha256::digest(&plain);
        let tag = hex::encode(digest.get(..12).unwrap_or_default());
        Self {
            plain,
            brotli,
            content_type: content_type(extension),
            cache_control: if is_hashed { IMMUTABLE } else { ASK_AGAIN },
            tag,
        }
    }

    fn answer(&self, headers: &HeaderMap) -> Response {
        let brotli = self.brotli.as_ref().filter(|_| takes_brotli(headers));
        let tag = match brotli {
            Some(_) => format!("\"{}-br\"", self.tag),
            None => format!("\"{}\"", self.tag),
        };
        let mut always: Vec<(HeaderName, String)> = vec![
            (CACHE_CONTROL, self.cache_control.to_owned()),
            (ETAG, tag.clone()),
        ];
        if self.brotli.is_some() {
            always.push((VARY, "accept-encoding".to_owned()));
        }
        let is_known = headers.get_all(IF_NONE_MATCH).iter().any(|known| {
            let known = known.to_str().unwrap_or_default();
            known.split(',').any(|known| {
                let known = known.trim();
                known.strip_prefix("W/").unwrap_or(known) == tag
            })
        });
        let mut answer = if is_known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            always.push((CONTENT_TYPE, self.content_type.to_owned()));
            if brotli.is_some() {
                always.push((CONTENT_ENCODING, "br".to_owned()));
            }
            Response::new(Body::from(brotli.unwrap_or(&self.plain).clone()))
        };
        for (name, value) in always {
            if let Ok(value) = value.parse() {
                answer.headers_mut().insert(name, value);
            }
        }
        answer
    }
}

/// Whether `Accept-Encoding` names brotli, and not to refuse it.
fn takes_brotli(headers: &HeaderMap) -> bool {
    headers.get_all(ACCEPT_ENCODING).iter().any(|accept| {
        let accept = accept.to_str().unwrap_or_default();
        accept.split(',').any(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
            name.trim().eq_ignore_ascii_case("br")
                && weight
                    .trim()
                    .parse::<f32>()
                    .is_ok_and(|weight| weight > 0.0)
        })
    })
}

fn content_type(extension: &str) -> &'static str {
    match extension.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

fn read_below(folder: &Path, path: &str, found: &mut BTreeMap<String, Bytes>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        // Nothing of the app has a name that isn't Unicode, and what is hidden isn't for visitors.
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else {
            continue;
        };
        let path = format!("{path}/{name}");
        if entry.path().is_dir() {
            read_below(&entry.path(), &path, found)?;
        } else {
            found.insert(path, Bytes::from(fs::read(entry.path())?));
        }
    }
    Ok(())
}
