//! The server as a process of its own, and who asks it.

use contract::UseCase;
use contract::session::LogIn;
use contract::table::path;
use reqwest::header::{COOKIE, SET_COOKIE};
use service::personas::PASSWORD;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The header in which this server's proxy says who asks.
pub(crate) const ADDRESS_HEADER: &str = "x-client-address";
pub(crate) const MEMBER: &str = "linked@portal.test";

pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) base: String,
    pub(crate) client: reqwest::Client,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts a demonstration on a database, and waits until it answers.
    pub(crate) fn start(program: &Path, assets: &Path, database_url: &str) -> Self {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PORTAL_ADDRESS", "127.0.0.1:0")
            .env("PORTAL_DATABASE_URL", database_url)
            .env("PORTAL_ASSETS", assets)
            .env("PORTAL_CLIENT_ADDRESS_HEADER", ADDRESS_HEADER)
            .env("RUST_LOG", "off");
        Self::of(&mut command)
    }

    /// Starts a server that prints where it is once it answers.
    pub(crate) fn of(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let base = loop {
            let line = lines.next().unwrap().unwrap();
            if let Some((_, base)) = line.split_once(" is at ") {
                break base.to_owned();
            }
        };
        // What it prints has to be read, or it would wait for its reader.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self {
            child,
            base,
            client,
        }
    }

    pub(crate) async fn send<R: UseCase>(
        &self,
        peer: &str,
        cookies: &str,
        request: &R,
    ) -> reqwest::Response {
        self.client
            .post(format!("{}{}", self.base, path(R::NAME)))
            .header("content-type", "application/json")
            .header(ADDRESS_HEADER, peer)
            .header(COOKIE, cookies)
            .body(serde_json::to_vec(request).unwrap())
            .send()
            .await
            .unwrap()
    }

    /// The cookies of someone who has logged in there.
    pub(crate) async fn log_in(&self, peer: &str) -> String {
        let answer = self.send(peer, "", &log_in(MEMBER, PASSWORD)).await;
        cookies(&answer)
    }
}

/// `PORTAL_DATABASE_URL` of a file in a folder.
pub(crate) fn sqlite(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("portal.sqlite").display())
}

/// The cookies that a log-in which went well has set.
pub(crate) fn cookies(answer: &reqwest::Response) -> String {
    assert!(answer.status().is_success(), "{}", answer.status());
    let cookies = answer.headers().get_all(SET_COOKIE).iter();
    let pairs = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    pairs.collect::<Vec<_>>().join("; ")
}

pub(crate) fn log_in(email: &str, password: &str) -> LogIn {
    LogIn {
        email: email.to_owned(),
        password: password.to_owned(),
        then: None,
    }
}
