//! Letters: sent by SMTP or printed, in the background, so that the time of an answer tells nothing.

use crate::origin::is_this_machine;
use crate::outbox::Outbox;
use async_trait::async_trait;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use service::env::{Letter, Mail, News, QueueFull};
use service::letter::{Rendered, render};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, JoinSet};
use url::Url;

/// Letters of either kind that wait to be sent at most. More would be another's abuse, or a mail
/// server that has been away for long.
const QUEUE: usize = 1_000;
/// Letters that are sent at once.
const AT_ONCE: usize = 8;
/// How long a mail server may take over one letter.
const PATIENCE: Duration = Duration::from_secs(30);

type Smtp = AsyncSmtpTransport<Tokio1Executor>;

#[derive(Clone)]
pub enum MailRoute {
    /// Letters are printed to the console.
    Console,
    /// They are sent; the address holds a password.
    Smtp(String),
}

impl MailRoute {
    /// Reads `console`, or the `smtp://` or `smtps://` address of a mail server. Nothing where it
    /// is neither.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text == "console" {
            return Some(Self::Console);
        }
        transport(text)?;
        Some(Self::Smtp(text.to_owned()))
    }

    /// Whether letters leave this machine's console.
    pub(crate) fn is_real(&self) -> bool {
        match self {
            Self::Console => false,
            Self::Smtp(_) => true,
        }
    }

    /// Whether a password would go to another machine without TLS, or with TLS only if nobody in
    /// between takes the offer of it away.
    pub(crate) fn shows_its_password(&self) -> bool {
        let url = match self {
            Self::Console => return false,
            Self::Smtp(url) => url,
        };
        // It was read once before, so it can be read.
        Url::parse(url).is_ok_and(|url| {
            let asks_for_tls = url
                .query_pairs()
                .any(|(name, value)| name == "tls" && value == "required");
            url.scheme() == "smtp"
                && url.password().is_some()
                && !asks_for_tls
                && !url.host_str().is_some_and(is_this_machine)
        })
    }
}

/// How the mail server of this address is spoken to; nothing where it is no such address.
fn transport(url: &str) -> Option<Smtp> {
    let builder = Smtp::from_url(url).ok()?;
    Some(builder.timeout(Some(PATIENCE)).build())
}

/// Hands letters to the task that sends them.
pub struct Mailer {
    /// For those that somebody waits for.
    asked_for: mpsc::Sender<Letter>,
    /// For those that tell of what was done: no flood of the others pushes them out, and they go
    /// first.
    news: mpsc::Sender<Letter>,
    outbox: Option<Arc<Outbox>>,
    public_url: String,
}

/// How and from whom letters are sent.
struct SmtpWorker {
    /// Nothing where letters are printed.
    smtp: Option<Smtp>,
    from: Mailbox,
    public_url: String,
}

impl Mailer {
    /// Opens it. The task ends when every letter has gone that was handed over before the mailer
    /// was closed.
    pub fn open(
        route: &MailRoute,
        from: Mailbox,
        public_url: &str,
        outbox: Option<Arc<Outbox>>,
    ) -> (Self, JoinHandle<()>) {
        let (asked_for, codes) = mpsc::channel(QUEUE);
        let (news, told) = mpsc::channel(QUEUE);
        let worker = SmtpWorker {
            smtp: match route {
                MailRoute::Console => None,
                MailRoute::Smtp(url) => transport(url),
            },
            from,
            public_url: public_url.to_owned(),
        };
        let task = tokio::spawn(run(told, codes, Arc::new(worker)));
        let mailer = Self {
            asked_for,
            news,
            outbox,
            public_url: public_url.to_owned(),
        };
        (mailer, task)
    }
}

#[async_trait]
impl Mail for Mailer {
    async fn send(&self, letter: Letter) -> Result<(), QueueFull> {
        let queue = if letter.news.is_asked_for() {
            &self.asked_for
        } else {
            &self.news
        };
        let Ok(place) = queue.try_reserve() else {
            let kind = kind(&letter.news);
            tracing::error!(kind, "a letter was dropped: too many wait");
            return Err(QueueFull);
        };
        if let Some(outbox) = &self.outbox {
            outbox.record(&letter, render(&letter, &self.public_url));
        }
        place.send(letter);
        Ok(())
    }
}

async fn run(
    mut told: mpsc::Receiver<Letter>,
    mut codes: mpsc::Receiver<Letter>,
    worker: Arc<SmtpWorker>,
) {
    let mut under_way = JoinSet::new();
    loop {
        let letter = tokio::select! {
            biased;
            Some(letter) = told.recv() => letter,
            Some(letter) = codes.recv() => letter,
            else => break,
        };
        while under_way.len() >= AT_ONCE {
            under_way.join_next().await;
        }
        let worker = Arc::clone(&worker);
        under_way.spawn(async move {
            let kind = kind(&letter.news);
            match worker.deliver(&letter).await {
                Ok(()) => tracing::info!(kind, "a letter went out"),
                Err(error) => tracing::error!(kind, error, "a letter didn't go out"),
            }
        });
    }
    while under_way.join_next().await.is_some() {}
}

impl SmtpWorker {
    async fn deliver(&self, letter: &Letter) -> Result<(), String> {
        let Rendered { subject, text } = render(letter, &self.public_url);
        let Some(smtp) = &self.smtp else {
            // Printed, not logged: a console is the inbox of those who build this.
            println!("\n--- to {}\n--- {subject}\n{text}\n---", letter.to);
            return Ok(());
        };
        let to = letter.to.as_str().parse().map_err(|_| {
            // The error would quote the address.
            "the mail library doesn't take the address".to_owned()
        })?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(text)
            .map_err(|error| error.to_string())?;
        let sent = smtp.send(message).await;
        // Its words are the mail server's, and may quote the address.
        sent.map(drop).map_err(|error| match error.status() {
            Some(code) => format!("the mail server answered {code}"),
            None if error.is_timeout() => "the mail server took too long".to_owned(),
            None => "the mail server can't be reached, or speaks another protocol".to_owned(),
        })
    }
}

/// What a letter says, for the log.
fn kind(news: &News) -> &'static str {
    match news {
        News::Code { .. } => "code",
        News::AccountExists => "account_exists",
        News::Linked { .. } => "linked",
        News::Unlinked { .. } => "unlinked",
        News::EmailAdded => "email_added",
        News::ManyFailures { .. } => "many_failures",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::email::Email;
    use domain::region::Language;

    fn letter(news: News) -> Letter {
        Letter {
            to: Email::parse("mai@coffee.test").unwrap(),
            language: Language::English,
            news,
        }
    }

    #[tokio::test]
    async fn a_flood_of_codes_is_refused_and_pushes_out_no_warning() {
        // Nobody takes them out again.
        let (asked_for, _codes) = mpsc::channel(1);
        let (news, mut told) = mpsc::channel(1);
        let mailer = Mailer {
            asked_for,
            news,
            outbox: None,
            public_url: String::new(),
        };
        mailer.send(letter(News::AccountExists)).await.unwrap();
        for refused in [
            News::AccountExists,
            News::Code {
                code: "123456".to_owned(),
                minutes: 10,
            },
        ] {
            assert!(mailer.send(letter(refused)).await.is_err());
        }
        let warning = letter(News::Linked {
            tiktok: "mai".to_owned(),
        });
        mailer.send(warning.clone()).await.unwrap();
        assert_eq!(told.recv().await, Some(warning));
    }
}
