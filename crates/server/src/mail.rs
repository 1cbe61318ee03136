//! Letters: sent by SMTP or printed, from the store and in the background, so that the time of an
//! answer tells nothing.

use crate::metrics::Outcomes;
use crate::origin::is_this_machine;
use crate::outbox::Outbox;
use crate::resource_limits::MailLimits;
use crate::span;
use async_trait::async_trait;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use service::delivery::{self, Claimed, DeliveryFailure};
use service::env::{Clock, Mail};
use service::letter::{News, Rendered, render};
use service::store::{LetterState, Store, StoredLetter};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, oneshot};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::MissedTickBehavior;
use tracing::{Instrument as _, Span};
use url::Url;

/// Letters that are sent at once.
const AT_ONCE: usize = 8;
/// How often letters are looked for that another server stored, or that wait for another try.
const LOOK_EVERY: Duration = Duration::from_secs(1);

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
    // Its own time-out ends with the connection: of lettre 0.11.23's asynchronous transport no command
    // has one after that. So it stands around the whole letter, in `Worker::send`.
    Some(builder.timeout(None).build())
}

/// Tells the task that sends letters of each that is stored.
pub struct Mailer {
    wake: Arc<Notify>,
    outbox: Option<Arc<Outbox>>,
    public_url: String,
    deliveries: Outcomes,
}

impl Mailer {
    pub(crate) fn new(public_url: &str, outbox: Option<Arc<Outbox>>, deliveries: Outcomes) -> Self {
        Self {
            wake: Arc::default(),
            outbox,
            public_url: public_url.to_owned(),
            deliveries,
        }
    }

    /// Starts what sends the letters of `store`, those of other servers and of earlier days among
    /// them. The task ends once `stopped`, when no letter is due any more.
    pub(crate) fn start(
        &self,
        route: &MailRoute,
        from: Mailbox,
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        limits: MailLimits,
        stopped: oneshot::Receiver<()>,
    ) -> JoinHandle<()> {
        let worker = Worker {
            smtp: match route {
                MailRoute::Console => None,
                MailRoute::Smtp(url) => transport(url),
            },
            from,
            public_url: self.public_url.clone(),
            store,
            clock,
            patience: limits.letter,
            deliveries: self.deliveries.clone(),
        };
        tokio::spawn(Arc::new(worker).run(Arc::clone(&self.wake), stopped))
    }
}

#[async_trait]
impl Mail for Mailer {
    async fn stored(&self, StoredLetter { letter, .. }: &StoredLetter) {
        if let Some(outbox) = &self.outbox {
            outbox.record(letter, render(letter, &self.public_url));
        }
        self.wake.notify_one();
    }
}

struct Worker {
    /// Nothing where letters are printed.
    smtp: Option<Smtp>,
    from: Mailbox,
    public_url: String,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    /// How long a mail server may take over one letter.
    patience: Duration,
    deliveries: Outcomes,
}

