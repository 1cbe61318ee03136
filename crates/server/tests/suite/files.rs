//! The app's files: how they are compressed, kept, and found.

use crate::harness::{INDEX, TestServer};
use crate::requests::send;
use reqwest::Method;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

#[tokio::test]
async fn files_come_compressed_to_those_who_take_it() {
    let server = TestServer::start().await;
    let get = async |accept_encoding: &'static str| {
        let request = server.request(Method::GET, "/portal-0123456789abcdef.js");
        send(request.header("accept-encoding", accept_encoding)).await
    };
    for taken in ["br", "gzip, deflate, br, zstd", "gzip;q=0.5, br;q=0.9"] {
        let answer = get(taken).await;
        assert_eq!(answer.header("content-encoding"), "br", "{taken}");
        assert_eq!(answer.text(), "stands in for brotli");
        assert_eq!(
            answer.header("content-type"),
            "text/javascript; charset=utf-8"
        );
        assert_eq!(answer.header("vary"), "accept-encoding");
    }
    for refused in ["", "gzip", "br;q=0", "brotli"] {
        let answer = get(refused).await;
        assert_eq!(answer.header("content-encoding"), "", "{refused}");
        assert_eq!(answer.text(), "let plain;");
        assert_eq!(answer.header("vary"), "accept-encoding");
    }
    let compressed = server.get("/portal-0123456789abcdef.js.br", "*/*").await;
    assert_eq!(compressed.status, 404, "it is no file of its own");
}

#[tokio::test]
async fn files_with_a_hash_in_their_names_are_kept_and_others_asked_for_again() {
    let server = TestServer::start().await;
    for (path, content_type, cache) in [
        ("/", "text/html; charset=utf-8", "private, no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/favicon.svg", "image/svg+xml", "no-cache"),
        ("/locales/en.json", "application/json", "no-cache"),
        (
            "/portal-0123456789abcdef.wasm",
            "application/wasm",
            "public, max-age=31536000, immutable",
        ),
    ] {
        let answer = server.get(path, "*/*").await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), content_type);
        assert_eq!(answer.header("cache-control"), cache);
        let again = server
            .request(Method::GET, path)
            .header("if-none-match", answer.header("etag"));
        let again = send(again).await;
        assert_eq!(again.status, 304, "{path}");
        assert!(again.body.is_empty());
        assert_eq!(again.header("etag"), answer.header("etag"));
        assert_eq!(again.header("cache-control"), cache);
    }
}

#[tokio::test]
async fn the_app_answers_for_its_own_pages_and_for_nothing_else() {
    let server = TestServer::start().await;
    let html = "text/html,application/xhtml+xml,*/*;q=0.8";
    for page in [
        "/",
        "/log-in",
        "/settings/profile",
        "/tiktok/callback?code=a*b!c&state=s",
    ] {
        let answer = server.get(page, html).await;
        assert_eq!(answer.status, 200, "{page}");
        assert!(answer.text().starts_with(INDEX), "{page}");
        assert_eq!(answer.header("cache-control"), "private, no-cache");
    }
    for (path, accept) in [
        ("/missing.js", html),
        ("/settings/profile.css", html),
        ("/log-in", "application/json"),
        ("/log-in", "image/*"),
        ("/log-in", "text/html;q=0, */*"),
        ("/log-in", "*/*;q=0.5, text/html; charset=utf-8; Q=0.0"),
        ("/log-in", "text/*;q=0, */*"),
        ("/log-in", "*/*;q=0"),
        ("/log-in", "text/htmlx"),
        ("/api/log-in/", html),
        ("/.hidden", html),
        ("/missing.js", "*/*"),
        ("/api/log-in/", "*/*"),
    ] {
        let answer = server.get(path, accept).await;
        assert_eq!(answer.status, 404, "{path} {accept}");
        assert!(!answer.text().starts_with(INDEX));
    }
    // What command-line clients, link previews, Java and browsers send.
    for accept in [
        "*/*",
        "",
        "text/html",
        "TEXT/HTML",
        "text/*",
        "text/html;level=1",
        "text/plain, text/html;q=0.4",
        "application/json, */*;q=0.1",
        "application/json;q=0, */*",
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
        "image/jpeg, *; q=.2",
    ] {
        let answer = server.get("/log-in", accept).await;
        assert_eq!(answer.status, 200, "{accept}");
        assert!(answer.text().starts_with(INDEX), "{accept}");
    }
    let silent = send(server.request(Method::GET, "/log-in")).await;
    assert_eq!(silent.status, 200);
    assert!(silent.text().starts_with(INDEX));
    let posted = send(
        server
            .request(Method::POST, "/log-in")
            .header("accept", html),
    )
    .await;
    assert_eq!(posted.status, 405);
    let head = send(server.request(Method::HEAD, "/").header("accept", html)).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[tokio::test]
async fn a_tab_of_the_release_before_still_gets_its_files_and_no_page_of_it() {
    let before = tempfile::tempdir().unwrap();
    for (name, content) in [
        ("index.html", "the page before"),
        ("locales.json", "the words before"),
        ("portal-0123456789abcdef.js", "never changes"),
        ("portal-fedcba9876543210.wasm", "a part"),
    ] {
        std::fs::write(before.path().join(name), content).unwrap();
    }
    let folder = before.path().display().to_string();
    let server = TestServer::start_with(&[("PORTAL_ASSETS_BEFORE", &folder)]).await;
    let part = server.get("/portal-fedcba9876543210.wasm", "*/*").await;
    assert_eq!((part.status, part.text()), (200, "a part"));
    // What both have is this release's, and what has no hash in its name is gone.
    let both = server.get("/portal-0123456789abcdef.js", "*/*").await;
    assert_eq!(both.text(), "let plain;");
    assert_eq!(server.get("/locales.json", "*/*").await.status, 404);
    let page = server.get("/settings/profile", "text/html").await;
    assert!(page.text().starts_with(INDEX));
}

#[tokio::test]
async fn no_path_leads_out_of_the_apps_folder() {
    let server = TestServer::start().await;
    for path in [
        "/../secret.txt",
        "/locales/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "//secret.txt",
        "/app/../../secret.txt",
    ] {
        // By hand: a client would tidy the path.
        let mut stream = TcpStream::connect(server.running.address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 404 "), "{path}: {answer}");
    }
}

#[tokio::test]
async fn who_calls_this_machine_by_its_other_name_is_led_to_the_public_one() {
    let server = TestServer::start().await;
    let port = server.running.address.port();
    let ask = async |host: String, path: &str| {
        let request = server.request(Method::GET, path).header("host", host);
        send(request.header("accept", "text/html")).await
    };
    let answer = ask(format!("localhost:{port}"), "/log-in?a=b").await;
    assert_eq!(answer.status, 307);
    assert_eq!(answer.header("location"), server.at("/log-in?a=b"));
    for host in [format!("127.0.0.1:{port}"), "portal.example".to_owned()] {
        assert_eq!(ask(host, "/log-in").await.status, 200);
    }
    // Not what programs ask.
    let answer = ask(format!("localhost:{port}"), "/readyz").await;
    assert_eq!(answer.status, 200);
}
