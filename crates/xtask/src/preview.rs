//! `cargo xtask preview`: the app with the service inside the tab, served as a static
//! file host would.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::symlink;
use std::path::{Component, Path, PathBuf};
use std::thread;

use anyhow::{Context, Result};

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
    answer_all(&listener, &folder);
    Ok(())
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
    thread::spawn(move || answer_all(&listener, &host));
    Ok(format!("http://{address}/{FOLDER}/"))
}

fn answer_all(listener: &TcpListener, folder: &Path) {
    for stream in listener.incoming().flatten() {
        let folder = folder.to_path_buf();
        // A browser that hangs up in the middle harms nobody.
        thread::spawn(move || answer(stream, &folder).unwrap_or_default());
    }
}

fn answer(mut stream: TcpStream, folder: &Path) -> std::io::Result<()> {
    let mut lines = BufReader::new(&stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    // A browser is not told of an answer whose request was not read to its end.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = first.split(' ').nth(1).unwrap_or("/");
    let (status, file) = find(folder, path);
    let body = fs::read(&file).unwrap_or_default();
    let kind = content_type(&file);
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\
         cache-control: no-cache\r\nconnection: close\r\n\r\n"
    )?;
    if !first.starts_with("HEAD ") {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// The file for a path, as any host of static files finds it.
fn find(folder: &Path, path: &str) -> (&'static str, PathBuf) {
    let path = Path::new(path.split(['?', '#']).next().unwrap_or_default());
    let plain: PathBuf = path
        .components()
        .filter(|part| matches!(part, Component::Normal(_)))
        .collect();
    let file = folder.join(&plain);
    let page = file.join("index.html");
    if file.is_file() {
        ("200 OK", file)
    } else if page.is_file() {
        ("200 OK", page)
    } else {
        ("404 Not Found", file)
    }
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|kind| kind.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_climb_out_of_the_folder() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (_, file) = find(&root.join("src"), "/../Cargo.toml");
        assert!(file.starts_with(root.join("src")));
    }

    #[test]
    fn a_folder_gives_its_page_and_what_is_missing_nothing() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = root.join("../..");
        assert_eq!(
            find(&folder, "/?at=/log-in"),
            ("200 OK", folder.join("").join("index.html"))
        );
        assert_eq!(find(&folder, "/log-in").0, "404 Not Found");
    }
}