impl Worker {
    async fn run(self: Arc<Self>, wake: Arc<Notify>, mut stopped: oneshot::Receiver<()>) {
        let mut under_way = JoinSet::new();
        let mut is_stopping = false;
        let mut can_read = true;
        let mut looks = tokio::time::interval(LOOK_EVERY);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            for letter in self.claim(AT_ONCE - under_way.len(), &mut can_read).await {
                let worker = Arc::clone(&self);
                let span = span::letter(kind(&letter.letter.news));
                let traced = span.clone();
                let send = async move { worker.send(letter, &traced).await };
                under_way.spawn(send.instrument(span));
            }
            if is_stopping && under_way.is_empty() {
                return;
            }
            // While all are busy, nothing else is worth waking up for.
            let is_full = under_way.len() == AT_ONCE;
            tokio::select! {
                Some(_) = under_way.join_next() => {}
                () = wake.notified(), if !is_full => {}
                _ = looks.tick(), if !is_full => {}
                _ = &mut stopped, if !is_stopping => is_stopping = true,
            }
        }
    }

    /// The letters that are to be sent now. That they can't be read is told once, not each second.
    async fn claim(&self, most: usize, can_read: &mut bool) -> Vec<StoredLetter> {
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        if most == 0 {
            return Vec::new();
        }
        match delivery::claim(&*self.store, self.clock.now(), most).await {
            Ok(Claimed { letters, ended }) => {
                *can_read = true;
                if ended > 0 {
                    self.deliveries
                        .add("ended", u64::try_from(ended).unwrap_or(u64::MAX));
                    tracing::error!(ended, "codes couldn't be sent before they ended");
                }
                letters
            }
            Err(error) => {
                if *can_read {
                    tracing::error!(%error, "the letters that wait can't be read");
                }
                *can_read = false;
                Vec::new()
            }
        }
    }

    /// Sends a letter, and notes what came of it. Where that can't be noted, it is sent again.
    async fn send(&self, letter: StoredLetter, span: &Span) {
        let kind = kind(&letter.letter.news);
        let id = letter.id;
        let delivered = tokio::time::timeout(self.patience, self.deliver(&letter)).await;
        let too_long = || DeliveryFailure::Passing("the mail server took too long".to_owned());
        let noted = match delivered.unwrap_or_else(|_| Err(too_long())) {
            Ok(()) => {
                tracing::info!(kind, "a letter went out");
                self.deliveries.count("sent");
                delivery::sent(&*self.store, id).await
            }
            Err(failure) => {
                let why = match &failure {
                    DeliveryFailure::Passing(why) | DeliveryFailure::Lasting(why) => why.clone(),
                };
                delivery::failed(&*self.store, letter, failure, self.clock.now())
                    .await
                    .map(|state| match state {
                        LetterState::Waiting { .. } => {
                            self.deliveries.count("retried");
                            span::failed(span, "retried");
                            tracing::warn!(kind, why, "a letter didn't go out, and is tried again");
                        }
                        LetterState::Dead { .. } => {
                            self.deliveries.count("given_up");
                            span::failed(span, "given_up");
                            tracing::error!(kind, %id, why, "a letter can't be sent");
                        }
                    })
            }
        };
        if let Err(error) = noted {
            tracing::error!(kind, %id, %error, "what came of a letter can't be noted");
        }
    }

    async fn deliver(
        &self,
        StoredLetter { id, letter, .. }: &StoredLetter,
    ) -> Result<(), DeliveryFailure> {
        let Rendered { subject, text } = render(letter, &self.public_url);
        let Some(smtp) = &self.smtp else {
            // Printed, not logged: a console is the inbox of those who build this.
            println!("\n--- to {}\n--- {subject}\n{text}\n---", letter.to);
            return Ok(());
        };
        let to = letter.to.as_str().parse().map_err(|_| {
            // The error would quote the address.
            DeliveryFailure::Lasting("the mail library doesn't take the address".to_owned())
        })?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            // The same if it goes twice: many a mailbox shows it once then.
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(text)
            .map_err(|error| DeliveryFailure::Lasting(error.to_string()))?;
        smtp.send(message)
            .await
            .map(drop)
            .map_err(|error| failure(&error))
    }
}

/// What a mail server's refusal is to a letter. Its own words may quote the address.
fn failure(error: &lettre::transport::smtp::Error) -> DeliveryFailure {
    let Some(code) = error.status() else {
        let why = "the mail server can't be reached, or speaks another protocol";
        return DeliveryFailure::Passing(why.to_owned());
    };
    let why = format!("the mail server answered {code}");
    // The server refuses us and no letter (RFC 4954, 6): an operator mends that.
    let is_about_us = matches!(u16::from(code), 530 | 534 | 535 | 538);
    if error.is_permanent() && !is_about_us {
        DeliveryFailure::Lasting(why)
    } else {
        DeliveryFailure::Passing(why)
    }
}

/// What a letter says, for the log.
pub(crate) fn kind(news: &News) -> &'static str {
    match news {
        News::Code { .. } => "code",
        News::AccountExists => "account_exists",
        News::ResetCode { .. } => "reset_code",
        News::NoAccount => "no_account",
        News::AddressHeld => "address_held",
        News::UndoCode { .. } => "undo_code",
        News::UndoTooLate => "undo_too_late",
        News::PasswordChanged => "password_changed",
        News::EmailChanged => "email_changed",
        News::EmailRemoved => "email_removed",
        News::Linked { .. } => "linked",
        News::Unlinked { .. } => "unlinked",
        News::AuthorizationLost { .. } => "authorization_lost",
        News::TransferBegun { .. } => "transfer_begun",
        News::TransferStopped { .. } => "transfer_stopped",
        News::Transferred { .. } => "transferred",
        News::PasskeyAdded { .. } => "passkey_added",
        News::PasskeysRemoved { .. } => "passkeys_removed",
        News::DeletionAsked => "deletion_asked",
        News::DeletionStopped => "deletion_stopped",
        News::AccountDeleted => "account_deleted",
        News::EmailAdded => "email_added",
        News::ManyFailures { .. } => "many_failures",
    }
}
