//! Takes connections and serves each over HTTP/1.1, within limits: so many at once, and none for
//! long that waits for a client who doesn't speak, listen or leave.
//!
//! hyper has one time limit, for a request's head, and counts the wait for the next request into
//! it. So the socket itself keeps the time: it knows when a byte came, and is told what is waited
//! for.

use crate::resource_limits::ConnectionLimits;
use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use prometheus_client::metrics::gauge::Gauge;
use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinSet;
use tokio::time::{Instant, Sleep};

/// Descriptors that aren't for visitors: the database's, the mail server's, TikTok's, the log's.
const RESERVED_FILES: u64 = 64;
/// How long nobody is let in after the machine refused to take a connection.
const AFTER_REFUSAL: Duration = Duration::from_millis(100);
/// Bytes that hyper keeps of what comes and goes, for each connection. A head may have as many.
const BUFFER_MAX: usize = 64 * 1024;

/// How many connections there may be: as many as `wanted`, if the machine gives as many files. It is
/// asked for all that it gives.
fn connection_bound(wanted: usize) -> usize {
    let files = match rlimit::increase_nofile_limit(rlimit::INFINITY) {
        Ok(files) => files,
        Err(error) => {
            tracing::warn!(%error, "the limit of open files can't be raised");
            rlimit::Resource::NOFILE.get_soft().unwrap_or(u64::MAX)
        }
    };
    let room = usize::try_from(files.saturating_sub(RESERVED_FILES)).unwrap_or(usize::MAX);
    if room < wanted {
        tracing::warn!(
            files,
            "the limit of open files bounds the number of connections"
        );
    }
    wanted.min(room).clamp(1, Semaphore::MAX_PERMITS)
}

/// Serves until it is told to stop, then answers those who have asked.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: ConnectionLimits,
    open: Gauge,
    mut stopped: oneshot::Receiver<()>,
) {
    let graceful = GracefulShutdown::new();
    // Whoever ends this task ends them, too.
    let mut connections = JoinSet::new();
    let bound = connection_bound(limits.at_once);
    let permits = Arc::new(Semaphore::new(bound));
    let mut is_told = false;
    loop {
        while connections.try_join_next().is_some() {}
        match permits.available_permits() {
            0 if !is_told => {
                is_told = true;
                tracing::warn!(
                    bound,
                    "there are as many connections as may be: others wait"
                );
            }
            free if free > bound / 2 => is_told = false,
            _ => {}
        }
        // Dropped or told: both end it.
        let permit = tokio::select! {
            permit = Arc::clone(&permits).acquire_owned() => permit,
            _ = &mut stopped => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = &mut stopped => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // One that was broken off before it was taken is nobody's failure; no free
                // descriptor stays so for a while.
                tracing::warn!(%error, "a connection wasn't taken");
                tokio::time::sleep(AFTER_REFUSAL).await;
                continue;
            }
        };
        let waiting = Arc::new(Waiting::default());
        let io = TokioIo::new(Socket::new(stream, limits, Arc::clone(&waiting)));
        let router = TowerToHyperService::new(router.clone());
        let service = service_fn(move |mut request: Request<Incoming>| {
            waiting.set(For::Answer);
            request.extensions_mut().insert(ConnectInfo(peer));
            let answer = router.call(request);
            let waiting = Arc::clone(&waiting);
            async move {
                let answer = answer.await;
                // Every answer is in memory as a whole: what is left is to write it.
                waiting.set(For::Next);
                answer
            }
        });
        let connection = http1::Builder::new()
            .header_read_timeout(None::<Duration>)
            .max_buf_size(BUFFER_MAX)
            .serve_connection(io, service);
        let connection = graceful.watch(connection);
        let open = open.clone();
        connections.spawn(async move {
            open.inc();
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke");
            }
            open.dec();
            drop(permit);
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// What a connection waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    /// The rest of a request's head; its first byte, too, where nothing was asked yet.
    Head,
    /// The router: no client can be late now.
    Answer,
    /// The end of what is written, then another request.
    Next,
}

struct Waiting(Mutex<For>);

impl Default for Waiting {
    fn default() -> Self {
        Self(Mutex::new(For::Head))
    }
}

impl Waiting {
    fn get(&self) -> For {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, to: For) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = to;
    }
}

/// A client's socket that doesn't wait for ever.
struct Socket {
    stream: TcpStream,
    limits: ConnectionLimits,
    waiting: Arc<Waiting>,
    /// For what `read_by` was set.
    timed: Option<For>,
    read_by: Pin<Box<Sleep>>,
    /// Whether the client doesn't take what is written, since `write_by` was set.
    is_stuck: bool,
    write_by: Pin<Box<Sleep>>,
}

impl Socket {
    fn new(stream: TcpStream, limits: ConnectionLimits, waiting: Arc<Waiting>) -> Self {
        Self {
            stream,
            limits,
            waiting,
            timed: None,
            read_by: Box::pin(tokio::time::sleep(limits.head)),
            is_stuck: false,
            write_by: Box::pin(tokio::time::sleep(limits.write)),
        }
    }

    /// Nothing has come: whether that has lasted too long.
    fn poll_silence(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        let waiting = self.waiting.get();
        let patience = match waiting {
            For::Head => self.limits.head,
            For::Next => self.limits.idle,
            For::Answer => {
                self.timed = None;
                return Poll::Pending;
            }
        };
        if self.timed != Some(waiting) {
            self.timed = Some(waiting);
            self.read_by.as_mut().reset(Instant::now() + patience);
        }
        self.read_by.as_mut().poll(context).map(|()| timed_out())
    }

    /// What a write gave, or that the client has taken nothing for too long.
    fn written(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            self.is_stuck = false;
            // The client listens: the wait for its next request begins after this. hyper doesn't
            // read again to say so.
            self.timed = None;
            let _ = self.poll_silence(context);
            return written;
        }
        if !self.is_stuck {
            self.is_stuck = true;
            let by = Instant::now() + self.limits.write;
            self.write_by.as_mut().reset(by);
        }
        ready!(self.write_by.as_mut().poll(context));
        // The kernel would keep offering it what is written already.
        let _ = self.stream.set_zero_linger();
        Poll::Ready(Err(timed_out()))
    }
}

fn timed_out() -> io::Error {
    io::ErrorKind::TimedOut.into()
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Ready(read) => {
                if buffer.filled().len() > before && self.waiting.get() == For::Next {
                    self.waiting.set(For::Head);
                }
                Poll::Ready(read)
            }
            Poll::Pending => self.poll_silence(context).map(Err),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.written(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
