//! What every handler shares.

use crate::assets::Assets;
use crate::caller::TrustedHeaders;
use crate::drain::Drain;
use crate::metrics::Metrics;
use crate::store::SqlStore;
use service::Portal;
use service::env::Randomness;
use std::sync::Arc;
use std::time::Duration;

/// What every handler shares.
pub(crate) struct Host {
    pub(crate) portal: Portal,
    pub(crate) store: SqlStore,
    pub(crate) assets: Assets,
    pub(crate) trusted: TrustedHeaders,
    pub(crate) randomness: Arc<dyn Randomness>,
    pub(crate) drain: Arc<Drain>,
    pub(crate) metrics: Arc<Metrics>,
    /// How long a body may take to come.
    pub(crate) body_patience: Duration,
    /// Whether each answer says how long it took.
    pub(crate) tells_timing: bool,
    /// Where browsers reach it: an origin, without a slash at its end.
    pub(crate) public_url: String,
}
