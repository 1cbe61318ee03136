//! The server's binary, as a process of its own.

use crate::harness::{ADDRESS_HEADER, INDEX, KEYS};
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

/// The binary of this build.
pub(crate) const OURS: &str = env!("CARGO_BIN_EXE_server");

/// The binary with the settings of a server whose files are in `folder`.
pub(crate) fn command(folder: &Path) -> Command {
    set(Command::new(OURS), folder)
}

fn set(mut command: Command, folder: &Path) -> Command {
    let database = folder.join("portal.sqlite");
    command
        .env_clear()
        .env("PORTAL_ADDRESS", "127.0.0.1:0")
        .env(
            "PORTAL_DATABASE_URL",
            format!("sqlite:{}", database.display()),
        )
        .env("PORTAL_ASSETS", folder)
        .env("PORTAL_KEYS", KEYS)
        .env("PORTAL_CLIENT_ADDRESS_HEADER", ADDRESS_HEADER)
        .env("RUST_LOG", "error");
    command
}

/// A process that serves.
pub(crate) struct Process {
    child: Child,
    pub(crate) base: String,
    printed: JoinHandle<Vec<String>>,
}

impl Process {
    /// Starts it in `folder`, and waits until it says where it is.
    pub(crate) fn start(folder: &Path, more: &[(&str, &str)]) -> Self {
        Self::start_as(OURS, folder, more)
    }

    /// The same with another build of the binary.
    pub(crate) fn start_as(program: &str, folder: &Path, more: &[(&str, &str)]) -> Self {
        std::fs::write(folder.join("index.html"), INDEX).unwrap();
        let mut child = set(Command::new(program), folder)
            .envs(more.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut printed = Vec::new();
        let base = loop {
            let line = lines.next().unwrap().unwrap();
            if let Some(base) = line.strip_prefix("The portal is at ") {
                break base.to_owned();
            }
            let told = serde_json::from_str::<Value>(&line).unwrap_or_default();
            printed.push(line);
            if let Some(base) = told["public_url"].as_str() {
                break base.to_owned();
            }
        };
        // What it prints has to be read, or it would wait for its reader.
        let printed = std::thread::spawn(move || {
            printed.extend(lines.map_while(Result::ok));
            printed
        });
        Self {
            child,
            base,
            printed,
        }
    }

    /// Sends it a signal by its name, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let kill = Command::new("kill")
            .arg(format!("-{name}"))
            .arg(self.child.id().to_string())
            .status();
        assert!(kill.unwrap().success());
    }

    /// Waits until it has ended by itself. Gives what it had printed.
    pub(crate) fn ended(mut self) -> Vec<String> {
        assert!(self.child.wait().unwrap().success());
        self.printed.join().unwrap()
    }

    /// SIGKILL: it gets no chance to say anything. Gives what it had printed.
    pub(crate) fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.printed.join().unwrap()
    }
}
