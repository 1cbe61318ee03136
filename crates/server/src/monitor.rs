//! What Prometheus reads, at an address of its own: visitors never come there.

use crate::drain::Drain;
use crate::metrics::Metrics;
use crate::passwords::Argon2Passwords;
use crate::store::SqlStore;
use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use service::env::Clock;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long the database may take. Prometheus waits for ten seconds, and then has nothing at all.
const DATABASE: Duration = Duration::from_secs(3);

pub(crate) struct Monitor {
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) store: SqlStore,
    pub(crate) passwords: Arc<Argon2Passwords>,
    pub(crate) drain: Arc<Drain>,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Monitor {
    /// Answers until its task is ended.
    pub(crate) async fn serve(self, listener: TcpListener) {
        let router = Router::new()
            .route("/metrics", get(metrics))
            .with_state(Arc::new(self));
        // It goes on after whatever befalls a connection.
        let _ = axum::serve(listener, router).await;
    }

    /// Looks at what isn't counted as it happens.
    async fn look(&self) {
        let (hashing, waiting) = self.passwords.queue();
        self.metrics.note_passwords(hashing, waiting);
        self.metrics.note_draining(self.drain.has_begun());
        let letters = self.store.letter_counts(self.clock.now());
        let letters = tokio::time::timeout(DATABASE, letters).await;
        self.metrics.note_letters(letters.ok().and_then(Result::ok));
        // Last, or the look itself would stand among those who wait.
        self.metrics.note_pools(&self.store.pools());
    }
}

async fn metrics(State(monitor): State<Arc<Monitor>>) -> Response {
    monitor.look().await;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, kind)], monitor.metrics.text()).into_response()
}
