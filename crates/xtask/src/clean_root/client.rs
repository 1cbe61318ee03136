//! A browser without pages: HTTP/1.1 to a port of this machine, with cookies.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::shell::saw;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Browser {
    port: u16,
    cookies: BTreeMap<String, String>,
}

struct Answer {
    status: u16,
    headers: String,
    body: String,
}

impl Browser {
    pub(super) fn new(port: u16) -> Self {
        Self {
            port,
            cookies: BTreeMap::new(),
        }
    }

    pub(super) fn forget(&mut self) {
        self.cookies.clear();
    }

    /// Fails unless the server is ready and has a page.
    pub(super) fn expect_ready(&mut self) -> Result<()> {
        for path in ["/healthz", "/readyz", "/log-in"] {
            let answer = self.send("GET", path, None)?;
            ensure!(
                answer.status == 200,
                "{path} is answered with {}",
                answer.status
            );
            saw(&format!("GET {path}: 200"));
            ensure!(
                path != "/log-in" || answer.body.contains("<title>"),
                "the page has no title: {}",
                answer.body
            );
        }
        Ok(())
    }

    /// Fails unless a file is there, or isn't.
    pub(super) fn expect_file(&mut self, path: &str, is_there: bool) -> Result<()> {
        let status = self.send("GET", path, None)?.status;
        let expected = if is_there { 200 } else { 404 };
        ensure!(status == expected, "{path} is answered with {status}");
        saw(&format!("GET {path}: {status}"));
        Ok(())
    }

    /// Fails unless somebody is logged in; says what that shows.
    pub(super) fn expect_somebody(&mut self, email: &str, what: &str) -> Result<()> {
        let session = self.ask("get-session", "{}")?;
        ensure!(session.contains(email), "nobody is logged in: {session}");
        saw(&format!("{email} {what}"));
        Ok(())
    }

    /// Asks for a use case, and gives its reply.
    pub(super) fn ask(&mut self, name: &str, body: &str) -> Result<String> {
        let answer = self.send("POST", &format!("/api/{name}"), Some(body))?;
        ensure!(
            answer.status == 200,
            "{name} is answered with {}: {}",
            answer.status,
            answer.body
        );
        Ok(answer.body)
    }

    fn send(&mut self, method: &str, path: &str, body: Option<&str>) -> Result<Answer> {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let body = body.unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\
             Accept: text/html, */*\r\nContent-Type: application/json\r\nCookie: {}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.port,
            cookies.join("; "),
            body.len()
        );
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(request.as_bytes())?;
        let mut received = Vec::new();
        stream.read_to_end(&mut received)?;
        let answer = Answer::parse(&String::from_utf8_lossy(&received))
            .with_context(|| format!("{path} has no answer"))?;
        self.keep_cookies(&answer.headers);
        Ok(answer)
    }

    fn keep_cookies(&mut self, headers: &str) {
        let set = headers.lines().filter_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("set-cookie").then_some(value)
        });
        for cookie in set {
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Answer {
    fn parse(text: &str) -> Option<Self> {
        let (headers, body) = text.split_once("\r\n\r\n")?;
        let status = headers.split(' ').nth(1)?.parse().ok()?;
        Some(Self {
            status,
            headers: headers.to_owned(),
            body: body.to_owned(),
        })
    }
}
