//! `cargo xtask preview`: the app with the service inside the tab, served as a static
//! file host would.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::thread;

use anyhow::{Context, Result};
use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::app;
use crate::build::{Build, Flavour, Settings};
use crate::shell::{Workspace, say};

/// Builds the preview and serves it until it is stopped.
pub(crate) fn preview(place: &Workspace, build: Build) -> Result<()> {
    let folder = match build {
        Build::Debug => app::build_debug(place, Flavour::Preview)?,
        Build::Release => {
            let home = place.root.join("dist/preview");
            let settings = Settings::chosen(place, build);
            app::build_release(place, Flavour::Preview, &settings, &home)?;
            home
        }
    };
    let address = std::env::var("PORTAL_PREVIEW_ADDRESS");
    let address = address.as_deref().unwrap_or("127.0.0.1:3001");
    let listener =
        TcpListener::bind(address).with_context(|| format!("could not listen at {address}"))?;
    say(&format!(
        "Serving the preview at http://{}; stop it with Ctrl-C",
        listener.local_addr()?
    ));
    serve(listener, &folder)
}

/// Serves dist/preview in the background from a folder of a host, as many are, and gives its
/// address.
pub(crate) fn host(place: &Workspace) -> Result<String> {
    const FOLDER: &str = "some/path";
    let host = place.target.join("portal").join("host");
    let link = host.join(FOLDER);
    fs::create_dir_all(link.parent().context("a folder lies in another")?)?;
    if link.is_symlink() {
        fs::remove_file(&link)?;
    }
    symlink(place.root.join("dist/preview"), &link)?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        if let Err(problem) = serve(listener, &host) {
            eprintln!("the preview is served no longer: {problem:#}");
        }
    });
    Ok(format!("http://{address}/{FOLDER}/"))
}

/// Serves the files of a folder, and nothing else: 404 for what isn't there, as a host of static
/// files does. It ends with the process.
fn serve(listener: TcpListener, folder: &Path) -> Result<()> {
    listener.set_nonblocking(true)?;
    let files = static_files(folder);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, files).await
    })?;
    Ok(())
}

fn static_files(folder: &Path) -> Router {
    // What was built anew must be seen at once.
    let no_cache = HeaderValue::from_static("no-cache");
    Router::new()
        .fallback_service(ServeDir::new(folder))
        .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, no_cache))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::header::CONTENT_TYPE;
    use axum::http::{Request, StatusCode};
    use tower::ServiceExt as _;

    async fn get(path: &str) -> (StatusCode, Option<String>) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let request = Request::get(path).body(Body::empty()).unwrap();
        let answer = static_files(&root).oneshot(request).await.unwrap();
        let kind = answer.headers().get(CONTENT_TYPE);
        let kind = kind.map(|kind| kind.to_str().unwrap().to_owned());
        (answer.status(), kind)
    }

    #[tokio::test]
    async fn a_folder_gives_its_page_and_what_is_missing_nothing() {
        let (status, kind) = get("/?at=/log-in").await;
        assert_eq!(
            (status, kind.as_deref()),
            (StatusCode::OK, Some("text/html"))
        );
        assert_eq!(get("/log-in").await.0, StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn a_file_is_given_with_its_type_and_none_outside_the_folder() {
        let (status, kind) = get("/public/boot.js").await;
        assert_eq!(
            (status, kind.as_deref()),
            (StatusCode::OK, Some("text/javascript"))
        );
        for path in ["/../Cargo.toml", "/src/%2e%2e/%2e%2e/%2e%2e/etc/hostname"] {
            assert_ne!(get(path).await.0, StatusCode::OK, "{path}");
        }
    }
}
