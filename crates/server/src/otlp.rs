//! Sends what is traced to a collector of OpenTelemetry's, in the background and in batches: OTLP over
//! HTTP, in protobuf.
//!
//! A request never waits for a collector: what it doesn't take in time is dropped.

use crate::config::TraceExport;
use crate::outgoing::{client, exchange, why};
use async_trait::async_trait;
use axum::http::{Request, Response};
use bytes::Bytes;
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_http::{HttpClient, HttpError};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

pub use crate::span::TARGET;

/// How long the server waits at its end for what is left to be sent.
const FAREWELL: Duration = Duration::from_secs(5);

/// Why no traces can be sent.
#[derive(Debug, thiserror::Error)]
#[error("OTEL_EXPORTER_OTLP_ENDPOINT: traces can't be sent: {0}")]
pub struct TraceError(String);

/// Exports spans in batches, from a thread of its own, until it is ended.
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Within a runtime, in which what is sent is sent.
    pub fn start(export: &TraceExport) -> Result<Self, TraceError> {
        let client = client().build().map_err(|error| TraceError(why(error)))?;
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Collector {
                client,
                runtime: Handle::current(),
                is_away: AtomicBool::new(false),
            })
            .with_endpoint(&export.endpoint)
            .with_protocol(Protocol::HttpBinary)
            .build()
            .map_err(|error| TraceError(error.to_string()))?;
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let resource = Resource::builder()
            .with_service_name(export.service.clone())
            .with_attribute(version);
        let provider = SdkTracerProvider::builder()
            .with_resource(resource.build())
            .with_batch_exporter(exporter);
        Ok(Self(provider.build()))
    }

    /// What takes the spans of [`TARGET`], and nothing else: a line of the log has the path of a
    /// request.
    pub fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let traced = filter_fn(|about| about.is_span() && about.target() == TARGET);
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer(env!("CARGO_PKG_NAME")))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_tracked_inactivity(false)
            // Nothing here asks OpenTelemetry whose turn it is: `tracing` knows.
            .with_context_activation(false)
            .with_filter(traced.with_max_level_hint(LevelFilter::INFO))
    }

    /// Sends what is left, if the collector takes it in time.
    pub async fn end(self) {
        // It waits for the thread that sends, which waits for the runtime.
        let ended = spawn_blocking(move || self.0.shutdown_with_timeout(FAREWELL)).await;
        if !matches!(ended, Ok(Ok(()))) {
            tracing::warn!("the last traces weren't sent: the collector didn't take them in time");
        }
    }
}

/// The collector, as it is reached.
#[derive(Debug)]
struct Collector {
    client: reqwest::Client,
    runtime: Handle,
    /// Whether the last try failed, which the log has been told then.
    is_away: AtomicBool,
}

impl Collector {
    /// Tells when it can't be reached any more, and when it can be again: not each time in between.
    fn note(&self, answered: &Result<Response<Bytes>, String>) {
        let why = match answered {
            Ok(answer) if answer.status().is_success() => {
                if self.is_away.swap(false, Ordering::Relaxed) {
                    tracing::info!("the collector takes traces again");
                }
                return;
            }
            Ok(answer) => format!("it answered {}", answer.status().as_u16()),
            Err(why) => why.clone(),
        };
        if !self.is_away.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                why,
                "the collector takes no traces: they are dropped until it does"
            );
        }
    }
}

#[async_trait]
impl HttpClient for Collector {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.client.clone();
        // The thread that asks for it is none of the runtime's.
        let sent = self
            .runtime
            .spawn(async move { exchange(&client, request).await });
        let answered = sent.await.map_err(|error| error.to_string()).flatten();
        self.note(&answered);
        Ok(answered?)
    }
}
