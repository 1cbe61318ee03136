//! A mail server that keeps what comes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

#[derive(Clone, Debug)]
pub(crate) struct Arrived {
    pub(crate) to: String,
    /// The six digits in it, where there are such.
    pub(crate) code: Option<String>,
    pub(crate) times: u32,
}

/// What has come, by its Message-ID.
#[derive(Clone, Default)]
pub(crate) struct Mailboxes(Arc<Mutex<BTreeMap<String, Arrived>>>);

impl Mailboxes {
    /// Starts it, and says at which port.
    pub(crate) async fn start() -> (Self, u16) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mailboxes = Self::default();
        let kept = mailboxes.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Whoever is killed in the middle of a letter hasn't sent it.
                tokio::spawn(converse(stream, kept.clone()));
            }
        });
        (mailboxes, port)
    }

    pub(crate) fn all(&self) -> Vec<Arrived> {
        self.lock().values().cloned().collect()
    }

    pub(crate) fn code_for(&self, to: &str) -> Option<String> {
        let kept = self.lock();
        kept.values().find(|it| it.to == to)?.code.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arrived>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, lines: &[String]) {
        let header = |name: &str| {
            let value = lines.iter().find_map(|line| line.strip_prefix(name));
            value.unwrap_or_default().to_owned()
        };
        let is_code =
            |line: &&String| line.len() == 6 && line.bytes().all(|it| it.is_ascii_digit());
        let arrived = Arrived {
            to: header("To: "),
            code: lines.iter().find(is_code).cloned(),
            times: 0,
        };
        let mut kept = self.lock();
        kept.entry(header("Message-ID: ")).or_insert(arrived).times += 1;
    }
}

async fn converse(stream: TcpStream, mailboxes: Mailboxes) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut letter: Option<Vec<String>> = None;
    write.write_all(b"220 mail.test ESMTP\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let reply = match (&mut letter, line.as_str()) {
            (Some(told), ".") => {
                mailboxes.take(told);
                letter = None;
                "250 taken"
            }
            (Some(told), _) => {
                told.push(line.trim().to_owned());
                continue;
            }
            (None, "DATA") => {
                letter = Some(Vec::new());
                "354 go on"
            }
            (None, "QUIT") => "221 bye",
            (None, other) if other.starts_with("EHLO") => "250-mail.test\r\n250 8BITMIME",
            (None, _) => "250 ok",
        };
        write.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
    Ok(())
}
