//! A mail server on this machine, which takes every letter.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

/// How long a letter may take.
const PATIENCE: Duration = Duration::from_mins(1);

pub(super) struct MailServer {
    port: u16,
    codes: Receiver<String>,
}

impl MailServer {
    pub(super) fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let (sender, codes) = channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let sender = sender.clone();
                thread::spawn(move || converse(&stream, &sender));
            }
        });
        Ok(Self { port, codes })
    }

    pub(super) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// The code in the next letter that has one.
    pub(super) fn code(&mut self) -> Result<String> {
        self.codes
            .recv_timeout(PATIENCE)
            .context("no letter with a code arrived")
    }
}

/// SMTP, as far as a letter needs it (RFC 5321).
fn converse(stream: &TcpStream, codes: &Sender<String>) -> std::io::Result<()> {
    let mut write = stream;
    let mut is_letter = false;
    write.write_all(b"220 mail.example ESMTP\r\n")?;
    for line in BufReader::new(stream).lines() {
        let line = line?;
        let reply = match line.as_str() {
            "." if is_letter => {
                is_letter = false;
                "250 ok"
            }
            text if is_letter => {
                if is_code(text) {
                    // Nobody may wait for it any more.
                    let _ = codes.send(text.to_owned());
                }
                continue;
            }
            "DATA" => {
                is_letter = true;
                "354 go on"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        write.write_all(format!("{reply}\r\n").as_bytes())?;
    }
    Ok(())
}

fn is_code(line: &str) -> bool {
    line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit())
}
