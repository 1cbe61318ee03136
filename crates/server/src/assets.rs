//! The built app, read once at the start and served from memory: a name that isn't among the files
//! that were read can't be served, whatever its dots and slashes.

use crate::negotiation::{is_known, takes_brotli, takes_html};
use crate::page::Page;
use axum::body::Body;
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, VARY,
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
/// The page of every address.
const INDEX: &str = "/index.html";
/// Where the pages lie that can be used before the app is there. They aren't served by these names.
const ENTRY: &str = "/entry";
/// Hexadecimal digits of the hash in a name.
const HASH_DIGITS: usize = 16;

/// The files of the app.
pub(crate) struct Assets {
    /// By their paths, with a slash in front.
    files: BTreeMap<String, File>,
    /// Likewise, those that answer the app's addresses.
    pages: BTreeMap<String, Page>,
}

/// What there is for a request that isn't for an API.
pub(crate) enum Found {
    Answer(Response),
    /// An address of the app: a page of it answers.
    Page,
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
    /// Reads every file below `folder`, and of the release before those that never change: a tab that
    /// was opened then may still ask for them.
    pub(crate) fn read(folder: &Path, before: Option<&Path>) -> io::Result<Self> {
        let mut assets = Self::read_one(folder)?;
        if let Some(before) = before {
            for (path, file) in Self::read_one(before)?.files {
                if file.cache_control == IMMUTABLE {
                    assets.files.entry(path).or_insert(file);
                }
            }
        }
        Ok(assets)
    }

    fn read_one(folder: &Path) -> io::Result<Self> {
        let mut contents = BTreeMap::new();
        read_below(folder, "", &mut contents)?;
        let paths: Vec<String> = contents.keys().cloned().collect();
        let mut take = |plain: &str, suffix: &str| contents.remove(&format!("{plain}{suffix}"));
        let (mut files, mut pages) = (BTreeMap::new(), BTreeMap::new());
        for path in paths {
            let (brotli, open) = (take(&path, ".br"), take(&path, ".open"));
            // One that goes with another is taken already.
            let Some(plain) = take(&path, "") else {
                continue;
            };
            if path == INDEX || path.starts_with(ENTRY) {
                pages.insert(path.clone(), Page::new(plain.clone(), open));
            }
            if !path.starts_with(ENTRY) {
                files.insert(path.clone(), File::new(&path, plain, brotli));
            }
        }
        Ok(Self { files, pages })
    }

    /// No files: what answers then is the API alone.
    pub(crate) fn none() -> Self {
        Self {
            files: BTreeMap::new(),
            pages: BTreeMap::new(),
        }
    }

    /// Whether the app is there.
    pub(crate) fn has_app(&self) -> bool {
        self.pages.contains_key(INDEX)
    }

    /// The page of every address.
    pub(crate) fn page(&self) -> Option<&Page> {
        self.pages.get(INDEX)
    }

    /// The page that can be used before the app is there, where the address has one.
    pub(crate) fn entry_page(&self, path: &str, variant: &str) -> Option<&Page> {
        self.pages.get(&format!("{ENTRY}{path}/{variant}.html"))
    }

    /// What answers a request for what isn't an API.
    pub(crate) fn find(&self, method: &Method, path: &str, headers: &HeaderMap) -> Found {
        if method != Method::GET && method != Method::HEAD {
            let allowed = [(ALLOW, "GET, HEAD")];
            return Found::Answer((StatusCode::METHOD_NOT_ALLOWED, allowed).into_response());
        }
        if let Some(file) = self.files.get(path) {
            return Found::Answer(file.answer(headers));
        }
        if self.has_app() && (path == "/" || is_page(path) && takes_html(headers)) {
            return Found::Page;
        }
        // Or a cache would give it to those who get the page.
        let varies = [(VARY, "accept")];
        Found::Answer((StatusCode::NOT_FOUND, varies, "Not found\n").into_response())
    }
}

/// Whether it is an address of the app's own: the app knows which of them exist.
fn is_page(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    !last.contains('.')
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
        let mut answer = if is_known(headers, &tag) {
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
